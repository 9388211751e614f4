"""Values of the bank as text that a person reads, for history and conflicts."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.bank.conditions import Condition
from assessments.bank.diff.words import WordRun, word_diff
from assessments.bank.laws import BY_COUNTRY
from assessments.bank.scope_types import PresetFact
from assessments.bank.types import Duty, Edition, FindingKind, Gate, Question, QuestionCitation
from assessments.editor.pages.conditions import condition_words, tag_names
from assessments.editor.pages.presets.words import FactWords
from assessments.editor.pages.steps import hint_words, step_words
from assessments.models.edition_choices import DepthChoice, FindingChoice, NotApplicableChoice, VerificationChoice
from assessments.results.json_values import structure, unstructure
from assessments.wording import date_text, joined

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

NAMES: Mapping[str, "StrOrPromise"] = {
    "domain": gettext_lazy("Domain"),
    "text": gettext_lazy("Question"),
    "help": gettext_lazy("Help"),
    "levels": gettext_lazy("Levels"),
    "depth": gettext_lazy("Depth"),
    "weight": gettext_lazy("Weight"),
    "weight_reason": gettext_lazy("Why this weight"),
    "ai_lens": gettext_lazy("AI lens"),
    "applies_when": gettext_lazy("Asked when"),
    "not_applicable": gettext_lazy("“Doesn’t apply”"),
    "not_applicable_hint": gettext_lazy("When “doesn’t apply” is right"),
    "gates": gettext_lazy("Gates"),
    "duties": gettext_lazy("Duties"),
    "citations": gettext_lazy("Citations"),
    "evidence": gettext_lazy("Evidence"),
    "steps": gettext_lazy("Steps"),
    "find_out": gettext_lazy("How to find out"),
    "usual": gettext_lazy("Usual level"),
    "first_step": gettext_lazy("First step"),
    "effort": gettext_lazy("Effort"),
    "checklist": gettext_lazy("Checklist items"),
    "label": gettext_lazy("Label"),
    "says": gettext_lazy("What it says"),
    "law": gettext_lazy("Law"),
    "verification": gettext_lazy("How it was checked"),
    "source": gettext_lazy("What was read"),
    "title": gettext_lazy("Title"),
    "pillar": gettext_lazy("Pillar"),
    "promise": gettext_lazy("Promise"),
    "who_knows": gettext_lazy("Who knows the answers"),
    "law_status_as_of": gettext_lazy("State of the law"),
    "disclaimer": gettext_lazy("Disclaimer"),
    "concerns": gettext_lazy("Businesses it concerns"),
    "day": gettext_lazy("Day"),
    "when": gettext_lazy("For businesses with"),
    "name": gettext_lazy("Name"),
    "short": gettext_lazy("Short name"),
    "url": gettext_lazy("Address"),
    "breach_form": gettext_lazy("Where a breach is reported"),
    "note": gettext_lazy("Note"),
    "status": gettext_lazy("Status"),
    "starts": gettext_lazy("In force from"),
    "fines": gettext_lazy("Fines"),
    "looked_up": gettext_lazy("Last looked up"),
    "unsettled": gettext_lazy("Not settled yet"),
    "authority": gettext_lazy("Authority"),
    "authority_else": gettext_lazy("Other authorities"),
    "tag": gettext_lazy("Tag"),
    "there": gettext_lazy("What is there"),
    "missing": gettext_lazy("What is missing"),
    "group": gettext_lazy("Heading"),
    "examples": gettext_lazy("Further words that people look for"),
    "facts": gettext_lazy("What is assumed or asked about the business"),
    "asks": gettext_lazy("Left open on purpose"),
    "questions": gettext_lazy("Questions"),
    "most": gettext_lazy("At most so many questions"),
    "place": gettext_lazy("Place"),
    "from": gettext_lazy("Copied from"),
}
ITEM_NAMES: Mapping[str, "StrOrPromise"] = {**NAMES, "text": gettext_lazy("Text")}
"""Names of the fields of anything but a question."""

_PARTS = ("gates", "duties", "citations")
_CONDITIONS = ("concerns", "when")
_DAYS = ("day", "starts", "looked_up", "law_status_as_of")


@dataclass(frozen=True, slots=True)
class FieldDiff:
    name: "StrOrPromise"
    runs: tuple[WordRun, ...]


@dataclass(frozen=True, slots=True)
class EditConflictShown:
    """`version` is that of the stored item; the differences lead from it to what was typed here."""

    version: int
    fields: tuple[FieldDiff, ...]


class BankTexts:
    """Questions and other items of the bank in words; tags, laws and the like have the names of this edition."""

    def __init__(self, edition: Edition) -> None:
        self._tags = tag_names(edition.scope)
        self._laws = {law.code: law.name for law in edition.laws}
        self._kinds = {step.code: step.name for step in edition.gate_kinds}
        self._authorities = {code: authority.name for code, authority in edition.authorities.items()}
        self._choices: Mapping[str, Mapping[str, StrOrPromise]] = {
            "depth": dict(DepthChoice.choices),
            "not_applicable": dict(NotApplicableChoice.choices),
            "effort": {step.code: step.name for step in edition.efforts},
            "domain": {domain.code: domain.title for domain in edition.domains},
            "verification": dict(VerificationChoice.choices),
            "law": self._laws,
            "authority": {**self._authorities, BY_COUNTRY: _("That of the business’s own country")},
        }
        self._questions = {question.id: f"{question.id}: {question.text}" for question in edition.questions}
        self._fact_words = FactWords(edition.scope)
        self._pillars = {pillar.code: pillar.name for pillar in edition.pillars}

    def texts(self, question: Question) -> dict[str, str]:
        """Each field of a question by its name."""
        return {name: self._text(name, getattr(question, name)) for name in NAMES if hasattr(question, name)}

    def item_texts(self, item: Any) -> dict[str, str]:
        """Each field of another item: a value of the bank, or its JSON value as the history keeps it."""
        plain: Mapping[str, Any] = unstructure(item._asdict() if hasattr(item, "_asdict") else item) or {}
        return {name: self._plain(name, value) for name, value in plain.items()}

    def part(self, part: Gate | Duty | QuestionCitation) -> str:
        """A gate, a duty or a citation of a question."""
        if isinstance(part, Gate):
            return self._gate(part)
        return self._duty(part) if isinstance(part, Duty) else self._use(part)

    def _text(self, name: str, value: Any) -> str:
        special: Mapping[str, Callable[[Any], str]] = {
            "applies_when": lambda condition: condition_words(condition, self._tags),
            "levels": lambda levels: "\n".join(f"{number}: {text}" for number, text in enumerate(levels)),
            "steps": lambda steps: "\n".join(step_words(step, self._tags) for step in steps),
            "find_out": lambda hint: hint_words(hint) if hint else "",
        }
        if name in special:
            return special[name](value)
        if name in _PARTS:
            return "\n".join(self.part(part) for part in value)
        return self._simple(name, value)

    def _simple(self, name: str, value: Any) -> str:
        if value is None:
            return ""
        if isinstance(value, bool):
            return _("yes") if value else _("no")
        if isinstance(value, tuple | list):
            return "\n".join(value)
        return str(self._choices[name].get(value, value)) if name in self._choices else str(value)

    def _plain(self, name: str, value: Any) -> str:
        if name in _CONDITIONS:
            return condition_words(structure(value, Condition), self._tags)
        if name in _DAYS and value:
            return date_text(date.fromisoformat(str(value)))
        if name in ("facts", "asks"):
            return "\n".join(self._fact(own) for own in value)
        if name == "questions":
            return "\n".join(self._questions.get(own, own) for own in value)
        if name == "authority_else":
            return "\n".join(self._authority_rule(rule) for rule in value)
        return self._simple(name, value)

    def _fact(self, fact: str | Mapping[str, Any]) -> str:
        """A scope question of the quick check, or what a preset assumes."""
        if isinstance(fact, str):
            return self._fact_words.question(fact)
        return self._fact_words.line(structure(fact, PresetFact))

    def _authority_rule(self, rule: Mapping[str, Any]) -> str:
        code = str(rule["authority"])
        return self._authorities.get(code, code) + self._when(structure(rule["when"], Condition))

    def _gate(self, gate: Gate) -> str:
        return _("%(kind)s below %(level)d%(caps)s%(severity)s%(starts)s%(when)s: %(reason)s") % {
            "kind": self._kinds.get(gate.kind, gate.kind),
            "level": gate.min_level,
            "caps": self._caps(gate),
            "severity": "" if gate.severity is None else _(", severity %(n)d") % {"n": gate.severity},
            "starts": _from_day(gate.starts),
            "when": self._when(gate.when),
            "reason": gate.reason,
        }

    def _caps(self, gate: Gate) -> str:
        if gate.cap_pillar is None:
            return ""
        return _(", caps %(pillars)s") % {
            "pillars": joined([self._pillars.get(pillar, pillar) for pillar in gate.pillars])
        }

    def _duty(self, duty: Duty) -> str:
        text = _("%(law)s, met at %(level)d%(finding)s%(when)s: %(says)s (%(citations)s)") % {
            "law": self._laws.get(duty.law, duty.law),
            "level": duty.level,
            "finding": "" if duty.finding is FindingKind.NOW else f", {FindingChoice(duty.finding).label}",
            "when": self._when(duty.when),
            "says": duty.says,
            "citations": ", ".join(duty.citations),
        }
        unsettled = _(". Not settled: %(text)s") % {"text": duty.unsettled} if duty.unsettled else ""
        return text + _from_day(duty.starts) + unsettled

    def _use(self, use: QuestionCitation) -> str:
        return use.label + self._when(use.when) + _from_day(use.starts)

    def _when(self, condition: Condition) -> str:
        return _(", when %(when)s") % {"when": condition_words(condition, self._tags)} if condition.clauses else ""


def _from_day(day: date | None) -> str:
    return _(", from %(day)s") % {"day": date_text(day)} if day else ""


def named_texts(edition: Edition, item: Any) -> tuple[tuple["StrOrPromise", str], ...]:
    """The fields of an item that is no question, each with its name; empty ones are left out."""
    texts = BankTexts(edition).item_texts(item)
    return tuple((name, texts[field]) for field, name in ITEM_NAMES.items() if texts.get(field))


def field_diffs(
    before: Mapping[str, str], after: Mapping[str, str], names: Mapping[str, "StrOrPromise"] = NAMES
) -> tuple[FieldDiff, ...]:
    """Word by word, of each field that differs; fields in the order of a question's page."""
    return tuple(_diffs(before, after, names))


def _diffs(
    before: Mapping[str, str], after: Mapping[str, str], names: Mapping[str, "StrOrPromise"]
) -> Iterator[FieldDiff]:
    for key in (*names, *sorted({*before, *after} - names.keys() - {"id", "code"})):
        old, new = before.get(key, ""), after.get(key, "")
        if old != new:
            yield FieldDiff(names.get(key, key), word_diff(old, new))
