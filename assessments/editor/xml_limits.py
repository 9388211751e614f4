"""Limits on the markup of XML that somebody uploads, before a library builds objects from it.

A few hundred kilobytes can hold a tag with as many attributes as no spreadsheet has, over which a library walks for
minutes. Counting them with the parser itself takes a fraction of a second.
"""

from xml.parsers import expat

MOST_ELEMENTS = 300_000
"""In all parts of a file. The shipped bank has 61,000."""
MOST_ATTRIBUTES = 200
"""Of one element."""
MOST_TOKEN_BYTES = 262_144
"""Of one tag or comment: the parser reads an unfinished one again with every chunk."""


class TooMuchMarkup(Exception):
    """The message says what of it is too much, to go before the name of the file."""


class MarkupCounter:
    """Counts over all parts of one file; a part that is no XML ends where it stops being XML."""

    def __init__(self) -> None:
        self._elements = 0
        self.begin()

    def begin(self) -> None:
        """The next part."""
        self._parser: expat.XMLParserType | None = expat.ParserCreate()
        self._fed = 0
        self._parser.ordered_attributes = True
        self._parser.StartElementHandler = self._element
        self._parser.StartDoctypeDeclHandler = self._doctype

    def feed(self, chunk: bytes) -> None:
        """Raises TooMuchMarkup."""
        if self._parser is None:
            return
        self._fed += len(chunk)
        try:
            self._parser.Parse(chunk, False)
        except expat.ExpatError:
            self._parser = None
            return
        if self._fed - self._parser.CurrentByteIndex > MOST_TOKEN_BYTES:
            raise TooMuchMarkup("the file contains a tag that is far longer than any of a spreadsheet")

    def _element(self, _name: str, attributes: list[str]) -> None:
        self._elements += 1
        if self._elements > MOST_ELEMENTS:
            raise TooMuchMarkup("the file contains far more cells than a bank needs: also empty ones count")
        if len(attributes) > 2 * MOST_ATTRIBUTES:
            raise TooMuchMarkup("the file contains a tag with far more attributes than any of a spreadsheet")

    def _doctype(self, *_declared: object) -> None:
        raise TooMuchMarkup("the file declares entities of its own, which no spreadsheet needs")
