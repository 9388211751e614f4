"""Answering: every kind of answer, autosave and the button, what is refused and what is kept."""

from typing import Any

import pytest
from django.test import Client

from accounts.models import Role, User
from assessments.bank.types import Edition
from assessments.errors import AssessmentFinished
from assessments.models import Answer, AnsweredAs, AnswerKind, Assessment
from assessments.services.answers import Given, save_answer
from assessments.services.runs import save_scope
from tests.factories import member
from tests.pages import by_id, controls, parse, sends, text_of
from tests.runs import NOW, asked_questions, finish, give
from tests.runs import scoped_run as scoped
from tests.scope_facts import SHOP, fact

pytestmark = pytest.mark.django_db

QUESTION = "ACCESS-02"


def autosave(client: Client, run: Assessment, question: str = QUESTION, **fields: Any) -> Any:
    data = {f"{question}-{name}": value for name, value in {"version": 0, **fields}.items()}
    return client.post(f"/assessments/{run.pk}/answers/{question}/", data, headers={"HX-Request": "true"})


def stored(run: Assessment, question: str = QUESTION) -> Answer:
    return Answer.objects.get(assessment=run, question=question)


def domain_url(run: Assessment, code: str = "ACCESS") -> str:
    return f"/assessments/{run.pk}/domains/{code}/"


@pytest.fixture
def left_out(run: Assessment) -> str:
    """A question that this business may leave out."""
    tags = frozenset(run.tags)
    return next(q.id for q in asked_questions(run) if q.offers_not_applicable(tags))


@pytest.fixture
def never_left_out(run: Assessment) -> str:
    """A question that may not be left out, because its gate is active."""
    tags = frozenset(run.tags)
    return next(q.id for q in asked_questions(run) if q.active_gate(tags) and not q.offers_not_applicable(tags))


# Every kind of answer.


@pytest.mark.parametrize("level", range(5))
def test_a_level_is_stored(run: Assessment, signed_in: Client, owner: User, level: int) -> None:
    assert autosave(signed_in, run, answer=str(level)).status_code == 200
    answer = stored(run)
    assert (answer.kind, answer.level, answer.version, answer.saved_by) == ("level", level, 1, owner)


def test_dont_know_is_an_answer(run: Assessment, signed_in: Client) -> None:
    autosave(signed_in, run, answer="unknown", note="Ask Luc")
    answer = stored(run)
    assert (answer.kind, answer.level, answer.note) == ("unknown", None, "Ask Luc")


def test_not_applicable_needs_a_reason(run: Assessment, signed_in: Client, left_out: str) -> None:
    refused = autosave(signed_in, run, left_out, answer="na", reason="  \n ")
    assert refused.status_code == 422
    assert "Say in a few words why this does not apply" in text_of(parse(refused))
    assert not run.answers.exists()
    assert autosave(signed_in, run, left_out, answer="na", reason=" We have none. ").status_code == 200
    answer = stored(run, left_out)
    assert (answer.kind, answer.level, answer.reason) == ("not_applicable", None, "We have none.")


def test_a_reason_goes_when_the_question_is_answered(run: Assessment, signed_in: Client, left_out: str) -> None:
    autosave(signed_in, run, left_out, answer="na", reason="We have none.")
    autosave(signed_in, run, left_out, answer="1", reason="We have none.", version=1)
    assert (stored(run, left_out).kind, stored(run, left_out).reason) == ("level", "")


def test_a_gate_cannot_be_clicked_away(run: Assessment, signed_in: Client, never_left_out: str) -> None:
    page = parse(signed_in.get(domain_url(run, never_left_out.partition("-")[0])))
    values = {control.value for control in controls(page) if control.name == f"{never_left_out}-answer"}
    assert values == {"0", "1", "2", "3", "4", "unknown"}
    refused = autosave(signed_in, run, never_left_out, answer="na", reason="We have none.")
    assert refused.status_code == 422
    assert "Choose one of the answers shown." in text_of(parse(refused))
    assert not run.answers.exists()


def test_leaving_out_depends_on_the_gate_of_this_business(edition_row: object, edition: Edition) -> None:
    """The gate is there where the GDPR applies."""
    offered = [
        edition.question["INCIDENT-07"].offers_not_applicable(frozenset(scoped(facts=facts).tags))
        for facts in (SHOP, {"country": "us_tx"})
    ]
    assert offered == [False, True]


