"""The file around the body: styles, page, header and footer, properties; and its bytes, the same every time."""

from datetime import UTC, datetime
from io import BytesIO
from typing import Any

from django.utils.translation import gettext as _
from docx import Document
from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.parser import parse_xml
from docx.shared import Mm
from docx.text.paragraph import Paragraph

from reports.formats.word.elements import add_element, add_field, add_run
from reports.formats.word.look import OfficeDocument, colour_of, language_of, numbering_xml, styles_xml
from reports.formats.zip_files import repacked
from reports.kinds.paper import Paper

EFFECTS = "http://schemas.microsoft.com/office/2007/relationships/stylesWithEffects"
NOT_OURS = {EFFECTS, RELATIONSHIP_TYPE.CUSTOM_XML, RELATIONSHIP_TYPE.THUMBNAIL}
"""Parts of the library's empty document that say nothing about a report."""

COMPATIBLE_WITH = "15"
"""Word 2013 and newer: older values make Word say that the document is of an older kind."""

SIZES = {Paper.A4: (210.0, 297.0), Paper.LETTER: (215.9, 279.4)}
LEFT_MARGIN, TEXT_WIDTH = 24, 164
"""In millimetres, on either paper: tables are made for this width."""

PROGRAM = b"""<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">\
<Application>Evenkeel</Application></Properties>"""


def empty_document(report: OfficeDocument) -> WordDocument:
    """With styles, page, header, footer and properties, and no body yet."""
    document = Document()
    part: Any = document.part
    for owner in (part, part.package):
        for key in [key for key, each in owner.rels.items() if each.reltype in NOT_OURS]:
            owner.rels.pop(key)
    part._styles_part._element = parse_xml(styles_xml(colour_of(report), language_of(report)))
    part.numbering_part._element = parse_xml(numbering_xml())
    for other in part.package.iter_parts():
        if other.partname == "/docProps/app.xml":
            other._blob = PROGRAM
    _set_compatibility(document, language_of(report))
    _set_properties(document, report)
    _set_page(document, report)
    return document


def bytes_of(document: WordDocument) -> bytes:
    """The same for the same document, in any process."""
    target = BytesIO()
    document.save(target)
    return repacked(target.getvalue())


def _set_compatibility(document: WordDocument, language: str) -> None:
    settings: Any = document.settings.element
    for each in settings.xpath("w:compat/w:compatSetting[@w:name='compatibilityMode']"):
        each.set(each.keys()[-1], COMPATIBLE_WITH)
    for name in ("w:rsids", "w:savePreviewPicture", "w:proofState"):
        for each in settings.xpath(name):
            settings.remove(each)
    for each in settings.xpath("w:themeFontLang"):
        each.attrib.clear()
        each.set(f"{{{each.nsmap['w']}}}val", language)


def _set_properties(document: WordDocument, report: OfficeDocument) -> None:
    day = datetime.fromisoformat(report.created).replace(tzinfo=UTC)
    properties = document.core_properties
    properties.title = report.title[:255]
    properties.subject = report.cover.title
    properties.author = report.brand.name[:255] if report.brand else "Evenkeel"
    properties.last_modified_by = "Evenkeel"
    properties.comments = ""
    properties.keywords = ""
    properties.language = language_of(report)
    properties.revision = 1
    properties.created = properties.modified = day


def _set_page(document: WordDocument, report: OfficeDocument) -> None:
    section = document.sections[0]
    width, height = SIZES[report.paper]
    section.page_width, section.page_height = Mm(width), Mm(height)
    section.left_margin, section.right_margin = Mm(LEFT_MARGIN), Mm(width - LEFT_MARGIN - TEXT_WIDTH)
    section.top_margin, section.bottom_margin = Mm(26), Mm(22)
    section.header_distance = section.footer_distance = Mm(11)
    section.different_first_page_header_footer = True
    add_run(section.header.paragraphs[0]._p, report.cover.running)
    footer = section.footer.paragraphs[0]
    _right_tab(footer)
    add_run(footer._p, f"{report.brand.name if report.brand else 'Evenkeel'}")
    add_element(add_element(footer._p, "w:r"), "w:tab")
    add_run(footer._p, _("Page") + " ")
    add_field(footer._p, "PAGE", "1")
    add_run(footer._p, " " + _("of") + " ")
    add_field(footer._p, "NUMPAGES", "1")


def _right_tab(paragraph: Paragraph) -> None:
    from docx.enum.text import WD_TAB_ALIGNMENT

    paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(TEXT_WIDTH), WD_TAB_ALIGNMENT.RIGHT)
