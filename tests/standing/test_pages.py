"""The question that is asked again, the list of what was, and what the organisation's page says of it."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import Organisation, Role, User
from assessments.models import Assessment, Result, StandingAnswer
from assessments.services.runs import restart_assessment
from tests.factories import OrganisationFactory, member
from tests.pages import by_id, controls, parse, sends, text_of
from tests.runs import answer_again, asked_questions, finished_run

pytestmark = pytest.mark.django_db


@pytest.fixture
def run(result: Result) -> Assessment:
    return result.assessment


@pytest.fixture
def code(run: Assessment) -> str:
    return asked_questions(run)[0].id


def again(organisation: Organisation, code: str) -> str:
    return reverse("question_again", args=[organisation.pk, code])


def listed(client: Client, organisation: Organisation) -> str:
    return text_of(by_id(parse(client.get(reverse("answered_again", args=[organisation.pk]))), "main"))


def fields(client: Client, organisation: Organisation, code: str) -> dict[str, list[str]]:
    return sends(by_id(parse(client.get(again(organisation, code))), "main"))


def test_the_old_answer_stands_beside_it_and_nothing_is_chosen(run: Assessment, code: str, signed_in: Client) -> None:
    page = by_id(parse(signed_in.get(again(run.organisation, code))), "main")
    question = asked_questions(run)[0]
    assert "Result of 21 November 2026" in text_of(page)
    assert question.levels[1] in text_of(page)
    assert not [control for control in controls(page) if control.checked]


def test_saving_moves_the_figure(run: Assessment, code: str, signed_in: Client) -> None:
    data = {**fields(signed_in, run.organisation, code), f"{code}-answer": "4"}
    answer = signed_in.post(again(run.organisation, code), data)
    assert answer["Location"] == reverse("answered_again", args=[run.organisation_id])
    row = StandingAnswer.objects.get()
    assert (row.assessment, row.level, row.answered_as) == (run, 4, "business")
    said = listed(signed_in, run.organisation)
    assert "Since your result of 21 November 2026: 1 better" in said
    home = text_of(parse(signed_in.get(reverse("organisation", args=[run.organisation_id]))))
    assert "1 better" in home
    assert [
        control.value for control in controls(parse(signed_in.get(again(run.organisation, code)))) if control.checked
    ] == ["4"]


def test_nothing_chosen_is_an_error_that_keeps_what_was_typed(run: Assessment, code: str, signed_in: Client) -> None:
    data = {**fields(signed_in, run.organisation, code), f"{code}-note": "Ask Bo"}
    answer = signed_in.post(again(run.organisation, code), data)
    assert answer.status_code == 422
    assert "Choose the answer that is true today." in answer.content.decode()
    assert "Ask Bo" in answer.content.decode()
    assert not StandingAnswer.objects.exists()


def test_still_the_same_is_one_click_and_keeps_what_was_typed(run: Assessment, code: str, signed_in: Client) -> None:
    data = {**fields(signed_in, run.organisation, code), f"{code}-note": "Looked", "as-before": "yes"}
    assert signed_in.post(again(run.organisation, code), data).status_code == 302
    row = StandingAnswer.objects.get()
    assert (row.level, row.note) == (1, "Looked")
    assert "Still the same" in listed(signed_in, run.organisation)


def test_sent_twice_is_one_answer_and_another_page_is_refused(run: Assessment, code: str, signed_in: Client) -> None:
    data, first = {**fields(signed_in, run.organisation, code), f"{code}-answer": "4"}, None
    for _twice in range(2):
        assert signed_in.post(again(run.organisation, code), data).status_code == 302
        version = StandingAnswer.objects.get().version
        assert first in (None, version)
        first = version
    assert signed_in.post(again(run.organisation, code), {**data, f"{code}-answer": "2"}).status_code == 409
    assert StandingAnswer.objects.get().level == 4


def test_a_page_made_for_an_older_result_is_refused(run: Assessment, code: str, signed_in: Client, owner: User) -> None:
    data = {**fields(signed_in, run.organisation, code), f"{code}-answer": "4"}
    answer_again(run, code, 3, by=owner)
    signed_in.post(reverse("interim_result", args=[run.organisation_id]))
    refused = signed_in.post(again(run.organisation, code), data)
    assert refused.status_code == 409
    assert "A newer result was made" in refused.content.decode()
    assert StandingAnswer.objects.get().level == 3


def test_the_result_of_somebody_else_is_no_basis(run: Assessment, code: str, signed_in: Client) -> None:
    theirs = finished_run().assessment
    data = {**fields(signed_in, run.organisation, code), f"{code}-answer": "4", "basis": str(theirs.pk)}
    assert signed_in.post(again(run.organisation, code), data).status_code == 409
    assert signed_in.post(again(run.organisation, code), {**data, "basis": "\u0663x"}).status_code == 409
    assert not StandingAnswer.objects.exists()


def test_undo(run: Assessment, code: str, signed_in: Client, owner: User) -> None:
    answer_again(run, code, 4, by=owner)
    address = reverse("question_again_undo", args=[run.organisation_id, code])
    seen = StandingAnswer.objects.get().version
    assert signed_in.post(address, {"version": seen}).status_code == 302
    assert not StandingAnswer.objects.exists()
    assert "Nothing has been answered again since." in listed(signed_in, run.organisation)


@pytest.mark.parametrize("seen", [{}, {"version": "1"}, {"version": "x"}])
def test_undoing_takes_back_nothing_that_was_not_seen(
    run: Assessment, code: str, signed_in: Client, owner: User, seen: dict[str, str]
) -> None:
    answer_again(run, code, 4, by=owner)
    answer_again(run, code, 3, by=owner)
    answer = signed_in.post(reverse("question_again_undo", args=[run.organisation_id, code]), seen)
    assert answer.status_code == 409
    assert StandingAnswer.objects.get().level == 3


def test_an_interim_result_is_named_so_everywhere(run: Assessment, code: str, signed_in: Client, owner: User) -> None:
    answer_again(run, code, 4, by=owner)
    address = reverse("interim_result", args=[run.organisation_id])
    made = signed_in.post(address, follow=True)
    day = f"{timezone.localdate():%-d %B %Y}"
    assert f"Interim result of {day}" in text_of(parse(made))
    assert signed_in.post(address)["Location"] == made.request["PATH_INFO"]
    assert Assessment.objects.filter(interim=True).count() == 1
    home = text_of(parse(signed_in.get(reverse("organisation", args=[run.organisation_id]))))
    assert f"Interim result of {day}" in home
    assert "Result of 21 November 2026" in home


def test_the_list_says_that_a_run_is_open(run: Assessment, code: str, signed_in: Client, owner: User) -> None:
    assert "An assessment is in progress" not in listed(signed_in, run.organisation)
    restart_assessment(finished=run, started_by=owner, now=timezone.now())
    assert "An assessment is in progress" in listed(signed_in, run.organisation)
    assert "An assessment is in progress" in signed_in.get(again(run.organisation, code)).content.decode()


def test_a_viewer_reads_and_changes_nothing(run: Assessment, code: str, client: Client, owner: User) -> None:
    answer_again(run, code, 4, by=owner)
    client.force_login(member(run.organisation, Role.VIEWER))
    page = client.get(reverse("answered_again", args=[run.organisation_id])).content.decode()
    assert "1 better" in page
    assert "<form" not in page.partition("<main")[2].partition("</main")[0]
    assert client.get(again(run.organisation, code)).status_code == 403


def test_there_is_nothing_to_ask_again_without_a_result_or_of_a_question_not_asked(
    run: Assessment, signed_in: Client, client: Client
) -> None:
    assert signed_in.get(again(run.organisation, "NO-99")).status_code == 404
    nobody = OrganisationFactory.create()
    client.force_login(member(nobody))
    assert client.get(reverse("answered_again", args=[nobody.pk])).status_code == 404
    assert client.get(reverse("organisation", args=[nobody.pk])).status_code == 200


@pytest.mark.parametrize("days", [0, 1_000])
def test_what_is_due_is_on_the_page_with_one_click(
    days: int, organisation: Organisation, owner: User, signed_in: Client
) -> None:
    run = finished_run(organisation, by=owner).assessment
    first = asked_questions(run)[0].id
    old = timezone.now() - timedelta(days=days)
    for question in asked_questions(run):
        answer_again(run, question.id, 2, by=owner, now=old)
    page = signed_in.get(reverse("organisation", args=[organisation.pk])).content.decode()
    assert (again(organisation, first) in page) == bool(days)
    assert (f"{len(asked_questions(run))} questions were answered some time ago" in page) == bool(days)


def test_as_many_queries_for_any_number_of_answers(
    run: Assessment, signed_in: Client, owner: User, organisation: Organisation
) -> None:
    addresses = [reverse(name, args=[organisation.pk]) for name in ("answered_again", "organisation")]

    def counts() -> Iterator[int]:
        for address in addresses:
            signed_in.get(address)
            with CaptureQueriesContext(
                connection,
            ) as found:
                signed_in.get(address)
            yield len(found)

    first, *others = asked_questions(run)
    answer_again(run, first.id, 4, by=owner)
    before = list(counts())
    for question in others:
        answer_again(run, question.id, 4, by=owner)
    assert list(counts()) == before
