"""Rules for the words of a question: none missing, and plain enough to understand at first reading."""

import re
from collections.abc import Iterator

from assessments.bank.errors import Problem, Severity
from assessments.bank.types import Question

# The reading index LIX: words in a sentence plus the share of long words. Newspapers score around 45, laws around 60.
HARD_TO_READ = 42
LONG_WORD = 7

_WORD = re.compile(r"\w+(?:['’\-]\w+)*")
_SENTENCE_END = re.compile(r"[.!?:;](?=\s|$)")
_LINK = re.compile(r"\]\(\s*<?([^)\s>]+)")


def check_wording(question: Question, place: str) -> Iterator[Problem]:
    for name in ("text", "help", "weight_reason", *(() if question.steps else ("first_step",))):
        if not getattr(question, name).strip():
            yield Problem(f"{place}, {name}", "expected text, found nothing")
    for number, level in enumerate(question.levels):
        if not level.strip():
            yield Problem(f"{place}, levels, level {number}", "expected text, found nothing")
    index = reading_index(_read_together(question))
    if index > HARD_TO_READ:
        message = (
            f"hard to read (reading index {index}, plain is at most {HARD_TO_READ}): use shorter sentences and words"
        )
        yield Problem(f"{place}, text", message, Severity.WARNING)
    for url in _LINK.findall(question.help):
        if not url.lower().startswith("https://"):
            yield Problem(f"{place}, help", f"{url} is shown as text: links begin with https://", Severity.WARNING)


def words_of(text: str) -> list[str]:
    """In lower case."""
    return [word.casefold() for word in _WORD.findall(text)]


def reading_index(text: str) -> int:
    """LIX, rounded down; 0 for a text without words."""
    words = _WORD.findall(text)
    sentences = max(1, len(_SENTENCE_END.findall(text)))
    long = sum(len(word) >= LONG_WORD for word in words)
    return (len(words) * len(words) + 100 * long * sentences) // (sentences * len(words)) if words else 0


def _read_together(question: Question) -> str:
    """A question alone is too short to be measured."""
    return " ".join(part if part.endswith((".", "?")) else f"{part}." for part in _parts(question))


def _parts(question: Question) -> Iterator[str]:
    yield from (part for part in (question.text, question.help, *question.levels) if part.strip())
