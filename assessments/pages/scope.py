"""The scope wizard's screens, and what follows from the answers."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import Organisation
from assessments.bank.scope_types import ScopeQuestion, ScopeScreen
from assessments.bank.types import Edition
from assessments.editions.stored import UNREAD, edition_of
from assessments.models import Assessment
from assessments.presentation.laws.cards import LawCard, law_cards, reasons_of
from assessments.presentation.placeholders import place_name
from assessments.scope_facts import business_place, facts_from_json, preset_of
from assessments.scoring.scope import FactAnswer, TagFinding, TagState, find_tags
from assessments.scoring.scoping.assumptions import assumptions
from assessments.scoring.scoping.relevance import questions_to_ask, shown_questions
from assessments.wording.laws import laws_in_short

NEWEST = ("interim", "-started_at", "-pk")


@dataclass(frozen=True, slots=True)
class ScreenPage:
    """One screen as it applies now; `number` of `total` counts the screens with a question to ask."""

    screen: ScopeScreen
    questions: tuple[ScopeQuestion, ...]
    number: int
    total: int
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class SettlingQuestion:
    """The scope question that settles what is to be checked; `url` is None for who cannot change the facts."""

    text: str
    url: str | None


@dataclass(frozen=True, slots=True)
class OpenTagLine:
    """A tag that rests on an open fact: its reasons are conditions."""

    name: str
    says: str
    reasons: tuple[str, ...]
    settled_by: SettlingQuestion | None


@dataclass(frozen=True, slots=True)
class LawLine:
    """A law in view as the page shows it."""

    card: LawCard
    settled_by: SettlingQuestion | None


@dataclass(frozen=True, slots=True)
class ScopeSummary:
    """Laws by whether they apply, then the other tags that are set or to be checked, then what is not covered.

    `place` is the country or state, "" while it is unknown; `local` is what is not covered of its own laws.
    """

    applies: tuple[LawLine, ...]
    may_apply: tuple[LawLine, ...]
    does_not_apply: tuple[LawLine, ...]
    about_you: tuple[TagFinding, ...]
    to_check: tuple[OpenTagLine, ...]
    out_of_view: tuple[str, ...]
    local: tuple[str, ...]
    place: str

    @property
    def in_short(self) -> str:
        return laws_in_short(len(self.applies), len(self.may_apply), len(self.does_not_apply))


@dataclass(frozen=True, slots=True)
class ToldFact:
    """An answer of the business; `url` is None for who cannot change it."""

    question: str
    answer: str
    url: str | None


def screens_of(edition: Edition, facts: dict[str, FactAnswer]) -> list[tuple[ScopeScreen, tuple[ScopeQuestion, ...]]]:
    """Each screen with what it still asks and what was answered there; none without either."""
    asked = set(shown_questions(edition.scope, facts))
    shown = [
        (screen, tuple(question for question in screen.questions if question in asked))
        for screen in edition.scope.screens
    ]
    return [(screen, questions) for screen, questions in shown if questions]


def screen_page(edition: Edition, assessment: Assessment, screen_id: str) -> ScreenPage | None:
    """None when there is no such screen, or nothing on it applies."""
    screens = screens_of(edition, facts_from_json(assessment.facts))
    ids = [screen.id for screen, _ in screens]
    if screen_id not in ids:
        return None
    at = ids.index(screen_id)
    screen, questions = screens[at]
    return ScreenPage(
        screen=screen,
        questions=questions,
        number=at + 1,
        total=len(ids),
        before=ids[at - 1] if at else None,
        after=ids[at + 1] if at + 1 < len(ids) else None,
    )


def first_open_screen(edition: Edition, assessment: Assessment) -> str | None:
    """The first screen that still asks something; None when the scope is complete: nothing open could change it."""
    still_open = set(questions_to_ask(edition.scope, facts_from_json(assessment.facts)))
    return next((screen.id for screen in edition.scope.screens if not still_open.isdisjoint(screen.questions)), None)


def next_scope_page(edition: Edition, assessment: Assessment) -> str | None:
    """The address of the page that asks next; None when the scope is complete.

    A run of an edition with presets begins with the trade, also one of which no more is known than a quick check asks.
    After it come what the trade assumes and, on one page, what is left; without a trade, the screens of the wizard.
    """
    facts = facts_from_json(assessment.facts)
    known_before = edition.quick_check.facts if edition.quick_check else ()
    if edition.presets and assessment.preset is None and facts.keys() <= set(known_before):
        return reverse("scope_start", args=[assessment.pk])
    screen = first_open_screen(edition, assessment)
    if screen is None:
        return None
    preset = preset_of(edition, assessment)
    if preset is None:
        return reverse("scope_screen", args=[assessment.pk, screen])
    assumed = any(not own.only_with_ai for own in assumptions(edition.scope, preset, facts))
    return reverse("scope_assumptions" if assumed else "scope_questions", args=[assessment.pk])


def newest_with_known_scope(organisation: Organisation) -> Assessment | None:
    """The newest assessment whose scope is complete, with its edition; None while there is none.

    At most one assessment is open, and only an open one can have open questions.
    """
    return with_known_scope(organisation.assessments.select_related("edition").defer(*UNREAD).order_by(*NEWEST)[:2])


def with_known_scope(runs: Iterable[Assessment]) -> Assessment | None:
    """The first of the runs whose scope is complete."""
    return next((run for run in runs if first_open_screen(edition_of(run.edition), run) is None), None)


def scope_summary(edition: Edition, assessment: Assessment, day: date, *, can_edit: bool) -> ScopeSummary:
    """What follows from the facts stored so far, with reasons: which laws and which other tags.

    `can_edit`: whether whoever looks may change the facts; the questions that settle something are then links.
    """
    facts = facts_from_json(assessment.facts)
    finding = find_tags(edition.scope, facts)
    cards = law_cards(edition, finding, business_place(assessment, day), facts)
    law_tags = {law.tag for law in edition.laws}
    others = [found for found in finding.tags if found.tag.id not in law_tags and found.tag.name]

    def settling(question: ScopeQuestion | None) -> SettlingQuestion | None:
        return _settling(edition, assessment, question, can_edit) if question else None

    def lines(of: tuple[LawCard, ...]) -> tuple[LawLine, ...]:
        return tuple(LawLine(card, settling(card.settled_by)) for card in of)

    return ScopeSummary(
        applies=lines(cards.applies),
        may_apply=lines(cards.may_apply),
        does_not_apply=lines(cards.does_not_apply),
        about_you=tuple(found for found in others if found.state is TagState.ON),
        to_check=tuple(
            OpenTagLine(found.tag.name, found.tag.says, reasons_of(found), settling(found.settled_by))
            for found in others
            if found.state is TagState.TO_CHECK
        ),
        out_of_view=cards.out_of_view,
        local=cards.local,
        place=place_name(edition, facts),
    )


def told_facts(edition: Edition, assessment: Assessment, *, can_edit: bool) -> tuple[ToldFact, ...]:
    """Every answer that counts, in the order of the wizard."""
    facts = facts_from_json(assessment.facts)
    return tuple(
        ToldFact(
            question=question.text,
            answer=_answer_text(question, facts[question.id]),
            url=_scope_url(assessment, screen, question) if can_edit else None,
        )
        for screen, questions in screens_of(edition, facts)
        for question in questions
        if question.id in facts
    )


def _answer_text(question: ScopeQuestion, answer: FactAnswer) -> str:
    chosen = [option.text for option in question.options if option.id in answer.options]
    return "; ".join([*chosen, *([str(_("Not sure"))] if answer.not_sure else [])])


def _scope_url(assessment: Assessment, screen: ScopeScreen, question: ScopeQuestion) -> str:
    return reverse("scope_screen", args=[assessment.pk, screen.id]) + f"#div_id_{question.id}"


def _settling(edition: Edition, assessment: Assessment, question: ScopeQuestion, can_edit: bool) -> SettlingQuestion:
    screen = next(screen for screen in edition.scope.screens if question in screen.questions)
    return SettlingQuestion(question.text, _scope_url(assessment, screen, question) if can_edit else None)
