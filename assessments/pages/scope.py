"""The scope wizard's screens and what follows from them, in words."""

from dataclasses import dataclass

from assessments.bank.scope_types import OutOfView, ScopeQuestion, ScopeScreen
from assessments.bank.types import Edition
from assessments.models import Assessment
from assessments.scope_facts import facts_from_json
from assessments.scoring.scope import FactAnswer, TagFinding, TagState, find_tags, visible_questions


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
class LawLine:
    name: str
    says: str
    note: str
    state: TagState
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ScopeSummary:
    applies: tuple[LawLine, ...]
    does_not_apply: tuple[LawLine, ...]
    about_you: tuple[TagFinding, ...]
    to_check: tuple[TagFinding, ...]
    out_of_view: tuple[OutOfView, ...]


def screens_of(edition: Edition, facts: dict[str, FactAnswer]) -> list[tuple[ScopeScreen, tuple[ScopeQuestion, ...]]]:
    visible = set(visible_questions(edition.scope, facts))
    shown = [
        (screen, tuple(question for question in screen.questions if question in visible))
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
    """The first screen with a question that is not answered yet; None when the scope is complete."""
    facts = facts_from_json(assessment.facts)
    for screen, questions in screens_of(edition, facts):
        if any(question.id not in facts for question in questions):
            return screen.id
    return None


def scope_summary(edition: Edition, assessment: Assessment) -> ScopeSummary:
    """What follows from the facts stored so far, with reasons: which laws and which other tags."""
    finding = find_tags(edition.scope, facts_from_json(assessment.facts))
    by_id = {found.tag.id: found for found in finding.tags}
    laws = [
        LawLine(law.name, law.says, law.note, by_id[law.tag].state, by_id[law.tag].reasons)
        for law in edition.laws
        if law.tag in by_id
    ]
    law_tags = {law.tag for law in edition.laws}
    others = [found for found in finding.tags if found.tag.id not in law_tags and found.tag.name]
    return ScopeSummary(
        applies=tuple(line for line in laws if line.state is not TagState.OFF),
        does_not_apply=tuple(line for line in laws if line.state is TagState.OFF),
        about_you=tuple(found for found in others if found.state is TagState.ON),
        to_check=tuple(found for found in others if found.state is TagState.TO_CHECK),
        out_of_view=finding.out_of_view,
    )
