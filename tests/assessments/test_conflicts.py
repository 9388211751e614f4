"""Two people on one answer: the second sees both versions and chooses; nothing is overwritten unseen."""

from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from assessments.models import Answer, AnswerKind, Assessment
from tests.factories import member
from tests.pages import buttons, by_id, of_class, parse, sends, text_of
from tests.runs import asked_questions, give

pytestmark = pytest.mark.django_db

QUESTION, OTHER = "ACCESS-02", "ACCESS-03"


@pytest.fixture
def colleague(run: Assessment) -> Client:
    client = Client()
    client.force_login(member(run.organisation, name="Noor"))
    return client


@pytest.fixture
def page(run: Assessment) -> str:
    return f"/assessments/{run.pk}/domains/ACCESS/"


def autosave(client: Client, run: Assessment, **fields: Any) -> Any:
    data = {f"{QUESTION}-{name}": value for name, value in {"version": 0, **fields}.items()}
    return client.post(f"/assessments/{run.pk}/answers/{QUESTION}/", data, headers={"HX-Request": "true"})


def stored(run: Assessment, question: str = QUESTION) -> Answer:
    return Answer.objects.get(assessment=run, question=question)


def test_the_second_autosave_sees_both_and_changes_nothing(
    run: Assessment, signed_in: Client, colleague: Client
) -> None:
    autosave(colleague, run, answer="3", note="Seen it", evidence="A screenshot")
    response = autosave(signed_in, run, answer="1", note="Not everywhere")
    assert response.status_code == 409
    shown, levels = text_of(parse(response)), question_levels(run)
    assert "Noor saved another answer to this question" in shown
    assert all(part in shown for part in (levels[3], "Seen it", "A screenshot", levels[1], "Not everywhere"))
    assert (stored(run).level, stored(run).version) == (3, 1)


def question_levels(run: Assessment) -> tuple[str, ...]:
    return next(question for question in asked_questions(run) if question.id == QUESTION).levels


def test_saving_on_without_choosing_is_a_conflict_again(run: Assessment, signed_in: Client, colleague: Client) -> None:
    """The answer to a conflict holds no version: what was typed meanwhile cannot overwrite the other's answer."""
    autosave(colleague, run, answer="3")
    response = autosave(signed_in, run, answer="1")
    assert sends(parse(response)) == {}
    assert autosave(signed_in, run, answer="1", note="typed on").status_code == 409
    assert stored(run).level == 3


def test_the_same_answer_from_two_people_is_no_conflict(run: Assessment, signed_in: Client, colleague: Client) -> None:
    autosave(colleague, run, answer="3", note="Same")
    response = autosave(signed_in, run, answer="3", note="Same")
    assert response.status_code == 200
    assert sends(parse(response)) == {f"{QUESTION}-version": ["1"]}


def press(client: Client, page: str, response: Any, button: str) -> Any:
    """Send the whole page with this button pressed, as a browser does."""
    shown = parse(response)
    found = next(
        each
        for each in buttons(shown)
        if each.name == f"{QUESTION}-keep" and (each.value == "theirs") == (button == "theirs")
    )
    return client.post(page, {**sends(shown), found.name: found.value})


@pytest.mark.parametrize(("button", "level", "note"), [("mine", 1, "Mine"), ("theirs", 3, "Theirs")])
def test_a_button_keeps_mine_or_theirs(
    run: Assessment, page: str, signed_in: Client, colleague: Client, button: str, level: int, note: str
) -> None:
    mine = sends(parse(signed_in.get(page)))
    autosave(colleague, run, answer="3", note="Theirs")
    response = signed_in.post(page, {**mine, f"{QUESTION}-answer": "1", f"{QUESTION}-note": "Mine"})
    assert response.status_code == 409
    conflict = text_of(of_class(parse(response), "conflict")[0])
    assert "Mine" in conflict
    assert "Theirs" in conflict
    chosen = press(signed_in, page, response, button)
    assert (chosen.status_code, chosen["Location"]) == (302, f"{page}#{QUESTION}")
    assert (stored(run).level, stored(run).note) == (level, note)


def test_the_page_with_a_conflict_shows_what_i_entered(
    run: Assessment, page: str, signed_in: Client, colleague: Client
) -> None:
    mine = sends(parse(signed_in.get(page)))
    autosave(colleague, run, answer="3")
    response = signed_in.post(page, {**mine, f"{QUESTION}-answer": "1", f"{QUESTION}-note": "Mine"})
    shown = sends(by_id(parse(response), QUESTION))
    assert (shown[f"{QUESTION}-answer"], shown[f"{QUESTION}-note"]) == (["1"], ["Mine"])


