"""Every format of a portfolio says the same, cuts no client, and comes out the same twice."""

import csv
import io
import json
import re
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from docx import Document

from assessments.bank.types import Edition
from reports.formats.registry import REPORT_FORMATS
from reports.kinds.paper import Paper
from reports.portfolio.document.build import PortfolioSource, build_portfolio
from reports.portfolio.document.tables import first_sentence, percent
from reports.portfolio.document.types import ColumnKind, PortfolioDocument, PortfolioTable
from reports.portfolio.formats.pdf import STYLE, portfolio_html
from reports.portfolio.formats.registry import PORTFOLIO_RENDERERS, portfolio_renderer
from reports.portfolio.told.tell import tell_portfolio
from reports.portfolio.told.types import PortfolioClient
from tests.reports.paper import bookmarks_of, broken_rules, filled, squeezed, text_of
from tests.reports.portfolio.papers import document_about, document_of, look
from tests.reports.told_portfolio.consultancies import DAY, some_clients

MANY = 67


def made(document: PortfolioDocument, code: str) -> bytes:
    return portfolio_renderer(REPORT_FORMATS[code])(document).content


def tables(document: PortfolioDocument) -> dict[str, PortfolioTable]:
    """Those that data files have, by the name of their sheet."""
    return {table.sheet: table for chapter in document.chapters for table in chapter.tables if table.sheet}


