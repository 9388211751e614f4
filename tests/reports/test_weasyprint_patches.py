"""The WeasyPrint patches change the time, not one byte of the output."""

import contextlib
import re
from collections.abc import Iterator

import pydyf
import pytest
import weasyprint

from assessments.bank.types import Depth, Edition
from reports.document import build
from reports.formats import pdf, pydyf_patches, weasyprint_patches
from tests.reports.samples import level, mixed, source

RICH = (
    '<html lang="en"><head><title>t</title></head><body><h1>One</h1><p dir="rtl">שלום עולם</p>'
    "<pre>two\nlines\there</pre><p>soft\u00adhyphen and a <b>bold</b> <u>word</u></p>"
    "<table><tr><td>a</td><td>b</td></tr></table></body></html>"
)
PAGE = '<h1 style="break-before: page">one</h1><p>two</p>'
PAGES = f"<html lang='en'><head><title>t</title></head><body>{3 * PAGE}</body></html>"


@contextlib.contextmanager
def as_it_comes() -> Iterator[None]:
    yield


def both(monkeypatch: pytest.MonkeyPatch, html: str) -> tuple[bytes, bytes]:
    patched = pdf.make_from_html(html).content
    monkeypatch.setattr(pdf, "patched_weasyprint", as_it_comes)
    return patched, pdf.make_from_html(html).content


def test_it_is_made_for_the_installed_version() -> None:
    assert weasyprint.__version__ == weasyprint_patches.MADE_FOR
    assert pydyf.__version__ == pydyf_patches.MADE_FOR


def test_a_report_is_the_same(edition: Edition, monkeypatch: pytest.MonkeyPatch) -> None:
    patched, plain = both(monkeypatch, pdf.html_of(build(mixed(edition, depth=Depth.STANDARD))))
    assert patched == plain


def test_notes_in_other_scripts_are_the_same(edition: Edition, monkeypatch: pytest.MonkeyPatch) -> None:
    answers = {"ACCESS-02": level(2, note="Ελληνικά, кириллица, עברית, العربية\nfi ffi office ½ → ✓")}
    patched, plain = both(monkeypatch, pdf.html_of(build(source(edition, answers=answers))))
    assert patched == plain


def test_markup_that_reports_do_not_use_is_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    patched, plain = both(monkeypatch, RICH)
    assert patched == plain


def test_afterwards_weasyprint_is_as_it_was() -> None:
    from weasyprint.text.line_break import Layout

    before = dict(vars(Layout))
    with weasyprint_patches.patched_weasyprint():
        assert vars(Layout)["setup"] is not before["setup"]
    assert dict(vars(Layout)) == before


def test_another_version_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    from weasyprint.text.line_break import Layout

    monkeypatch.setattr(weasyprint, "__version__", "71.0")
    before = Layout.setup
    with weasyprint_patches.patched_weasyprint():
        assert Layout.setup is before


@pytest.mark.parametrize("letter", ["w", "i", "م", "x\u0323"])
def test_a_word_of_two_thousand_letters_is_the_same(letter: str, monkeypatch: pytest.MonkeyPatch) -> None:
    style = "<style>p { font: 10pt 'Fira Sans'; overflow-wrap: break-word } td { width: 20mm }</style>"
    note = f"<p>{letter * 2000}</p><p>before {letter * 700} after</p><table><tr><td>{letter * 400}</td></tr></table>"
    patched, plain = both(monkeypatch, f"<html><head><title>t</title>{style}</head><body>{note}</body></html>")
    assert patched == plain


def test_each_line_of_a_long_word_shapes_what_a_line_could_hold(monkeypatch: pytest.MonkeyPatch) -> None:
    from weasyprint.text.line_break import Layout

    shaped: list[int] = []
    original = Layout.set_text

    def counting(self: Layout, text: str, justify: bool = False) -> None:
        shaped.append(len(text))
        original(self, text, justify)

    monkeypatch.setattr(Layout, "set_text", counting)
    style = "<style>p { font: 10pt 'Fira Sans'; overflow-wrap: break-word }</style>"
    pdf.make_from_html(f"<html><head><title>t</title>{style}</head><body><p>{'w' * 20_000}</p></body></html>")
    long = [length for length in shaped if length > weasyprint_patches.ENOUGH]
    assert len(long) <= 10


def test_the_pages_are_listed_once_however_many_elements_name_them(monkeypatch: pytest.MonkeyPatch) -> None:
    listed: list[int] = []
    original = pydyf.PDF.page_references

    def counting(self: pydyf.PDF) -> tuple[bytes, ...]:
        listed.append(1)
        references: tuple[bytes, ...] = original.fget(self)
        return references

    monkeypatch.setattr(pydyf.PDF, "page_references", property(counting))
    made = pdf.make_from_html(PAGES)
    assert made.pages == 3
    assert len(listed) <= made.pages + 1


def test_each_object_is_turned_into_bytes_once(monkeypatch: pytest.MonkeyPatch) -> None:
    packed: list[str] = []
    original = pydyf.Stream.data

    def counting(self: pydyf.Stream) -> bytes:
        if self.compress:
            packed.append(str(self.extra.get("Type", self.number)))
        data: bytes = original.fget(self)
        return data

    monkeypatch.setattr(pydyf.Stream, "data", property(counting))
    pdf.make_from_html(PAGES)
    assert packed.count("/ObjStm") == 1
    assert len(packed) == len(set(packed))


def test_the_default_style_sheet_does_without_notes(edition: Edition, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each element would get six styles more; lists with markers come out as they do with all of it."""
    lists = "<ul><li>one</li></ul><ol><li>two<ul><li>three</li></ul></li></ol><dl><dt>four</dt><dd>five</dd></dl>"
    pages = [
        pdf.html_of(build(mixed(edition))),
        f"<html lang='en'><head><title>t</title></head><body>{lists}</body></html>",
    ]
    ours = [pdf.make_from_html(page).content for page in pages]
    monkeypatch.setattr(weasyprint_patches, "_NOTES", re.compile("$^"))
    pdf._render_context.cache_clear()
    try:
        assert [pdf.make_from_html(page).content for page in pages] == ours
    finally:
        pdf._render_context.cache_clear()


def test_a_layout_that_was_drawn_is_let_go(monkeypatch: pytest.MonkeyPatch) -> None:
    from weasyprint.text.line_break import Layout

    drawn: list[Layout] = []
    original = Layout.get_first_line

    def noting(self: Layout) -> object:
        if getattr(self, "woken", False):
            drawn.append(self)
        return original(self)

    monkeypatch.setattr(Layout, "get_first_line", noting)
    pdf.make_from_html(PAGES)
    assert drawn
    assert not any(hasattr(layout, "layout") for layout in drawn)
