"""One file keeps two standards, PDF/A-3a and PDF/UA-1, whatever is in it, and carries data for programs."""

from datetime import date
from io import BytesIO
from pathlib import Path

import pikepdf
import pydyf
import pytest

from assessments.bank.types import Edition
from reports.document import build
from reports.formats import pdf
from reports.formats.data_file.render import render_json
from reports.formats.pdf import AttachedFile
from reports.formats.pdf_finish import finish_pdf
from reports.kinds.registry import REPORT_KINDS, ReportKind
from tests.reports.paper import broken_rules, heard_amiss
from tests.reports.samples import mixed

PAGE = '<html lang="en"><head><title>{title}</title></head><body><h1>{title}</h1><p>{text}</p></body></html>'
DATA = AttachedFile("assessment.json", "The assessment, for programs", b'{"level": 2}', date(2026, 11, 30))


def test_what_is_attached_can_be_taken_out_again() -> None:
    content = pdf.make_from_html(PAGE.format(title="t", text="x"), attached=[DATA]).content

    with pikepdf.open(BytesIO(content)) as opened:
        found = opened.attachments["assessment.json"]
        assert found.get_file().read_bytes() == DATA.content
        assert found.get_file().mime_type == "application/json"
        assert found.description == DATA.says
        assert str(opened.Root.AF[0].AFRelationship) == "/Data"
    assert broken_rules(content) == []


def test_an_attachment_brings_no_time_of_day() -> None:
    html = PAGE.format(title="t", text="x")

    assert pdf.make_from_html(html, attached=[DATA]).content == pdf.make_from_html(html, attached=[DATA]).content


@pytest.mark.parametrize("kind", REPORT_KINDS.values(), ids=lambda kind: kind.code)
def test_a_report_carries_itself_as_data_and_keeps_both_standards(edition: Edition, kind: ReportKind) -> None:
    document = build(mixed(edition), kind)

    content = pdf.render_pdf(document).content

    with pikepdf.open(BytesIO(content)) as opened:
        assert opened.attachments[pdf.DATA_NAME].get_file().read_bytes() == render_json(document).content
    assert broken_rules(content) == []


@pytest.mark.parametrize("kind", REPORT_KINDS.values(), ids=lambda kind: kind.code)
def test_a_second_checker_finds_nothing_either(edition: Edition, kind: ReportKind, tmp_path: Path) -> None:
    file = tmp_path / "report.pdf"
    file.write_bytes(pdf.render_pdf(build(mixed(edition), kind)).content)

    assert heard_amiss(file) == []


def test_the_second_checker_finds_a_fault(tmp_path: Path) -> None:
    file = tmp_path / "report.pdf"
    file.write_bytes(pdf.make_from_html(PAGE.format(title="t", text="<img src='data:,' alt=''/>x")).content)
    with pikepdf.open(file, allow_overwriting_input=True) as opened:
        del opened.Root.StructTreeRoot
        opened.save()

    assert heard_amiss(file)


def test_headers_and_page_numbers_are_artifacts_of_pagination(edition: Edition) -> None:
    """A screen reader leaves them out, and nothing in the tree of tags is empty or lost for it."""
    content = pdf.render_pdf(build(mixed(edition))).content

    with pikepdf.open(BytesIO(content)) as opened:
        running = opened.pages[2]
        begun = [part.operands for part in pikepdf.parse_content_stream(running) if str(part.operator) == "BDC"]
        marks = [(str(tag), given) for tag, given in begun]
        artifacts = [given for tag, given in marks if tag == "/Artifact"]
        assert [str(given["/Type"]) for given in artifacts] == ["/Pagination"] * 2
        numbers = [int(given["/MCID"]) for tag, given in marks if tag != "/Artifact"]
        tree = opened.Root.StructTreeRoot.ParentTree.Nums
        entries = tree[2 * int(running.StructParents) + 1]
        assert all(entries[number].Type == "/StructElem" for number in numbers)
        assert sum(entry is None for entry in entries) == 2


def test_no_stream_ends_where_its_length_could_be_misread() -> None:
    """One in 256 compressed streams ends with a carriage return, which with a line end makes two bytes of one."""
    document = pydyf.PDF()
    texts = [f"page {number} " * (number % 40 + 1) for number in range(2_000)]
    streams = [pydyf.Stream([text], compress=True) for text in texts]
    for stream in streams:
        document.add_object(stream)
    assert any(data(stream)[0].endswith(b"\r") for stream in streams)

    finish_pdf(None, document)

    ends = [data(stream) for stream in streams]
    assert not any(content.endswith(b"\r") for content, _ in ends)
    assert {filters for _, filters in ends} == {"/FlateDecode", "[/ASCII85Decode /FlateDecode]"}
    written = BytesIO()
    document.write(written)
    with pikepdf.open(written) as opened:
        read = {part.read_bytes() for part in opened.objects if isinstance(part, pikepdf.Stream)}
    assert read >= {text.encode() for text in texts}


def data(stream: pydyf.Stream) -> tuple[bytes, str]:
    whole = stream.data
    return whole[whole.index(b"\nstream\n") + 8 : -len(b"\nendstream")], str(stream.extra.get("Filter", ""))


@pytest.mark.parametrize("text", ["", "x" * 5_000, "&#x5E9;&#x5DC;&#x5D5;&#x5DD;"])
def test_both_standards_hold_for_any_text(text: str) -> None:
    assert broken_rules(pdf.make_from_html(PAGE.format(title="Ä & B".replace("&", "&amp;"), text=text)).content) == []
