"""What the file is called when a person gets it: organisation, what it is, day, and the suffix of its format."""

import re
import unicodedata

LONGEST = 80
MOST_BYTES = 200
"""File systems take 255, with the date and a number behind: letters of some scripts have four bytes each."""
_NOT_IN_NAMES = re.compile(r"[^\w]+")


def file_name(organisation: str, what: str, date: str, suffix: str) -> str:
    """Letters of any script are kept, characters special to a file system are removed. `what` is a word for what is
    inside, `date` as YYYY-MM-DD, with "-2" for the second of a day; `suffix` with its dot.
    """
    plain = unicodedata.normalize("NFC", organisation)
    words = _NOT_IN_NAMES.sub("-", plain).strip("-_")[:LONGEST].encode()[:MOST_BYTES].decode(errors="ignore")
    return f"{words.rstrip('-_') or 'organisation'}-{what}-{date}{suffix}"
