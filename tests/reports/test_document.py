"""What a report says, before it is laid out: built only from a frozen result."""

from dataclasses import replace
from datetime import date

import pytest

from assessments.bank.types import Depth, Edition, GateKind
from assessments.scoring.types import ScoredAnswerKind
from assessments.wording import date_text
from reports.document import build, file_name
from reports.document.prose import one_line, prose
from reports.document.types import QuestionPart
from reports.kinds.registry import OWNER
from tests.bank.editions import edition_2026_1
from tests.reports.samples import UNKNOWN, left_out, level, mixed, source, stored_in_2026_1
from tests.scope_facts import SHOP


def question(edition: Edition, name: str, **given: object) -> QuestionPart:
    document = build(source(edition, **given))  # type: ignore[arg-type]
    return next(part for domain in document.domains for part in domain.questions if part.id == name)


def test_the_cover_names_business_day_depth_edition_and_law(edition: Edition) -> None:
    cover = build(mixed(edition, depth=Depth.STANDARD)).cover
    assert (cover.organisation.lines, cover.date) == (("Boulangerie Lumière",), "21 November 2026")
    assert (cover.depth, cover.law_status) == ("Standard", date_text(edition.law_status_as_of))
    assert cover.edition.startswith("2026.3, ")
    assert cover.running == "Boulangerie Lumière, 21 November 2026, edition 2026.3"


def test_a_long_name_is_short_in_the_header_and_small_on_the_cover(edition: Edition) -> None:
    cover = build(source(edition, organisation="Maison " * 28)).cover
    assert cover.long_name
    assert len(cover.running) < 110
    assert "…, 21 November 2026" in cover.running


def test_the_first_steps_promise_what_scoring_promised(edition: Edition) -> None:
    given = source(edition, otherwise=level(2), answers={"ACCESS-02": level(0), "INCIDENT-06": level(0)})
    words = build(given).words
    assert [step.question for step in words.first] == [step.question.id for step in given.outcome.todo[:5]]
    assert [step.question for step in words.later] == [step.question.id for step in given.outcome.todo[5:]]
    assert words.changes
    assert len(words.changes) == sum(change.before.label != change.after.label for change in given.first_gain)


def test_an_answer_comes_with_its_words_and_marks(edition: Edition) -> None:
    part = question(edition, "ACCESS-02", answers={"ACCESS-02": level(1, note="One\ntwo", evidence="Screenshot")})
    assert (part.level, part.tone) == ("1 Started", "1")
    assert part.answer == edition.question["ACCESS-02"].levels[1]
    assert (part.note.lines, part.evidence.lines) == (("One", "two"), ("Screenshot",))
    assert part.warnings[0].startswith("Would go wrong on the day, closed gate: One stolen password")
    assert part.warnings[0].endswith(
        "Below level 2 it holds this domain at “On the way”. It also holds Security at “On the way”."
    )


def test_an_answer_that_nobody_looked_at_again_says_so(edition: Edition) -> None:
    old = replace(level(1), taken_over_from="2026-05-03")
    document = build(source(edition, answers={"ACCESS-02": old}, otherwise=level(2)))
    marked = {
        part.id: part.marks
        for domain in document.domains
        for part in domain.questions
        if "Taken over" in str(part.marks)
    }
    assert {name: marks[-1] for name, marks in marked.items()} == {
        "ACCESS-02": "Taken over from 3 May 2026, not looked at again."
    }
    said = "1 answer was taken over from 3 May 2026 and not looked at again"
    assert any(line.startswith(said) for line in document.cover.reviewed)
    assert any(fact.startswith(said) and not fact.endswith("..") for fact in document.facts)


def test_an_interim_result_is_named_so(edition: Edition) -> None:
    given = source(edition, otherwise=level(2))
    interim = build(replace(given, interim=True))
    assert interim.title == "Workings: Interim result: privacy and security self-assessment of Boulangerie Lumière"
    assert interim.cover.title.startswith("Interim result")
    assert "Interim" not in build(given).title + build(given).cover.title


def test_a_gate_that_nobody_knows_is_no_finding(edition: Edition) -> None:
    assert edition.question["VENDOR-03"].gates[0].kind is GateKind.LEGAL
    warning = question(edition, "VENDOR-03", answers={"VENDOR-03": UNKNOWN}, depth=Depth.FULL).warnings[0]
    assert warning.startswith("Until this is known, closed gate: ")
    assert "Not lawful now" not in warning


@pytest.mark.parametrize("at", range(5))
def test_no_answer_in_an_older_report_begins_with_as_before(at: int) -> None:
    """Levels of edition 2026.1 refer to the one below; alone they are read whole."""
    facts = {"base": "eu", "setup": "website", "ai": "tools", "ai_data": "yes"}
    document = build(source(edition_2026_1(), otherwise=level(at), depth=Depth.FULL, facts=facts))
    answers = [part.answer for domain in document.domains for part in domain.questions]
    assert answers
    assert [answer for answer in answers if "As before" in answer] == []


