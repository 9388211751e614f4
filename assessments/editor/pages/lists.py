"""Lists of an edition: questions found, a domain's questions in order, citations, the checklist."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import QueryDict

from accounts.paging import ListPage, list_page
from assessments.bank.types import Domain, Edition, Question
from assessments.editor.forms.search import SearchForm
from assessments.editor.pages.conditions import condition_words, tag_names
from assessments.models import ChecklistItem, CitationRow, EditionRow
from assessments.wording import depth_name, gate_name


@dataclass(frozen=True, slots=True)
class ListedQuestion:
    question: Question
    depth: str
    gates: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FoundGroup:
    domain: Domain
    lines: tuple[ListedQuestion, ...]


@dataclass(frozen=True, slots=True)
class SearchPage:
    row: EditionRow
    form: SearchForm
    groups: tuple[FoundGroup, ...]
    page: ListPage[Question]


@dataclass(frozen=True, slots=True)
class ListedCitation:
    row: CitationRow
    law: str
    users: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ListedItem:
    """`concerns` says for which businesses it is; "" for all."""

    row: ChecklistItem
    concerns: str
    users: tuple[str, ...]


def question_lines(edition: Edition, questions: Iterable[Question]) -> tuple[ListedQuestion, ...]:
    """In the order given."""
    return tuple(
        ListedQuestion(question, depth_name(question.depth), tuple(gate_name(edition, gate) for gate in question.gates))
        for question in questions
    )


def search_page(row: EditionRow, edition: Edition, form: SearchForm, query: QueryDict) -> SearchPage:
    """One page of the questions that match, by domain; all of them if the form is invalid. `query` names the page."""
    found = [question for question in edition.questions if not form.is_valid() or form.matches(question)]
    page: ListPage[Question] = list_page(found, query)
    groups = (
        FoundGroup(domain, question_lines(edition, (own for own in page.rows if own.domain == domain.code)))
        for domain in edition.domains
    )
    return SearchPage(row, form, tuple(group for group in groups if group.lines), page)


def citation_lines(row: EditionRow, edition: Edition, *, unverified: bool) -> tuple[ListedCitation, ...]:
    """By label; with `unverified` only those cited from memory."""
    users: dict[str, list[str]] = {}
    for question in edition.questions:
        labels = {use.label for use in question.citations}
        for label in labels | {label for duty in question.duties for label in duty.citations}:
            users.setdefault(label, []).append(question.id)
    laws = {law.code: law.name for law in edition.laws}
    rows = row.citations.order_by("label")
    return tuple(
        ListedCitation(
            citation, laws.get(citation.law, citation.get_law_display()), tuple(users.get(citation.label, ()))
        )
        for citation in (rows.filter(verification="memory") if unverified else rows)
    )


def item_lines(row: EditionRow, edition: Edition) -> tuple[ListedItem, ...]:
    """In checklist order."""
    names = tag_names(edition.scope)

    def concerns(code: str) -> str:
        condition = edition.checklist[code].concerns
        return condition_words(condition, names) if condition.clauses else ""

    return tuple(
        ListedItem(item, concerns(item.code), tuple(own.id for own in edition.questions if item.code in own.checklist))
        for item in row.checklist.all()
    )
