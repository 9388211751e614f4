"""A newer edition, as the people of an assessment see it before they choose."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from assessments.bank.types import Edition
from assessments.bank.words import WordRun, word_diff
from assessments.models import EditionRow
from assessments.pages.moves import Move, pillar_moves
from assessments.scoring.carry import CarryOver, LookAgain, Why
from assessments.scoring.types import Answer, PillarResult
from assessments.wording import answer_text

REASONS = {
    Why.MEANING: lambda: _("The question means something else now."),
    Why.NOT_APPLICABLE_NOT_OFFERED: lambda: _("“Doesn’t apply” is no longer an answer for a business like yours."),
}


@dataclass(frozen=True, slots=True)
class AgainLine:
    code: str
    runs: tuple[WordRun, ...]
    given: str
    why: str


@dataclass(frozen=True, slots=True)
class OfferPage:
    """`gone` and `new` are texts of questions; `scope_again` texts of facts about the business to confirm."""

    edition: EditionRow
    moves: tuple[Move, ...]
    carried: int
    again: tuple[AgainLine, ...]
    new: tuple[str, ...]
    gone: tuple[str, ...]
    scope_again: tuple[str, ...]


def offer_page(
    old: Edition, row: EditionRow, new: Edition, carried: CarryOver, frozen: Iterable[PillarResult] = ()
) -> OfferPage:
    """`frozen` are the figures of a finished result, which stand as they were."""
    return OfferPage(
        edition=row,
        moves=_moves(pillar_moves(new, carried), new, frozen),
        carried=len(carried.carried),
        again=tuple(_again(old, line) for line in carried.look_again),
        new=tuple(f"{question.id} {question.text}" for question in carried.new),
        gone=tuple(f"{line.question.id} {line.question.text}" for line in carried.no_longer_asked),
        scope_again=tuple(question.text for question in carried.scope_again),
    )


def _moves(moves: tuple[Move, ...], new: Edition, frozen: Iterable[PillarResult]) -> tuple[Move, ...]:
    names = {pillar.code: pillar.name for pillar in new.pillars}
    was = {names.get(p.code, p.code): str(p.low.figure) if p.low else "–" for p in frozen}
    return tuple(_from(move, was.get(move.pillar, move.before)) for move in moves)


def _from(move: Move, before: str) -> Move:
    return Move(move.pillar, before, move.after, before != move.after)


def _again(old: Edition, line: LookAgain) -> AgainLine:
    return AgainLine(
        code=line.question.id,
        runs=word_diff(line.before.text, line.question.text),
        given=_given(old, line, line.answer),
        why=REASONS[line.why](),
    )


def _given(old: Edition, line: LookAgain, answer: Answer) -> str:
    return answer_text(old, line.before, answer.kind, answer.level)
