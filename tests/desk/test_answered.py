"""What the desk counts without objects is what every other page counts."""

from collections.abc import Iterator
from itertools import cycle
from typing import Any

import pytest

from accounts.models import Organisation
from assessments.bank.types import Depth
from assessments.desk.portfolio import client_lines
from assessments.desk.queries import DeskFilter, filter_clients
from assessments.editions.stored import edition_of
from assessments.models import Answer, EditionRow
from assessments.queries import answers_of, run_of, scored_answers, taken_over_among
from assessments.scoring.progress import progress
from tests.desk.clients import client_of
from tests.runs import NOW, asked_questions, give, scoped_run

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("depth", [Depth.QUICK, Depth.FULL])
@pytest.mark.parametrize("facts", [{"base": "eu"}, {"base": "eu", "setup": "website", "ai": "tools"}])
def test_answered_of_asked(
    consultancy: Organisation, edition_row: EditionRow, depth: Depth, facts: dict[str, str]
) -> None:
    """Every kind of answer, also to questions that are not asked and where "not applicable" is not offered."""
    run = scoped_run(client_of(consultancy, "Bakery").client, depth=Depth.FULL, facts=facts)
    kinds: Iterator[dict[str, Any]] = cycle(
        (
            {"level": 3},
            {"kind": "unknown"},
            {"kind": "not_applicable", "reason": "No staff"},
            {"kind": "open", "note": "Ask Bo"},
            {},
        )
    )
    edition = edition_of(run.edition)
    for question, given in zip(edition.questions, kinds, strict=False):
        if given:
            give(run, question.id, **given)
    first = asked_questions(run)[0].id
    Answer.objects.filter(assessment=run, question=first).update(given_under=edition_row)
    run.depth = depth.value
    run.save(update_fields=["depth"])
    known = Answer.objects.filter(assessment=run, kind="level").exclude(question=first)
    asked = [question.id for question in asked_questions(run)]
    known.filter(question__in=asked[: len(asked) // 2]).update(taken_over_from=NOW)
    rows = answers_of(run).values()
    counted = progress(edition, run_of(run), scored_answers(rows), taken_over_among(rows))
    (line,) = client_lines(list(filter_clients(consultancy, DeskFilter())), NOW.date())
    assert line.open is not None
    assert (line.open.answered, line.open.asked) == (counted.confirmed, counted.asked)
    assert 0 < counted.confirmed < counted.answered < counted.asked
