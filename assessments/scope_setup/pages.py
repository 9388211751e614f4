"""What the pages of the short way show."""

from collections.abc import Iterable
from dataclasses import dataclass

from assessments.bank.scope_types import Preset, ScopeQuestion, ScopeScreen
from assessments.bank.types import Edition
from assessments.forms.scope import ScopeForm, field_template
from assessments.models import Assessment
from assessments.presentation.laws.sentences import answer_sentences
from assessments.scope_facts import facts_from_json, preset_of
from assessments.scope_setup.forms import ScopeField
from assessments.scoring.scope import FactAnswer, surely_asked
from assessments.scoring.scoping.assumptions import Assumption, assumptions, is_asked, with_any_ai
from assessments.scoring.scoping.relevance import questions_to_ask

FIRST = ("country", "people")
MOST_LINES = 10


@dataclass(frozen=True, slots=True)
class AssumedLine:
    """What is assumed at the questions of one screen."""

    title: str
    sentences: tuple[str, ...]
    fields: tuple[ScopeField, ...]

    @property
    def is_wrong(self) -> bool:
        return any(own.field.errors for own in self.fields)


@dataclass(frozen=True, slots=True)
class AssumptionsPage:
    """At most ten lines to confirm. `asked` are the questions at which nothing is assumed, `asked_with_ai` those of
    them that are asked only if the business uses AI.
    """

    preset: Preset
    assumed: tuple[Assumption, ...]
    asked: tuple[ScopeQuestion, ...]
    asked_with_ai: tuple[ScopeQuestion, ...]
    screens: tuple[ScopeScreen, ...]

    @property
    def questions(self) -> tuple[ScopeQuestion, ...]:
        return (*self.asked, *self.asked_with_ai, *(own.question for own in self.assumed))

    @property
    def answers(self) -> dict[str, FactAnswer]:
        return {own.question.id: own.answer for own in self.assumed}

    def fields(self, form: ScopeForm, *, with_ai: bool) -> tuple[ScopeField, ...]:
        return tuple(_field(form, question) for question in (self.asked_with_ai if with_ai else self.asked))

    def lines(self, form: ScopeForm, *, with_ai: bool) -> tuple[AssumedLine, ...]:
        """Those that count in any case, or those that count only if the business uses AI."""
        wanted = [own for own in self.assumed if own.only_with_ai is with_ai]
        found = [_line(screen, wanted, form) for screen in self.screens]
        return tuple(line for line in found if line.fields)


def first_questions(edition: Edition) -> tuple[ScopeQuestion, ...]:
    """What everybody is asked before the trade."""
    questions = {question.id: question for screen in edition.scope.screens for question in screen.questions}
    return tuple(questions[name] for name in FIRST if name in questions)


def known_already(edition: Edition, assessment: Assessment) -> str:
    """What everybody is asked before the trade, told before, as one line; "" while any of it is open or not sure."""
    facts, said = facts_from_json(assessment.facts), []
    for question in first_questions(edition):
        answer = facts.get(question.id)
        chosen = [own.text for own in question.options if answer and own.id in answer.options]
        if not chosen:
            return ""
        said += chosen
    return " · ".join(said)


def assumptions_page(edition: Edition, assessment: Assessment) -> AssumptionsPage | None:
    """None where no trade is chosen, or nothing it assumes is open."""
    preset, facts, scope = preset_of(edition, assessment), facts_from_json(assessment.facts), edition.scope
    found = assumptions(scope, preset, facts) if preset else ()
    if preset is None or all(own.only_with_ai for own in found):
        return None
    screens = [screen for screen in scope.screens if any(own.question in screen.questions for own in found)]
    shown = tuple(screens[:MOST_LINES])
    assumed = tuple(own for own in found if any(own.question in screen.questions for screen in shown))
    supposed = {**facts, **{own.question.id: own.answer for own in assumed}}
    left, with_ai = questions_to_ask(scope, supposed), with_any_ai(scope, supposed)
    asked = tuple(question for question in left if is_asked(scope, supposed, question))
    return AssumptionsPage(
        preset=preset,
        assumed=assumed,
        asked=asked,
        asked_with_ai=tuple(own for own in left if own not in asked and is_asked(scope, with_ai, own)),
        screens=shown,
    )


def questions_left(edition: Edition, assessment: Assessment) -> tuple[ScopeQuestion, ...]:
    """What is still to ask, on one page: first what is asked for sure, as answers may make the rest needless."""
    facts = facts_from_json(assessment.facts)
    left, sure = questions_to_ask(edition.scope, facts), set(surely_asked(edition.scope, facts))
    return tuple(question for question in left if question in sure) or left


def _line(screen: ScopeScreen, assumed: Iterable[Assumption], form: ScopeForm) -> AssumedLine:
    own = [each for each in assumed if each.question in screen.questions]
    return AssumedLine(
        title=screen.title,
        sentences=tuple(text for each in own for text in answer_sentences(each.question, each.answer)),
        fields=tuple(_field(form, each.question) for each in own),
    )


def _field(form: ScopeForm, question: ScopeQuestion) -> ScopeField:
    return ScopeField(form[question.id], field_template(question))
