"""An edition as one YAML document that reads back as the same edition."""

from collections.abc import Iterable
from datetime import date
from typing import Any

import yaml

from assessments.bank.document.question_entry import caps_of, first_domain
from assessments.bank.types import (
    Condition,
    Duty,
    Edition,
    Gate,
    Question,
    QuestionCitation,
    Scope,
    ScopeQuestion,
    Tag,
)

Plain = dict[str, Any]

_WIDTH = 110
_DUMPER = getattr(yaml, "CSafeDumper", yaml.SafeDumper)


class _Dumper(_DUMPER):  # type: ignore[misc, valid-type]
    def ignore_aliases(self, data: object) -> bool:
        """The reader refuses aliases, so equal values are written out each time."""
        return True


def write_edition(edition: Edition) -> str:
    """Raises ValueError for a gate whose caps do not follow from its kind: the document cannot express it."""
    return yaml.dump(to_plain(edition), Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=_WIDTH)


def to_plain(edition: Edition) -> Plain:
    """The edition as the mapping that the YAML holds (and the JSON Schema describes), days as dates."""
    pillars = {domain.code: domain.pillar for domain in edition.domains}
    return {
        **_attributes(edition, "id", "title", "language", "law_status_as_of", "disclaimer"),
        "scale": [_attributes(step, "code", "name", "says") for step in edition.scale],
        "labels": [_attributes(step, "code", "name", "says") for step in edition.labels],
        "effort": [_attributes(step, "code", "name", "says") for step in edition.efforts],
        "gate_kinds": [_attributes(step, "code", "name", "says") for step in edition.gate_kinds],
        "pillars": [_attributes(pillar, "code", "name", "says") for pillar in edition.pillars],
        "domains": [_attributes(d, "code", "title", "pillar", "promise", "who_knows") for d in edition.domains],
        "laws": [_attributes(law, "code", "name", "tag", "says", "note") for law in edition.laws],
        **_without_empty({"raised_target_tags": sorted(edition.raised_target_tags)}),
        **_without_empty({"dates": [{"date": d.day, "law": d.law, "text": d.text} for d in edition.dates]}),
        **_scope(edition.scope),
        "citations": {
            label: _attributes(citation, "says", "law", "verification", "source")
            for label, citation in edition.citations.items()
        },
        "checklist": dict(edition.checklist),
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
    return {name: value for name, value in values.items() if value not in ("", None, [], {}, False)}


def _condition(condition: Condition) -> Plain | list[Plain] | None:
    clauses = [_attributes(clause, "all", "any", "none") for clause in condition.clauses]
    return clauses[0] if len(clauses) == 1 else clauses or None


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
        **_attributes(question, "text", "help", "not_sure"),
        **_without_empty({"asked_when": _condition(question.asked_when)}),
        "options": [_attributes(option, "id", "text", "help", "exclusive") for option in question.options],
    }


def _tag(tag: Tag) -> Plain:
    return {
        **_attributes(tag, "id", "name", "says", "law"),
        "set_when": [{**_when(rule.when), "reason": rule.reason} for rule in tag.set_when],
        "otherwise": tag.otherwise,
    }


def _when(condition: Condition) -> Plain:
    return _without_empty({"when": _condition(condition)})


def _question(question: Question, home_pillar: str) -> Plain:
    return _without_empty(
        {
            "id": question.id,
            "domain": "" if question.domain == first_domain(question.id) else question.domain,
            **_attributes(question, "depth", "text", "help", "levels", "weight", "weight_reason"),
            "gates": [_gate(gate, home_pillar, question.id) for gate in question.gates],
            "duties": [_duty(duty) for duty in question.duties],
            "applies_when": _condition(question.applies_when),
            **_attributes(question, "not_applicable", "not_applicable_hint"),
            "citations": _citations(question.citations),
            "evidence": list(question.evidence),
            "first_step": {"text": question.first_step, "effort": str(question.effort)},
            **_attributes(question, "checklist", "ai_lens"),
        }
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
            "reason": gate.reason,
            **_when(gate.when),
        }
    )


def _duty(duty: Duty) -> Plain:
    return {**_attributes(duty, "law", "level", "says", "citations", "starts"), **_when(duty.when)}


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
