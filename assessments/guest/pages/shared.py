"""What a consultancy sees of a shared check, which is what the guest sees before sharing it; and the lists of both."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import Organisation
from accounts.paging import ListPage, list_page
from accounts.site_urls import absolute_url
from assessments.bank.scope_types import ScopeQuestion
from assessments.bank.types import Edition
from assessments.bank.whole_levels import whole_level
from assessments.editions.stored import edition_of
from assessments.guest.pages.told import CheckWords, check_words
from assessments.guest.queries import given_in, shared_with
from assessments.models import CheckLink, SharedCheck
from assessments.presentation.quick_check.asked import check_questions
from assessments.presentation.quick_check.telling import CheckAnswers, tell_check
from assessments.scoring.types import ScoredAnswer, ScoredAnswerKind
from assessments.wording.phrases import date_text, joined

SHARED_PER_PAGE = 20
"""Each is scored for the list."""


@dataclass(frozen=True, slots=True)
class SaidLine:
    """A question, about the business or of the bank, with what was answered."""

    asks: str
    answer: str


@dataclass(frozen=True, slots=True)
class ShownCheck:
    """All that sharing shows: what the check says, and every answer behind it."""

    words: CheckWords
    facts: tuple[SaidLine, ...]
    answers: tuple[SaidLine, ...]


@dataclass(frozen=True, slots=True)
class SharedCheckLine:
    pk: UUID
    business: str
    day: str
    link: str
    reach: tuple[str, ...]
    words: CheckWords


@dataclass(frozen=True, slots=True)
class CheckLinkLine:
    """`url` is empty once the link opens nothing any more; `state` then says why."""

    pk: UUID
    name: str
    url: str
    state: str
    made: str


def shown_check(edition: Edition, given: CheckAnswers, day: date) -> ShownCheck:
    """What these answers show, as the law was on that day."""
    return ShownCheck(
        words=check_words(tell_check(edition, given, day)),
        facts=tuple(_facts(edition, given)),
        answers=tuple(_answers(edition, given, day)),
    )


def _facts(edition: Edition, given: CheckAnswers) -> Iterator[SaidLine]:
    questions = {question.id: question for screen in edition.scope.screens for question in screen.questions}
    for name in edition.quick_check.facts if edition.quick_check else ():
        if name in given.facts:
            chosen = given.facts[name]
            words = _("Not sure") if chosen.not_sure else _options(questions[name], chosen.options)
            yield SaidLine(questions[name].text, words)


def _options(question: ScopeQuestion, chosen: frozenset[str]) -> str:
    return joined([option.text for option in question.options if option.id in chosen])


def _answers(edition: Edition, given: CheckAnswers, day: date) -> Iterator[SaidLine]:
    for asked in check_questions(edition, given.facts, day):
        answer = given.answers.get(asked.question.id)
        if answer is not None:
            yield SaidLine(asked.question.text, _answer(edition, asked.question.id, answer))


def _answer(edition: Edition, question: str, answer: ScoredAnswer) -> str:
    if answer.kind is ScoredAnswerKind.LEVEL and answer.level is not None:
        return whole_level(edition.question[question], answer.level)
    if answer.kind is ScoredAnswerKind.NOT_APPLICABLE:
        return _("Does not apply: %(reason)s") % {"reason": answer.reason}
    return edition.unknown.name if edition.unknown else _("I don’t know")


def shared_check_page(shared: SharedCheck) -> ShownCheck:
    """As it was on the day it was shared."""
    return shown_check(edition_of(shared.edition), given_in(shared), shared.shared_at.date())


def shared_check_line(shared: SharedCheck) -> SharedCheckLine:
    """Who shared it, how to reach them, and what it says."""
    edition, given = edition_of(shared.edition), given_in(shared)
    return SharedCheckLine(
        pk=shared.pk,
        business=shared.business,
        day=date_text(shared.shared_at.date()),
        link=shared.link.name if shared.link else "",
        reach=tuple(way for way in (shared.email, shared.phone) if way),
        words=check_words(tell_check(edition, given, shared.shared_at.date())),
    )


def shared_checks_page(consultancy: Organisation, query: QueryDict) -> ListPage[SharedCheckLine]:
    """The newest first."""
    page = list_page(shared_with(consultancy), query, size=SHARED_PER_PAGE)
    return replace(page, rows=[shared_check_line(shared) for shared in page.rows])


def check_links_page(consultancy: Organisation, query: QueryDict, now: datetime) -> ListPage[CheckLinkLine]:
    """The newest first, those that are over as well."""
    page = list_page(CheckLink.objects.filter(consultancy=consultancy), query)
    return replace(page, rows=[_link_line(link, now.date()) for link in page.rows])


def _link_line(link: CheckLink, today: date) -> CheckLinkLine:
    over = link.ends_on is not None and link.ends_on < today
    opens = link.revoked_at is None and not over
    return CheckLinkLine(
        pk=link.pk,
        name=link.name,
        url=absolute_url(reverse("quick_check_with", args=[link.key])) if opens else "",
        state=_link_state(link, over=over),
        made=date_text(link.created_at.date()),
    )


def _link_state(link: CheckLink, *, over: bool) -> str:
    if link.revoked_at is not None:
        return _("Revoked on %(day)s") % {"day": date_text(link.revoked_at.date())}
    if link.ends_on is None:
        return _("Opens until you revoke it")
    words = _("Ended after %(day)s") if over else _("Opens until %(day)s")
    return words % {"day": date_text(link.ends_on)}
