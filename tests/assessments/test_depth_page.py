"""What the page of depths promises: what each adds, and how long it takes, measured once enough runs are finished."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from assessments.bank.types import Depth
from assessments.editions.stored import edition_of
from assessments.models import Answer, AnswerKind, Assessment, AssessmentState
from assessments.pages.depth import depth_page
from assessments.results.paces import pace_of
from assessments.scoring.time_needed import ENOUGH_RUNS, Pace
from tests.factories import OrganisationFactory
from tests.pages import by_id, of_class, parse, text_of
from tests.runs import NOW, asked_questions, give

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_kept() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


def finished_quickly(like: Assessment, number: int, *, seconds: int = 30, **fields: Any) -> None:
    """Rows of runs in which an answer was saved every `seconds`."""
    for at in range(number):
        begun = NOW + timedelta(days=at)
        run = Assessment.objects.create(
            organisation=OrganisationFactory.create(),
            edition=like.edition,
            depth=like.depth,
            state=AssessmentState.ANSWERING,
            started_by=like.started_by,
        )
        Answer.objects.bulk_create(
            Answer(
                assessment=run,
                question=f"ACCESS-0{place}",
                kind=AnswerKind.LEVEL,
                level=2,
                saved_by=like.started_by,
                saved_at=begun + timedelta(seconds=seconds * place),
            )
            for place in range(1, 6)
        )
        changes = {"state": AssessmentState.FINISHED, "finished_at": begun + timedelta(hours=1), **fields}
        Assessment.objects.filter(pk=run.pk).update(**changes)


def test_the_pace_is_measured_on_twenty_finished_runs_in_one_query(run: Assessment) -> None:
    finished_quickly(run, ENOUGH_RUNS)
    with CaptureQueriesContext(connection) as first:
        assert pace_of(Depth(run.depth)) == Pace(30, 30)
    measured = [query for query in first if "assessments_answer" in query["sql"]]
    assert len(measured) == 1
    finished_quickly(run, 5, seconds=300)
    assert pace_of(Depth(run.depth)) == Pace(30, 30), "kept for a day"


@pytest.mark.parametrize("missing", [{"interim": True}, {"state": AssessmentState.ANSWERING, "finished_at": None}])
def test_only_finished_runs_that_somebody_went_through_count(run: Assessment, missing: dict[str, Any]) -> None:
    finished_quickly(run, ENOUGH_RUNS - 1)
    finished_quickly(run, 2, **missing)
    assert pace_of(Depth(run.depth)) is None


def test_each_depth_says_what_it_adds_and_how_long_it_takes(run: Assessment, signed_in: Client) -> None:
    shown = text_of(by_id(parse(signed_in.get(f"/assessments/{run.pk}/depth/")), "main"))
    quick, standard, full = depth_page(edition_of(run.edition), run)
    assert all(option.says in shown and option.size in shown for option in (quick, standard, full))
    assert "more" not in quick.size
    assert " more" in standard.size
    assert " more" in full.size
    assert quick.takes.startswith("about ")
    assert " to " in quick.takes


def test_the_overview_lists_the_domains_as_the_pages_lead_through_them(run: Assessment, signed_in: Client) -> None:
    page = parse(signed_in.get(f"/assessments/{run.pk}/"))
    links = [link.get("href", "") for task in of_class(page, "task") for link in task.iter("a")]
    listed = [link.split("/")[-2] for link in links if "?" not in link]
    walked = list(dict.fromkeys(question.domain for question in asked_questions(run)))
    assert listed == walked


def test_the_next_page_says_what_the_domain_before_has_brought(run: Assessment, signed_in: Client) -> None:
    give(run, "ACCESS-02", 2)
    url = f"/assessments/{run.pk}/domains/STORE/"
    shown = text_of(of_class(parse(signed_in.get(url + "?done=ACCESS")), "domain-done")[0])
    assert shown.startswith("Answered: Who gets in")
    assert "Known now: where you stand on 1 of" in shown
    for nothing in ("", "?done=DATA", "?done=NOPE", "?done=%00"):
        assert not of_class(parse(signed_in.get(url + nothing)), "domain-done")


def test_a_button_between_questions_saves_and_leads_there(run: Assessment, signed_in: Client) -> None:
    first, second = asked_questions(run)[:2]
    url = f"/assessments/{run.pk}/domains/{first.domain}/"
    data = {f"{first.id}-version": "0", f"{first.id}-answer": "1"}
    response = signed_in.post(url, {**data, "to": second.id})
    assert response["Location"] == f"/assessments/{run.pk}/domains/{second.domain}/#{second.id}"
    assert run.answers.get().level == 1
    for nowhere in ("NOPE-01", "", "\0"):
        assert "?done=" in signed_in.post(url, {**data, f"{first.id}-version": "1", "to": nowhere})["Location"]
