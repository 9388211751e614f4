"""JSON in one form only: equal values are equal bytes, and text in any other form is noticed."""

import hashlib
import json
from typing import Any, NoReturn

from assessments.signed_assessment.shown_text import shown_text

MOST_BYTES = 6_000_000
"""Of a signed assessment: one of the shipped bank has 0.9 MB with every note filled."""
MOST_DEPTH = 32
MOST_VALUES = 400_000
_MOST_DIGITS = 15


class UnreadableFile(ValueError):
    """The message is one sentence for the person who brought the file, from whose words nothing hidden is left."""

    def __init__(self, sentence: object) -> None:
        super().__init__(shown_text(str(sentence)))


def canonical(value: Any) -> bytes:
    """UTF-8, keys sorted by code point, no blanks between tokens, texts as they are: nothing is normalised.

    Raises UnicodeEncodeError for half a character. Only dicts, lists, texts, whole numbers, booleans and None.
    """
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode()


def sha256_of_values(value: Any) -> str:
    """SHA-256 of the canonical form, in hexadecimal."""
    return hashlib.sha256(canonical(value)).hexdigest()


def parse_json(content: bytes) -> tuple[Any, bool]:
    """The values of any JSON text within our bounds, and whether it is in canonical form. Raises UnreadableFile."""
    if len(content) > MOST_BYTES:
        raise UnreadableFile(f"The file is larger than {MOST_BYTES // 1_000_000} MB.")
    if sum(content.count(sign) for sign in (b",", b":", b"[", b"{")) > MOST_VALUES:
        raise UnreadableFile("The file holds far more values than an assessment has.")
    try:
        found = json.loads(
            content.decode(),
            object_pairs_hook=_without_repeats,
            parse_int=_whole,
            parse_float=_refuse_number,
            parse_constant=_refuse_number,
        )
        _refuse_depth(found)
        return found, canonical(found) == content
    except UnreadableFile:
        raise
    except UnicodeDecodeError:
        raise UnreadableFile("The file is no text in UTF-8: it was cut off, or is of another kind.") from None
    except UnicodeEncodeError:
        raise UnreadableFile("The file holds half a character.") from None
    except RecursionError:
        raise UnreadableFile(_TOO_DEEP) from None
    except ValueError:
        raise UnreadableFile("The file is no valid JSON: it was cut off, changed, or is of another kind.") from None


_TOO_DEEP = "The values in the file are nested more deeply than those of an assessment."


def _without_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise UnreadableFile("A key appears twice in the same place, so programs would disagree on what it says.")
    return found


def _whole(digits: str) -> int:
    if len(digits) > _MOST_DIGITS:
        _refuse_number(digits)
    return int(digits)


def _refuse_number(written: str) -> NoReturn:
    raise UnreadableFile(f"The file holds the number {written[:20]}, which no assessment has.")


def _refuse_depth(top: Any) -> None:
    """One level after the other, so that nothing here is as deep as the file."""
    level = [top]
    for _depth in range(MOST_DEPTH + 1):
        inside = [each for each in level if isinstance(each, dict | list)]
        if not inside:
            return
        level = [item for each in inside for item in (each.values() if isinstance(each, dict) else each)]
    raise UnreadableFile(_TOO_DEEP)
