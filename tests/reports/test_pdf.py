"""The PDF itself: shows answers and scores, works with a screen reader, embeds its fonts, fetches nothing."""

import hashlib
import os
import shutil
import subprocess
import sys
import urllib.request
from io import BytesIO

import pikepdf
import pytest

from assessments.bank.types import Depth, Edition
from assessments.scoring.steps import todo_steps
from assessments.wording import date_text
from reports.document import build
from reports.formats import pdf
from reports.formats.renderer import RenderedReport
from reports.models import ReportStep
from tests.reports.paper import bookmarks_of, broken_rules, fonts_of, parts_of_kind, says, text_of
from tests.reports.samples import level, mixed, source

ELSEWHERE = (
    '<img src="http://127.0.0.1:9/a.png"/>',
    '<img src="https://127.0.0.1:9/a.png"/>',
    '<img src="//127.0.0.1:9/a.png"/>',
    '<img src="ftp://127.0.0.1:9/a.png"/>',
    '<img src="file:///etc/passwd"/>',
    '<img src="FILE:///etc/passwd"/>',
    '<img src="../../../etc/passwd"/>',
    '<img src="static:../../../etc/passwd"/>',
    '<img src="static:fonts/../../../../etc/passwd"/>',
    '<img src="static://127.0.0.1:9/a.png"/>',
    '<img srcset="http://127.0.0.1:9/a.png 2x"/>',
    '<link rel="stylesheet" href="http://127.0.0.1:9/a.css"/>',
    '<link rel="attachment" href="file:///etc/passwd"/>',
    "<style>@import url(http://127.0.0.1:9/a.css);</style>",
    "<style>@import 'file:///etc/passwd';</style>",
    "<style>p { background: url(http://127.0.0.1:9/a.png) }</style>",
    "<style>@font-face { font-family: X; src: url(http://127.0.0.1:9/x.ttf) } p { font-family: X }</style>",
    "<style>p::before { content: url(http://127.0.0.1:9/a.png) }</style>",
    '<object data="http://127.0.0.1:9/a.svg" type="image/svg+xml"></object>',
    '<svg xmlns="http://www.w3.org/2000/svg"><image href="http://127.0.0.1:9/a.png" width="9" height="9"/></svg>',
)

PAGE = '<html lang="en"><head><title>t</title></head><body><p>text</p></body></html>'


@pytest.fixture(scope="module")
def made(edition: Edition) -> RenderedReport:
    return pdf.render_pdf(build(mixed(edition)))


def test_it_says_every_answer_with_note_reason_and_proof(edition: Edition, made: RenderedReport) -> None:
    answers = mixed(edition).answers.values()
    expected = [edition.question[answer.question].text for answer in answers]
    expected += [
        edition.question[answer.question].levels[answer.level] for answer in answers if answer.level is not None
    ]
    expected += [part for answer in answers for part in (answer.reason, *answer.note.splitlines(), answer.evidence)]

    assert {answer.kind for answer in answers} == {"level", "unknown", "not_applicable"}
    assert says(made.content, *expected) == []


def test_its_figures_are_those_of_the_result(edition: Edition, made: RenderedReport) -> None:
    outcome = mixed(edition).outcome
    names = {pillar.code: pillar.name for pillar in edition.pillars}
    thin = {pillar.code for pillar in outcome.pillars if pillar.first_indication}
    figures = [
        f"{names[pillar.code]} {pillar.low.figure} {edition.labels[pillar.low.figure.label].name}"
        for pillar in outcome.pillars
        if pillar.low and not pillar.first_indication
    ]
    figures += [
        f"{edition.domain[domain.code].title} {domain.low.figure} {edition.labels[domain.low.figure.label].name}"
        for domain in outcome.domains
        if domain.low and edition.domain[domain.code].pillar not in thin
    ]

    assert len(figures) > 10
    assert says(made.content, *figures) == []


def test_it_says_the_plan_the_duties_and_what_to_find_out(edition: Edition, made: RenderedReport) -> None:
    outcome = mixed(edition).outcome

    assert says(made.content, *(fitted.text for todo in outcome.todo[:5] for fitted in todo_steps(todo))) == []
    assert says(made.content, *(todo_steps(todo)[0].text for todo in outcome.todo[5:])) == []
    assert says(made.content, *(duty.duty.says for duty in outcome.open_duties)) == []
    assert says(made.content, *(item.question.text for item in outcome.find_out)) == []
    assert says(made.content, *(item.reason for item in outcome.left_out)) == []
    assert says(made.content, edition.disclaimer, f"Law as of {date_text(edition.law_status_as_of)}", "2026.3") == []


@pytest.mark.parametrize("depth", list(Depth))
def test_it_keeps_all_rules_of_pdf_ua(edition: Edition, depth: Depth) -> None:
    assert broken_rules(pdf.render_pdf(build(mixed(edition, depth=depth))).content) == []


@pytest.mark.parametrize("otherwise", [None, level(4, evidence="Yes"), level(0)], ids=["empty", "perfect", "nothing"])
def test_extreme_results_keep_them_too(edition: Edition, otherwise: None) -> None:
    assert broken_rules(pdf.render_pdf(build(source(edition, otherwise=otherwise))).content) == []


def test_header_cells_say_which_way_they_head(made: RenderedReport) -> None:
    scopes = [cell["scope"] for cell in parts_of_kind(made.content, "/TH")]

    assert set(scopes) == {"/Column", "/Row"}
    assert scopes.count("/Column") == 12