def test_the_button_below_does_not_choose(run: Assessment, page: str, signed_in: Client, colleague: Client) -> None:
    mine = sends(parse(signed_in.get(page)))
    autosave(colleague, run, answer="3")
    response = signed_in.post(page, {**mine, f"{QUESTION}-answer": "1"})
    assert signed_in.post(page, sends(parse(response))).status_code == 409
    assert stored(run).level == 3


def test_keeping_mine_over_a_still_newer_version_is_a_conflict_again(
    run: Assessment, page: str, signed_in: Client, colleague: Client
) -> None:
    mine = sends(parse(signed_in.get(page)))
    autosave(colleague, run, answer="3")
    response = signed_in.post(page, {**mine, f"{QUESTION}-answer": "1"})
    autosave(colleague, run, answer="4", version=1)
    again = press(signed_in, page, response, "mine")
    assert again.status_code == 409
    assert question_levels(run)[4] in text_of(of_class(parse(again), "conflict")[0])
    assert stored(run).level == 4


def test_the_rest_of_the_page_is_stored_beside_a_conflict(
    run: Assessment, page: str, signed_in: Client, colleague: Client
) -> None:
    mine = sends(parse(signed_in.get(page)))
    autosave(colleague, run, answer="3")
    response = signed_in.post(page, {**mine, f"{QUESTION}-answer": "1", f"{OTHER}-answer": "2"})
    assert response.status_code == 409
    assert stored(run, OTHER).level == 2
    assert sends(parse(response))[f"{OTHER}-version"] == ["1"]


def test_two_conflicts_are_settled_one_by_one(run: Assessment, page: str, signed_in: Client, colleague: Client) -> None:
    mine = sends(parse(signed_in.get(page)))
    autosave(colleague, run, answer="3")
    give(run, OTHER, 3)
    response = signed_in.post(page, {**mine, f"{QUESTION}-answer": "1", f"{OTHER}-answer": "1"})
    after_one = press(signed_in, page, response, "mine")
    assert after_one.status_code == 409
    keeps = [button.name for button in buttons(parse(after_one)) if button.name.endswith("-keep")]
    assert keeps == [f"{OTHER}-keep"] * 2
    assert (stored(run).level, stored(run, OTHER).level) == (1, 3)


def test_a_question_left_alone_is_no_conflict(run: Assessment, page: str, signed_in: Client, colleague: Client) -> None:
    """Two people share the work: each sends the other's questions along, untouched."""
    mine = sends(parse(signed_in.get(page)))
    autosave(colleague, run, answer="3", note="Theirs")
    assert signed_in.post(page, {**mine, f"{OTHER}-answer": "2"}).status_code == 302
    assert (stored(run).level, stored(run).note, stored(run).version) == (3, "Theirs", 1)


def test_keeping_mine_without_a_choice_keeps_their_choice(
    run: Assessment, page: str, signed_in: Client, colleague: Client
) -> None:
    mine = sends(parse(signed_in.get(page)))
    autosave(colleague, run, answer="3", note="Theirs")
    response = signed_in.post(page, {**mine, f"{QUESTION}-note": "Mine"})
    assert response.status_code == 409
    press(signed_in, page, response, "mine")
    assert (stored(run).kind, stored(run).level, stored(run).note) == (AnswerKind.LEVEL, 3, "Mine")


@pytest.mark.parametrize("keep", ["mine", "-1", "٣", "²", "9" * 5_000, "\x00", "0", "1 "])
def test_a_made_up_button_never_overwrites(
    run: Assessment, page: str, signed_in: Client, colleague: Client, keep: str
) -> None:
    mine = sends(parse(signed_in.get(page)))
    autosave(colleague, run, answer="2")
    autosave(colleague, run, answer="3", version=1)
    response = signed_in.post(page, {**mine, f"{QUESTION}-answer": "1", f"{QUESTION}-keep": keep})
    assert response.status_code in (409, 422)
    assert stored(run).level == 3


def test_what_others_wrote_is_shown_as_text(run: Assessment, page: str, signed_in: Client, colleague: Client) -> None:
    mine = sends(parse(signed_in.get(page)))
    autosave(colleague, run, answer="3", note="<img src=x onerror=alert(1)>")
    User.objects.filter(name="Noor").update(name="<b>Noor</b>")
    response = signed_in.post(page, {**mine, f"{QUESTION}-answer": "1"})
    assert b"<img src=x" not in response.content
    assert b"<b>Noor" not in response.content
    assert "<img src=x onerror=alert(1)>" in text_of(of_class(parse(response), "conflict")[0])
