"""The demo fits the edition that ships: nothing it says is about a question or a fact that is not there."""

from datetime import UTC, datetime

import pytest
from django.conf import LazySettings

from assessments.bank.types import Edition
from assessments.models import AnswerKind, Assessment, EditionRow, Result
from assessments.pages.scope import first_open_screen
from assessments.queries import answers_of
from reports.demo import make_demo
from reports.sample.bakery import EVIDENCE, FACTS, LEFT_OUT, LEVELS, NOTES
from tests.runs import asked_questions
from tests.scope_facts import fact, facts_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def as_on_one_machine(settings: LazySettings) -> None:
    """The demo's people have no second step: `./run` asks nobody for one."""
    settings.MFA_REQUIRED = "nobody"


NOW = datetime(2026, 12, 1, 9, 0, tzinfo=UTC)


@pytest.fixture
def finished(edition_row: EditionRow) -> Assessment:
    make_demo(now=NOW)
    return Result.objects.get().assessment


def test_every_fact_is_settled_and_known_to_the_edition(finished: Assessment, edition: Edition) -> None:
    given = {name: fact(*options) for name, options in FACTS.items()}
    assert facts_of(edition, **given) == given
    assert first_open_screen(edition, finished) is None
    assert finished.provisional == []


def test_every_question_asked_has_an_answer_of_its_own(finished: Assessment) -> None:
    asked = {question.id for question in asked_questions(finished)}
    assert asked == {*LEVELS, *LEFT_OUT}
    assert NOTES.keys() | EVIDENCE.keys() <= asked
    kinds = {question: row.kind for question, row in answers_of(finished).items()}
    unknown = {question for question, level in LEVELS.items() if level is None}
    assert {question for question, kind in kinds.items() if kind == AnswerKind.UNKNOWN} == unknown
    assert {question for question, kind in kinds.items() if kind == AnswerKind.NOT_APPLICABLE} == LEFT_OUT.keys()


def test_made_twice_it_is_made_once(finished: Assessment) -> None:
    make_demo(now=NOW)
    assert Result.objects.get().assessment == finished
    assert Assessment.objects.filter(organisation=finished.organisation).count() == 2