@pytest.mark.parametrize("answer", ["5", "-1", "yes", "\x00", "level", "1; DROP TABLE", "٣"])
def test_a_made_up_answer_is_refused(run: Assessment, signed_in: Client, answer: str) -> None:
    assert autosave(signed_in, run, answer=answer).status_code == 422
    assert not run.answers.exists()


# Notes and evidence.


@pytest.mark.parametrize(
    "note",
    [
        "First line\nsecond line\n\n  indented fourth",
        "😀 naïve – “quoted” \U0001d4b3",
        "לום עולם וגם שלום",
        "\u202eright to left\u202c and \u200bzero width",
        "<script>alert(1)</script> & \"quotes\" 'too'",
        '[[note]] value="3" checked {{ form }} {% csrf_token %}',
        "x" * 4_000,
        "😀" * 4_000,
        ("x" * 49 + "\n") * 79 + "x" * 49,
    ],
)
def test_a_note_is_kept_to_the_letter(run: Assessment, signed_in: Client, note: str) -> None:
    """Browsers send a line break as two characters; it is stored and counted as one."""
    response = autosave(signed_in, run, answer="2", note=note.replace("\n", "\r\n"))
    assert response.status_code == 200
    assert stored(run).note == note
    page = parse(signed_in.get(domain_url(run)))
    assert sends(page)[f"{QUESTION}-note"] == [note]


def test_a_note_too_long_is_refused_and_says_so(run: Assessment, signed_in: Client) -> None:
    refused = autosave(signed_in, run, answer="2", note="x" * 4_001)
    assert refused.status_code == 422
    assert "at most 4000 characters (it has 4001)" in text_of(parse(refused))
    assert not run.answers.exists()


@pytest.mark.parametrize(("field", "longest"), [("evidence", 500), ("note", 4_000)])
def test_texts_may_be_as_long_as_said(run: Assessment, signed_in: Client, field: str, longest: int) -> None:
    assert autosave(signed_in, run, answer="3", **{field: "é" * (longest + 1)}).status_code == 422
    assert autosave(signed_in, run, answer="3", **{field: "é" * longest}).status_code == 200


def test_a_reason_may_be_as_long_as_said(run: Assessment, signed_in: Client, left_out: str) -> None:
    assert autosave(signed_in, run, left_out, answer="na", reason="é" * 501).status_code == 422
    assert autosave(signed_in, run, left_out, answer="na", reason="é" * 500).status_code == 200


@pytest.mark.parametrize("field", ["note", "reason", "evidence"])
def test_a_null_character_is_refused(run: Assessment, signed_in: Client, field: str) -> None:
    assert autosave(signed_in, run, answer="2", **{field: "a\x00b"}).status_code == 422


def test_evidence_is_named_and_counts_as_proof(run: Assessment, signed_in: Client) -> None:
    autosave(signed_in, run, answer="4", evidence="Screenshot of the setting")
    assert stored(run).evidence == "Screenshot of the setting"
    page = parse(signed_in.get(domain_url(run)))
    assert sends(page)[f"{QUESTION}-evidence"] == ["Screenshot of the setting"]


def test_a_note_without_an_answer_is_kept_and_is_no_answer(run: Assessment, signed_in: Client) -> None:
    response = autosave(signed_in, run, note="Ask Luc")
    assert "0 of" in text_of(parse(response))
    assert (stored(run).kind, stored(run).note) == ("open", "Ask Luc")


@pytest.mark.parametrize("version", ["abc", "-1", "1.5", "9" * 400])
def test_a_broken_version_never_overwrites(run: Assessment, signed_in: Client, version: str) -> None:
    give(run, QUESTION, 2)
    assert autosave(signed_in, run, answer="4", version=version).status_code in (409, 422)
    assert stored(run).level == 2


# Autosave.


