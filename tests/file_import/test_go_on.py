"""A file of another installation, seen first and then begun with."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import AccessLevel, Organisation, Role, User
from assessments.bank.types import Depth, Edition, NotApplicable
from assessments.editions.stored import edition_of
from assessments.file_import import offers, services
from assessments.models import Answer, AnswerKind, Assessment, AssessmentState, EditionRow, Result
from assessments.results.assessment_files import assessment_file_of
from assessments.scoring.types import ScoredAnswerKind
from assessments.services.editions import load_published
from assessments.signed_assessment.canonical import canonical
from assessments.signed_assessment.types import AssessmentFile, FileAnswer
from tests.factories import EngagementFactory, OrganisationFactory, member
from tests.pages import parse, text_of
from tests.runs import answered_run, asked_questions, finish, finished_run, give, started_run
from tests.signed_assessment.making_files import SMALL, edited, signed

pytestmark = pytest.mark.django_db
NOTE = "a note that is taken along"


@pytest.fixture
def elsewhere(edition_row: EditionRow) -> Result:
    """A result as another installation with the same edition has it."""
    run = answered_run(OrganisationFactory.create(name="Boulangerie Lumière"), Depth.STANDARD, 2)
    asked = asked_questions(run)
    give(run, asked[0].id, 3, note=NOTE, evidence="a folder")
    give(run, asked[1].id, kind=AnswerKind.UNKNOWN)
    return finish(run)


@pytest.fixture
def file(elsewhere: Result) -> AssessmentFile:
    return assessment_file_of(elsewhere, with_texts=True)


@pytest.fixture
def owner(edition_row: EditionRow) -> User:
    return member(OrganisationFactory.create(name="Boulangerie Lumière"))


def place_of(person: User) -> Organisation:
    return Organisation.objects.get(memberships__user=person)


def client_of(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def shown(person: User, content: bytes, place: Organisation | None = None) -> Any:
    url = reverse("go_on_from_file", args=[(place or place_of(person)).pk])
    return client_of(person).post(url, {"file": SimpleUploadedFile("a.evenkeel.json", content)})


def begun(person: User, content: bytes, place: Organisation | None = None) -> Any:
    place = place or place_of(person)
    offer = shown(person, content, place).context["preview"].offer
    return client_of(person).post(reverse("go_on_from_file", args=[place.pk]), {"offer": offer})


def test_first_it_is_shown_and_nothing_is_stored(owner: User, file: AssessmentFile) -> None:
    page = shown(owner, signed(file))

    text = text_of(parse(page))
    assert "From the result of Boulangerie Lumière of 21 November 2026, edition" in text
    assert f"{len(file.answers)} answers. They count, and are marked as taken over" in text
    assert page.context["preview"].warnings == ()
    assert not Assessment.objects.filter(organisation=place_of(owner)).exists()


def test_an_assessment_begins_with_the_facts_and_with_answers_to_be_confirmed(
    owner: User, file: AssessmentFile, elsewhere: Result
) -> None:
    answer = begun(owner, signed(file))

    run = Assessment.objects.get(organisation=place_of(owner))
    assert answer.headers["Location"] == reverse("assessment", args=[run.pk])
    assert (run.state, run.depth, run.started_by) == (AssessmentState.ANSWERING, "standard", owner)
    before = elsewhere.assessment
    assert (run.facts, run.tags, run.provisional) == (before.facts, before.tags, before.provisional)
    rows = {row.question: row for row in run.answers.all()}
    assert rows.keys() == {own.question for own in file.answers}
    noted = next(row for row in rows.values() if row.note)
    assert (noted.level, noted.note, noted.evidence) == (3, NOTE, "a folder")
    assert {row.taken_over_from for row in rows.values()} == {datetime(2026, 11, 21, tzinfo=UTC)}
    assert {(row.saved_by, row.answered_as) for row in rows.values()} == {(owner, "business")}
    assert not Result.objects.filter(assessment=run).exists()


def test_a_file_without_notes_brings_none(owner: User, elsewhere: Result) -> None:
    begun(owner, signed(assessment_file_of(elsewhere, with_texts=False)))

    assert not Answer.objects.filter(assessment__organisation=place_of(owner)).exclude(note="", evidence="").exists()


def test_a_consultant_who_may_answer_brings_answers_of_the_consultancy(file: AssessmentFile, owner: User) -> None:
    engagement = EngagementFactory.create(client=place_of(owner), level=AccessLevel.ANSWER)
    consultant = member(engagement.consultancy)
    begun(consultant, signed(file), place_of(owner))

    assert set(Answer.objects.filter(saved_by=consultant).values_list("answered_as", flat=True)) == {"consultancy"}


def test_only_who_may_begin_an_assessment_goes_on_from_a_file(file: AssessmentFile, owner: User) -> None:
    viewer, stranger = member(place_of(owner), Role.VIEWER), member(OrganisationFactory.create())

    assert shown(viewer, signed(file)).status_code == 403
    assert shown(stranger, signed(file), place_of(owner)).status_code == 404


def test_nothing_is_put_into_an_assessment_that_is_open(file: AssessmentFile, owner: User) -> None:
    offer = shown(owner, signed(file)).context["preview"].offer
    run = started_run(place_of(owner), by=owner)
    answer = client_of(owner).post(reverse("go_on_from_file", args=[place_of(owner).pk]), {"offer": offer})

    assert answer.status_code == 409
    assert "has an assessment in progress" in text_of(parse(answer))
    assert not run.answers.exists()


def test_a_second_click_begins_no_second_assessment(file: AssessmentFile, owner: User) -> None:
    begun(owner, signed(file))

    assert begun(owner, signed(file)).status_code == 409
    assert Assessment.objects.filter(organisation=place_of(owner)).count() == 1


def test_an_offer_is_for_one_person_and_one_organisation(file: AssessmentFile, owner: User) -> None:
    offer = shown(owner, signed(file)).context["preview"].offer
    colleague = member(place_of(owner), Role.EDITOR)
    second = OrganisationFactory.create()
    second.memberships.create(user=owner, role=Role.OWNER)

    for person, place in ((colleague, place_of(colleague)), (owner, second)):
        answer = client_of(person).post(reverse("go_on_from_file", args=[place.pk]), {"offer": offer})
        assert (answer.status_code, "out of date" in text_of(parse(answer))) == (409, True)
    assert not Assessment.objects.filter(started_by__in=[owner, colleague]).exists()


@pytest.mark.parametrize("spoil", [lambda offer: offer[:-2], lambda offer: f"x{offer}", lambda _: "made:up:here"])
def test_an_offer_that_somebody_changed_is_refused(file: AssessmentFile, owner: User, spoil: Any) -> None:
    offer = spoil(shown(owner, signed(file)).context["preview"].offer)
    answer = client_of(owner).post(reverse("go_on_from_file", args=[place_of(owner).pk]), {"offer": offer})

    assert answer.status_code == 409


def test_an_offer_is_over_after_an_hour(file: AssessmentFile, owner: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(offers, "SECONDS", -1)

    assert begun(owner, signed(file)).status_code == 409


def test_the_signature_alone_and_editions_from_elsewhere_bring_nothing(owner: User, file: AssessmentFile) -> None:
    alone = text_of(parse(shown(owner, signed(file, with_data=False))))
    unknown = text_of(parse(shown(owner, signed(SMALL))))
    other = {**file.edition, "title": "A bank of the same name"}
    same_name = text_of(parse(shown(owner, signed(replace(file, edition=other)))))

    assert "This file holds the signature alone." in alone
    assert "answered under the edition 2026.9, which this site does not have; it has" in unknown
    assert "has other questions than that of the file." in same_name


def test_a_changed_file_another_name_and_unknown_ids_are_said_before(owner: User, file: AssessmentFile) -> None:
    content = json.loads(signed(replace(file, organisation="Bakery \u202eNorth")))
    content["data"]["answers"][0]["question"] = "NOT-99"
    page = shown(owner, canonical(content))

    assert page.context["preview"].warnings == (
        "The file is not as it was signed: somebody changed it. Look at every answer.",
        "The file is about Bakery [U+202E]North, and this is Boulangerie Lumière.",
        "1 entry does not fit the questions and is left out.",
    )


def test_a_day_in_the_future_is_not_stored(owner: User, file: AssessmentFile) -> None:
    begun(owner, signed(replace(file, finished_on=date(2099, 1, 1))))

    row = Answer.objects.filter(saved_by=owner).first()
    assert row is not None
    assert row.taken_over_from == row.saved_at
    assert row.saved_at < timezone.now() + timedelta(minutes=1)


def test_a_reason_of_blanks_is_none(owner: User, file: AssessmentFile, edition: Edition) -> None:
    may_not_apply = {each.id for each in edition.questions if each.not_applicable is not NotApplicable.NEVER}
    place = next(place for place, answer in enumerate(file.answers) if answer.question in may_not_apply)
    answers = list(file.answers)
    answers[place] = FileAnswer(answers[place].question, ScoredAnswerKind.NOT_APPLICABLE.value, reason=" \u00a0 ")
    page = shown(owner, signed(replace(file, answers=tuple(answers))))

    assert page.status_code == 422
    assert "or empty" in text_of(parse(page))


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("note", "x" * 4_001, "longer than any that Evenkeel takes"),
        ("note", "x\n" * 81, "longer than any that Evenkeel takes"),
        ("note", "a\0b", "longer than any that Evenkeel takes"),
        ("note", "a\x1b[2Jb", "longer than any that Evenkeel takes"),
        ("evidence", "x" * 501, "longer than any that Evenkeel takes"),
    ],
    ids=range(5),
)
def test_texts_that_no_form_would_take_are_refused(
    owner: User, file: AssessmentFile, name: str, value: str, sentence: str
) -> None:
    page = shown(owner, edited(signed(file), "data", "answers", 0, name, to=value))

    assert page.status_code == 422
    assert sentence in text_of(parse(page))


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", b"{}", b" " * 3_000_001], ids=range(4))
def test_what_is_no_signed_file_is_refused(owner: User, content: bytes) -> None:
    assert shown(owner, content).status_code == 422


def test_where_the_edition_is_not_open_any_more_the_newest_of_its_bank_goes_on(
    owner: User, file: AssessmentFile, edition_row: EditionRow, monkeypatch: pytest.MonkeyPatch
) -> None:
    load_published(edition=replace(edition_of(edition_row), id="2099.1"), now=timezone.now())
    monkeypatch.setattr(services, "hold_while_offered", lambda key: False)
    begun(owner, signed(file))

    run = Assessment.objects.get(organisation=place_of(owner))
    assert run.edition.code == "2099.1"


def test_where_nothing_is_open_for_new_assessments_nothing_is_stored(
    owner: User, file: AssessmentFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(services, "hold_while_offered", lambda key: False)
    monkeypatch.setattr(services, "newest_in", lambda bank, among: None)

    assert begun(owner, signed(file)).status_code == 409
    assert not Assessment.objects.filter(organisation=place_of(owner)).exists()


def test_the_organisation_page_leads_there_while_no_assessment_is_open(owner: User, edition_row: EditionRow) -> None:
    link = reverse("go_on_from_file", args=[place_of(owner).pk])
    page = reverse("organisation", args=[place_of(owner).pk])
    assert link in client_of(owner).get(page).content.decode()
    finished_run(place_of(owner))
    assert link in client_of(owner).get(page).content.decode()

    started_run(place_of(owner), by=owner)
    assert link not in client_of(owner).get(page).content.decode()
