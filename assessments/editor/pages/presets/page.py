"""The page of one preset with what it assumes, and of one such fact."""

from dataclasses import dataclass, fields

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from assessments.bank.scope_types import NEVER_ASSUMED, Preset, PresetFact, ScopeQuestion
from assessments.bank.types import Edition
from assessments.editor.forms.presets import PresetFactForm, every_scope_question
from assessments.editor.pages.frame import FRAME_PAGES, frame_item_page
from assessments.editor.pages.presets.words import FactWords
from assessments.editor.pages.simple_form import BackLink, Removal, SimpleFormPage
from assessments.editor.services.frame import content_version
from assessments.models import EditionRow, EditionStatus


@dataclass(frozen=True, slots=True)
class FactLine:
    """`whom` is empty where the fact counts for every business."""

    url: str
    question: str
    assumed: str
    whom: str


@dataclass(frozen=True, slots=True)
class PresetPage(SimpleFormPage):
    """`to_assume` are the scope questions about which a fact can be added, each with the page for it."""

    facts: tuple[FactLine, ...] = ()
    to_assume: tuple[tuple[str, str], ...] = ()


def preset_in(edition: Edition, key: str) -> Preset:
    """404 if there is none."""
    found = next((own for own in edition.presets if own.id == key), None)
    if found is None:
        raise Http404
    return found


def preset_page(row: EditionRow, edition: Edition, key: str) -> PresetPage:
    """A draft's preset with its form; a published one in words."""
    page = frame_item_page(row, edition, FRAME_PAGES["presets"], key)
    own = {field.name: getattr(page, field.name) for field in fields(SimpleFormPage)}
    if row.status != EditionStatus.DRAFT:
        return PresetPage(**own)
    words, preset = FactWords(edition.scope), preset_in(edition, key)
    return PresetPage(
        **own,
        facts=tuple(_line(row, preset, place, fact, words) for place, fact in enumerate(preset.facts, 1)),
        to_assume=tuple(
            (reverse("bank_preset_fact_add", args=[row.code, key, own.id]), own.text)
            for own in every_scope_question(edition.scope)
            if own.id not in NEVER_ASSUMED
        ),
    )


def _line(row: EditionRow, preset: Preset, place: int, fact: PresetFact, words: FactWords) -> FactLine:
    url = reverse("bank_preset_fact", args=[row.code, preset.id, place])
    return FactLine(url, words.question(fact.question), words.assumed(fact), words.whom(fact.when))


def fact_of(preset: Preset, place: int) -> PresetFact:
    """404 for a place that has none; places count from 1."""
    if not 1 <= place <= len(preset.facts):
        raise Http404
    return preset.facts[place - 1]


def question_to_assume(edition: Edition, question_id: str) -> ScopeQuestion:
    """404 for none of this edition, and for one that is never assumed."""
    questions = (own for own in every_scope_question(edition.scope) if own.id not in NEVER_ASSUMED)
    found = next((own for own in questions if own.id == question_id), None)
    if found is None:
        raise Http404
    return found


def fact_page(row: EditionRow, edition: Edition, preset: Preset, place: int) -> SimpleFormPage:
    """One fact: its form in a draft, its words in another edition."""
    fact = fact_of(preset, place)
    words, version = FactWords(edition.scope), content_version(preset)
    is_draft = row.status == EditionStatus.DRAFT
    remove_url = reverse("bank_preset_fact_remove", args=[row.code, preset.id, place])
    return SimpleFormPage(
        row,
        _("What “%(preset)s” assumes") % {"preset": preset.name},
        _back(row, preset),
        _form(edition, fact, version) if is_draft else None,
        removal=Removal(remove_url, _("The question is asked then."), version) if is_draft else None,
        texts=((words.question(fact.question), words.line(fact)),),
    )


def fact_new_page(row: EditionRow, edition: Edition, preset: Preset, question: ScopeQuestion) -> SimpleFormPage:
    """The empty form; for a question with facts already, one more is added to them."""
    form = PresetFactForm(scope=edition.scope, question=question, initial={"version": content_version(preset)})
    title = _("What “%(preset)s” also assumes") % {"preset": preset.name}
    return SimpleFormPage(row, title, _back(row, preset), form)


def _form(edition: Edition, fact: PresetFact, version: int) -> PresetFactForm | None:
    """None where its question is gone from the scope: then it can only be removed."""
    question = next((own for own in every_scope_question(edition.scope) if own.id == fact.question), None)
    if question is None:
        return None
    return PresetFactForm(scope=edition.scope, question=question, fact=fact, initial={"version": version})


def _back(row: EditionRow, preset: Preset) -> BackLink:
    return BackLink(reverse("bank_preset", args=[row.code, preset.id]), preset.name)
