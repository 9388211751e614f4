"""An edition as one YAML document that reads back as the same edition."""

from collections.abc import Iterable
from datetime import date
from typing import Any

import yaml

from assessments.bank.conditions import Condition
from assessments.bank.document.question_entry import caps_of, first_domain
from assessments.bank.laws import KeyDate, Law
from assessments.bank.scope_types import Otherwise, Preset, Scope, ScopeQuestion, Tag
from assessments.bank.steps import Step, StepLink, StepVariant
from assessments.bank.types import ChecklistEntry, Duty, Edition, FindingKind, Gate, Question, QuestionCitation

Plain = dict[str, Any]

_WIDTH = 110
_AUTHORITY = ("name", "short", "law", "url", "breach_form", "verification", "note")
_CITATION = ("says", "law", "verification", "source", "unsettled")
_OPTION = ("id", "group", "text", "authority", "cyber", "police", "help", "says", "exclusive")
_QUICK = ("facts", "questions", "most")
_DUMPER = getattr(yaml, "CSafeDumper", yaml.SafeDumper)


class _Dumper(_DUMPER):  # type: ignore[misc, valid-type]
    def ignore_aliases(self, data: object) -> bool:
        """The reader refuses aliases, so equal values are written out each time."""
        return True


def write_edition(edition: Edition, header: Plain | None = None) -> str:
    """`header` are keys to stand before everything else.

    Raises ValueError for a gate whose caps do not follow from its kind: the document cannot express it.
    """
    return yaml.dump(
        {**(header or {}), **to_plain(edition)}, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=_WIDTH
    )


def to_plain(edition: Edition) -> Plain:
    """The edition as the mapping that the YAML holds (and the JSON Schema describes), days as dates."""
    pillars = {domain.code: domain.pillar for domain in edition.domains}
    return {
        **_attributes(edition, "id", "bank", "title", "language", "law_status_as_of", "disclaimer"),
        "scale": [_attributes(step, "code", "name", "says") for step in edition.scale],
        **_without_empty({"unknown": _attributes(edition.unknown, "name", "says") if edition.unknown else None}),
        "labels": [_attributes(label, "code", "name", "says", "there", "missing") for label in edition.labels],
        "effort": [_attributes(step, "code", "name", "says") for step in edition.efforts],
        "gate_kinds": [_attributes(step, "code", "name", "says") for step in edition.gate_kinds],
        "pillars": [_attributes(pillar, "code", "name", "says") for pillar in edition.pillars],
        "domains": [_attributes(d, "code", "title", "pillar", "promise", "who_knows") for d in edition.domains],
        "laws": [_law(law) for law in edition.laws],
        **_without_empty(
            {
                "authorities": {code: _attributes(own, *_AUTHORITY) for code, own in edition.authorities.items()},
                "raised_target_when": _condition(edition.raised_target_when) if edition.raised_target_when else None,
                "damage_first": list(edition.damage_first),
                "link_hosts": list(edition.link_hosts),
                "readability_exceptions": dict(edition.readability_exceptions),
                "dates": [_key_date(own) for own in edition.dates],
            }
        ),
        **_scope(edition.scope),
        **_without_empty({"presets": [_preset(preset) for preset in edition.presets]}),
        **_without_empty({"quick_check": _attributes(edition.quick_check, *_QUICK) if edition.quick_check else None}),
        "citations": {label: _attributes(own, *_CITATION) for label, own in edition.citations.items()},
        "checklist": {code: _checklist_entry(own) for code, own in edition.checklist.items()},
        "questions": [_question(question, pillars[question.domain]) for question in edition.questions],
    }


def _attributes(value: object, *names: str) -> Plain:
    return _without_empty({name: _plain(getattr(value, name)) for name in names})


def _plain(value: Any) -> Any:
    """Enumerations as text, tuples as lists."""
    if isinstance(value, str):
        return str(value)
    return list(value) if isinstance(value, tuple) else value


def _without_empty(values: Plain) -> Plain:
    """Without values that the reader assumes when they are missing."""
    return {name: value for name, value in values.items() if value is not False and value not in ("", None, [], {})}


def _condition(condition: Condition) -> Plain | list[Plain] | None:
    clauses = [_attributes(clause, "all", "any", "none") for clause in condition.clauses]
    return clauses[0] if len(clauses) == 1 else clauses or None


def _law(law: Law) -> Plain:
    return {
        **_attributes(law, "code", "name", "tag", "says", "note", "status", "starts", "fines", "verification"),
        **_attributes(law, "looked_up", "unsettled", "authority"),
        **_without_empty({"authority_else": [{**_when(r.when), "authority": r.authority} for r in law.authority_else]}),
    }


def _key_date(date_: KeyDate) -> Plain:
    return {
        "date": date_.day,
        **_attributes(date_, "law", "text"),
        **_when(date_.when),
        **_attributes(date_, "verification"),
    }


