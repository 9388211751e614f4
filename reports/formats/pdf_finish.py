"""Adds to a PDF what WeasyPrint leaves out: scopes of header cells, links that are printed, marks of both standards.

WeasyPrint declares one standard a file. A report keeps two: PDF/A-3a, so that it can be read in years to come, and
PDF/UA-1, so that a screen reader can read it. The second one's mark, and the description of its name that PDF/A asks
for (ISO 19005-3, 6.6.2.3), go into the metadata here.
"""

from base64 import a85encode
from typing import Any

from reports.formats.pdf_artifacts import mark_margins

PRINT_FLAG = 4
RDF_END = b"</rdf:RDF>"

UA_MARK = b"""\
<rdf:Description xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" rdf:about="">
<pdfuaid:part>1</pdfuaid:part>
</rdf:Description>
<rdf:Description xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#"
 rdf:about="">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of the standard PDF/UA that this file keeps</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
"""


def finish_pdf(document: Any, pdf: Any) -> None:
    """`document` is WeasyPrint's, `pdf` pydyf's before it is written. Called once for each file."""
    mark_margins(pdf)
    for part in pdf.objects:
        if isinstance(part, dict):
            _mend(pdf, part)
        elif hasattr(part, "compress"):
            if part.extra.get("Type") == "/Metadata":
                _declare_both(part)
            elif part.extra.get("Subtype") == "/Image":
                # Invented pixels between those there are: PDF/A forbids them.
                part.extra["Interpolate"] = "false"
            _end_clearly(part)


def _mend(pdf: Any, part: dict[str, Any]) -> None:
    if part.get("S") == "/TH":
        part["A"]["Scope"] = "/Column" if _within(pdf, part, "/THead") else "/Row"
    elif part.get("Subtype") == "/Link":
        part["F"] = PRINT_FLAG


def _declare_both(metadata: Any) -> None:
    """PDF/A allows no compression here, so that any program finds the mark."""
    metadata.compress = False
    metadata.stream = [part.replace(RDF_END, UA_MARK + RDF_END) for part in metadata.stream]


def _end_clearly(stream: Any) -> None:
    """A line end follows a stream. Data that ends with a carriage return would make it one of two bytes, and its length
    one too many for a reader that counts up to the line end. ASCII85 ends with ">".
    """
    if not stream.compress:
        return
    data = stream.data
    packed = data[data.index(b"\nstream\n") + 8 : -len(b"\nendstream")]
    stream.compress = False
    stream.extra["Filter"] = "/FlateDecode"
    if packed.endswith(b"\r"):
        packed = a85encode(packed) + b"~>"
        stream.extra["Filter"] = "[/ASCII85Decode /FlateDecode]"
    stream.stream = [packed]


def _within(pdf: Any, cell: dict[str, Any], kind: str) -> bool:
    """Whether the row of a cell is in a part of the table of this kind."""
    row = _parent(pdf, cell)
    return bool(_parent(pdf, row).get("S") == kind)


def _parent(pdf: Any, part: dict[str, Any]) -> Any:
    return pdf.objects[int(part["P"].split()[0])]
