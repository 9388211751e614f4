"""Word files: real headings, lists and tables, read out well, in the look of the consultancy."""

import base64
import re
from dataclasses import replace
from datetime import date
from io import BytesIO
from itertools import pairwise

import docx
import pytest
from docx.opc.constants import RELATIONSHIP_TYPE

from assessments.bank.types import Edition
from reports.demo_brand import demo_brand
from reports.document import ReportDocument, build
from reports.document.prose import prose, writable
from reports.document.types import BrandPart
from reports.formats.word.look import TONES
from reports.formats.word.render import render_docx
from reports.kinds.paper import Paper
from reports.kinds.registry import PLAN, STATEMENT
from reports.models import ReportStep
from tests.reports.formats.reading import (
    DRAWING,
    RELATIONSHIPS,
    W,
    in_style,
    names_in,
    paragraph_text,
    part,
    style_of,
    word_body,
    word_text,
)
from tests.reports.formats.samples import LONG_NOTE, NASTY, nasty_document
from tests.reports.samples import mixed, stress
from tests.reports.test_template_version import fixed_source


@pytest.fixture(scope="module")
def document(edition: Edition) -> ReportDocument:
    return build(stress(edition))


@pytest.fixture(scope="module")
def made(document: ReportDocument) -> bytes:
    return render_docx(document).content


def test_headings_are_styles_with_an_outline(document: ReportDocument, made: bytes) -> None:
    domains = [domain.words.title for domain in document.domains]
    assert [text for text in in_style(made, "Heading1") if text in domains] == domains
    questions = [f"{each.id} {each.text}" for domain in document.domains for each in domain.questions]
    assert set(questions) <= set(in_style(made, "Heading3"))
    levels = {
        style.get(f"{W}styleId"): level.get(f"{W}val")
        for style in part(made, "word/styles.xml").iter(f"{W}style")
        for level in style.iter(f"{W}outlineLvl")
    }
    assert levels == {"Heading1": "0", "Heading2": "1", "Heading3": "2"}


def test_no_heading_skips_a_level(made: bytes) -> None:
    levels = [
        int(style[-1]) for each in word_body(made).iter(f"{W}p") if (style := style_of(each)).startswith("Heading")
    ]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels) if before > 1)


def test_every_style_that_is_used_is_there(made: bytes) -> None:
    there = {style.get(f"{W}styleId") for style in part(made, "word/styles.xml").iter(f"{W}style")}
    names = ("pStyle", "rStyle", "tblStyle")
    used = {each.get(f"{W}val") for name in names for each in word_body(made).iter(f"{W}{name}")}
    assert used <= there
    assert {f"Answer{tone}" for tone in TONES} <= there


def test_contents_are_a_field_with_a_link_to_every_chapter(made: bytes) -> None:
    instructions = [each.text for each in word_body(made).iter(f"{W}instrText")]
    assert instructions == [' TOC \\o "1-1" \\h \\z \\u ']
    chapters = [text for text in in_style(made, "Heading1") if text != "Contents"]
    assert in_style(made, "TOC1") == chapters
    kinds = [each.get(f"{W}fldCharType") for each in word_body(made).iter(f"{W}fldChar")]
    assert kinds == ["begin", "separate", "end"]


def test_links_lead_to_bookmarks_that_are_there_once(edition: Edition, made: bytes) -> None:
    links = {}
    for content in (made, render_docx(build(stress(edition), PLAN)).content):
        body = word_body(content)
        anchors = [each.get(f"{W}name") or "" for each in body.iter(f"{W}bookmarkStart")]
        assert len(anchors) == len(set(anchors))
        assert all(re.fullmatch(r"[A-Za-z]\w{0,39}", anchor) for anchor in anchors)
        links[content] = {each.get(f"{W}anchor") for each in body.iter(f"{W}hyperlink")} - {None}
        assert links[content] <= set(anchors)
    assert len(links[made]) > 50


def test_a_question_that_is_not_in_this_kind_is_named_without_a_link(edition: Edition) -> None:
    document = build(stress(edition), PLAN)
    made = render_docx(document).content
    question = document.words.first[0].question
    linked = [paragraph_text(each) for each in word_body(made).iter(f"{W}hyperlink")]
    assert question in word_text(made)
    assert question not in "".join(linked)


def test_addresses_outside_are_those_of_the_steps_alone(document: ReportDocument, made: bytes) -> None:
    parts = [each for step in document.words.first for each in (step.step, *step.then)]
    expected = {link.code for each in parts for link in each.links if link.code}
    links = part(made, "word/_rels/document.xml.rels").iter(f"{RELATIONSHIPS}Relationship")
    assert {each.get("Target") for each in links if each.get("TargetMode") == "External"} == expected
    assert expected


def test_every_table_has_a_head_that_is_repeated_and_says_what_it_is(made: bytes) -> None:
    tables = list(word_body(made).iter(f"{W}tbl"))
    assert len(tables) >= 4
    for table in tables:
        first, *rows = table.iter(f"{W}tr")
        assert first.find(f"{W}trPr/{W}tblHeader") is not None
        assert all(paragraph_text(cell) for cell in first.iter(f"{W}tc"))
        assert rows
        assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows)
        caption = table.find(f"{W}tblPr/{W}tblCaption")
        assert caption is not None
        assert caption.get(f"{W}val")


def test_pictures_are_said_and_numbered_once(made: bytes) -> None:
    pictures = list(word_body(made).iter(f"{DRAWING}docPr"))
    assert len(pictures) > 10
    assert all("of 4" in (each.get("descr") or "") for each in pictures)
    assert len({each.get("id") for each in pictures}) == len(pictures)


