"""From what a business says about itself to the tags that decide what is asked, and back to why."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from assessments.bank.logic import ScopeLogic, Truth, truth_of
from assessments.bank.scope_types import OutOfView, Scope, ScopeQuestion, Tag


@dataclass(frozen=True, slots=True)
class FactAnswer:
    """The options chosen at one scope question. Not sure: every option that is not chosen may be true.

    No option chosen means not answered yet; "none of these" is a separate option.
    """

    options: frozenset[str] = frozenset()
    not_sure: bool = False


ScopeFacts = Mapping[str, FactAnswer]


class TagState(StrEnum):
    """Whether a tag is set; TO_CHECK while that depends on a fact that is still unknown."""

    ON = "on"
    OFF = "off"
    TO_CHECK = "to_check"


_STATE = {Truth.YES: TagState.ON, Truth.MAYBE: TagState.TO_CHECK, Truth.NO: TagState.OFF}


@dataclass(frozen=True, slots=True)
class TagFinding:
    """`reasons`: of the rules that hold (on) or may hold (to check), or why the tag is off.

    `settled_by` is the question whose answer is missing while the tag is to be checked: the one that the edition
    names if that is open, else the first open one that the tag depends on. None otherwise.
    """

    tag: Tag
    state: TagState
    reasons: tuple[str, ...]
    settled_by: ScopeQuestion | None = None


@dataclass(frozen=True, slots=True)
class ScopeFinding:
    """Every tag of the edition with its state, in its order, and what the edition does not cover for this business."""

    tags: tuple[TagFinding, ...]
    out_of_view: tuple[OutOfView, ...]

    @property
    def on(self) -> frozenset[str]:
        """The tags a run works with; one that is still to be checked counts as on."""
        return frozenset(finding.tag.id for finding in self.tags if finding.state is not TagState.OFF)

    @property
    def provisional(self) -> frozenset[str]:
        return frozenset(finding.tag.id for finding in self.tags if finding.state is TagState.TO_CHECK)


def visible_questions(scope: Scope, facts: ScopeFacts) -> tuple[ScopeQuestion, ...]:
    """The questions to show now, in order; one that may turn out to be needed is shown."""
    logic = scope_logic(scope, facts)
    questions = (question for screen in scope.screens for question in screen.questions)
    return tuple(question for question in questions if logic.asked(question) is not Truth.NO)


def surely_asked(scope: Scope, facts: ScopeFacts) -> tuple[ScopeQuestion, ...]:
    """Those of the visible questions that are asked whatever the facts still to come."""
    logic = scope_logic(scope, facts)
    return tuple(question for question in visible_questions(scope, facts) if logic.asked(question) is Truth.YES)


def find_tags(scope: Scope, facts: ScopeFacts) -> ScopeFinding:
    """The state of every tag with its reasons, and what is out of view. Raises CircularScope."""
    logic = scope_logic(scope, facts)
    return ScopeFinding(
        tags=tuple(_finding(tag, logic) for tag in scope.tags),
        out_of_view=tuple(item for item in scope.out_of_view if truth_of(item.when, logic.look) is not Truth.NO),
    )


def _finding(tag: Tag, logic: ScopeLogic) -> TagFinding:
    truth = logic.tag(tag.id)
    if truth is Truth.NO:
        otherwise = (own.text for own in tag.otherwise if truth_of(own.when, logic.look) is Truth.YES)
        return TagFinding(tag, TagState.OFF, tuple(otherwise)[:1])
    reasons = tuple([rule.reason for rule in tag.set_when if truth_of(rule.when, logic.look) is truth])
    return TagFinding(tag, _STATE[truth], reasons, _settled_by(tag, logic) if truth is Truth.MAYBE else None)


def _settled_by(tag: Tag, logic: ScopeLogic) -> ScopeQuestion | None:
    asked = logic.open_questions(tag.id)
    return next((question for question in asked if question.id == tag.settled_by), next(iter(asked), None))


def scope_logic(scope: Scope, facts: ScopeFacts) -> ScopeLogic:
    """The truth of whatever these facts decide. An answer that is missing or not sure leaves it open."""
    return ScopeLogic(scope, lambda question, option: truth_of_option(facts.get(question.id), option))


def truth_of_option(answer: FactAnswer | None, option: str) -> Truth:
    """Whether an option is true, as far as the answer to its question goes."""
    if answer is None or not answer.options:
        return Truth.MAYBE
    if option in answer.options:
        return Truth.YES
    return Truth.MAYBE if answer.not_sure else Truth.NO