def _checklist_entry(entry: ChecklistEntry) -> str | Plain:
    if not entry.concerns.clauses:
        return entry.text
    return {"text": entry.text, **_without_empty({"concerns": _condition(entry.concerns)})}


def _scope(scope: Scope) -> Plain:
    return {
        "scope": [
            {
                **_attributes(screen, "id", "title", "intro"),
                "questions": [_scope_question(question) for question in screen.questions],
            }
            for screen in scope.screens
        ],
        "tags": [_tag(tag) for tag in scope.tags],
        **_without_empty(
            {"out_of_view": [{**_attributes(item, "id", "text"), **_when(item.when)} for item in scope.out_of_view]}
        ),
    }


def _scope_question(question: ScopeQuestion) -> Plain:
    return {
        "id": question.id,
        "kind": "many" if question.many else "one",
        **_attributes(question, "select", "text", "help", "not_sure"),
        **_without_empty({"asked_when": _condition(question.asked_when)}),
        "options": [_attributes(option, *_OPTION) for option in question.options],
    }


def _tag(tag: Tag) -> Plain:
    return {
        **_attributes(tag, "id", "name", "says", "law", "settled_by"),
        "set_when": [{**_when(rule.when), "reason": rule.reason} for rule in tag.set_when],
        "otherwise": _otherwise(tag.otherwise),
    }


def _otherwise(texts: tuple[Otherwise, ...]) -> str | list[Plain]:
    if len(texts) == 1 and not texts[0].when.clauses:
        return texts[0].text
    return [{"text": own.text, **_when(own.when)} for own in texts]


def _preset(preset: Preset) -> Plain:
    return {
        **_attributes(preset, "id", "name", "group", "examples"),
        "facts": [{**_attributes(fact, "question", "options"), **_when(fact.when)} for fact in preset.facts],
        **_attributes(preset, "asks"),
    }


def _when(condition: Condition) -> Plain:
    return _without_empty({"when": _condition(condition)})


def _question(question: Question, home_pillar: str) -> Plain:
    return _without_empty(
        {
            "id": question.id,
            "domain": "" if question.domain == first_domain(question.id) else question.domain,
            **_attributes(question, "depth", "text", "help", "levels", "usual"),
            "find_out": _attributes(question.find_out, "text", "minutes") if question.find_out else None,
            "steps": [_step(step) for step in question.steps],
            **_attributes(question, "weight", "weight_reason"),
            "gates": [_gate(gate, home_pillar, question.id) for gate in question.gates],
            "duties": [_duty(duty) for duty in question.duties],
            "applies_when": _condition(question.applies_when),
            **_attributes(question, "not_applicable", "not_applicable_hint"),
            "citations": _citations(question.citations),
            "evidence": list(question.evidence),
            "first_step": None if question.steps else _first_step(question),
            **_attributes(question, "checklist", "ai_lens"),
        }
    )


def _first_step(question: Question) -> Plain:
    return {"text": question.first_step, "effort": str(question.effort)}


def _step(step: Step) -> Plain:
    return {
        **_attributes(step, "to", "text", "solo"),
        **_without_empty({"variants": [_variant(variant) for variant in step.variants]}),
        **_attributes(step, "done_when", "minutes", "cost", "pays_for", "who"),
        **_links(step.links),
    }


def _variant(variant: StepVariant) -> Plain:
    return {**_when(variant.when), **_attributes(variant, "text", "done_when", "minutes"), **_links(variant.links)}


def _links(links: tuple[StepLink, ...]) -> Plain:
    return _without_empty(
        {"links": [{"for": own.product, **_attributes(own, "label", "url", "path")} for own in links]}
    )


def _gate(gate: Gate, home_pillar: str, question_id: str) -> Plain:
    caps_pillar = gate.cap_pillar is not None
    if (gate.cap_domain, gate.cap_pillar) != caps_of(gate.kind, caps_pillar) or caps_pillar != bool(gate.pillars):
        raise ValueError(f"{question_id}: the caps of a gate must follow from its kind")
    return _without_empty(
        {
            **_attributes(gate, "kind", "min_level"),
            "caps_pillar": caps_pillar,
            "pillars": [] if gate.pillars == (home_pillar,) else list(gate.pillars),
            **_attributes(gate, "severity", "starts"),
            "reason": gate.reason,
            **_when(gate.when),
        }
    )


def _duty(duty: Duty) -> Plain:
    finding = {} if duty.finding is FindingKind.NOW else {"finding": str(duty.finding)}
    return {
        **_attributes(duty, "law", "level"),
        **finding,
        **_attributes(duty, "says", "citations", "starts", "unsettled"),
        **_when(duty.when),
    }


def _citations(citations: Iterable[QuestionCitation]) -> list[str | Plain]:
    return [
        {**_attributes(citation, "label", "starts"), **_when(citation.when)}
        if citation.starts or citation.when.clauses
        else citation.label
        for citation in citations
    ]


def day_as_text(value: object) -> str:
    """For `json.dumps(default=...)`: JSON has no days."""
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(type(value).__name__)
