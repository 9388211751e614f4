"""What a report says, before it is laid out: built only from a frozen result."""

from dataclasses import replace
from datetime import date

import pytest

from assessments.bank.types import Depth, Edition
from assessments.scoring.types import ScoredAnswerKind
from reports.document import build, file_name
from reports.document.prose import prose
from reports.document.types import QuestionPart
from tests.reports.samples import left_out, level, mixed, source


def question(edition: Edition, name: str, **given: object) -> QuestionPart:
    document = build(source(edition, **given))  # type: ignore[arg-type]
    return next(part for domain in document.domains for part in domain.questions if part.id == name)


def test_the_cover_names_business_day_depth_edition_and_law(edition: Edition) -> None:
    cover = build(mixed(edition, depth=Depth.STANDARD)).cover
    assert (cover.organisation.lines, cover.date) == (("Boulangerie Lumière",), "21 November 2026")
    assert (cover.depth, cover.law_status) == ("Standard", "21 November 2026")
    assert cover.edition.startswith("2026.1, ")
    assert cover.running == "Boulangerie Lumière, 21 November 2026, edition 2026.1"


def test_a_long_name_is_short_in_the_header_and_small_on_the_cover(edition: Edition) -> None:
    cover = build(source(edition, organisation="Maison " * 28)).cover
    assert cover.long_name
    assert len(cover.running) < 110
    assert "…, 21 November 2026" in cover.running


def test_the_summary_promises_what_scoring_promised(edition: Edition) -> None:
    given = source(edition, otherwise=level(2), answers={"ACCESS-02": level(0), "INCIDENT-06": level(0)})
    summary = build(given).summary
    assert [step.question for step in summary.first] == [step.question.id for step in given.outcome.todo[:3]]
    assert summary.changes
    assert len(summary.changes) == sum(change.moves for change in given.first_gain)


def test_an_answer_comes_with_its_words_and_marks(edition: Edition) -> None:
    part = question(edition, "ACCESS-02", answers={"ACCESS-02": level(1, note="One\ntwo", evidence="Screenshot")})
    assert (part.level, part.tone) == ("1 Started", "1")
    assert part.answer == edition.question["ACCESS-02"].levels[1]
    assert (part.note.lines, part.evidence.lines) == (("One", "two"), ("Screenshot",))
    assert part.warnings[0].startswith("Weak spot, closed gate: One stolen password")
    assert part.warnings[0].endswith(
        "Below level 2 it holds this domain at “Beginning”. It also holds Security at “Beginning”."
    )


def test_as_before_is_told(edition: Edition) -> None:
    levels = edition.question["ACCESS-02"].levels
    part = question(edition, "ACCESS-02", answers={"ACCESS-02": level(4)})
    assert part.answer.startswith("As before")
    assert part.as_before == f"{levels[2]}; {levels[3]}"
    assert question(edition, "ACCESS-02", answers={"ACCESS-02": level(2)}).as_before == ""


def test_without_proof_a_high_answer_says_so(edition: Edition) -> None:
    marks = question(edition, "ACCESS-02", answers={"ACCESS-02": level(4)}).marks
    assert marks == ("No proof named: counts as 4, with proof 2.",)
    assert question(edition, "ACCESS-02", answers={"ACCESS-02": level(4, evidence="List")}).marks == ()


def test_an_open_question_says_so(edition: Edition) -> None:
    part = question(edition, "ACCESS-02")
    assert (part.answer, part.tone) == ("Not answered yet", "unknown")
    assert part.marks == ("Counts as 0, could be up to 4.",)


def test_what_is_left_out_gives_its_reason(edition: Edition) -> None:
    document = build(source(edition, answers={"STORE-04": left_out("No cloud at all")}))
    assert [(item.question, item.reason.lines) for item in document.left_out] == [("STORE-04", ("No cloud at all",))]


def test_citations_tell_law_from_good_practice_and_models(edition: Edition) -> None:
    kinds = {line.kind: line.labels for line in question(edition, "ACCESS-02").citations}
    assert "GDPR Art. 32(1)(b)" in kinds["Law"]
    assert "NIST" in kinds["Good practice"]
    assert "CCPA" in kinds["A model, not your duty"]


def test_only_laws_that_apply_are_told_with_their_dates(edition: Edition) -> None:
    document = build(source(edition))
    assert "California privacy law (CCPA)" not in {law.name for law in document.laws}
    assert {day.law for day in document.method.dates} <= {law.name for law in document.laws}


def test_figures_are_those_of_the_outcome(edition: Edition) -> None:
    given = mixed(edition)
    document = build(given)
    shown = [pillar.words.figure.number for pillar in document.pillars]
    assert shown == [str(pillar.low.figure) if pillar.low else "" for pillar in given.outcome.pillars]
    assert [domain.words.code for domain in document.domains] == [d.code for d in given.outcome.domains if d.traces]


def test_the_same_source_makes_the_same_document(edition: Edition) -> None:
    assert build(mixed(edition)) == build(mixed(edition))


def test_another_day_makes_another_document(edition: Edition) -> None:
    given = mixed(edition)
    assert build(given) != build(replace(given, finished_on=date(2026, 12, 1)))


@pytest.mark.parametrize(
    ("text", "lines", "direction"),
    [
        ("", (), "ltr"),
        (" \n one \r\n\n two\n\n", ("one", "", " two"), "ltr"),
        ("12: שלום", ("12: שלום",), "rtl"),
        ("مرحبا", ("مرحبا",), "rtl"),
        ("123", ("123",), "ltr"),
    ],
)
def test_typed_text_keeps_its_lines_and_direction(text: str, lines: tuple[str, ...], direction: str) -> None:
    found = prose(text)
    assert (found.lines, found.direction, bool(found)) == (lines, direction, bool(lines))


def test_a_word_that_is_too_long_for_a_line_is_marked() -> None:
    assert prose("a" * 41).unbroken
    assert not prose("a " * 41).unbroken


def test_a_right_to_left_name_keeps_the_header_in_order(edition: Edition) -> None:
    running = build(source(edition, organisation="مخبز النور")).cover.running
    assert running.startswith("مخبز النور\u200e, 21 November")


@pytest.mark.parametrize(
    ("organisation", "name"),
    [
        ("Boulangerie Lumière", "Boulangerie-Lumière-assessment-2026-11-21.pdf"),
        ("../../etc/passwd", "etc-passwd-assessment-2026-11-21.pdf"),
        ('A/B "C" \r\nSet-Cookie: x', "A-B-C-Set-Cookie-x-assessment-2026-11-21.pdf"),
        ("面包店", "面包店-assessment-2026-11-21.pdf"),
        ("🥐", "organisation-assessment-2026-11-21.pdf"),
        ("x" * 200, f"{'x' * 80}-assessment-2026-11-21.pdf"),
    ],
)
def test_the_file_is_named_after_business_and_day(organisation: str, name: str) -> None:
    assert file_name(organisation, "2026-11-21", ".pdf") == name


def test_every_kind_of_answer_is_told_apart(edition: Edition) -> None:
    tones = {part.tone for domain in build(mixed(edition)).domains for part in domain.questions}
    assert {ScoredAnswerKind.UNKNOWN.value, "out", "1", "2", "3"} <= tones
