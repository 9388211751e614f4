"""Reading forms with files: what a header of a part may look like, so that no part takes long to read.

Django gives the headers of every part to Python's mail parser, whose time grows with the square of their semicolons: a
thousand parts that nobody would send took a second, at any address, before any other limit counts.
"""

from typing import Any

from django.http import multipartparser
from django.utils.http import parse_header_parameters

# All that Django looks at, of the request itself too. Browsers send no others.
READ = ("content-disposition:", "content-type:", "content-transfer-encoding:", "multipart/")
MOST_SEMICOLONS = 12
"""A browser sends two; the others may be in the name of a file."""

# Not among the names that it offers.
_parser: Any = multipartparser


def limit_part_headers() -> None:
    """For every form that this process reads from now on. What is longer counts as no header, as what is none does."""
    _parser.parse_header_parameters = _parse_short


def _parse_short(line: str) -> tuple[str, dict[str, str]]:
    if line.count(";") > MOST_SEMICOLONS or not line[:32].lower().startswith(READ):
        raise ValueError("no header that a form needs")
    return parse_header_parameters(line)
