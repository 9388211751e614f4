"""What nobody has looked at yet, and what was left out, in words."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from assessments.presentation.open_points import (
    FindOutStatement,
    Hint,
    LeftOutStatement,
    NotLookedAtStatement,
    ToCheckStatement,
)
from assessments.wording.phrases import minutes_text, provisional_note


@dataclass(frozen=True, slots=True)
class FindOutWords:
    """`how` says how to find out; `why` what rests on the question: a gate, or its weight. `settle` as below."""

    question: str
    asks: str
    how: str
    who: str
    why: str
    settle: str


@dataclass(frozen=True, slots=True)
class NotLookedAtWords:
    """As FindOutWords, of an answer that says that nobody has looked."""

    question: str
    asks: str
    how: str
    who: str
    why: str


@dataclass(frozen=True, slots=True)
class ToCheckWords:
    """`why` says what would matter, `settle` names the question about the business that settles it."""

    question: str
    asks: str
    why: str
    settle: str


@dataclass(frozen=True, slots=True)
class LeftOutWords:
    """`reason` is what a person typed, as typed."""

    question: str
    asks: str
    reason: str


def find_out_words(item: FindOutStatement) -> FindOutWords:
    """What to find out, whom to ask, and why it matters."""
    return FindOutWords(
        question=item.question.id,
        asks=item.question.text,
        how=_how(item.hint),
        who=_("Ask: %(who)s.") % {"who": item.who_knows},
        why=_("Much rests on it: figures stay low until it is known.") if item.gate else weight_text(item.weight),
        settle=_settle(item.settled_by) if item.settled_by else "",
    )


def not_looked_at_words(item: NotLookedAtStatement) -> NotLookedAtWords:
    return NotLookedAtWords(
        question=item.question.id,
        asks=item.question.text,
        how=_how(item.hint),
        who=_("Ask: %(who)s.") % {"who": item.who_knows},
        why=item.gate.reason,
    )


def to_check_words(item: ToCheckStatement) -> ToCheckWords:
    reasons = [*([item.gate.reason] if item.gate else []), *item.asks]
    return ToCheckWords(
        question=item.question.id,
        asks=item.question.text,
        why=_("If it concerns you: %(what)s") % {"what": " ".join(dict.fromkeys(reasons))} if reasons else "",
        settle=_settle(item.settled_by),
    )


def left_out_words(item: LeftOutStatement) -> LeftOutWords:
    return LeftOutWords(item.question.id, item.question.text, item.reason)


def weight_text(weight: int) -> str:
    return _("Weight %(weight)d.") % {"weight": weight}


def _how(hint: Hint | None) -> str:
    if hint is None:
        return ""
    return _("%(how)s About %(time)s.") % {"how": hint.text, "time": minutes_text(hint.minutes)}


def _settle(questions: Sequence[str]) -> str:
    if not questions:
        return provisional_note()
    return _("Settled by: %(questions)s") % {"questions": " ".join(f"“{text}”" for text in questions)}
