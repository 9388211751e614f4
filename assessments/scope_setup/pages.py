"""What the pages of the short way show."""

from dataclasses import dataclass

from django.forms import BoundField

from assessments.bank.scope_types import Preset, ScopeQuestion, ScopeScreen
from assessments.bank.types import Edition
from assessments.forms.scope import ScopeForm, field_template
from assessments.models import Assessment
from assessments.presentation.laws.said import answer_sentences
from assessments.scope_facts import facts_from_json, preset_of
from assessments.scoring.scope import FactAnswer, surely_asked
from assessments.scoring.scoping.assumptions import Assumption, assumptions
from assessments.scoring.scoping.relevance import open_questions

FIRST = ("country", "people")
AI = "ai"
MOST_LINES = 10


@dataclass(frozen=True, slots=True)
class ScopeField:
    """A scope question of a form, and the template that lays it out."""

    field: BoundField
    template: str


@dataclass(frozen=True, slots=True)
class AssumedLine:
    """What is assumed at the questions of one screen; `only_with_ai`: it counts only if the business uses AI."""

    title: str
    sentences: tuple[str, ...]
    fields: tuple[ScopeField, ...]
    only_with_ai: bool

    @property
    def is_wrong(self) -> bool:
        return any(own.field.errors for own in self.fields)


@dataclass(frozen=True, slots=True)
class AssumptionsPage:
    """At most ten lines to confirm; `asked` are the questions that nothing is assumed at."""

    preset: Preset
    assumed: tuple[Assumption, ...]
    asked: tuple[ScopeQuestion, ...]
    screens: tuple[ScopeScreen, ...]

    @property
    def questions(self) -> tuple[ScopeQuestion, ...]:
        return (*self.asked, *(own.question for own in self.assumed))

    @property
    def answers(self) -> dict[str, FactAnswer]:
        return {own.question.id: own.answer for own in self.assumed}

    def asked_in(self, form: ScopeForm) -> tuple[ScopeField, ...]:
        return tuple(_field(form, question) for question in self.asked)

    def lines(self, form: ScopeForm) -> tuple[AssumedLine, ...]:
        """What is sure first, then what hangs on AI."""
        found = [_line(screen, own, form) for screen in self.screens if (own := self._of(screen))]
        return tuple(sorted(found, key=lambda line: line.only_with_ai))

    def _of(self, screen: ScopeScreen) -> tuple[Assumption, ...]:
        return tuple(own for own in self.assumed if own.question in screen.questions)


def first_questions(edition: Edition) -> tuple[ScopeQuestion, ...]:
    """What everybody is asked before the trade."""
    questions = {question.id: question for screen in edition.scope.screens for question in screen.questions}
    return tuple(questions[name] for name in FIRST if name in questions)


def assumptions_page(edition: Edition, assessment: Assessment) -> AssumptionsPage | None:
    """None where no trade is chosen, or nothing it assumes is open."""
    preset, facts = preset_of(edition, assessment), facts_from_json(assessment.facts)
    found = assumptions(edition.scope, preset, facts) if preset else ()
    if preset is None or not any(own.sure for own in found):
        return None
    asked = tuple(own for own in open_questions(edition.scope, facts) if own.id == AI)
    if not asked:
        found = tuple(own for own in found if own.sure)
    screens = [screen for screen in edition.scope.screens if any(own.question in screen.questions for own in found)]
    shown = tuple(screens[: MOST_LINES - len(asked)])
    assumed = tuple(own for own in found if any(own.question in screen.questions for screen in shown))
    return AssumptionsPage(preset, assumed, asked, shown)


def questions_left(edition: Edition, assessment: Assessment) -> tuple[ScopeQuestion, ...]:
    """What is still to ask, on one page: first what is asked for sure, as answers may make the rest needless."""
    facts = facts_from_json(assessment.facts)
    left, sure = open_questions(edition.scope, facts), set(surely_asked(edition.scope, facts))
    return tuple(question for question in left if question in sure) or left


def _line(screen: ScopeScreen, own: tuple[Assumption, ...], form: ScopeForm) -> AssumedLine:
    return AssumedLine(
        title=screen.title,
        sentences=tuple(text for each in own for text in answer_sentences(each.question, each.answer)),
        fields=tuple(_field(form, each.question) for each in own),
        only_with_ai=not any(each.sure for each in own),
    )


def _field(form: ScopeForm, question: ScopeQuestion) -> ScopeField:
    return ScopeField(form[question.id], field_template(question))
