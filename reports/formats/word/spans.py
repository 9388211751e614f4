"""Pieces of a paragraph."""

from dataclasses import dataclass

from reports.document.types import Prose

STRONG, MUTED, WARNING = "Strong", "Muted", "Warning"


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of text in a character style; line breaks in it are kept.

    `to` is what it links to: "#" with the anchor of a heading or paragraph, or an address. `typed`: a person typed
    it, so it may run from right to left.
    """

    text: str
    style: str = ""
    to: str = ""
    typed: bool = False


Piece = str | Span


def strong(text: str) -> Span:
    """What is read first in a paragraph."""
    return Span(text, STRONG)


def muted(text: str) -> Span:
    """What may be passed over."""
    return Span(text, MUTED)


def link(text: str, to: str = "") -> Span:
    """To the question or step with this id; `to` where the text is another."""
    return Span(text, to=f"#{to or text}" if text else "")


def typed(text: Prose) -> Span:
    """Words of people, with their line breaks."""
    return Span("\n".join(text.lines), typed=True)
