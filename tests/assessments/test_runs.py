"""A run from start to frozen result: started once, frozen once, gone through again from the old answers."""

import json
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any, TypeVar

import pytest
from django.db import IntegrityError, connection
from django.test import Client

from accounts.models import Organisation, Role, User
from assessments.bank.types import Depth, Edition
from assessments.editions.stored import edition_of
from assessments.errors import AssessmentFinished
from assessments.models import Answer, AnswerKind, Assessment, EditionRow, Result
from assessments.queries import latest_per_organisation, load_scored_result, runs_of
from assessments.results.recorded_answers import load_recorded_answers
from assessments.services.editions import load_published, store_draft
from assessments.services.runs import (
    choose_depth,
    delete_assessment,
    finish_assessment,
    restart_assessment,
    save_scope,
    start_assessment,
)
from tests.bank.making import edition as bank
from tests.bank.making import question
from tests.factories import OrganisationFactory, member
from tests.pages import links, of_class, parse, text_of
from tests.runs import NOW, answered_run, finish, finished_run, give, scoped_run, started_run
from tests.scope_facts import fact

pytestmark = pytest.mark.django_db

Found = TypeVar("Found")
BOTH = 2


def at_once(*calls: Callable[[], Found]) -> list[Found | Exception]:
    """Each in a thread with its own connection, all started together."""
    barrier, found = threading.Barrier(len(calls)), dict[int, Found | Exception]()

    def run(place: int, call: Callable[[], Found]) -> None:
        barrier.wait(timeout=10)
        try:
            found[place] = call()
        except Exception as error:
            found[place] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=each) for each in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return [found[place] for place in range(len(calls))]


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


# Start.


def test_starting_again_leads_to_the_same_run(owner: User, signed_in: Client) -> None:
    url = f"/organisations/{owner.memberships.get().organisation_id}/start/"
    first, second = signed_in.post(url), signed_in.post(url)
    assert first["Location"] == second["Location"]
    assert Assessment.objects.count() == 1


def test_a_new_run_starts_with_the_scope(owner: User, signed_in: Client) -> None:
    run = started_run(owner.memberships.get().organisation, by=owner)
    response = signed_in.get(f"/assessments/{run.pk}/", follow=True)
    assert [url for url, _ in response.redirect_chain] == [
        f"/assessments/{run.pk}/scope/",
        f"/assessments/{run.pk}/trade/",
    ]


@pytest.mark.django_db(transaction=True)
def test_two_people_starting_at_once_get_one_run(edition_row: EditionRow) -> None:
    organisation = OrganisationFactory.create()
    people = [client_of(member(organisation)) for _ in range(4)]
    url = f"/organisations/{organisation.pk}/start/"
    responses = at_once(*(lambda person=person: person.post(url) for person in people))
    assert {response["Location"] for response in responses} == {  # type: ignore[index]
        f"/assessments/{Assessment.objects.get().pk}/"
    }


# Submit.


def test_submitting_freezes_figures_and_answers(run: Assessment, signed_in: Client, edition: Edition) -> None:
    give(run, "ACCESS-02", 3, note="The till\nhas none", evidence="A list")
    response = signed_in.post(f"/assessments/{run.pk}/submit/", follow=True)
    assert response.request["PATH_INFO"] == f"/assessments/{run.pk}/result/"
    result = Result.objects.get(assessment=run)
    recorded = load_recorded_answers(result.answers)["ACCESS-02"]
    assert (recorded.level, recorded.note, recorded.evidence) == (3, "The till\nhas none", "A list")
    assert Assessment.objects.get(pk=run.pk).state == "finished"
    assert load_scored_result(edition, result).answered == 1


def test_submitting_twice_gives_one_result(run: Assessment, signed_in: Client) -> None:
    for _ in range(BOTH):
        assert signed_in.post(f"/assessments/{run.pk}/submit/")["Location"] == f"/assessments/{run.pk}/"
    assert Result.objects.count() == 1
    run.refresh_from_db()
    assert finish(run) == Result.objects.get()


@pytest.mark.django_db(transaction=True)
def test_submitting_at_once_gives_one_result(edition_row: EditionRow) -> None:
    run = answered_run()
    people = [client_of(member(run.organisation)) for _ in range(4)]
    responses = at_once(*(lambda person=person: person.post(f"/assessments/{run.pk}/submit/") for person in people))
    assert [response.status_code for response in responses] == [302] * 4  # type: ignore[union-attr]
    assert Result.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_an_answer_saved_while_submitting_is_in_the_result_or_refused(edition_row: EditionRow) -> None:
    """Never acknowledged and left out of the frozen answers."""
    for level in range(5):
        run = scoped_run()
        one, other = (client_of(member(run.organisation)) for _ in range(BOTH))
        data = {"ACCESS-02-answer": level, "ACCESS-02-version": 0}
        saved, _ = at_once(
            lambda: one.post(f"/assessments/{run.pk}/answers/ACCESS-02/", data),  # noqa: B023
            lambda: other.post(f"/assessments/{run.pk}/submit/"),  # noqa: B023
        )
        frozen = {entry["question"]: entry["level"] for entry in Result.objects.get(assessment=run).answers}
        assert saved.status_code in (200, 409)  # type: ignore[union-attr]
        assert frozen == ({"ACCESS-02": level} if saved.status_code == 200 else {})  # type: ignore[union-attr]


