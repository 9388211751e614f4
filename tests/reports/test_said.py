"""Reviews and comments in the report: who reviewed, what they found, and the comments marked for the report."""

from dataclasses import replace

import pytest

from assessments.bank.types import Edition
from assessments.results.recorded_answers import RecordedAnswer, RecordedComment, RecordedReview
from reports.document import ReportDocument, Source, build
from reports.document.types import QuestionPart
from reports.formats import pdf
from tests.reports.paper import says
from tests.reports.samples import QUESTIONED, level, source

QUESTION = "ACCESS-02"
AGREED = RecordedReview("agrees", "", "Noor Haddad", "Haddad & Søn", "2026-11-20")
SAID = (RecordedComment("Amélie", "We change it\nin January."), RecordedComment("Bo", "שלום, <b>done</b>"))


def said_about(
    given: Source, review: RecordedReview | None, *said: RecordedComment, question: str = QUESTION
) -> Source:
    answers = {**given.answers, question: replace(given.answers[question], review=review, comments=said)}
    return replace(given, answers=answers)


def part_of(document: ReportDocument, question: str = QUESTION) -> QuestionPart:
    return next(part for domain in document.domains for part in domain.questions if part.id == question)


@pytest.fixture
def given(edition: Edition) -> Source:
    return source(edition, otherwise=level(2))


def test_without_a_review_the_report_says_self_assessed(given: Source) -> None:
    document = build(given)
    assert document.cover.reviewed == ("Self-assessed",)
    assert document.facts[-1] == "Self-assessed."
    part = part_of(document)
    assert (part.review, part.review_note.lines, part.comments) == ("", (), ())


def test_the_cover_and_summary_name_the_reviewer_the_latest_day_and_how_much(given: Source) -> None:
    reviewed = said_about(said_about(given, AGREED, question="STORE-05"), QUESTIONED)
    document = build(reviewed)
    line = f"Reviewed by Noor Haddad of Haddad & Søn on 21 November 2026: 2 of {given.outcome.answered} answers"
    assert document.cover.reviewed == (line,)
    assert document.facts[-1] == f"{line}."


def test_each_answer_has_its_review_and_its_comments(given: Source) -> None:
    part = part_of(build(said_about(given, QUESTIONED, *SAID)))
    assert part.review == "Noor Haddad of Haddad & Søn disputed this on 21 November 2026:"
    assert part.review_note.lines == ("Which list?", "On paper?")
    assert [(comment.who, comment.text.lines, comment.text.direction) for comment in part.comments] == [
        ("Amélie", ("We change it", "in January."), "ltr"),
        ("Bo", ("שלום, <b>done</b>",), "rtl"),
    ]
    agreed = part_of(build(said_about(given, AGREED)))
    assert (agreed.review, agreed.review_note.lines) == ("Noor Haddad of Haddad & Søn agreed on 20 November 2026.", ())


def test_a_review_of_what_is_not_asked_counts_for_nothing(given: Source) -> None:
    elsewhere = RecordedAnswer("NEVER-01", "level", 2, "", "", "", AGREED)
    answers = {**given.answers, "NEVER-01": elsewhere}
    assert build(replace(given, answers=answers)).cover.reviewed == ("Self-assessed",)


def test_a_question_left_open_keeps_its_comments(edition: Edition) -> None:
    open_one = RecordedAnswer(QUESTION, "open", None, "", "", "", comments=SAID[:1])
    part = part_of(build(replace(source(edition, otherwise=None), answers={QUESTION: open_one})))
    assert (part.answer, part.tone, len(part.comments)) == ("Not answered yet", "unknown", 1)


@pytest.mark.parametrize(("length", "long"), [(400, False), (950, True)])
def test_much_that_was_said_may_be_broken_over_two_pages(given: Source, length: int, long: bool) -> None:
    assert part_of(build(said_about(given, None, RecordedComment("Bo", "x" * length)))).long is long


def test_the_pdf_says_it(given: Source) -> None:
    given = said_about(given, QUESTIONED, SAID[0], RecordedComment("Bo", "<b>done</b> " * 90))
    given = said_about(given, AGREED, question="STORE-05")
    content = pdf.render_pdf(build(given)).content
    missing = says(
        content,
        f"Reviewed by Noor Haddad of Haddad & Søn on 21 November 2026: 2 of {given.outcome.answered} answers",
        "Noor Haddad of Haddad & Søn disputed this on 21 November 2026: Which list? On paper?",
        "Noor Haddad of Haddad & Søn agreed on 20 November 2026.",
        "Comment by Amélie: We change it in January.",
        "<b>done</b>",
    )
    assert missing == []