def test_autosave_answers_with_version_and_progress(run: Assessment, signed_in: Client) -> None:
    asked = len(asked_questions(run))
    first = parse(autosave(signed_in, run, answer="2"))
    assert sends(first) == {f"{QUESTION}-version": ["1"]}
    assert "Saved" in text_of(first)
    assert f"1 of {asked} answered" in text_of(by_id(first, "progress"))
    second = parse(autosave(signed_in, run, answer="3", version=1))
    assert sends(second) == {f"{QUESTION}-version": ["2"]}
    other = parse(autosave(signed_in, run, asked_questions(run)[0].id, answer="unknown"))
    assert f"2 of {asked} answered" in text_of(by_id(other, "progress"))
    assert "1 “don’t know”" in text_of(by_id(other, "progress"))


def test_the_same_request_again_changes_nothing(run: Assessment, signed_in: Client) -> None:
    for _ in range(3):
        response = autosave(signed_in, run, answer="2", note="Same\r\nnote")
        assert response.status_code == 200
        assert sends(parse(response)) == {f"{QUESTION}-version": ["1"]}
    assert stored(run).version == 1


def test_nothing_given_stores_nothing(run: Assessment, signed_in: Client) -> None:
    response = autosave(signed_in, run, note="  ", evidence=" ")
    assert (response.status_code, run.answers.exists()) == (200, False)
    assert sends(parse(response)) == {f"{QUESTION}-version": ["0"]}


def test_a_choice_is_not_taken_back_by_sending_none(run: Assessment, signed_in: Client) -> None:
    autosave(signed_in, run, answer="2")
    autosave(signed_in, run, note="Only a note", version=1)
    assert (stored(run).level, stored(run).note) == (2, "Only a note")


def test_what_was_left_out_before_a_gate_came_is_kept_uncounted_and_comes_back(
    run: Assessment, edition: Edition, signed_in: Client
) -> None:
    question, nowhere = "INCIDENT-07", {"offers": fact("none"), "follows": fact("none")}

    def move(country: str) -> None:
        given = {"country": fact(country), **nowhere}
        save_scope(assessment=run, edition=edition, given=given, seen_version=run.scope_version)

    move("us_tx")
    autosave(signed_in, run, question, answer="na", reason="We have none.")
    move("fr")
    page = parse(signed_in.get(domain_url(run, "INCIDENT")))
    assert not any(control.checked for control in controls(by_id(page, question)))
    assert f"0 of {len(asked_questions(run))} answered" in text_of(by_id(page, "progress"))
    signed_in.post(domain_url(run, "INCIDENT"), sends(page))
    move("us_tx")
    page = parse(signed_in.get(domain_url(run, "INCIDENT")))
    assert sends(page)[f"{question}-answer"] == ["na"]
    assert sends(page)[f"{question}-reason"] == ["We have none."]
    assert stored(run, question).version == 1


def test_a_question_that_is_not_asked_is_missing(run: Assessment, edition: Edition, signed_in: Client) -> None:
    asked = {question.id for question in asked_questions(run)}
    deeper = next(question.id for question in edition.questions if question.id not in asked)
    for question in (deeper, "NOPE-01", "access-02", "0"):
        assert autosave(signed_in, run, question, answer="2").status_code == 404
    assert not run.answers.exists()


def test_a_finished_run_refuses_in_one_sentence(run: Assessment, signed_in: Client) -> None:
    give(run, QUESTION, 2)
    finish(run)
    response = autosave(signed_in, run, answer="4", version=1)
    assert response.status_code == 409
    fragment = parse(response)
    assert "This assessment is finished. Start a new run to change answers." in text_of(fragment)
    assert list(fragment.iter("main")) == []
    assert stored(run).level == 2


def test_the_service_refuses_a_finished_run(run: Assessment, owner: User) -> None:
    finish(run)
    given = Given(QUESTION, AnswerKind.LEVEL, 2, "", "", "", 0)
    with pytest.raises(AssessmentFinished):
        save_answer(assessment=run, stored=None, given=given, saved_by=owner, answered_as=AnsweredAs.BUSINESS, now=NOW)


def test_who_only_looks_sees_answers_and_no_button(run: Assessment, client: Client) -> None:
    give(run, QUESTION, 3)
    client.force_login(member(run.organisation, Role.VIEWER))
    page = parse(client.get(domain_url(run)))
    assert sends(page)[f"{QUESTION}-answer"] == ["3"]
    assert not [element for element in page.iter() if element.get("hx-post")]
    assert autosave(client, run, answer="4", version=1).status_code == 403
    assert client.post(domain_url(run), sends(page)).status_code == 403
