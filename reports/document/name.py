"""What the file is called when a person gets it: organisation-assessment-date, and the suffix of its format."""

import re
import unicodedata

LONGEST = 80
_NOT_IN_NAMES = re.compile(r"[^\w]+")


def file_name(organisation: str, date: str, suffix: str) -> str:
    """Letters of any script are kept, characters special to a file system are removed. `date` as YYYY-MM-DD, with
    "-2" for the second of a day; `suffix` with its dot.
    """
    plain = unicodedata.normalize("NFC", organisation)
    words = _NOT_IN_NAMES.sub("-", plain).strip("-_")[:LONGEST].rstrip("-_")
    return f"{words or 'organisation'}-assessment-{date}{suffix}"
