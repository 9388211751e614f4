"""Every format carries the same figures and statements."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from xml.etree.ElementTree import Element

import pytest

from assessments.bank.types import Edition
from assessments.presentation.as_json import told_as_json
from reports.document import ReportDocument, Source, build
from reports.document.owner_sections import MOST_NEXT
from reports.document.types import TakenOn
from reports.formats import pdf
from reports.formats.data_file.render import render_json
from reports.formats.data_file.told_fields import SECTIONS_OF
from reports.formats.data_file.types import ALWAYS
from reports.formats.tables.csv_file import render_csv
from reports.formats.tables.sections import MAIN, SHEETS
from reports.formats.tables.workbook import render_xlsx
from reports.formats.word.render import SECTIONS, render_docx
from reports.kinds.registry import OWNER, PLAN, REPORT_KINDS, WORKINGS, ReportKind
from reports.kinds.sections import ReportSection
from tests.pages import parse
from tests.reports.formats.reading import csv_rows, data, table, word_text, workbook, workbook_text
from tests.reports.samples import stored_in_2026_1
from tests.reports.test_template_version import fixed_source
from tests.reports.test_told_alike import SAMPLES
from tests.reports.told_prints import plain, said
from tests.reports.told_samples import told

NOT_TEXT = {"svg", "style", "head", "title"}
PAPER_ALONE = {
    # Charts, and how they are read: Word has tables with bars in their place.
    "All domains at a glance",
    "The ring is where it was, the dot where it is. Less than 0.3 within a level is no clear change.",
    " of 4",
}
BEFORE_AFTER = re.compile(r"\d+ → \d+")
"""Two cells of a table in Word."""

SOURCES = [*SAMPLES, "2026.1", "fixed"]
FULLEST_AND_EMPTIEST = ["stress", "fixed", "empty"]
"""Samples for kinds that say a part of the workings."""

KINDS = pytest.mark.parametrize("kind", REPORT_KINDS.values(), ids=lambda kind: kind.code)
PRINTED = pytest.mark.parametrize(
    ("name", "kind"),
    [
        (name, kind)
        for kind in REPORT_KINDS.values()
        for name in (SOURCES if kind is WORKINGS else FULLEST_AND_EMPTIEST)
    ],
    ids=lambda value: value if isinstance(value, str) else value.code,
)


def sample(name: str, edition: Edition) -> Source:
    others = {"2026.1": stored_in_2026_1, "fixed": fixed_source}
    return others[name]() if name in others else SAMPLES[name](edition)


@pytest.fixture(params=SOURCES, scope="module")
def given(request: pytest.FixtureRequest, edition: Edition) -> Source:
    return sample(request.param, edition)


def printed_texts(page: Element) -> Iterator[str]:
    """Each piece of text between two tags."""
    if str(page.tag).rpartition("}")[2] in NOT_TEXT:
        return
    yield page.text or ""
    for child in page:
        yield from printed_texts(child)
        yield child.tail or ""


def missing(texts: list[str], read: str) -> list[str]:
    """Those that say more than a separator and are not in what was read."""
    squeezed = plain(read)
    wanted = [text for text in texts if any(letter.isalnum() for letter in text) and not BEFORE_AFTER.fullmatch(text)]
    alone = {plain(text) for text in PAPER_ALONE}
    return [text for text in wanted if plain(text).strip(",.;:·()") not in squeezed and plain(text) not in alone]


@PRINTED
def test_word_and_excel_say_what_the_paper_says(edition: Edition, name: str, kind: ReportKind) -> None:
    """Word all of it. Excel all statements: a sheet has a name and titles of columns, no headings and sentences."""
    document = build(sample(name, edition), kind)
    texts = list(printed_texts(parse(pdf.html_of(document))))
    assert missing(texts, word_text(render_docx(document).content)) == []
    paper = plain("".join(texts))
    statements = [text for text in statements_of(document) if plain(text) in paper]
    assert len(statements) > 5
    assert missing(statements, workbook_text(render_xlsx(document).content)) == []


LONG_ENOUGH = 12
"""Shorter texts, such as "enough", are found anywhere."""

PART_OF = {
    ReportSection.SINCE: "since",
    ReportSection.ADVICE: "advice",
    ReportSection.OWN_STEPS: "own_steps",
    ReportSection.NINETY_DAYS: "ninety_days",
    ReportSection.PLAN: "plan",
    ReportSection.DUTY_TABLE: "duty_rows",
    ReportSection.OPEN_POINTS: "open_lists",
    ReportSection.EVIDENCE: "evidence",
}


def statements_of(document: ReportDocument) -> list[str]:
    """Columns are called "Could be up to", so that cells need not say it."""
    words = replace(document.words, headings=None, edition="")  # type: ignore[arg-type]
    sums = tuple(part.worked for part in (*document.pillars, *document.domains, document.lens) if part)
    more = (document.cover, document.facts, document.domains, document.left_out, document.scope, document.changes)
    lists = tuple(getattr(document, name) for section, name in PART_OF.items() if section in document.sections)
    texts = said((words, sums, more, lists, document.method, document.limits))
    texts = [text.removeprefix("could be up to ") for text in texts]
    return [text for text in texts if len(plain(text)) >= LONG_ENOUGH]


def everything_taken(given: Source) -> Source:
    """Each step of the plan by somebody else, on another day."""
    steps = [entry.step for entry in build(given, PLAN).plan.entries]
    days = {step.question: date(2027, 1, step.number % 28 + 1) for step in steps}
    names = {step.question: f"Person of step {step.number}" for step in steps}
    return replace(given, taken={question: TakenOn(names[question], days[question]) for question in names})


@pytest.mark.parametrize("kind", [OWNER, PLAN], ids=lambda kind: kind.code)
def test_who_does_which_step_by_when_is_in_every_format(given: Source, kind: ReportKind) -> None:
    document = build(everything_taken(given), kind)
    printed = len(document.plan.entries) if kind is PLAN else len(document.plan.first) + MOST_NEXT
    expected = [(entry.step.number, entry.who, entry.by) for entry in document.plan.entries[:printed]]
    texts = [text for _number, who, by in expected for text in (who, by)]
    reads = {
        "pdf": "".join(printed_texts(parse(pdf.html_of(document)))),
        "docx": word_text(render_docx(document).content),
        "xlsx": workbook_text(render_xlsx(document).content),
        "csv": render_csv(document).content.decode(),
    }
    if kind is OWNER:
        reads.pop("csv")
    assert {name: missing(texts, read) for name, read in reads.items()} == {name: [] for name in reads}
    steps = data(render_json(document).content)["taken_steps"]
    assert [(step["number"], step["who"], step["by"]) for step in steps] == expected


@pytest.mark.parametrize("kind", [PLAN, WORKINGS], ids=lambda kind: kind.code)
def test_only_a_plan_has_places_for_names_and_days(given: Source, kind: ReportKind) -> None:
    document = build(given, kind)
    steps = len(document.plan.entries)
    assert pdf.html_of(document).count('class="assigned"') == (steps if kind is PLAN else 0)
    sheet = workbook(render_xlsx(document).content)["Plan"] if document.plan.first or kind is PLAN else None
    titles = [cell.value for cell in next(iter(sheet.rows))] if sheet else []
    assert ({"Who", "By"} <= set(titles)) is (kind is PLAN)


def test_figures_in_excel_are_numbers(given: Source) -> None:
    document = build(given)
    expected = [part.words.figure.number for part in (*document.pillars, *document.domains, document.lens) if part]
    found = [row["Figure"] for row in table(workbook(render_xlsx(document).content)["Figures"])]
    assert found == [float(number) if number else None for number in expected]


def test_json_has_every_statement_as_values(given: Source) -> None:
    document = build(given)
    every, found = told_as_json(told(given)), data(render_json(document).content)["told"]
    assert {name: value for name, value in every.items() if name in found} == found
    assert [name for name in every.keys() - found.keys() if every[name]] == []


def test_csv_and_excel_have_every_answer_with_its_level_and_target(given: Source) -> None:
    document = build(given)
    expected = [
        (question.id, question.answer, question.value, question.target)
        for domain in document.domains
        for question in domain.questions
    ]
    rows = csv_rows(render_csv(document).content)
    levels = [tuple("" if each is None else str(each) for each in (value, target)) for *_, value, target in expected]
    assert [row["Question"] for row in rows] == [each[0] for each in expected]
    assert [(row["Level"], row["Target"]) for row in rows] == levels
    sheet = table(workbook(render_xlsx(document).content)["Answers"])
    assert [(row["Question"], row["Answer"], row["Level"], row["Target"]) for row in sheet] == expected


@KINDS
def test_no_format_says_what_the_kind_may_not_hold(edition: Edition, kind: ReportKind) -> None:
    given = SAMPLES["stress"](edition)
    typed = [
        text for each in given.answers.values() for text in (each.note, each.reason, each.evidence) if len(text) > 8
    ]
    document = build(given, kind)
    files = [render(document).content for render in (render_csv, render_json)]
    reads = [word_text(render_docx(document).content), workbook_text(render_xlsx(document).content)]
    for read in (*reads, *(file.decode() for file in files)):
        assert kind.answers or [text for text in typed if text in read] == []
        assert ("Harbour Advice" in read) <= bool(kind.words)
        if not kind.findings:
            assert [question.id for question in edition.questions if question.id in read] == []
    assert typed


def test_every_section_is_in_every_format() -> None:
    assert set(SECTIONS) == set(SHEETS) == set(ReportSection)


def test_every_kind_has_a_table_that_it_is_about() -> None:
    assert [kind.code for kind in REPORT_KINDS.values() if not set(MAIN) & set(kind.sections)] == []


def test_every_field_of_a_told_result_belongs_to_a_section(edition: Edition) -> None:
    names = set(told_as_json(told(SAMPLES["empty"](edition))))
    assert names == set(ALWAYS) | set(SECTIONS_OF)
