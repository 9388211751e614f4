"""Reading a PDF as a person, a screen reader or a printer would."""

import re
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any

import outloud
import page as page_validation
import pikepdf
from pypdf import PdfReader

from reports.formats import pdf


@lru_cache(maxsize=4)
def text_of(content: bytes) -> str:
    """All words in reading order, single-spaced. Reading takes longer than rendering: each PDF is read once."""
    pages = PdfReader(BytesIO(content)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def squeezed(text: str) -> str:
    """Without spaces: line breaks in the PDF may be anywhere between words."""
    return re.sub(r"\s+", "", text)


def says(content: bytes, *sentences: str) -> list[str]:
    """Those of the sentences that are missing from the PDF."""
    read = squeezed(text_of(content))
    return [sentence for sentence in sentences if squeezed(sentence) not in read]


RULES = {page_validation.ValidationProfile.PDF_UA_1: 104, page_validation.ValidationProfile.PDF_A_3A: 156}


def broken_rules(content: bytes) -> list[str]:
    """Rules of PDF/UA-1 and PDF/A-3a that are broken, by a checker independent of the renderer."""
    broken = []
    for profile, total in RULES.items():
        report = page_validation.validate_pdf_bytes(content, profile=profile)
        assert report.rules.total == total
        broken += [f"{failure.rule_id}: {failure.message}" for failure in report.failures]
    return broken


# Not asked of a report: whether what is painted comes in the order of the tags (they have the order of reading), and
# whether a table has more cells that head than others (a row with a name and one value has), and that a name of a site
# within a text of law is a link.
NOT_ASKED = ["ORD-001", "TBL-010", "LNK-010"]


def heard_amiss(path: Path) -> list[str]:
    """What a second checker finds, which reads the file as a screen reader would: PDF/UA-1 and WCAG 2.2."""
    found = outloud.check(str(path), skip=NOT_ASKED)
    assert found.error is None
    return [f"{each.rule}: {each.message}" for each in found.findings if each.severity != "info"]


def parts_of_kind(content: bytes, kind: str) -> list[Any]:
    """Structure elements of one kind, such as /TH."""
    with pikepdf.open(BytesIO(content)) as pdf:
        found = [part for part in pdf.objects if isinstance(part, pikepdf.Dictionary) and part.get("/S") == kind]
        return [_plain(part) for part in found]


def fonts_of(content: bytes) -> dict[str, bool]:
    """Every font by name, and whether its file is inside."""
    with pikepdf.open(BytesIO(content)) as pdf:
        return {
            str(part["/FontName"]): bool({"/FontFile", "/FontFile2", "/FontFile3"} & set(part.keys()))
            for part in pdf.objects
            if isinstance(part, pikepdf.Dictionary) and part.get("/Type") == "/FontDescriptor"
        }


def bookmarks_of(content: bytes) -> list[tuple[int, str]]:
    """Every bookmark with its depth."""

    def walk(entries: Any, depth: int) -> list[tuple[int, str]]:
        found: list[tuple[int, str]] = []
        for entry in entries:
            if isinstance(entry, list):
                found += walk(entry, depth + 1)
            else:
                found.append((depth, str(entry.title)))
        return found

    return walk(PdfReader(BytesIO(content)).outline, 1)


def _plain(part: pikepdf.Dictionary) -> dict[str, Any]:
    attributes = part.get("/A")
    return {"scope": str(attributes.get("/Scope")) if isinstance(attributes, pikepdf.Dictionary) else None}


def filled(html: str, *styles: str) -> list[float]:
    """How far down each page is printed, as a share of the height between its margins.

    `styles` are those of our style sheets that are added to that of reports.
    """
    context = pdf._render_context()
    sheets = [*context.styles, *map(context.sheet, styles)]
    laid_out = context.page_source(html).render(font_config=context.fonts, stylesheets=sheets)
    return [_share_printed(page._page_box) for page in laid_out.pages]


def _share_printed(page: Any) -> float:
    return float((max(_lowest(box) for box in page.children) - page.content_box_y()) / page.height)


def _lowest(box: Any) -> float:
    """The bottom of the lowest text, picture or chart; headers of a page are above all of them."""
    inside = [_lowest(child) for child in getattr(box, "children", ())]
    return max(inside) if inside else box.position_y + (box.height if isinstance(box.height, int | float) else 0)
