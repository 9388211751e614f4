"""A search among the questions of an edition."""

from collections.abc import Callable, Iterator
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from assessments.bank.laws import Verification
from assessments.bank.types import Edition, Question
from assessments.forms.style_controls import style_controls
from assessments.models.edition_choices import DepthChoice

ANY, NONE, UNVERIFIED = "any", "none", "unverified"


class SearchForm(forms.Form):
    """Filters for the questions of `edition`; empty fields match everything."""

    text = forms.CharField(label=_("Words"), required=False, max_length=100)
    domain = forms.ChoiceField(label=_("Domain"), required=False)
    depth = forms.ChoiceField(label=_("Depth"), required=False, choices=[("", _("Any")), *DepthChoice.choices])
    law = forms.ChoiceField(label=_("Law"), required=False)
    gate = forms.ChoiceField(label=_("Gate"), required=False)
    item = forms.ChoiceField(label=_("Checklist item"), required=False)
    citation = forms.ChoiceField(
        label=_("Citations"), required=False, choices=[("", _("Any")), (UNVERIFIED, _("Not verified"))]
    )

    def __init__(self, data: Any, *, edition: Edition) -> None:
        super().__init__(data)
        self.edition = edition
        style_controls(self)
        self._choose("domain", [(domain.code, domain.title) for domain in edition.domains])
        self._choose("law", [(law.code, law.name) for law in edition.laws])
        kinds = [(step.code, step.name) for step in edition.gate_kinds]
        self._choose("gate", [(ANY, _("With a gate")), (NONE, _("Without a gate")), *kinds])
        self._choose("item", [(code, f"{code} {text}") for code, text in edition.checklist.items()])

    def _choose(self, name: str, choices: Any) -> None:
        cast(forms.ChoiceField, self.fields[name]).choices = [("", _("Any")), *choices]

    @property
    def is_used(self) -> bool:
        return self.is_valid() and any(self.cleaned_data.values())

    def matches(self, question: Question) -> bool:
        wanted = self.cleaned_data
        return all(_TESTS[name](question, wanted[name], self.edition) for name in _TESTS if wanted[name])


def _has_text(question: Question, text: str, edition: Edition) -> bool:
    everything = " ".join(
        (
            question.id,
            question.text,
            question.help,
            question.first_step,
            *_texts_of_steps(question),
            *question.levels,
            *question.evidence,
            *(use.label for use in question.citations),
        )
    ).casefold()
    return all(word in everything for word in text.casefold().split())


def _texts_of_steps(question: Question) -> Iterator[str]:
    for step in question.steps:
        yield from (step.text, step.solo, step.done_when, step.pays_for)
        yield from (variant.text for variant in step.variants)
        yield from (text for link in step.links for text in (link.product, link.label, link.url, link.path))
    if question.find_out:
        yield question.find_out.text


def _has_law(question: Question, law: str, edition: Edition) -> bool:
    cited = (edition.citations[use.label].law for use in question.citations)
    return law in cited or any(duty.law == law for duty in question.duties)


def _has_gate(question: Question, gate: str, edition: Edition) -> bool:
    if gate in (ANY, NONE):
        return bool(question.gates) is (gate == ANY)
    return any(own.kind.value == gate for own in question.gates)


def _is_unverified(question: Question, wanted: str, edition: Edition) -> bool:
    return any(edition.citations[use.label].verification is Verification.MEMORY for use in question.citations)


_TESTS: dict[str, Callable[[Question, str, Edition], bool]] = {
    "text": _has_text,
    "domain": lambda question, domain, _edition: question.domain == domain,
    "depth": lambda question, depth, _edition: question.depth.value == depth,
    "law": _has_law,
    "gate": _has_gate,
    "item": lambda question, item, _edition: item in question.checklist,
    "citation": _is_unverified,
}
