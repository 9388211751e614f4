"""Going through it again: what is taken over says so until somebody confirms it, and is counted apart."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from accounts.models import AccessLevel, User
from assessments.bank.types import Depth, Edition
from assessments.collaboration import is_current, latest_reviews, reviews_of
from assessments.editions.stored import edition_of
from assessments.errors import OwnAnswer
from assessments.models import Answer, AnsweredAs, AnswerKind, Assessment, Result
from assessments.queries import answers_of, taken_over_among
from assessments.services.edition_upgrades import upgrade_edition
from assessments.services.editions import publish_edition, store_draft
from assessments.services.runs import restart_assessment
from assessments.told_results import read_told_result
from assessments.wording.summary import taken_over_sentence
from tests.assessments.collaboration_pages import as_person
from tests.collaboration import QUESTION, consultant, reviewed
from tests.pages import by_id, parse, sends, text_of
from tests.runs import NOW, answered_run, asked_questions, finish, give

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(days=200)


@pytest.fixture
def again(owner: User) -> Assessment:
    """A second run, straight from a finished one in which everything is answered."""
    run = answered_run(owner.memberships.get().organisation, Depth.STANDARD, by=owner)
    finish(run)
    return restart_assessment(finished=run, started_by=owner, now=LATER)


def url(run: Assessment, rest: str = "") -> str:
    return f"/assessments/{run.pk}/{rest}"


def page_of(client: Client, run: Assessment, domain: str = "ACCESS", query: str = "") -> dict[str, list[str]]:
    return sends(by_id(parse(client.get(url(run, f"domains/{domain}/{query}"))), "main"))


def post(client: Client, run: Assessment, domain: str = "ACCESS", **more: str) -> None:
    data = {**page_of(client, run, domain), **more}
    assert client.post(url(run, f"domains/{domain}/"), data).status_code == 302


def waiting(run: Assessment) -> frozenset[str]:
    return taken_over_among(answers_of(run).values())


def codes(run: Assessment, domain: str) -> set[str]:
    return {question.id for question in asked_questions(run) if question.domain == domain}


def test_everything_counts_and_nothing_is_done(again: Assessment, signed_in: Client) -> None:
    asked = len(asked_questions(again))
    assert len(waiting(again)) == asked
    assert {row.taken_over_from for row in again.answers.all()} == {NOW}
    overview = text_of(parse(signed_in.get(url(again))))
    assert f"0 of {asked} answered, {asked} taken over from before and still to be confirmed" in overview
    assert "Go through the answers taken over" in overview
    assert "Completed" not in overview


def test_the_question_says_from_when_it_is(again: Assessment, signed_in: Client) -> None:
    shown = text_of(by_id(parse(signed_in.get(url(again, "domains/ACCESS/"))), f"taken-over-{QUESTION}"))
    assert shown.startswith("Taken over from 21 November 2026. Still true? Yes, still true")


def test_one_click_confirms_one_answer(again: Assessment, signed_in: Client) -> None:
    before = waiting(again)
    post(signed_in, again, **{f"{QUESTION}-confirm": "yes"})
    assert waiting(again) == before - {QUESTION}
    row = again.answers.get(question=QUESTION)
    assert (row.level, row.version, row.answered_as) == (2, 2, AnsweredAs.BUSINESS)
    assert row.saved_at > NOW


def test_one_click_confirms_what_is_on_the_page(again: Assessment, signed_in: Client) -> None:
    before, here = waiting(again), codes(again, "ACCESS")
    assert len(here) > 1
    post(signed_in, again, **{"confirm-all": "yes"})
    assert waiting(again) == before - here


def test_saving_the_page_confirms_nothing(again: Assessment, signed_in: Client) -> None:
    before = waiting(again)
    post(signed_in, again)
    assert waiting(again) == before
    post(signed_in, again, **{f"{QUESTION}-note": "Ask Bo"})
    row = again.answers.get(question=QUESTION)
    assert (row.note, row.taken_over_from) == ("Ask Bo", NOW)


def test_another_choice_is_an_answer_of_now(again: Assessment, signed_in: Client) -> None:
    post(signed_in, again, **{f"{QUESTION}-answer": "4"})
    assert QUESTION not in waiting(again)


def test_the_fragment_confirms_the_same(again: Assessment, signed_in: Client) -> None:
    data = {**page_of(signed_in, again), f"{QUESTION}-confirm": "yes"}
    answer = signed_in.post(url(again, f"answers/{QUESTION}/"), data, HTTP_HX_REQUEST="true")
    assert QUESTION not in waiting(again)
    fragment = parse(answer)
    assert by_id(fragment, f"taken-over-{QUESTION}").get("hx-swap-oob") == "delete"
    asked = len(asked_questions(again))
    assert f"1 of {asked} answered, {asked - 1} taken over" in text_of(by_id(fragment, "progress"))
    note = {**data, f"{QUESTION}-version": "2", f"{QUESTION}-note": "Bo", f"{QUESTION}-confirm": ""}
    assert "taken-over" not in signed_in.post(url(again, f"answers/{QUESTION}/"), note).content.decode()


def test_confirming_what_changed_meanwhile_is_a_conflict_and_twice_is_none(
    again: Assessment, signed_in: Client
) -> None:
    data = {**page_of(signed_in, again), f"{QUESTION}-confirm": "yes"}
    assert signed_in.post(url(again, f"answers/{QUESTION}/"), data).status_code == 200
    assert signed_in.post(url(again, f"answers/{QUESTION}/"), data).status_code == 200
    assert again.answers.get(question=QUESTION).version == 2
    other = next(code for code in codes(again, "ACCESS") if code != QUESTION)
    give(again, other, 0)
    assert signed_in.post(url(again, f"answers/{other}/"), {**data, f"{other}-confirm": "yes"}).status_code == 409


def test_the_filter_shows_what_is_left(again: Assessment, signed_in: Client) -> None:
    post(signed_in, again, **{f"{QUESTION}-confirm": "yes"})
    left = signed_in.get(url(again, "domains/ACCESS/?show=taken-over")).content.decode()
    assert f'id="{QUESTION}"' not in left
    assert 'name="confirm-all"' in left
    post(signed_in, again, **{"confirm-all": "yes"})
    empty = signed_in.get(url(again, "domains/ACCESS/?show=taken-over")).content.decode()
    assert "Nothing here waits to be confirmed." in empty


def test_whoever_confirms_gives_the_answer(again: Assessment) -> None:
    """A review is for the answer as it was, and nobody agrees with what they confirmed."""
    noor = consultant(again, AccessLevel.ANSWER)
    agreed = reviewed(again, noor)
    assert is_current(agreed, answers_of(again)[QUESTION])
    post(as_person(noor), again, **{f"{QUESTION}-confirm": "yes"})
    row = answers_of(again)[QUESTION]
    assert (row.saved_by, row.answered_as) == (noor, AnsweredAs.CONSULTANCY)
    assert not is_current(latest_reviews(reviews_of(again))[QUESTION], row)
    with pytest.raises(OwnAnswer):
        reviewed(again, noor)


def test_finishing_says_how_many_nobody_looked_at_again(again: Assessment, signed_in: Client) -> None:
    post(signed_in, again, **{"confirm-all": "yes"})
    left = len(waiting(again))
    check = text_of(parse(signed_in.get(url(again, "check/"))))
    assert f"{left} answers are taken over from an earlier assessment" in check
    assert "You can finish now" in check
    assert "Taken over from 21 November 2026" in check
    signed_in.post(url(again, "submit/"))
    result = Result.objects.get(assessment=again)
    told = read_told_result(result.pk, edition_of(again.edition), sums=False)
    assert told.taken_over is not None
    assert (told.taken_over.taken_over, told.taken_over.confirmed) == (left, len(codes(again, "ACCESS")))
    assert told.taken_over.oldest == NOW.date()
    assert taken_over_sentence(told.taken_over) in text_of(parse(signed_in.get(url(again, "result/"))))


def test_a_run_that_was_confirmed_throughout_says_nothing(again: Assessment, signed_in: Client) -> None:
    again.answers.update(taken_over_from=None)
    assert "taken over" not in signed_in.get(url(again, "check/")).content.decode()
    finish(again)
    result = Result.objects.get(assessment=again)
    assert read_told_result(result.pk, edition_of(again.edition), sums=False).taken_over is None


def test_a_date_stays_until_somebody_looks(again: Assessment, owner: User) -> None:
    give(again, QUESTION, 4)
    Answer.objects.filter(assessment=again, question=QUESTION).update(saved_at=LATER)
    finish(again)
    third = restart_assessment(finished=again, started_by=owner, now=LATER)
    dates = dict(third.answers.values_list("question", "taken_over_from"))
    assert dates.pop(QUESTION) == LATER
    assert set(dates.values()) == {NOW}


def test_notes_without_an_answer_are_not_taken_over(owner: User) -> None:
    run = answered_run(owner.memberships.get().organisation, by=owner, levels={"ACCESS-02": 1})
    give(run, "GOV-01", note="Ask Bo", kind=AnswerKind.OPEN)
    finish(run)
    assert waiting(restart_assessment(finished=run, started_by=owner, now=LATER)) == {"ACCESS-02"}


def test_a_changed_question_is_to_be_looked_at_and_no_longer_taken_over(
    again: Assessment, owner: User, edition: Edition
) -> None:
    """The rest goes on being taken over."""
    levels = tuple(f"Another {level}" for level in range(5))
    questions = tuple(
        replace(each, text="Something else?", levels=levels) if each.id == QUESTION else each
        for each in edition.questions
    )
    changed = store_draft(edition=replace(edition, id="changed", questions=questions))
    publish_edition(edition_row=changed, now=NOW)
    before = waiting(again)
    upgrade_edition(assessment=again, new=changed, by=owner, now=LATER)
    assert again.answers.get(question=QUESTION).given_under_id is not None
    assert waiting(again) == before - {QUESTION}


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": AnswerKind.OPEN, "level": None, "taken_over_from": NOW},
        {"taken_over_from": LATER},
    ],
)
def test_the_database_refuses_what_cannot_be_taken_over(wrong: dict[str, object], again: Assessment) -> None:
    rows = Answer.objects.filter(assessment=again, question=QUESTION)
    with pytest.raises(IntegrityError, match="answer_taken_over_counts"), transaction.atomic():
        rows.update(**wrong)


def test_an_answer_to_an_older_question_is_not_taken_over(again: Assessment) -> None:
    rows = Answer.objects.filter(assessment=again, question=QUESTION)
    with pytest.raises(IntegrityError, match="answer_taken_over_counts"), transaction.atomic():
        rows.update(given_under=again.edition)