def test_properties_say_what_it_is_and_the_day_of_the_result(document: ReportDocument, made: bytes) -> None:
    opened = docx.Document(BytesIO(made))
    properties = opened.core_properties
    day = date.fromisoformat(document.created)
    assert (properties.title, properties.author, properties.language) == (document.title, "Evenkeel", "en-GB")
    assert properties.created is not None
    assert properties.modified is not None
    assert (properties.created.date(), properties.modified.date()) == (day, day)
    assert "python-docx" not in "".join(part(made, "docProps/core.xml").itertext())
    assert "Evenkeel" in "".join(part(made, "docProps/app.xml").itertext())


def test_nothing_of_the_library_s_empty_document_is_left(made: bytes) -> None:
    names = names_in(made)
    assert names[0] == "[Content_Types].xml"
    assert [name for name in names if "thumbnail" in name or "customXml" in name or "Effects" in name] == []
    assert {each.reltype for each in docx.Document(BytesIO(made)).part.package.rels.values()} == {
        RELATIONSHIP_TYPE.OFFICE_DOCUMENT,
        RELATIONSHIP_TYPE.CORE_PROPERTIES,
        RELATIONSHIP_TYPE.EXTENDED_PROPERTIES,
    }


def test_language_is_that_of_the_report(document: ReportDocument) -> None:
    american = render_docx(replace(document, language="en-us")).content
    (language,) = part(american, "word/styles.xml").iter(f"{W}lang")
    assert language.get(f"{W}val") == "en-US"


def test_pages_have_a_header_and_numbers_but_not_the_cover(document: ReportDocument, made: bytes) -> None:
    section = docx.Document(BytesIO(made)).sections[0]
    assert section.different_first_page_header_footer
    assert section.header.paragraphs[0].text == document.cover.running
    assert "Page 1 of 1" in section.footer.paragraphs[0].text
    fields = [each.text for each in part(made, "word/footer1.xml").iter(f"{W}instrText")]
    assert fields == [" PAGE ", " NUMPAGES "]


def test_lists_of_steps_count_from_one(made: bytes) -> None:
    numbered = [each for each in word_body(made).iter(f"{W}p") if style_of(each) == "ListNumber"]
    numbers = {each.get(f"{W}val") for paragraph in numbered for each in paragraph.iter(f"{W}numId")}
    starts = {
        num.get(f"{W}numId"): start.get(f"{W}val")
        for num in part(made, "word/numbering.xml").iter(f"{W}num")
        for start in num.iter(f"{W}startOverride")
    }
    assert len(numbers) == 1
    assert starts == dict.fromkeys(numbers, "1")


def test_letter_paper_is_for_the_united_states(document: ReportDocument) -> None:
    sizes = {}
    for paper in Paper:
        section = docx.Document(BytesIO(render_docx(replace(document, paper=paper)).content)).sections[0]
        assert section.page_width is not None
        assert section.page_height is not None
        sizes[paper] = (round(section.page_width.mm), round(section.page_height.mm))
    assert sizes == {Paper.A4: (210, 297), Paper.LETTER: (216, 279)}


def test_a_consultancy_s_look_is_its_logo_colour_and_words(edition: Edition) -> None:
    logo = demo_brand().logo
    assert logo is not None
    picture = base64.b64encode(logo.content).decode()
    brand = BrandPart(
        name="Haddad Advice",
        logo=f"data:image/png;base64,{picture}",
        logo_width="30.0",
        logo_height="10.0",
        colour="#7a1f5c",
        contact=prose("Noor Haddad\nnoor@advice.example"),
        made_with="Made with Evenkeel.",
        closing=prose("We go through it with you."),
    )
    made = render_docx(replace(build(mixed(edition)), brand=brand)).content
    says = [each.get("descr") for each in word_body(made).iter(f"{DRAWING}docPr")]
    assert says[0] == "Logo of Haddad Advice"
    text = word_text(made)
    assert "Noor Haddad\nnoor@advice.example" in text
    assert "We go through it with you." in text
    colours = {each.get(f"{W}val") for each in part(made, "word/styles.xml").iter(f"{W}color")}
    assert "7a1f5c" in colours
    assert "0b4f5c" not in colours
    assert docx.Document(BytesIO(made)).core_properties.author == "Haddad Advice"


def test_every_typed_text_arrives_and_breaks_nothing(edition: Edition) -> None:
    made = render_docx(nasty_document(edition)).content
    docx.Document(BytesIO(made))
    text = word_text(made)
    assert [each for each in NASTY if writable(each) not in text] == []
    assert LONG_NOTE in text


def test_what_runs_from_right_to_left_does(edition: Edition) -> None:
    body = word_body(render_docx(nasty_document(edition)).content)
    right = [each for each in body.iter(f"{W}p") if each.find(f"{W}pPr/{W}bidi") is not None]
    texts = [paragraph_text(each) for each in right]
    assert any("שלום" in text for text in texts)
    assert any("مخبز" in text for text in texts)
    assert all(any(True for _ in each.iter(f"{W}rtl")) for each in right)


def test_a_statement_is_short(edition: Edition) -> None:
    assert len(word_text(render_docx(build(stress(edition), STATEMENT)).content)) < 3_500


def test_it_tells_how_far_it_is_and_counts_no_pages(edition: Edition) -> None:
    heard: list[tuple[int, ReportStep]] = []

    class Listener:
        def show(self, percent: int, step: ReportStep) -> None:
            heard.append((percent, step))

    assert render_docx(build(fixed_source()), Listener()).pages is None
    percents = [percent for percent, _ in heard]
    assert percents == sorted(percents)
    assert len(percents) > 5
    assert max(percents) < 95