def test_charts_have_words(made: RenderedReport) -> None:
    with pikepdf.open(BytesIO(made.content)) as opened:
        figures = [
            part for part in opened.objects if isinstance(part, pikepdf.Dictionary) and part.get("/S") == "/Figure"
        ]
        words = [str(figure["/Alt"]) for figure in figures]

    assert any(word.startswith("Radar chart of") for word in words)
    assert any(word.startswith("Privacy: ") for word in words)


def test_its_fonts_are_inside_and_ours(made: RenderedReport) -> None:
    fonts = fonts_of(made.content)

    assert all(fonts.values())
    assert {name.partition("+")[2] for name in fonts} == {"Report", "Report-Semi-Bold"}


def test_what_no_font_has_is_said_on_the_page_and_kept_in_the_title(edition: Edition) -> None:
    page = pdf.html_of(build(source(edition, organisation="Bakery \U0001f44d", answers={"DATA-01": level(1)})))
    head, _, body = page.partition("</head>")
    assert "<title>Workings: Privacy and security self-assessment of Bakery \U0001f44d</title>" in head
    assert "\U0001f44d" not in body
    assert "Bakery [thumbs up sign]" in body


def test_it_has_bookmarks_title_and_language(edition: Edition, made: RenderedReport) -> None:
    marks = bookmarks_of(made.content)
    with pikepdf.open(BytesIO(made.content)) as opened:
        title, language = str(opened.docinfo["/Title"]), str(opened.Root.Lang)
        created = str(opened.docinfo["/CreationDate"])

    assert (1, "The short version") in marks
    assert (1, edition.domains[0].title) in marks
    assert any(depth == 2 and name.startswith("GOV-") for depth, name in marks)
    assert title == "Workings: Privacy and security self-assessment of Boulangerie Lumière"
    assert language == "en-gb"
    assert created.startswith("D:20261121")


def test_every_page_but_the_cover_is_numbered(made: RenderedReport) -> None:
    assert says(made.content, *(f"Page {number} of {made.pages}" for number in range(2, (made.pages or 0) + 1))) == []
    assert f"Page 1 of {made.pages}" not in text_of(made.content)


def test_the_same_result_makes_the_same_bytes(edition: Edition, made: RenderedReport) -> None:
    assert pdf.render_pdf(build(mixed(edition))).content == made.content


@pytest.mark.slow
def test_another_process_makes_the_same_bytes(edition: Edition, made: RenderedReport) -> None:
    program = (
        "import django, hashlib; django.setup()\n"
        "from assessments.editions.shipped import shipped_editions\n"
        "from reports.formats import pdf; from reports.document import build; from tests.reports.samples import mixed\n"
        "from django.utils import translation\n"
        "with translation.override('en-gb'): made = pdf.render_pdf(build(mixed(shipped_editions()[-1])))\n"
        "print(hashlib.sha256(made.content).hexdigest())"
    )
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings_test", "PYTHONHASHSEED": "7"}
    printed = subprocess.run(
        [sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True
    )

    assert printed.stdout.strip() == hashlib.sha256(made.content).hexdigest()


@pytest.mark.parametrize("vector", ELSEWHERE)
def test_nothing_is_fetched_and_nothing_slips_in(vector: str, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[object] = []
    monkeypatch.setattr(
        urllib.request.OpenerDirector, "open", lambda self, request, *rest, **more: opened.append(request)
    )
    made = pdf.make_from_html(PAGE.replace("</body>", f"{vector}</body>"))

    assert opened == []
    with pikepdf.open(BytesIO(made.content)) as found:
        assert "/EmbeddedFiles" not in found.Root.get("/Names", {})
        assert b"root:" not in b"".join(part.read_bytes() for part in found.objects if isinstance(part, pikepdf.Stream))


def test_what_people_type_stays_text(edition: Edition) -> None:
    typed = "<b>bold</b> & <img src='http://127.0.0.1:9/a.png'/> {{ report }} \x00\x0b\ufffe ]]>"
    answers = {"ACCESS-02": level(2, note=typed, evidence=typed)}

    made = pdf.render_pdf(build(source(edition, answers=answers, organisation=typed)))

    assert says(made.content, "<b>bold</b> & <img src='http://127.0.0.1:9/a.png'/> {{ report }}") == []


class Heard:
    def __init__(self) -> None:
        self.shown: list[tuple[int, ReportStep]] = []

    def show(self, percent: int, step: ReportStep) -> None:
        self.shown.append((percent, step))


def test_progress_only_grows(edition: Edition) -> None:
    heard = Heard()

    pdf.render_pdf(build(source(edition)), heard)

    percents = [percent for percent, _ in heard.shown]
    assert percents == sorted(percents)
    assert [step for _, step in heard.shown][-1] == ReportStep.DRAWING
    assert len(percents) > 5


def test_a_listener_can_stop_it(edition: Edition) -> None:
    class Stop(Exception):
        pass

    class Stopping:
        def show(self, percent: int, step: ReportStep) -> None:
            raise Stop

    with pytest.raises(Stop):
        pdf.render_pdf(build(source(edition)), Stopping())


@pytest.mark.slow
def test_the_longest_texts_and_names_fit(edition: Edition) -> None:
    long = "Every word counts here, and so does every line. " * 83
    unbroken = "x" * 400
    answers = {question.id: level(3, note=long[:4000], evidence=unbroken) for question in edition.questions}

    made = pdf.render_pdf(build(source(edition, answers=answers, depth=Depth.FULL, organisation="Maison " * 28)))

    assert broken_rules(made.content) == []
    assert (made.pages or 0) > 60


def test_fonts_cleaned_away_are_fetched_anew() -> None:
    pdf.make_from_html(PAGE)
    shutil.rmtree(pdf._render_context().fonts._folder)

    assert [name.partition("+")[2] for name in fonts_of(pdf.make_from_html(PAGE).content)] == ["Report"]