def test_a_result_stored_with_an_older_edition_reads_in_three_kinds() -> None:
    given = stored_in_2026_1()
    words = build(given).words
    gates = {item.question.id: item.gate for item in given.outcome.must_fix}
    assert words.must_fix
    assert words.on_the_day
    assert words.to_check
    assert words.find_out
    assert not [item for item in words.must_fix if (gate := gates[item.question]) and gate.kind is GateKind.HARM]
    unsure = {item.question.id for item in given.outcome.must_fix if item.provisional}
    assert unsure
    assert unsure <= {item.question for item in words.to_check}
    assert not unsure & {item.question for item in words.must_fix}
    assert [step.step.text for step in words.first] == [
        todo.question.first_step for todo in given.outcome.todo[: len(words.first)]
    ]
    assert all(step.work.endswith(".") and step.who for step in words.first)


def test_without_proof_a_high_answer_says_so(edition: Edition) -> None:
    marks = question(edition, "ACCESS-02", answers={"ACCESS-02": level(4)}).marks
    assert marks == ("Open gate.", "No proof named: counts as 4, with proof 2.")
    assert question(edition, "ACCESS-02", answers={"ACCESS-02": level(4, evidence="List")}).marks == ("Open gate.",)


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


def test_only_laws_that_apply_are_told_with_what_changes_soon(edition: Edition) -> None:
    document = build(source(edition, facts={**SHOP, "ai_eu": "yes"}))
    assert "California privacy law (CCPA)" not in {law.name for law in document.words.laws}
    assert {change.law for change in document.changes} <= {law.name for law in document.words.laws}
    assert "2 December 2026" in {change.day for change in document.changes}


def test_law_of_a_country_names_its_authority(edition: Edition) -> None:
    scope = build(source(edition)).scope
    assert not [text for text in scope.out_of_view if "{" in text]
    gdpr = next(law for law in build(source(edition)).words.laws if law.code == "gdpr")
    assert "Watched over by the CNIL, www.cnil.fr." in gdpr.facts


def test_figures_are_those_of_the_outcome(edition: Edition) -> None:
    given = mixed(edition)
    document = build(given)
    shown = [pillar.words.figure.number for pillar in document.pillars]
    assert shown == [
        str(pillar.low.figure) if pillar.low and not pillar.first_indication else "" for pillar in given.outcome.pillars
    ]
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


def test_typed_letters_and_emoji_stay_and_control_characters_go() -> None:
    assert prose("👍 你好\x00\x1b[1m e\u0301\tend\ufffe").lines == ("👍 你好[1m \xe9 end",)
    assert one_line("a\x85b\ud800 \r\n c") == "a b c"


def test_a_word_that_is_too_long_for_a_line_is_marked() -> None:
    assert prose("a" * 41).unbroken
    assert not prose("a " * 41).unbroken


def test_a_right_to_left_name_keeps_the_header_in_order(edition: Edition) -> None:
    running = build(source(edition, organisation="مخبز النور")).cover.running
    assert running.startswith("مخبز النور\u200e, 21 November")


@pytest.mark.parametrize(
    ("organisation", "name"),
    [
        ("Boulangerie Lumière", "Boulangerie-Lumière-report-2026-11-21.pdf"),
        ("../../etc/passwd", "etc-passwd-report-2026-11-21.pdf"),
        ('A/B "C" \r\nSet-Cookie: x', "A-B-C-Set-Cookie-x-report-2026-11-21.pdf"),
        ("面包店", "面包店-report-2026-11-21.pdf"),
        ("🥐", "organisation-report-2026-11-21.pdf"),
        ("\U00020000" * 100, f"{chr(0x20000) * 50}-report-2026-11-21.pdf"),
        ("x" * 200, f"{'x' * 80}-report-2026-11-21.pdf"),
    ],
)
def test_the_file_is_named_after_business_and_day(organisation: str, name: str) -> None:
    assert file_name(organisation, OWNER.file_word, "2026-11-21", ".pdf") == name


def test_an_answer_has_its_level_and_target_as_numbers(edition: Edition) -> None:
    given = mixed(edition)
    targets = {trace.question.id: trace.target for domain in given.outcome.domains for trace in domain.traces}
    parts = [part for domain in build(given).domains for part in domain.questions]
    assert {part.id: part.target for part in parts} == targets
    assert {str(part.value) if part.value is not None else "other" for part in parts} == {"1", "2", "3", "4", "other"}
    assert all(part.value is None or str(part.value) == part.tone for part in parts)


def test_every_kind_of_answer_is_told_apart(edition: Edition) -> None:
    tones = {part.tone for domain in build(mixed(edition)).domains for part in domain.questions}
    assert {ScoredAnswerKind.UNKNOWN.value, "out", "1", "2", "3"} <= tones
