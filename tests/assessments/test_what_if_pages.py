"""What-if and the answers that matter: the pages say what scoring gives, and store nothing."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from assessments.bank.types import Edition
from assessments.models import AnswerKind, Result
from assessments.planning.what_matters import claims_without_proof, unknowns_by_weight_on_range
from assessments.queries import load_scored_result
from assessments.scoring.engine import score
from assessments.scoring.plan import raise_answers
from tests.pages import by_id, parse, text_of
from tests.runs import answered_run, finish, finished_run, give

pytestmark = pytest.mark.django_db


def url_of(result: Result, *steps: str, page: str = "what-if") -> str:
    query = "&".join(f"step={step}" for step in steps)
    return f"/assessments/{result.assessment_id}/result/{page}/?{query}"


def test_nothing_ticked_is_where_the_business_stands(mixed: Result, edition: Edition, signed_in: Client) -> None:
    result = load_scored_result(edition, mixed)
    assert result.counts
    page = parse(signed_in.get(url_of(mixed)))

    outcome = text_of(by_id(page, "outcome"))
    assert "Nothing is ticked yet" in outcome
    assert "→" not in outcome
    assert f"{result.counts.in_place} of {result.counts.counted} in place" in outcome
    boxes = [each for each in page.iter("input") if each.get("type") == "checkbox"]
    assert [box.get("value") for box in boxes] == [todo.question.id for todo in result.todo]
    assert not any(box.get("checked") is not None for box in boxes)


@pytest.mark.parametrize("number", [1, 5, 500])
def test_ticked_steps_change_what_scoring_says(number: int, mixed: Result, edition: Edition, signed_in: Client) -> None:
    result = load_scored_result(edition, mixed)
    steps = result.todo[:number]
    answers = {t.question.id: t.answer for own in result.domains for t in own.traces if t.answer}
    after = score(edition, result.run, raise_answers(answers, steps), mixed.finished_at.date())
    assert result.counts
    assert after.counts
    url = url_of(mixed, *(step.question.id for step in steps))

    page = parse(signed_in.get(url))

    outcome = text_of(by_id(page, "outcome"))
    assert f"{len(steps)} step" in outcome
    before, then = result.counts, after.counts
    assert f"{before.in_place} → {then.in_place} of {then.counted} in place" in outcome
    assert (f"{before.urgent_gaps} → {then.urgent_gaps}" in outcome) == (before.urgent_gaps != then.urgent_gaps)
    for pillar in after.pillars:
        assert pillar.low
        assert f"{edition.labels[pillar.low.figure.label].name} {pillar.low.figure}" in outcome
    ticked = [each for each in page.iter("input") if each.get("checked") is not None]
    assert [box.get("value") for box in ticked] == [step.question.id for step in steps]
    swapped = signed_in.get(url, headers={"HX-Request": "true"})
    assert "<html" not in swapped.content.decode()
    assert text_of(parse(swapped)) == outcome


@pytest.mark.parametrize("step", ["NOWHERE-01", "<script>", "é" * 300])
def test_what_is_no_step_of_the_plan_is_told(step: str, mixed: Result, signed_in: Client) -> None:
    response = signed_in.get(url_of(mixed, step))
    assert response.status_code == 422
    assert "is not a step of this plan" in text_of(by_id(parse(response), "error-summary"))
    assert b"<script>alert" not in response.content


def test_nothing_is_stored(mixed: Result, edition: Edition, signed_in: Client) -> None:
    result = load_scored_result(edition, mixed)
    with CaptureQueriesContext(connection) as captured:
        signed_in.get(url_of(mixed, result.todo[0].question.id))
    assert not [query for query in captured if query["sql"].split()[0] in ("INSERT", "UPDATE", "DELETE")]


def test_a_plan_that_is_done_has_nothing_to_tick(owner: User, signed_in: Client) -> None:
    perfect = finished_run(owner.memberships.get().organisation, levels=4, by=owner)
    assert "nothing left to do" in text_of(parse(signed_in.get(url_of(perfect))))


def test_the_answers_that_matter_are_those_of_the_pure_room(mixed: Result, edition: Edition, signed_in: Client) -> None:
    result, day = load_scored_result(edition, mixed), mixed.finished_at.date()
    unknown = unknowns_by_weight_on_range(edition, result, day)
    claims = claims_without_proof(edition, result, day)
    assert unknown
    assert claims

    page = parse(signed_in.get(url_of(mixed, page="what-matters")))

    shown = text_of(by_id(page, "main"))
    places = [shown.index(f"({own.found.question.id})") for own in unknown]
    assert places == sorted(places)
    places = [shown.index(f"({own.question.id})", places[-1]) for own in claims]
    assert places == sorted(places)
    assert all(own.found.who_knows in shown for own in unknown)
    assert all(own.question.evidence[0] in shown for own in claims if own.question.evidence)


def test_what_an_answer_would_move_is_named(owner: User, edition: Edition, signed_in: Client) -> None:
    """In a quick run few questions count, so that each moves something."""
    run = answered_run(owner.memberships.get().organisation, levels=3, by=owner)
    give(run, "ACCESS-02", kind=AnswerKind.UNKNOWN)
    frozen = finish(run)
    result, day = load_scored_result(edition, frozen), frozen.finished_at.date()
    (unknown,) = unknowns_by_weight_on_range(edition, result, day)
    ends = unknown.ranges[0]
    gain = next(own for own in claims_without_proof(edition, result, day) if own.gains).gains[0]

    shown = text_of(parse(signed_in.get(url_of(frozen, page="what-matters"))))

    assert f"now {ends.low} to {ends.high}: from {ends.best} on if it is well kept, up to {ends.worst}" in shown
    assert f"with proof: {gain.before} → {gain.after}." in shown


def test_where_all_is_known_and_proven_the_page_says_so(owner: User, signed_in: Client) -> None:
    run = answered_run(owner.memberships.get().organisation, levels=2, by=owner)
    shown = text_of(parse(signed_in.get(url_of(finish(run), page="what-matters"))))
    assert "Every question has an answer." in shown
    assert "Every such answer has its proof." in shown


def test_what_matters_is_worked_out_once(owner: User, signed_in: Client) -> None:
    run = answered_run(owner.memberships.get().organisation, levels=3, by=owner)
    give(run, "ACCESS-02", kind=AnswerKind.UNKNOWN)
    result = finish(run)

    def reads() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert signed_in.get(url_of(result, page="what-matters")).status_code == 200
        return sum('"assessments_result"."outcome"' in query["sql"] for query in queries.captured_queries)

    assert reads() > 0
    assert reads() == 0
