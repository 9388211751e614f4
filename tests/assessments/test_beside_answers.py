"""What stands beside an answer: proof and reason where they belong, notes that are kept out of reports, limits."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from accounts.models import User
from assessments.models import Answer, Assessment
from assessments.models.run import NOTE_LINES
from assessments.results.recorded_answers import load_recorded_answers
from assessments.services.runs import restart_assessment
from tests.pages import by_id, controls, of_class, parse, sends, text_of
from tests.runs import NOW, asked_questions, finish, give

pytestmark = pytest.mark.django_db

QUESTION = "ACCESS-02"
PROOF, NOTE, REASON = "The contract in the safe", "Ask Luc in January", "Nobody works here but me"


def stored(run: Assessment, question: str = QUESTION) -> Answer:
    return Answer.objects.get(assessment=run, question=question)


def save(client: Client, run: Assessment, question: str = QUESTION, **texts: Any) -> int:
    version = Answer.objects.filter(assessment=run, question=question).values_list("version", flat=True).first() or 0
    data = {f"{question}-{name}": value for name, value in {"version": version, **texts}.items()}
    return client.post(f"/assessments/{run.pk}/answers/{question}/", data).status_code


def check_page(client: Client, run: Assessment) -> str:
    return text_of(parse(client.get(f"/assessments/{run.pk}/check/")))


@pytest.fixture
def left_out(run: Assessment) -> str:
    """A question that this business may leave out."""
    tags = frozenset(run.tags)
    return next(q.id for q in asked_questions(run) if q.offers_not_applicable(tags))


# Case 8: proof and reason.


@pytest.mark.parametrize("choice", ["0", "2", "unknown"])
def test_proof_shows_at_the_upper_levels_alone_and_comes_back(run: Assessment, signed_in: Client, choice: str) -> None:
    assert save(signed_in, run, answer="3", evidence=PROOF) == 200
    assert PROOF in check_page(signed_in, run)
    assert save(signed_in, run, answer=choice, evidence=PROOF) == 200
    assert PROOF not in check_page(signed_in, run)
    section = by_id(parse(signed_in.get(f"/assessments/{run.pk}/domains/ACCESS/")), QUESTION)
    assert sends(section)[f"{QUESTION}-evidence"] == [PROOF]
    assert save(signed_in, run, answer="4", evidence=PROOF) == 200
    assert PROOF in check_page(signed_in, run)


def test_a_finished_assessment_neither_freezes_nor_shows_proof_that_does_not_belong(
    run: Assessment, signed_in: Client
) -> None:
    give(run, QUESTION, 1, evidence=PROOF)
    result = finish(run)
    assert load_recorded_answers(result.answers)[QUESTION].evidence == ""
    shown = signed_in.get(f"/assessments/{run.pk}/result/answers/")
    assert shown.status_code == 200
    assert PROOF not in shown.content.decode()


def test_proof_that_an_older_result_froze_is_not_shown_either() -> None:
    old = {"question": QUESTION, "kind": "level", "level": 1, "reason": "", "note": NOTE, "evidence": PROOF}
    read = load_recorded_answers([old])[QUESTION]
    assert (read.note, read.evidence) == (NOTE, "")
    assert load_recorded_answers([{**old, "level": 3}])[QUESTION].evidence == PROOF


def test_a_reason_is_kept_for_going_back(run: Assessment, signed_in: Client, left_out: str) -> None:
    assert save(signed_in, run, left_out, answer="na", reason=REASON) == 200
    assert save(signed_in, run, left_out, answer="2", reason=REASON) == 200
    row = stored(run, left_out)
    assert (row.reason, row.kept_reason) == ("", REASON)
    assert REASON not in check_page(signed_in, run)
    domain = next(q.domain for q in asked_questions(run) if q.id == left_out)
    page = parse(signed_in.get(f"/assessments/{run.pk}/domains/{domain}/"))
    kept = sends(by_id(page, left_out))[f"{left_out}-reason"]
    assert kept == [REASON]
    assert save(signed_in, run, left_out, answer="na", reason=kept[0]) == 200
    row = stored(run, left_out)
    assert (row.reason, row.kept_reason) == (REASON, "")
    assert load_recorded_answers(finish(run).answers)[left_out].reason == REASON


def test_the_database_keeps_no_reason_that_is_too_long(run: Assessment) -> None:
    give(run, QUESTION, 2)
    with pytest.raises(IntegrityError, match="kept_reason_within_length"), transaction.atomic():
        Answer.objects.filter(assessment=run, question=QUESTION).update(kept_reason="y" * 501)


# Case 16: notes and the report.


def test_the_note_says_that_it_is_printed_and_can_be_kept_out(run: Assessment, signed_in: Client) -> None:
    section = by_id(parse(signed_in.get(f"/assessments/{run.pk}/domains/ACCESS/")), QUESTION)
    assert "printed in the report, unless you keep it out" in text_of(section)
    [box] = [each for each in controls(section) if each.name == f"{QUESTION}-note_left_out"]
    assert not box.checked


def test_a_note_that_is_kept_out_is_in_no_report_and_still_there(
    run: Assessment, signed_in: Client, owner: User
) -> None:
    assert save(signed_in, run, answer="1", note=NOTE, note_left_out="on") == 200
    section = by_id(parse(signed_in.get(f"/assessments/{run.pk}/domains/ACCESS/")), QUESTION)
    [box] = [each for each in controls(section) if each.name == f"{QUESTION}-note_left_out"]
    assert box.checked
    assert f"{NOTE} This note is not in the report." in check_page(signed_in, run)
    result = finish(run)
    assert NOTE not in str(result.answers)
    assert NOTE in signed_in.get(f"/assessments/{run.pk}/result/answers/").content.decode()
    again = restart_assessment(finished=run, started_by=owner, now=NOW)
    assert (stored(again).note, stored(again).note_left_out) == (NOTE, True)


def test_a_note_is_in_the_report_where_nobody_keeps_it_out(run: Assessment, signed_in: Client) -> None:
    assert save(signed_in, run, answer="1", note=NOTE) == 200
    assert load_recorded_answers(finish(run).answers)[QUESTION].note == NOTE


def test_the_disclosure_is_open_where_there_is_something_in_it(run: Assessment, signed_in: Client) -> None:
    def is_open() -> bool:
        section = by_id(parse(signed_in.get(f"/assessments/{run.pk}/domains/ACCESS/")), QUESTION)
        [add] = of_class(section, "question__add")
        return "open" in add.attrib

    assert not is_open()
    save(signed_in, run, answer="1", evidence=PROOF)
    assert not is_open()
    save(signed_in, run, answer="3", evidence=PROOF)
    assert is_open()
    save(signed_in, run, answer="0", note=NOTE)
    assert is_open()


# Case 18 and defect 20: limits.


def test_too_many_lines_are_refused_at_the_field(run: Assessment, signed_in: Client) -> None:
    assert save(signed_in, run, answer="1", note="\r\n".join("x" * NOTE_LINES)) == 200
    assert save(signed_in, run, answer="1", note="\r\n".join("x" * (NOTE_LINES + 1))) == 422
    assert stored(run).note.count("\n") == NOTE_LINES - 1


def test_nothing_is_cut_by_the_browser_and_the_page_can_count_down(run: Assessment, signed_in: Client) -> None:
    section = by_id(parse(signed_in.get(f"/assessments/{run.pk}/domains/ACCESS/")), QUESTION)
    limits = {}
    for text in section.iter("textarea"):
        assert "maxlength" not in text.attrib
        limits[text.get("name")] = (text.get("data-limit"), text.get("data-limit-lines"))
    assert limits[f"{QUESTION}-note"] == ("4000", str(NOTE_LINES))
    assert limits[f"{QUESTION}-evidence"] == ("500", None)


@pytest.mark.parametrize(("name", "most"), [("note", 4_000), ("evidence", 500)])
def test_one_character_too_many_is_refused_and_one_less_is_not(
    run: Assessment, signed_in: Client, name: str, most: int
) -> None:
    assert save(signed_in, run, answer="3", **{name: "y" * most}) == 200
    assert save(signed_in, run, answer="3", **{name: "y" * (most + 1)}) == 422
    assert getattr(stored(run), name) == "y" * most


def test_a_proof_is_one_line(run: Assessment, signed_in: Client) -> None:
    assert save(signed_in, run, answer="3", evidence="A list\r\nin the safe") == 200
    assert stored(run).evidence == "A list in the safe"
