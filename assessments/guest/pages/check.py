"""The pages of a running quick check: where it goes on, one question, the insight, the end."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.branding.brands import brand_shown
from assessments.bank.scope_types import ScopeQuestion
from assessments.bank.types import Edition, Question
from assessments.forms.scope import scope_initial
from assessments.guest.access import CheckAccess
from assessments.guest.forms import NOT_APPLICABLE, UNKNOWN
from assessments.models import CheckLink
from assessments.presentation.placeholders import BusinessPlace, country_in, filled_question
from assessments.presentation.quick_check.asked import (
    check_questions,
    check_run,
    fact_screens,
    first_open_fact_screen,
)
from assessments.presentation.quick_check.telling import INSIGHT_AFTER
from assessments.scoring.scope import ScopeFacts
from assessments.scoring.terms import PreparedQuestion, settles
from assessments.scoring.types import ScoredAnswer, ScoredAnswerKind


@dataclass(frozen=True, slots=True)
class OfferedBy:
    """The consultancy behind the link. `logo_url` is empty without a logo."""

    name: str
    contact: str
    logo_url: str
    logo_width: int
    logo_height: int


@dataclass(frozen=True, slots=True)
class FactScreen:
    """What is asked about the business on one of `total` screens; `initial` is what the form shows."""

    questions: tuple[ScopeQuestion, ...]
    initial: dict[str, Any]
    total: int


@dataclass(frozen=True, slots=True)
class AnswerButton:
    """An answer to choose with one click; `chosen` marks the one that was given."""

    value: str
    text: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class CheckQuestionPage:
    """Question `number` of `total`. `not_applicable` is empty where that is not offered."""

    number: int
    total: int
    question: Question
    asked: PreparedQuestion
    levels: tuple[AnswerButton, ...]
    unknown: AnswerButton
    not_applicable: str
    left_out: bool
    reason: str
    before_url: str


def offered_by(link: CheckLink | None) -> OfferedBy | None:
    """Whom every screen names; None without a live link."""
    if link is None:
        return None
    brand = brand_shown(link.consultancy)
    has_logo = brand is not None and brand.logo_width > 0
    return OfferedBy(
        name=link.consultancy.name,
        contact=brand.contact if brand else "",
        logo_url=reverse("quick_check_logo", args=[link.key]) if has_logo else "",
        logo_width=brand.logo_width if brand else 0,
        logo_height=brand.logo_height if brand else 0,
    )


def fact_screen(edition: Edition, facts: ScopeFacts, number: int) -> FactScreen | None:
    """Screen `number`, from 1; None where there is no such screen."""
    screens = fact_screens(edition, facts)
    if not 1 <= number <= len(screens):
        return None
    questions = _as_guests_read(screens[number - 1])
    return FactScreen(questions, scope_initial(questions, dict(facts)), len(screens))


def _as_guests_read(screen: Iterable[ScopeQuestion]) -> tuple[ScopeQuestion, ...]:
    """Without what speaks of further questions: what follows from "not sure", and the help of a list."""
    return tuple(replace(own, not_sure="", help="" if own.select else own.help) for own in screen)


def questions_of(access: CheckAccess, today: date) -> tuple[PreparedQuestion, ...]:
    """Those that this guest is asked, in order; they follow from the facts."""
    return check_questions(access.edition, access.given.facts, today)


def next_url(access: CheckAccess, today: date) -> str:
    """The first screen with something still to say; the end, once all is said."""
    screen = first_open_fact_screen(access.edition, access.given.facts)
    if screen:
        return reverse("quick_check_facts", args=[screen])
    for number, asked in enumerate(questions_of(access, today), start=1):
        if not is_answered(access, asked):
            return reverse("quick_check_question", args=[number])
    return reverse("quick_check_result")


def check_url_after(access: CheckAccess, number: int, today: date) -> str:
    """Where question `number` leads once it is answered."""
    total = len(questions_of(access, today))
    if number == INSIGHT_AFTER < total:
        return reverse("quick_check_insight")
    if number < total:
        return reverse("quick_check_question", args=[number + 1])
    return next_url(access, today)


def is_answered(access: CheckAccess, asked: PreparedQuestion) -> bool:
    """ "Don't know" is an answer; "not applicable" only with a reason."""
    return settles(access.given.answers.get(asked.question.id), asked.may_be_left_out)


def has_insight(access: CheckAccess, today: date) -> bool:
    """Whether the first questions are all answered."""
    first = questions_of(access, today)[:INSIGHT_AFTER]
    return len(first) == INSIGHT_AFTER and all(is_answered(access, asked) for asked in first)


def check_question_page(access: CheckAccess, number: int, today: date) -> CheckQuestionPage | None:
    """None while facts are missing, and where there is no such question."""
    asked = questions_of(access, today)
    if first_open_fact_screen(access.edition, access.given.facts) or not 1 <= number <= len(asked):
        return None
    own = asked[number - 1]
    answer = access.given.answers.get(own.question.id)
    question = _filled(access, own.question, today)
    offers = own.may_be_left_out
    return CheckQuestionPage(
        number=number,
        total=len(asked),
        question=question,
        asked=own,
        levels=tuple(_level(place, text, answer) for place, text in enumerate(question.levels)),
        unknown=AnswerButton(UNKNOWN, _unknown_name(access.edition), _is(answer, ScoredAnswerKind.UNKNOWN)),
        not_applicable=NOT_APPLICABLE if offers else "",
        left_out=_is(answer, ScoredAnswerKind.NOT_APPLICABLE),
        reason=answer.reason if answer else "",
        before_url=_before(access, number),
    )


def _before(access: CheckAccess, number: int) -> str:
    if number > 1:
        return reverse("quick_check_question", args=[number - 1])
    return reverse("quick_check_facts", args=[1])


def _filled(access: CheckAccess, question: Question, today: date) -> Question:
    run = check_run(access.edition, access.given.facts)
    place = BusinessPlace(country_in(access.given.facts), run.tags, today)
    return filled_question(access.edition, place, question)


def _level(place: int, text: str, answer: ScoredAnswer | None) -> AnswerButton:
    return AnswerButton(str(place), text, _is(answer, ScoredAnswerKind.LEVEL) and answer.level == place)  # type: ignore[union-attr]


def _unknown_name(edition: Edition) -> str:
    return edition.unknown.name if edition.unknown else _("I don’t know")


def _is(answer: ScoredAnswer | None, kind: ScoredAnswerKind) -> bool:
    return answer is not None and answer.kind is kind
