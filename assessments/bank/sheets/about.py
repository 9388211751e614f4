"""The sheet that says where a spreadsheet comes from: plain cells, which every program keeps when it saves."""

from assessments.bank.document.origin import NAMES, FileOrigin, origin_as_plain
from assessments.bank.sheets.writer import Sheet

ABOUT = "about"

_SAYS = {
    "edition": "Which edition of the question bank this is.",
    "status": "Whether it was a draft or published.",
    "version": "Counts the changes to the edition itself.",
    "fingerprint": "Stands for the content at that moment. Leave it as it is: by it your changes are told from others.",
    "exported_at": "When this file was made.",
}


def about_sheet(origin: FileOrigin) -> Sheet:
    """A row for each fact, with a sentence for people."""
    plain = origin_as_plain(origin)
    return Sheet(ABOUT, ("field", "value", "says"), tuple((name, plain[name], _SAYS[name]) for name in NAMES))
