"""A newer edition, as the people of an assessment see it before they choose."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from django.utils.translation import gettext as _

from assessments.bank.diff.words import WordRun, word_diff
from assessments.bank.types import Edition
from assessments.editions.stored import edition_of
from assessments.editions.upgrades import NoUpgrade, meaning_reasons_between, newer_or_why_not
from assessments.models import EditionRow
from assessments.pages.figure_changes import FigureChangeLine, pillar_changes
from assessments.scoring.edition_upgrade import EditionUpgrade, LookAgain, LookAgainReason
from assessments.scoring.types import PillarResult, ScoredAnswer
from assessments.wording import answer_text

REASONS = {
    LookAgainReason.MEANING: lambda: _("The meaning of the question has changed."),
    LookAgainReason.NOT_APPLICABLE_NOT_OFFERED: lambda: _(
        "“Doesn’t apply” is no longer an answer for a business like yours."
    ),
}


@dataclass(frozen=True, slots=True)
class LookAgainLine:
    code: str
    runs: tuple[WordRun, ...]
    given: str
    why: str


@dataclass(frozen=True, slots=True)
class UpgradePage:
    """`gone` and `new` are texts of questions; `scope_again` texts of facts about the business to settle or confirm."""

    edition: EditionRow
    moves: tuple[FigureChangeLine, ...]
    carried: int
    again: tuple[LookAgainLine, ...]
    new: tuple[str, ...]
    gone: tuple[str, ...]
    scope_again: tuple[str, ...]


class NoUpgradeWords(NamedTuple):
    """Why there is no other edition to upgrade to, for an open run and for a result."""

    heading: str
    text: str
    of_result: str


def why_not_words(row: EditionRow) -> NoUpgradeWords:
    """For an edition without an upgrade; what is said holds within its bank."""
    why, edition = newer_or_why_not(row), {"code": row.code}
    if why is NoUpgrade.NOTHING_SHARED:
        return NoUpgradeWords(
            _("There is a newer edition, and nothing to carry over"),
            _("It asks none of the questions of edition %(code)s. Finish this assessment, then start a new one.")
            % edition,
            _("There is a newer edition, but it asks none of the questions that this result rests on."),
        )
    if why is NoUpgrade.NOT_OFFERED:
        return NoUpgradeWords(
            _("There is no newer edition to upgrade to"),
            _("New assessments no longer start on edition %(code)s. Yours goes on as it is.") % edition,
            _("New assessments no longer start on edition %(code)s, and nothing is newer. The result stays as it is.")
            % edition,
        )
    return NoUpgradeWords(
        _("You have the newest edition"),
        _("There is nothing newer for this assessment."),
        _("This result was reached under the newest edition."),
    )


def upgrade_page(
    old: EditionRow, row: EditionRow, carried: EditionUpgrade, frozen: Iterable[PillarResult] = ()
) -> UpgradePage:
    """From `old` to `row`. `frozen` are the figures of a finished result, which are shown as they were."""
    new, reasons = edition_of(row), meaning_reasons_between(old, row)
    return UpgradePage(
        edition=row,
        moves=_moves(pillar_changes(new, carried), new, frozen),
        carried=len(carried.carried),
        again=tuple(_again(edition_of(old), line, reasons) for line in carried.look_again),
        new=tuple(f"{question.id} {question.text}" for question in carried.new),
        gone=tuple(f"{line.question.id} {line.question.text}" for line in carried.no_longer_asked),
        scope_again=tuple(question.text for question in (*carried.scope_open, *carried.scope_reworded)),
    )


def _moves(
    moves: tuple[FigureChangeLine, ...], new: Edition, frozen: Iterable[PillarResult]
) -> tuple[FigureChangeLine, ...]:
    names = {pillar.code: pillar.name for pillar in new.pillars}
    was = {names.get(p.code, p.code): str(p.low.figure) if p.low else "–" for p in frozen}
    return tuple(_from(move, was.get(move.pillar, move.before)) for move in moves)


def _from(move: FigureChangeLine, before: str) -> FigureChangeLine:
    return FigureChangeLine(move.pillar, before, move.after, before != move.after)


def _again(old: Edition, line: LookAgain, reasons: Mapping[str, str]) -> LookAgainLine:
    return LookAgainLine(
        code=line.question.id,
        runs=word_diff(line.before.text, line.question.text),
        given=_given(old, line, line.answer),
        why=_why(line, reasons),
    )


def _why(line: LookAgain, reasons: Mapping[str, str]) -> str:
    given = reasons.get(line.question.id, "") if line.why is LookAgainReason.MEANING else ""
    return given or REASONS[line.why]()


def _given(old: Edition, line: LookAgain, answer: ScoredAnswer) -> str:
    return answer_text(old, line.before, answer.kind, answer.level)
