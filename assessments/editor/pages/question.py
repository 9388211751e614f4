"""One question of an edition: as its form, as the owner will see it, and tried out."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from assessments.bank.diff.editions import ChangedItem, Meaning, meaning_by_default
from assessments.bank.types import Domain, Edition, Question
from assessments.editions.stored import edition_of
from assessments.editor.forms.parts import PartForm
from assessments.editor.forms.question import ROWS, QuestionEdit
from assessments.editor.pages.conditions import condition_words, tag_names
from assessments.editor.pages.problems import ProblemList, problem_list, problems_of_question
from assessments.editor.pages.steps import StepShown, steps_shown
from assessments.editor.pages.texts import NAMES, BankTexts, EditConflictShown, field_diffs
from assessments.editor.pages.tried import SampleBusinessLine, try_out
from assessments.forms.errors import ErrorLink, error_links
from assessments.forms.question import QuestionForm
from assessments.models import EditionRow, EditionStatus
from assessments.pages.answering.question_html import bound_question_html
from assessments.wording import depth_name

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True, slots=True)
class EditorSidePanel:
    """What is shown beside the form: all of it follows from the question as typed."""

    question: Question
    html: SafeString
    asked_when: str
    depth: str
    samples: tuple[SampleBusinessLine, ...]
    problems: ProblemList
    meaning: str


@dataclass(frozen=True, slots=True)
class PartShown:
    """A row of the form, collapsed under its summary unless it is being edited."""

    form: PartForm
    summary: str
    is_open: bool


@dataclass(frozen=True, slots=True)
class QuestionPage:
    """`code` is "" for a new question; `form` is None if nothing can be changed."""

    row: EditionRow
    domain: Domain
    code: str
    form: QuestionEdit | None
    beside: EditorSidePanel
    conflict: EditConflictShown | None
    labels: tuple[str, ...]
    parts: Mapping[str, tuple[PartShown, ...]]
    steps: tuple[StepShown, ...]
    texts: tuple[tuple["StrOrPromise", str], ...]

    @property
    def errors(self) -> list[ErrorLink]:
        return error_links(*self.form.every_form()) if self.form and self.form.checks else []


def question_page(
    row: EditionRow,
    edition: Edition,
    question: Question,
    today: date,
    *,
    code: str,
    form: QuestionEdit | None = None,
    conflict: EditConflictShown | None = None,
) -> QuestionPage:
    """`question` is what is shown beside the form; a new one comes with the id that it would get."""
    return QuestionPage(
        row=row,
        domain=edition.domain[question.domain],
        code=code,
        form=form,
        beside=_side_panel(row, with_question(edition, question), question, today),
        conflict=conflict,
        labels=tuple(edition.citations) if form else (),
        parts=parts_shown(form) if form else {},
        steps=steps_shown(form) if form else (),
        texts=() if form else _texts(edition, question),
    )


def parts_shown(form: QuestionEdit) -> dict[str, tuple[PartShown, ...]]:
    texts = BankTexts(form.edition)
    return {
        name: tuple(_part(form, part, texts, kept) for part, kept in zip_longest(formset.forms, _kept(form, name)))
        for name, formset in zip(ROWS, form.formsets, strict=True)
    }


def _kept(form: QuestionEdit, name: str) -> Iterable[Any]:
    """The stored parts, if those are what the rows show."""
    return () if form.data is not None else getattr(form.stored, name)


def _part(form: QuestionEdit, part: PartForm, texts: BankTexts, kept: Any) -> PartShown:
    if kept is None and part.is_valid() and part.has_changed():
        kept = part.part(())
    summary = texts.part(kept) if kept else ""
    return PartShown(part, summary, not summary or form.works_on(str(part.prefix)))


def _texts(edition: Edition, question: Question) -> tuple[tuple["StrOrPromise", str], ...]:
    """Everything about a question that can no longer be changed."""
    texts = BankTexts(edition).texts(question)
    return tuple((NAMES[name], text) for name, text in texts.items() if text)


def conflict_shown(edition: Edition, stored: Question, mine: Question, version: int) -> EditConflictShown:
    """What `mine` would change in `stored`, which has this version."""
    texts = BankTexts(edition)
    return EditConflictShown(version, field_diffs(texts.texts(stored), texts.texts(mine)))


def with_question(edition: Edition, question: Question) -> Edition:
    """The edition with this question in its place, or at the end of its domain."""
    if question.id in edition.question:
        return replace(edition, questions=_each(edition.questions, question))
    order = [domain.code for domain in edition.domains]
    questions = sorted((*edition.questions, question), key=lambda own: order.index(own.domain))
    return replace(edition, questions=tuple(questions))


def _each(questions: Iterable[Question], mine: Question) -> tuple[Question, ...]:
    return tuple(mine if own.id == mine.id else own for own in questions)


def _side_panel(row: EditionRow, edition: Edition, question: Question, today: date) -> EditorSidePanel:
    names = tag_names(edition.scope)
    is_draft = row.status == EditionStatus.DRAFT
    problems = problems_of_question(edition, question.id) if is_draft else []
    return EditorSidePanel(
        question=question,
        html=owner_sees(question),
        asked_when=condition_words(question.applies_when, names, always=_("always, whatever the business does")),
        depth=depth_name(question.depth),
        samples=try_out(edition, question, today),
        problems=problem_list(row, edition, problems),
        meaning=_meaning(row, question) if is_draft else "",
    )


def owner_sees(question: Question) -> SafeString:
    """The question as an owner sees it, unanswered; rendered each time, since a draft changes all the time."""
    levels = (
        text or _("Level %(number)d is not written yet") % {"number": n} for n, text in enumerate(question.levels)
    )
    written = replace(question, text=question.text or _("The question is not written yet"), levels=tuple(levels))
    offers = question.offers_not_applicable(frozenset())
    return bound_question_html(QuestionForm(question=written, offers_not_applicable=offers))


def _meaning(row: EditionRow, question: Question) -> str:
    """What the default rule says about the change since the edition that the draft was copied from."""
    source = row.predecessor
    before = edition_of(source).question.get(question.id) if source else None
    if source is None or before is None:
        return _("It is new: nobody has answered it yet.")
    if before == question:
        return _("Nothing has changed since edition %(code)s.") % {"code": source.code}
    if meaning_by_default(ChangedItem(question.id, before, question, ())) is Meaning.SAME:
        return _("Judging by what changed since edition %(code)s: the same meaning.") % {"code": source.code}
    return _("Judging by what changed since edition %(code)s: a changed meaning.") % {"code": source.code}
