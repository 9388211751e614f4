"""Every character is drawn, replaced by words or left out: no empty boxes."""

import pytest

from assessments.bank.types import Edition
from reports.document import build
from reports.formats import glyphs, pdf
from reports.formats.glyphs import drawable
from tests.reports.paper import broken_rules, says
from tests.reports.samples import level, source


@pytest.fixture
def no_other_fonts(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine with only the fonts of the report."""
    glyphs._drawn.cache_clear()
    monkeypatch.setattr(glyphs, "_some_font_has", lambda character: False)


@pytest.mark.parametrize("text", ["plain", "Boulangerie Lumière", "Ελλάδα Україна", "½ € → ✓", "fi", "a\u0301"])
def test_what_the_fonts_have_stays(text: str) -> None:
    import unicodedata

    assert drawable(text) == unicodedata.normalize("NFC", text)


@pytest.mark.parametrize("character", ["\x00", "\x0b", "\x1f", "\ud800", "\ue000", "\ufffe", "\u0378"])
def test_what_is_no_character_goes(character: str) -> None:
    assert drawable(f"a{character}b") == "ab"


def test_a_tab_is_a_blank() -> None:
    assert drawable("a\tb") == "a b"


def test_a_symbol_without_a_glyph_is_said(no_other_fonts: None) -> None:
    assert drawable("Good \U0001f44d") == "Good [thumbs up sign]"


def test_a_skin_tone_without_a_glyph_goes(no_other_fonts: None) -> None:
    assert drawable("Good \U0001f44d\U0001f3fd") == "Good [thumbs up sign]"


def test_a_letter_without_a_glyph_is_numbered(no_other_fonts: None) -> None:
    assert drawable("你") == "[U+4F60]"


def test_of_many_the_first_are_said_and_the_others_counted(no_other_fonts: None) -> None:
    rest = "[1980 characters left out that this file cannot show]"
    assert drawable("你é" * 2000) == "[U+4F60]é" * 20 + "é" * 1980 + rest
    assert drawable("\U0001f44d" * 21).endswith("[thumbs up sign][1 character left out that this file cannot show]")
    assert drawable("你" * 20) == "[U+4F60]" * 20


def test_of_marks_on_one_letter_a_few_stay() -> None:
    assert drawable("x" + "\u0323" * 2000 + "y") == "x" + "\u0323" * 10 + "y"
    assert drawable("x\u0323" * 20) == "x\u0323" * 20


def test_a_font_on_the_machine_helps(monkeypatch: pytest.MonkeyPatch) -> None:
    glyphs._drawn.cache_clear()
    monkeypatch.setattr(glyphs, "_some_font_has", lambda character: True)
    assert drawable("你") == "你"
    glyphs._drawn.cache_clear()


def test_the_fonts_of_this_machine_are_asked() -> None:
    """DejaVu comes with fontconfig everywhere and has Hebrew; no font covers an unassigned plane."""
    assert glyphs._some_font_has("ש")
    assert not glyphs._some_font_has("\U00088888")


def test_any_text_makes_an_accessible_report(edition: Edition) -> None:
    note = "שלום! مرحبا بالعالم\n你好 世界 👍🏽 \U00010330\n\u200bzero \u00adsoft\tTab"
    answers = {"ACCESS-02": level(3, note=note, evidence="👩‍👩‍👧 ℵ")}

    made = pdf.render_pdf(build(source(edition, answers=answers, organisation="面包店 🥐 Бублик")))

    assert broken_rules(made.content) == []
    assert says(made.content, "Бублик") == []