def test_a_result_does_not_move_when_the_rules_do(
    edition_row: EditionRow, monkeypatch: pytest.MonkeyPatch, edition: Edition
) -> None:
    result = finished_run(levels=3)
    before = load_scored_result(edition, result)

    def rewritten(*args: Any, **options: Any) -> None:
        raise AssertionError("a frozen result is never computed again")

    for name in ("engine.score", "engine.domain_sum", "engine.pillar_sum", "terms.prepare_questions"):
        monkeypatch.setattr(f"assessments.scoring.{name}", rewritten)
    monkeypatch.setattr("assessments.services.runs.score", rewritten)
    client = client_of(result.assessment.started_by)
    for page in ("", "computed/"):
        assert client.get(f"/assessments/{result.assessment_id}/result/{page}").status_code == 200
    assert load_scored_result(edition, Result.objects.get(pk=result.pk)) == before


def test_a_result_does_not_move_when_a_newer_edition_comes(edition_row: EditionRow, edition: Edition) -> None:
    result = finished_run(levels=3)
    client = client_of(result.assessment.started_by)
    url = f"/assessments/{result.assessment_id}/result/"
    before = client.get(url).content
    newer = replace(edition, id="newer", law_status_as_of=edition.law_status_as_of + timedelta(days=90))
    load_published(edition=newer, now=NOW)
    assert started_run().edition.code == "newer"
    assert text_of(parse(client.get(url))) == text_of(parse(before.decode()))


def test_who_may_not_submit_changes_nothing(run: Assessment) -> None:
    viewer = client_of(member(run.organisation, Role.VIEWER))
    assert viewer.post(f"/assessments/{run.pk}/submit/").status_code == 403
    assert not Result.objects.exists()


def test_a_run_without_a_depth_cannot_be_submitted(owner: User, signed_in: Client) -> None:
    run = started_run(owner.memberships.get().organisation, by=owner)
    assert signed_in.post(f"/assessments/{run.pk}/submit/").status_code == 302
    assert not Result.objects.exists()


def test_a_stored_result_is_plain_json(edition_row: EditionRow) -> None:
    result = finished_run()
    assert json.loads(json.dumps(result.outcome)) == result.outcome


# Again.


def test_going_through_it_again_starts_from_the_old_answers(run: Assessment, signed_in: Client) -> None:
    give(run, "ACCESS-02", 1, note="A note", evidence="A list")
    give(run, "ACCESS-03", kind=AnswerKind.NOT_APPLICABLE, reason="Not us")
    finish(run)
    again = signed_in.post(f"/assessments/{run.pk}/again/", follow=True)
    new = Assessment.objects.exclude(pk=run.pk).get()
    assert again.request["PATH_INFO"] == f"/assessments/{new.pk}/"
    assert (new.previous, new.state, new.depth, new.facts, new.tags) == (
        run,
        "answering",
        "standard",
        run.facts,
        run.tags,
    )

    def answers(of: Assessment) -> list[tuple[object, ...]]:
        return list(
            of.answers.order_by("question").values_list("question", "kind", "level", "reason", "note", "evidence")
        )

    assert answers(new) == answers(run) != []
    give(new, "ACCESS-02", 4)
    assert run.answers.get(question="ACCESS-02").level == 1


def test_again_twice_is_one_run_and_keeps_what_was_changed(run: Assessment, signed_in: Client) -> None:
    give(run, "ACCESS-02", 1)
    finish(run)
    first = signed_in.post(f"/assessments/{run.pk}/again/")["Location"]
    new = Assessment.objects.exclude(pk=run.pk).get()
    give(new, "ACCESS-02", 4)
    assert signed_in.post(f"/assessments/{run.pk}/again/")["Location"] == first
    assert new.answers.get(question="ACCESS-02").level == 4


@pytest.mark.django_db(transaction=True)
def test_again_at_once_is_one_run_with_one_copy(edition_row: EditionRow) -> None:
    finished = finished_run().assessment
    people = [client_of(member(finished.organisation)) for _ in range(4)]
    responses = at_once(*(lambda person=person: person.post(f"/assessments/{finished.pk}/again/") for person in people))
    assert len({response["Location"] for response in responses}) == 1  # type: ignore[index]
    new = Assessment.objects.get(state="answering")
    assert new.answers.count() == finished.answers.count() > 0