def csv_lines(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


@pytest.fixture(scope="module")
def document(edition: Edition) -> PortfolioDocument:
    return document_about(edition, MANY)


@pytest.fixture(scope="module")
def pdf(document: PortfolioDocument) -> bytes:
    return made(document, "pdf")


def test_every_format_of_reports_has_a_renderer() -> None:
    assert PORTFOLIO_RENDERERS.keys() == REPORT_FORMATS.keys()
    for each in REPORT_FORMATS.values():
        assert callable(portfolio_renderer(each))


@pytest.mark.parametrize("code", REPORT_FORMATS)
def test_the_same_portfolio_makes_the_same_bytes(edition: Edition, code: str) -> None:
    one, two = (made(document_about(edition, 9, brand=look()), code) for _ in range(2))
    assert one == two


def test_no_client_is_cut_on_paper(document: PortfolioDocument, pdf: bytes) -> None:
    read = squeezed(text_of(pdf))
    numbers = {client.number for bank in document.told.banks for client in bank.clients}
    assert len(numbers) + len(document.told.without) == MANY
    kiosks = [client.name for client in some_clients_of(document) if client.name.startswith("Kiosk")]
    assert len(kiosks) > 5
    assert all(squeezed(name) in read for name in kiosks)
    rows = {title: len(table.rows) for title, table in tables(document).items()}
    assert (rows["Clients"], rows["Map"]) == (document.told.with_results,) * 2
    html = portfolio_html(document)
    assert html.count('<th scope="row" class="name') == sum(
        len(table.rows)
        for chapter in document.chapters
        for table in chapter.tables
        if table.columns[0].kind.value == "name"
    )


def some_clients_of(document: PortfolioDocument) -> list[PortfolioClient]:
    return [client for bank in document.told.banks for client in bank.clients]


def test_the_first_page_is_one_page_and_the_rest_runs_on(document: PortfolioDocument, pdf: bytes) -> None:
    assert [title for depth, title in bookmarks_of(pdf) if depth == 1] == [
        "Overview",
        "Whom to look at first",
        "All clients",
        "Clients and domains",
        "What is lacking, in full",
        "Clients without a result",
        "How to read it",
    ]
    shares = filled(portfolio_html(document), STYLE)
    assert 12 <= len(shares) <= 20
    assert sum(shares[2:-1]) / len(shares[2:-1]) >= 0.8, "no half-empty pages between the overview and the last one"


def test_every_width_is_in_the_style_sheet(document: PortfolioDocument) -> None:
    known = Path("static", STYLE).read_text("utf-8")
    columns = [column for chapter in document.chapters for table in chapter.tables for column in table.columns]
    widths = {column.paper for column in columns if column.paper and column.kind is not ColumnKind.LEVEL}
    assert [width for width in widths if f".mm-{width} {{ width: {width - 2}mm; }}" not in known] == []


def test_every_table_is_as_wide_as_the_paper(document: PortfolioDocument) -> None:
    tables = [table for chapter in document.chapters for table in chapter.tables]
    assert {sum(column.paper for column in table.columns) for table in tables} == {164}


@pytest.mark.parametrize("paper", Paper)
@pytest.mark.parametrize("many", [0, 1, 12])
def test_the_overview_stays_on_its_page(edition: Edition, many: int, paper: Paper) -> None:
    html = portfolio_html(document_about(edition, many, paper=paper))
    alone = re.sub(
        r'(<div class="part[^"]*">\s*<h1 id="(?:attention|without|method)".*)</body>', "</body>", html, flags=re.S
    )
    assert len(filled(alone, STYLE)) == 2, "the cover, and the overview"


@pytest.mark.parametrize("many", [0, 1, 12])
@pytest.mark.parametrize("anonymous", [False, True])
def test_it_keeps_both_standards(edition: Edition, many: int, anonymous: bool) -> None:
    assert broken_rules(made(document_about(edition, many, anonymous=anonymous, brand=look()), "pdf")) == []


def test_many_clients_keep_both_standards(pdf: bytes) -> None:
    assert broken_rules(pdf) == []


def test_names_of_any_script_keep_their_direction_and_fit(edition: Edition) -> None:
    html = portfolio_html(document_about(edition, 9))
    assert re.search(r'class="name" dir="rtl">מאפיית', html)
    assert 'class="name unbroken" dir="ltr">Donaudampf' in html
    assert "[tulip]" in html, "what no font draws is said"


def test_the_counts_on_the_first_page_are_those_of_the_values(document: PortfolioDocument) -> None:
    overview, bank = document.chapters[0], document.told.banks[0]
    assert [count.amount for count in overview.counts] == [
        document.told.clients,
        document.told.with_results,
        bank.totals.clients_not_lawful,
        bank.totals.clients_with_gaps,
        bank.totals.open_duties,
    ]
    top = overview.tables[2].rows[0]
    assert top[0] == bank.questions[0].question.text
    assert f"{bank.questions[0].below} of {bank.questions[0].counted}, " in str(top)


def test_the_workbook_has_every_row_and_no_formula(document: PortfolioDocument) -> None:
    book = openpyxl.load_workbook(BytesIO(made(document, "xlsx")))
    assert book.sheetnames[0] == "About"
    for title, table in tables(document).items():
        page = book[title]
        assert page.max_row == 1 + len(table.rows), title
        shown = [place for place, column in enumerate(table.columns) if column.letters]
        for row, cells in zip(table.rows, page.iter_rows(min_row=2), strict=True):
            for place, cell in zip(shown, cells, strict=True):
                expected = row[place]
                assert cell.data_type != "f"
                assert cell.value == (None if expected in (None, "") else expected)
    assert book["Clients"]["A2"].value


def test_csv_and_json_have_the_same_clients_and_figures(document: PortfolioDocument) -> None:
    lines = csv_lines(made(document, "csv"))
    data = json.loads(made(document, "json"))
    (bank,) = data["banks"]
    assert len(lines) == MANY == data["clients"]
    with_results = lines[: data["with_results"]]
    assert [int(line["Not lawful now"]) for line in with_results] == [
        each["not_lawful_now"] for each in bank["clients"]
    ]
    assert [line["Day of the result"] for line in with_results] == [each["finished_on"] for each in bank["clients"]]
    assert [line["Security"] for line in with_results] == [
        _number(each["pillars"], "security") for each in bank["clients"]
    ]
    assert [line["Client"] for line in lines if line["Client"].startswith("'=")], "a name is never a formula"
    assert "questions" not in bank["clients"][0], "no more of a client than the pages say"


def _number(pillars: dict[str, dict[str, dict[str, str]]], code: str) -> str:
    return pillars[code]["low"]["number"] if code in pillars else ""


def test_word_has_the_tables_of_the_paper(document: PortfolioDocument) -> None:
    word = Document(BytesIO(made(document, "docx")))
    printed = [table for chapter in document.chapters for table in chapter.tables]
    assert [len(table.rows) - 1 for table in word.tables] == [len(table.rows) for table in printed]
    headings = [each.text for each in word.paragraphs if each.style and each.style.name == "Heading 1"]
    assert headings == [chapter.title for chapter in document.chapters]


def test_two_banks_are_told_apart_in_every_format(edition: Edition) -> None:
    clients = some_clients(edition, 6)
    moved = [replace(each, result=replace(each.result, bank="b", edition="b.1")) for each in clients[:2] if each.result]
    other = replace(edition, id="b.1", bank="b", title="Another bank")
    editions = {edition.id: edition, other.id: other}
    told = tell_portfolio([*moved, *clients[2:]], editions, day=DAY)
    parts = {"consultancy": "C", "language": "en-gb", "anonymous": False}
    document = build_portfolio(PortfolioSource(told=told, editions=editions, **parts))  # type: ignore[arg-type]
    titles = [chapter.title for chapter in document.chapters]
    assert "All clients, bank 1" in titles
    assert "Overview, bank 2" in titles
    assert {"Clients 1", "Clients 2"} <= set(openpyxl.load_workbook(BytesIO(made(document, "xlsx"))).sheetnames)
    banks = [line["Question bank"] for line in csv_lines(made(document, "csv"))]
    assert banks == [edition.title] * 4 + ["Another bank"] * 2
    assert "cannot be compared" in squeezed_words(made(document, "pdf"))


def squeezed_words(content: bytes) -> str:
    return " ".join(text_of(content).split())


def test_without_names_no_day_and_no_name_of_a_client(edition: Edition) -> None:
    clients = [
        replace(
            client,
            name=f"Client {client.number}",
            review_on=None,
            result=replace(client.result, finished_on=client.result.finished_on.replace(day=1))
            if client.result
            else None,
        )
        for client in some_clients(edition, 12)
    ]
    document = document_of(edition, clients, anonymous=True)
    assert "21 Nov" not in portfolio_html(document)
    line = csv_lines(made(document, "csv"))[0]
    assert re.fullmatch(r"\d{4}-\d\d", line["Month of the result"])
    assert "Next review" not in line
    assert json.loads(made(document, "json"))["reviews"] is None
    assert "may still recognise one" in document.chapters[-1].lead[-1]


def test_nobody_has_a_result(edition: Edition) -> None:
    document = document_of(edition, [replace(client, result=None) for client in some_clients(edition, 3)])
    assert [chapter.anchor for chapter in document.chapters] == ["overview", "without", "method"]
    assert "None of these clients has a result yet." in squeezed_words(made(document, "pdf"))
    assert len(csv_lines(made(document, "csv"))) == 3


@pytest.mark.parametrize(
    ("part", "whole", "per_cent"), [(0, 3, 0), (1, 3, 33), (2, 3, 67), (1, 200, 1), (1, 201, 0), (3, 3, 100)]
)
def test_per_cent_rounds_a_half_up(part: int, whole: int, per_cent: int) -> None:
    assert percent(part, whole) == per_cent


def test_paper_has_the_first_sentence_of_a_step() -> None:
    assert first_sentence("Lock it. Then check.") == "Lock it."
    assert first_sentence("Lock it.") == "Lock it."
    assert first_sentence("") == ""
