"""What changed between two texts, word by word."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

# A word keeps its apostrophes and hyphens; spaces and punctuation marks are separate pieces.
_PIECES = re.compile(r"\w+(?:['’\-]\w+)*|\s+|[^\w\s]")

# Comparing takes quadratic time: beyond this many pieces the changed middle counts as rewritten.
MAX_PIECES = 4_000


class WordFate(StrEnum):
    """What happened to a run of words."""

    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class WordRun:
    """Words in a row that share a fate."""

    fate: WordFate
    text: str


def word_diff(old: str, new: str) -> tuple[WordRun, ...]:
    """Runs in reading order, what was removed before what replaced it.

    SAME and REMOVED joined are the old text, SAME and ADDED joined the new one.
    """
    before, after = _PIECES.findall(old), _PIECES.findall(new)
    runs: list[WordRun] = []
    removed: list[str] = []
    added: list[str] = []
    for same, gone, come in _calm(list(_blocks(before, after))):
        removed += gone
        added += come
        if same:
            runs += _runs((WordFate.REMOVED, removed), (WordFate.ADDED, added), (WordFate.SAME, same))
            removed, added = [], []
    return tuple(runs + _runs((WordFate.REMOVED, removed), (WordFate.ADDED, added)))


_Block = tuple[Sequence[str], Sequence[str], Sequence[str]]


def _runs(*parts: tuple[WordFate, Sequence[str]]) -> list[WordRun]:
    return [WordRun(fate, "".join(pieces)) for fate, pieces in parts if pieces]


def _blocks(before: Sequence[str], after: Sequence[str]) -> Iterator[_Block]:
    """Pieces kept, removed and added, in order."""
    head, tail = _shared(before, after)
    middle_before, middle_after = before[head : len(before) - tail], after[head : len(after) - tail]
    yield before[:head], (), ()
    if len(middle_before) + len(middle_after) > MAX_PIECES:
        yield (), middle_before, middle_after
    else:
        matcher = SequenceMatcher(None, middle_before, middle_after, autojunk=False)
        for kind, i, j, k, m in matcher.get_opcodes():
            same = kind == "equal"
            yield (middle_before[i:j], (), ()) if same else ((), middle_before[i:j], middle_after[k:m])
    yield before[len(before) - tail :], (), ()


def _shared(before: Sequence[str], after: Sequence[str]) -> tuple[int, int]:
    """How many pieces the beginnings and then the ends have in common."""
    shorter = min(len(before), len(after))
    head = next((n for n in range(shorter) if before[n] != after[n]), shorter)
    rest = shorter - head
    tail = next((n for n in range(rest) if before[-1 - n] != after[-1 - n]), rest)
    return head, tail


def _calm(blocks: Sequence[_Block]) -> Iterator[_Block]:
    """Spaces and commas left unchanged between two changes count as changed: whole phrases read better."""
    blocks = [block for block in blocks if any(block)]
    for place, (same, gone, come) in enumerate(blocks):
        between = 0 < place < len(blocks) - 1 and not blocks[place - 1][0] and not blocks[place + 1][0]
        if between and not any(piece[0].isalnum() for piece in same):
            yield (), (*gone, *same), (*come, *same)
        else:
            yield same, gone, come
