"""Styles and numbering: what makes the document look, and be read out, as a report."""

from dataclasses import dataclass
from typing import Any, Protocol
from xml.sax.saxutils import quoteattr

from reports.document.types import BrandPart
from reports.kinds.paper import Paper

OWN_COLOUR = "#0b4f5c"
INK, SOFT, LINE, PAPER, URGENT, MARK = "15242c", "4a5b64", "d9d4c6", "f6f4ec", "a3281d", "8a5300"
FONT = "Calibri"
"""Every Word has it; LibreOffice has one with the same widths."""

TONES = {
    "0": "a3281d",
    "1": "b45f06",
    "2": "8f7d1c",
    "3": "2f7350",
    "4": "0b5f6e",
    "Unknown": "767d7a",
    "Out": LINE,
}
COVER: dict[str, Any] = {"colour": "ffffff", "left": 280, "right": 280, "frame": True}
NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
LANGUAGES = {"en-gb": "en-GB", "en-us": "en-US", "en": "en-GB"}


class OfficeCover(Protocol):
    """What an office file shows of a cover everywhere: its properties and the line above each page."""

    @property
    def title(self) -> str: ...
    @property
    def running(self) -> str: ...


class OfficeDocument(Protocol):
    """What an office file takes its look and its properties from: a report, or a portfolio."""

    @property
    def title(self) -> str: ...
    @property
    def language(self) -> str: ...
    @property
    def created(self) -> str: ...
    @property
    def cover(self) -> OfficeCover: ...
    @property
    def brand(self) -> BrandPart | None: ...
    @property
    def paper(self) -> Paper: ...


def colour_of(report: OfficeDocument) -> str:
    """The consultancy's colour as "#0b4f5c", our own without one."""
    return report.brand.colour if report.brand and report.brand.colour else OWN_COLOUR


def language_of(report: OfficeDocument) -> str:
    """As Word names it: "en-GB"."""
    language, _, country = report.language.partition("-")
    return LANGUAGES.get(report.language, f"{language}-{country.upper()}" if country else language)


@dataclass(frozen=True, slots=True)
class ParagraphStyle:
    """`size` in half points, `before`, `after`, `left` and `right` in twips. `border` is the colour of a line at the
    left; with a `frame` the `fill` reaches beyond the text, and paragraphs that follow each other are one block.
    """

    key: str
    name: str
    size: int = 21
    bold: bool = False
    colour: str = INK
    before: int = 0
    after: int = 100
    left: int = 0
    right: int = 0
    hanging: int = 0
    border: str = ""
    frame: bool = False
    fill: str = ""
    level: int | None = None
    numbering: str = ""
    together: bool = False
    follows: str = "Normal"

    def xml(self) -> str:
        bold = "<w:b/><w:bCs/>" if self.bold else ""
        based = "" if self.key == "Normal" else '<w:basedOn w:val="Normal"/>'
        default = ' w:default="1"' if self.key == "Normal" else ""
        return (
            f'<w:style w:type="paragraph"{default} w:styleId="{self.key}"><w:name w:val="{self.name}"/>{based}'
            f'<w:next w:val="{self.follows}"/><w:qFormat/><w:pPr>{self._behaviour()}{self._place()}</w:pPr>'
            f'<w:rPr>{bold}<w:color w:val="{self.colour}"/><w:sz w:val="{self.size}"/><w:szCs w:val="{self.size}"/>'
            "</w:rPr></w:style>"
        )

    def _behaviour(self) -> str:
        """What stays together, and numbers."""
        keep = "<w:keepNext/><w:keepLines/>" if self.level is not None or self.together else ""
        numbers = f'<w:numPr><w:numId w:val="{self.numbering}"/></w:numPr>' if self.numbering else ""
        return keep + numbers

    def _place(self) -> str:
        """Lines, background, distances and the level in the outline, in the order that the format asks for."""
        line = f'<w:left w:val="single" w:sz="24" w:space="6" w:color="{self.border}"/>'
        indent = f'<w:ind w:left="{self.left}" w:right="{self.right}" w:hanging="{self.hanging}"/>'
        return "".join(
            (
                f"<w:pBdr>{line}</w:pBdr>" if self.border else "",
                self._frame() if self.frame else "",
                f'<w:shd w:val="clear" w:color="auto" w:fill="{self.fill}"/>' if self.fill else "",
                f'<w:spacing w:before="{self.before}" w:after="{self.after}"/>',
                indent if self.left else "",
                f'<w:outlineLvl w:val="{self.level}"/>' if self.level is not None else "",
            )
        )

    def _frame(self) -> str:
        sides = (
            f'<w:{side} w:val="single" w:sz="4" w:space="{space}" w:color="{self.fill}"/>'
            for side, space in (("top", 20), ("left", 14), ("bottom", 20), ("right", 14))
        )
        return f"<w:pBdr>{''.join(sides)}</w:pBdr>"


