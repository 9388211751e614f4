"""Values of a question as text that a person reads, for history and conflicts."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.bank.conditions import Condition
from assessments.bank.diff.words import WordRun, word_diff
from assessments.bank.types import Duty, Edition, Gate, Question, QuestionCitation
from assessments.editor.pages.conditions import condition_words, tag_names
from assessments.models.edition_choices import DepthChoice, NotApplicableChoice
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
    "place": gettext_lazy("Place"),
    "from": gettext_lazy("Copied from"),
}

PARTS = ("gates", "duties", "citations")


@dataclass(frozen=True, slots=True)
class FieldDiff:
    name: "StrOrPromise"
    runs: tuple[WordRun, ...]


class QuestionTexts:
    """The fields of questions in words; tags have the names of this edition."""

    def __init__(self, edition: Edition) -> None:
        self._tags = tag_names(edition.scope)
        self._laws = {law.code: law.name for law in edition.laws}
        self._kinds = {step.code: step.name for step in edition.gate_kinds}
        self._choices: Mapping[str, Mapping[str, StrOrPromise]] = {
            "depth": dict(DepthChoice.choices),
            "not_applicable": dict(NotApplicableChoice.choices),
            "effort": {step.code: step.name for step in edition.efforts},
            "domain": {domain.code: domain.title for domain in edition.domains},
        }
        self._pillars = {pillar.code: pillar.name for pillar in edition.pillars}

    def texts(self, question: Question) -> dict[str, str]:
        return {name: self._text(name, getattr(question, name)) for name in NAMES if hasattr(question, name)}

    def part(self, part: Gate | Duty | QuestionCitation) -> str:
        if isinstance(part, Gate):
            return self._gate(part)
        return self._duty(part) if isinstance(part, Duty) else self._use(part)

    def _text(self, name: str, value: Any) -> str:
        if name == "applies_when":
            return condition_words(value, self._tags)
        if name in PARTS:
            return "\n".join(self.part(part) for part in value)
        if name == "levels":
            return "\n".join(f"{number}: {text}" for number, text in enumerate(value))
        if name in self._choices:
            return str(self._choices[name].get(value, value))
        if isinstance(value, bool):
            return _("yes") if value else _("no")
        return "\n".join(value) if isinstance(value, tuple) else str(value)

    def _gate(self, gate: Gate) -> str:
        caps = ""
        if gate.cap_pillar is not None:
            names = joined([self._pillars.get(pillar, pillar) for pillar in gate.pillars])
            caps = _(", caps %(pillars)s") % {"pillars": names}
        return _("%(kind)s below %(level)d%(caps)s%(when)s: %(reason)s") % {
            "kind": self._kinds.get(gate.kind, gate.kind),
            "level": gate.min_level,
            "caps": caps,
            "when": self._when(gate.when),
            "reason": gate.reason,
        }

    def _duty(self, duty: Duty) -> str:
        text = _("%(law)s, met at %(level)d%(when)s: %(says)s (%(citations)s)") % {
            "law": self._laws.get(duty.law, duty.law),
            "level": duty.level,
            "when": self._when(duty.when),
            "says": duty.says,
            "citations": ", ".join(duty.citations),
        }
        return f"{text} {_('from')} {date_text(duty.starts)}" if duty.starts else text

    def _use(self, use: QuestionCitation) -> str:
        text = use.label + self._when(use.when)
        return text + (_(", from %(day)s") % {"day": date_text(use.starts)} if use.starts else "")

    def _when(self, condition: Condition) -> str:
        return _(", when %(when)s") % {"when": condition_words(condition, self._tags)} if condition.clauses else ""


def field_diffs(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[FieldDiff, ...]:
    """Word by word, of each field that differs; fields in the order of a question's page."""
    return tuple(_diffs(before, after))


def _diffs(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[FieldDiff]:
    for key in (*NAMES, *sorted({*before, *after} - NAMES.keys() - {"id", "code"})):
        old, new = _said(before.get(key)), _said(after.get(key))
        if old != new:
            yield FieldDiff(NAMES.get(key, key), word_diff(old, new))


def _said(value: object) -> str:
    return "" if value is None else str(value)
