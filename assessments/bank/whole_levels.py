"""Levels of a question that can be read without the levels around them."""

from assessments.bank.types import Question

AS_BEFORE = "As before"
"""How a level of edition 2026.1 refers to the one below it."""


def whole_level(question: Question, level: int) -> str:
    """The text of a level for pages that show it alone: what it builds on comes first, in the same sentence."""
    own = question.levels[level]
    if level == 0 or not own.startswith(AS_BEFORE):
        return own
    added = own.removeprefix(AS_BEFORE).lstrip(" ,;:")
    return f"{whole_level(question, level - 1).rstrip('.')}; {added}"