def _paragraph_styles(colour: str) -> list[ParagraphStyle]:
    return [
        ParagraphStyle("Normal", "Normal"),
        ParagraphStyle("Title", "Title", size=68, bold=True, before=300, after=300, fill=colour, **COVER),
        ParagraphStyle("CoverKind", "Cover Kind", size=32, bold=True, before=1200, after=0, fill=colour, **COVER),
        ParagraphStyle("Subtitle", "Subtitle", size=26, before=60, after=0, fill=colour, **COVER),
        ParagraphStyle("Heading1", "heading 1", size=40, bold=True, colour=colour, before=360, after=140, level=0),
        ParagraphStyle("Heading2", "heading 2", size=26, bold=True, before=280, after=80, level=1),
        ParagraphStyle("Heading3", "heading 3", size=22, bold=True, before=220, after=50, level=2),
        ParagraphStyle("TOC1", "toc 1", size=23, before=60, after=40),
        ParagraphStyle("TOC2", "toc 2", size=20, after=20, left=340, colour=SOFT),
        ParagraphStyle(
            "ListBullet", "List Bullet", after=40, left=300, hanging=300, numbering="1", follows="ListBullet"
        ),
        ParagraphStyle("ListNumber", "List Number", after=20, left=440, hanging=440, together=True),
        ParagraphStyle("ListContinue", "List Continue", size=19, after=60, left=300),
        ParagraphStyle("StepContinue", "List Continue 2", size=19, after=100, left=440, colour=SOFT),
        ParagraphStyle("Lead", "Lead", size=26, bold=True, after=120),
        ParagraphStyle("Small", "Small Print", size=18, colour=SOFT),
        ParagraphStyle("Note", "Note", size=20, after=60, left=200),
        ParagraphStyle("Boxed", "Boxed", before=120, after=160, fill="e2eff0", left=60),
        ParagraphStyle("Signed", "Signed Text", after=0, border=colour, fill=PAPER, left=160, right=160),
        ParagraphStyle("Signature", "Signature", size=18, bold=True, colour=SOFT, before=40, after=220, left=160),
        ParagraphStyle("Sum", "Worked Sum", size=19, after=20, fill=PAPER, left=60),
        ParagraphStyle("TableText", "Table Text", size=18, before=30, after=30),
        ParagraphStyle("AfterTable", "After Table", size=8, after=80),
        ParagraphStyle("CoverBrand", "Cover Brand", size=32, bold=True, colour=colour, before=300, after=500),
        ParagraphStyle("MastBrand", "Masthead Brand", size=24, bold=True, colour=colour, after=60),
        ParagraphStyle("CoverDate", "Cover Date", size=26, after=1400, fill=colour, **COVER),
        ParagraphStyle("CoverFact", "Cover Fact", after=60),
        ParagraphStyle("CoverNotice", "Cover Notice", size=18, colour=SOFT, before=600),
        ParagraphStyle("Header", "header", size=16, colour=SOFT, after=0),
        ParagraphStyle("Footer", "footer", size=16, colour=SOFT, after=0),
        *(
            ParagraphStyle(f"Answer{tone}", f"Answer {tone}", before=40, after=80, left=200, border=line)
            for tone, line in TONES.items()
        ),
    ]


