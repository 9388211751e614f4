"""The page of steps that fit in a given time promises what scoring gives, and nothing that does not fit."""

from xml.etree.ElementTree import Element

import pytest
from django.test import Client

from assessments.bank.types import Edition
from assessments.models import Result
from assessments.planning.time_budget import best_in_time
from assessments.queries import load_scored_result
from assessments.scoring.engine import score
from assessments.scoring.types import ScoredAnswer, ScoredAnswerKind
from tests.pages import by_id, parse, text_of
from tests.runs import finished_run

pytestmark = pytest.mark.django_db


def url_of(result: Result, query: str = "") -> str:
    return f"/assessments/{result.assessment_id}/result/in-time/{query}"


def steps_on(page: Element) -> list[str]:
    return [each.get("id") or "" for each in page.iter("li") if (each.get("id") or "").startswith("step-")]


def test_it_asks_first_and_offers_times(mixed: Result, signed_in: Client) -> None:
    page = parse(signed_in.get(url_of(mixed)))

    assert steps_on(page) == []
    assert {"?hours=4", "?hours=26", "?hours=40"} <= {link.get("href") for link in page.iter("a")}
    assert "/result/in-time/" in signed_in.get(f"/assessments/{mixed.assessment_id}/result/").content.decode()


@pytest.mark.parametrize("hours", [4, 26, 40])
def test_the_promise_is_what_scoring_gives(hours: int, mixed: Result, edition: Edition, signed_in: Client) -> None:
    page = parse(signed_in.get(url_of(mixed, f"?hours={hours}")))
    result = load_scored_result(edition, mixed)
    chosen = best_in_time(result, hours * 60)
    answers = {t.question.id: t.answer for own in result.domains for t in own.traces if t.answer}
    done = {entry.question.id: ScoredAnswer(ScoredAnswerKind.LEVEL, entry.target) for entry in chosen}
    after = score(edition, result.run, {**answers, **done}, mixed.finished_at.date())
    assert result.counts
    assert after.counts

    shown = text_of(page)
    assert len(steps_on(page)) == len(chosen) > 0
    gaps, duties = result.counts.urgent_gaps, result.counts.open_duties
    for moved, words in (
        (after.counts.in_place - result.counts.in_place, "more in place"),
        (gaps - after.counts.urgent_gaps, f"of {gaps} urgent gap"),
        (duties - after.counts.open_duties, f"of {duties} dut"),
    ):
        assert (f"{moved} {words}" in shown) == (moved > 0)


def test_a_step_ends_where_its_time_ends(mixed: Result, edition: Edition, signed_in: Client) -> None:
    """What is said of a step is about the level that it reaches here, not about its target."""
    result = load_scored_result(edition, mixed)
    targets = {entry.question.id: entry.target for entry in result.todo}
    hours = next(
        h for h in range(1, 60) if any(e.target < targets[e.question.id] for e in best_in_time(result, h * 60))
    )
    short = next(e for e in best_in_time(result, hours * 60) if e.target < targets[e.question.id])

    shown = text_of(parse(signed_in.get(url_of(mixed, f"?hours={hours}"))))

    assert f"to {short.target} “{edition.scale[short.target].name}”" in shown


def test_the_whole_plan_and_nothing_at_all(signed_in: Client, mixed: Result) -> None:
    assert "This is the whole plan." in text_of(parse(signed_in.get(url_of(mixed, "?hours=2000"))))
    perfect = finished_run(mixed.assessment.organisation, levels=4)
    assert "nothing left to do" in text_of(parse(signed_in.get(url_of(perfect, "?hours=4"))))


@pytest.mark.parametrize("hours", ["", "0", "-3", "2001", "a", "1.5", "9" * 40, "٤x"])
def test_a_time_that_is_none_is_told(hours: str, signed_in: Client, mixed: Result) -> None:
    response = signed_in.get(url_of(mixed), {"hours": hours})

    assert response.status_code == 422
    page = parse(response)
    assert "hour" in text_of(by_id(page, "error-summary")).lower()
    assert steps_on(page) == []
