"""Each kind of report as it lies on the table: pages, how full they are, links, rules of accessible PDF."""

import re
from dataclasses import replace
from datetime import date
from io import BytesIO

import pikepdf
import pytest

from assessments.bank.types import Depth, Edition
from reports.document import Source, build
from reports.formats import pdf
from reports.kinds.registry import OWNER, PLAN, REPORT_KINDS, SINCE, STATEMENT, WORKINGS, ReportKind
from reports.kinds.text_places import TextPlace
from reports.sample.result import sample_source
from tests.pages import parse, text_of
from tests.reports import paper
from tests.reports.samples import level, mixed, source, stress, written
from tests.reports.test_brand import look
from tests.reports.test_since_page import much_has_changed

pytestmark = pytest.mark.slow

KINDS = pytest.mark.parametrize("kind", REPORT_KINDS.values(), ids=lambda kind: kind.code)
COUNTRIES = pytest.mark.parametrize("country", ["fr", "us_tx"])
DAY = date(2026, 11, 29)
LETTER = (612, 792)
LONG_SITE = "https://self-assessment.of-privacy-and-security.a-consultancy-with-a-long-name.example.org"
"""Where a report is checked is told at the end of its limits."""


def demo(edition: Edition, country: str = "fr") -> Source:
    """The run at standard depth that the demo and the first page show."""
    given = sample_source(edition, DAY, "en-gb")
    assert given
    return replace(given, facts={**given.facts, "country": {"options": [country], "not_sure": False}})


def empty(edition: Edition) -> Source:
    return source(edition, otherwise=None, depth=Depth.QUICK)


def every_field(edition: Edition) -> Source:
    """Every question answered, each with a long note and a proof; two long names; much has changed."""
    note = "What is done, by whom, since when, and what is still missing. " * 8
    answers = {
        each.id: level(place % 5, note=note, evidence=f"Folder “Proof”, list {place}")
        for place, each in enumerate(edition.questions)
    }
    name = "Maison de la Boulangerie et Pâtisserie Lumière & Filles du Vieux Port"
    full = source(edition, answers=answers, depth=Depth.FULL, organisation=name)
    return replace(full, since=much_has_changed(edition).since)


def pages(given: Source, kind: ReportKind) -> list[float]:
    return paper.filled(pdf.html_of(build(given, kind)))


USUAL_WORDS = (
    written(TextPlace.SUMMARY, "You run a tidy shop, and the figures fit what we saw on Tuesday. " * 5),
    written(TextPlace.STEP, "We send you the questions a week before.", title="Half a day in January: who holds what"),
    written(TextPlace.STEP, "Ask for the contract that names the data, and file it.", title="Ring the payroll office"),
    written(TextPlace.STEP, "", title="Put our number beside the till"),
)


@COUNTRIES
def test_words_of_a_consultant_leave_an_owners_report_at_six_pages(edition: Edition, country: str) -> None:
    assert len(pages(replace(demo(edition, country), entries=USUAL_WORDS), OWNER)) <= 6


@COUNTRIES
def test_an_owners_report_has_six_pages_at_most(edition: Edition, country: str) -> None:
    assert len(pages(demo(edition, country), OWNER)) <= 6


@COUNTRIES
def test_the_pages_of_the_workings_are_full(edition: Edition, country: str) -> None:
    *filled, _ = pages(demo(edition, country), WORKINGS)
    assert sum(filled) / len(filled) >= 0.85


@COUNTRIES
def test_a_statement_is_one_page_whatever_the_result(edition: Edition, country: str) -> None:
    for given in (demo(edition, country), empty(edition), every_field(edition)):
        assert len(pages(given, STATEMENT)) == 1


@COUNTRIES
def test_so_it_is_in_the_look_of_a_consultancy(edition: Edition, country: str) -> None:
    for given in (demo(edition, country), empty(edition), every_field(edition), mixed(edition)):
        branded = build(replace(given, brand=look(), site=LONG_SITE), STATEMENT)
        assert len(paper.filled(pdf.html_of(branded))) == 1
    page = text_of(parse(pdf.html_of(branded)))
    assert "Haddad & Søn" in page
    assert "Thank you for your trust." not in page


@KINDS
def test_a_logo_keeps_the_rules_too(edition: Edition, kind: ReportKind) -> None:
    branded = build(replace(demo(edition), brand=look()), kind)
    assert paper.broken_rules(pdf.render_pdf(branded).content) == []


def test_letter_is_printed_on_letter(edition: Edition) -> None:
    made = pdf.render_pdf(build(demo(edition, "us_tx"), STATEMENT))
    with pikepdf.open(BytesIO(made.content)) as opened:
        box = [float(side) for side in opened.pages[0].mediabox]
    assert tuple(round(side) for side in box[2:]) == LETTER


@KINDS
def test_every_link_leads_somewhere(edition: Edition, kind: ReportKind) -> None:
    html = pdf.html_of(build(every_field(edition), kind))
    there = set(re.findall(r' id="([^"]+)"', html))
    assert [link for link in re.findall(r'<a href="#([^"]+)"', html) if link not in there] == []


@KINDS
def test_no_name_stands_twice(edition: Edition, kind: ReportKind) -> None:
    names = re.findall(r' id="([^"]+)"', pdf.html_of(build(every_field(edition), kind)))
    assert len(names) == len(set(names))


@KINDS
@pytest.mark.parametrize("given", [demo, empty, every_field])
def test_no_rule_of_accessible_or_archived_pdf_is_broken(edition: Edition, kind: ReportKind, given: object) -> None:
    assert callable(given)
    assert paper.broken_rules(pdf.render_pdf(build(given(edition), kind)).content) == []


@KINDS
def test_it_says_what_it_is_and_whose(edition: Edition, kind: ReportKind) -> None:
    page = text_of(parse(pdf.html_of(build(demo(edition), kind))))
    assert str(kind.label) in page
    assert "Boulangerie du Quai" in page
    assert "It is not legal advice" in page


def test_kinds_without_anything_to_say_say_so(edition: Edition) -> None:
    perfect = source(edition, otherwise=level(4, evidence="A list"))
    assert "There is no step to plan." in text_of(parse(pdf.html_of(build(perfect, PLAN))))
    assert "no earlier result" in text_of(parse(pdf.html_of(build(perfect, SINCE))))
    assert "find out what nobody could answer" in text_of(parse(pdf.html_of(build(empty(edition), PLAN))))


def test_the_owners_report_counts_what_it_does_not_show(edition: Edition) -> None:
    document = build(stress(edition), OWNER)
    words = document.words
    counts = [
        *(
            len(each)
            for each in (words.must_fix, words.on_the_day, words.find_out, words.not_looked_at, words.to_check)
        ),
    ]
    assert [each.count for each in document.open_lists] == [count for count in counts if count]
    for each in document.open_lists:
        assert bool(each.more) is (each.count > len(each.points))
    shown = {step.number for step in (*document.ninety_days.first, *document.ninety_days.next)}
    assert shown == set(range(1, len(shown) + 1))
    assert bool(document.ninety_days.more) is (len(shown) < len(words.first) + len(words.later))