def _character_style(key: str, name: str, colour: str = "", *, bold: bool = False) -> str:
    bold_part = "<w:b/><w:bCs/>" if bold else ""
    colour_part = f'<w:color w:val="{colour}"/>' if colour else ""
    return (
        f'<w:style w:type="character" w:styleId="{key}"><w:name w:val="{name}"/><w:qFormat/>'
        f"<w:rPr>{bold_part}{colour_part}</w:rPr></w:style>"
    )


def _table_styles(colour: str) -> str:
    inside = f'<w:insideH w:val="single" w:sz="4" w:space="0" w:color="{LINE}"/>'
    edge = f'<w:bottom w:val="single" w:sz="4" w:space="0" w:color="{LINE}"/>'
    under_head = f'<w:bottom w:val="single" w:sz="10" w:space="0" w:color="{colour}"/>'
    margins = '<w:left w:w="0" w:type="dxa"/><w:right w:w="110" w:type="dxa"/>'
    return (
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
        f'<w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar>{margins}</w:tblCellMar></w:tblPr></w:style>'
        '<w:style w:type="table" w:styleId="ReportTable"><w:name w:val="Report Table"/>'
        '<w:basedOn w:val="TableNormal"/><w:tblPr><w:tblStyleRowBandSize w:val="1"/>'
        f"<w:tblBorders>{edge}{inside}</w:tblBorders></w:tblPr>"
        '<w:tblStylePr w:type="firstRow"><w:rPr><w:b/><w:bCs/></w:rPr>'
        f"<w:tcPr><w:tcBorders>{under_head}</w:tcBorders></w:tcPr></w:tblStylePr></w:style>"
    )


def styles_xml(colour: str, language: str) -> bytes:
    """`colour` as "#0b4f5c", `language` as "en-GB"."""
    plain = colour.removeprefix("#")
    fonts = f'w:ascii="{FONT}" w:hAnsi="{FONT}" w:cs="{FONT}" w:eastAsia="{FONT}"'
    characters = (
        _character_style("Strong", "Strong", bold=True),
        _character_style("Muted", "Muted", SOFT),
        _character_style("Tag", "Tag", MARK, bold=True),
        _character_style("Warning", "Warning", "7d4b00"),
        _character_style("Urgent", "Urgent", URGENT, bold=True),
        _character_style("Hyperlink", "Hyperlink", plain),
    )
    return (
        f'<w:styles xmlns:w="{NAMESPACE}"><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts {fonts}/>'
        f"<w:lang w:val={quoteattr(language)}/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr>"
        '<w:spacing w:after="100" w:line="264" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults>'
        f"{''.join(each.xml() for each in _paragraph_styles(plain))}{''.join(characters)}{_table_styles(plain)}"
        "</w:styles>"
    ).encode()


def numbering_xml() -> bytes:
    """Bullets are number 1, and numbered lists begin anew from the abstract number 2."""
    levels = (
        ("1", "bullet", "•", "300", "300"),
        ("2", "decimal", "%1", "440", "440"),
    )
    abstract = "".join(
        f'<w:abstractNum w:abstractNumId="{key}"><w:multiLevelType w:val="singleLevel"/><w:lvl w:ilvl="0">'
        f'<w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/>'
        f'<w:pPr><w:ind w:left="{left}" w:hanging="{hanging}"/></w:pPr></w:lvl></w:abstractNum>'
        for key, kind, text, left, hanging in levels
    )
    bullets = '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
    return f'<w:numbering xmlns:w="{NAMESPACE}">{abstract}{bullets}</w:numbering>'.encode()