def test_old_answers_go_into_no_run_that_someone_else_started(
    edition_row: EditionRow, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A colleague starts a fresh run at the same moment, perhaps on a newer edition: it stays fresh."""
    finished = finished_run().assessment
    started: list[Assessment] = []

    def not_yet(organisation: Organisation) -> Assessment | None:
        monkeypatch.undo()
        started.append(start_assessment(organisation=organisation, started_by=finished.started_by))
        return None

    monkeypatch.setattr("assessments.services.runs._open_run", not_yet)
    assert restart_assessment(finished=finished, started_by=finished.started_by, now=NOW) == started[0]
    assert not started[0].answers.exists()


def test_an_open_run_cannot_be_gone_through_again(run: Assessment, signed_in: Client) -> None:
    assert signed_in.post(f"/assessments/{run.pk}/again/").status_code == 404


# Delete.


def test_an_open_run_can_be_deleted_with_its_answers(run: Assessment, signed_in: Client) -> None:
    give(run, "ACCESS-02", 1)
    assert "cannot be undone" in text_of(parse(signed_in.get(f"/assessments/{run.pk}/delete/")))
    assert Answer.objects.count() == 1
    response = signed_in.post(f"/assessments/{run.pk}/delete/")
    assert response["Location"] == f"/organisations/{run.organisation_id}/"
    assert not Assessment.objects.exists()
    assert not Answer.objects.exists()
    assert signed_in.get(f"/assessments/{run.pk}/").status_code == 404


def test_a_finished_run_cannot_be_deleted(run: Assessment, signed_in: Client) -> None:
    finish(run)
    for request in (signed_in.get, signed_in.post):
        assert request(f"/assessments/{run.pk}/delete/").status_code == 409
    with pytest.raises(AssessmentFinished):
        delete_assessment(assessment=Assessment.objects.get(pk=run.pk))
    assert Result.objects.count() == 1


def test_deleting_a_run_leaves_the_one_it_came_from(run: Assessment) -> None:
    finish(run)
    delete_assessment(assessment=restart_assessment(finished=run, started_by=run.started_by, now=NOW))
    assert Assessment.objects.get() == run


# Lists.


def test_the_newest_run_of_each_business(edition_row: EditionRow) -> None:
    first = finished_run().assessment
    second = restart_assessment(finished=first, started_by=first.started_by, now=NOW)
    other, nobody = started_run(), OrganisationFactory.create()
    found = latest_per_organisation([first.organisation_id, other.organisation_id, nobody.pk])
    assert set(found) == {second, other}
    assert list(runs_of(first.organisation)) == [second, first]


def test_the_page_of_a_business_lists_its_results(run: Assessment, signed_in: Client, edition: Edition) -> None:
    outcome = load_scored_result(edition, finish(run))
    page = parse(signed_in.get(f"/organisations/{run.organisation_id}/"))
    assert f"/assessments/{run.pk}/result/" in links(page).values()
    for pillar in outcome.pillars:
        assert pillar.low is not None
        assert f"{edition.labels[pillar.low.figure.label].name} {pillar.low.figure}" in text_of(page)


def test_who_looks_after_one_business_goes_straight_to_it(run: Assessment, signed_in: Client) -> None:
    assert signed_in.get("/home/")["Location"] == f"/organisations/{run.organisation_id}/"


def test_who_looks_after_several_chooses(run: Assessment, owner: User, signed_in: Client) -> None:
    other = OrganisationFactory.create(name="A second shop")
    other.memberships.create(user=owner, role=Role.OWNER)
    page = parse(signed_in.get("/home/"))
    assert {"Boulangerie Lumière", "A second shop"} <= links(page).keys()


def test_the_list_of_businesses_marks_finished_assessments(run: Assessment, owner: User, signed_in: Client) -> None:
    other = OrganisationFactory.create(name="A second shop")
    other.memberships.create(user=owner, role=Role.OWNER)
    started_run(other)
    finish(run)
    page = parse(signed_in.get("/home/"))
    assert [text_of(tag) for tag in of_class(page, "tag--done")] == ["Finished"]
    assert [text_of(tag) for tag in of_class(page, "tag--part")] == ["Scope"]


def test_who_belongs_nowhere_is_told_so(edition_row: EditionRow, client: Client) -> None:
    user = member(OrganisationFactory.create())
    user.memberships.all().delete()
    client.force_login(user)
    assert "Add your business to begin" in text_of(parse(client.get("/home/")))


# The database behind.


def test_one_open_run_each_whoever_asks(edition_row: EditionRow) -> None:
    run = started_run()
    with pytest.raises(IntegrityError):
        Assessment.objects.create(organisation=run.organisation, edition=edition_row, started_by=run.started_by)


def test_a_run_stays_on_its_edition_and_depth_changes_only_while_open(
    edition_row: EditionRow, edition: Edition
) -> None:
    run = answered_run()
    store_draft(edition=bank(question("DATA-01")))
    assert edition_of(Assessment.objects.get(pk=run.pk).edition) == edition
    finish(run)
    with pytest.raises(AssessmentFinished):
        choose_depth(assessment=run, depth=Depth.FULL)
    with pytest.raises(AssessmentFinished):
        save_scope(assessment=run, edition=edition, given={"base": fact("uk")}, seen_version=1)
    assert finish_assessment(assessment=run, edition=edition, finished_by=run.started_by, now=NOW).assessment == run
