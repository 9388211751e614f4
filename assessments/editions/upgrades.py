"""A newer edition for an open run: which one is offered, and what becomes of the answers under it."""

from collections.abc import Container, Iterable
from dataclasses import dataclass
from datetime import date
from enum import Enum, auto
from itertools import pairwise

from assessments.bank.diff.editions import Meaning, meanings
from assessments.bank.types import Edition
from assessments.editions.newest import is_newer, newest_in, offered
from assessments.editions.stored import edition_of
from assessments.models import Answer, Assessment, EditionRow, EditionUpgradeDecision, QuestionRow
from assessments.queries import run_of, scored_answers
from assessments.scope_facts import facts_from_json
from assessments.scoring.edition_upgrade import EditionUpgrade, upgrade_run
from assessments.scoring.scope import ScopeFacts

# No edition descends from another in more steps than this.
MAX_STEPS = 100


class NoUpgrade(Enum):
    """Why a run is offered no other edition."""

    IS_NEWEST = auto()
    """Its own is the newest that its bank offers."""
    NOT_OFFERED = auto()
    """Its own is not offered for new assessments, and nothing newer is."""
    NOTHING_SHARED = auto()
    """There is a newer one, which asks none of the same questions."""


def newer_or_why_not(row: EditionRow) -> "EditionRow | NoUpgrade":
    """The newest edition that the bank of `row` offers, if it is newer and asks some of the same questions."""
    newest = newest_in(row.bank_id, offered())
    if newest is None or not is_newer(newest, row):
        return NoUpgrade.IS_NEWEST if row.offered_at else NoUpgrade.NOT_OFFERED
    same = edition_of(row).question.keys() & edition_of(newest).question.keys()
    return newest if same else NoUpgrade.NOTHING_SHARED


def newer_edition(row: EditionRow) -> EditionRow | None:
    """Like `newer_or_why_not`, without the reason."""
    found = newer_or_why_not(row)
    return found if isinstance(found, EditionRow) else None


def editor_meanings(row: EditionRow) -> dict[str, Meaning]:
    """What the editors of an edition said about single questions, compared with the edition it was copied from."""
    rows = QuestionRow.objects.filter(domain__edition=row).exclude(meaning="")
    return {code: Meaning(meaning) for code, meaning in rows.values_list("code", "meaning")}


def meanings_between(old: EditionRow, new: EditionRow) -> dict[str, Meaning]:
    """By question: changed when any edition on the way from `old` to `new` changed what it means.

    The way leads over the edition that both descend from. Empty, which leaves everything to the rule, without one.
    """
    found: dict[str, Meaning] = {}
    for before, after in _steps(old, new):
        for question, meaning in meanings(edition_of(before), edition_of(after), editor_meanings(after)).items():
            if found.get(question) is not Meaning.CHANGED:
                found[question] = meaning
    was, now = edition_of(old).question, edition_of(new).question
    return {
        question: Meaning.SAME if was.get(question) == now.get(question) else meaning
        for question, meaning in found.items()
    }


def meaning_reasons_between(old: EditionRow, new: EditionRow) -> dict[str, str]:
    """By question, why its meaning changed on the way from `old` to `new`, where an edition says so."""
    on_the_way = [after.pk for _, after in _steps(old, new)]
    rows = QuestionRow.objects.filter(domain__edition__in=on_the_way).exclude(meaning_reason="")
    return dict(rows.order_by("pk").values_list("code", "meaning_reason"))


def _steps(old: EditionRow, new: EditionRow) -> list[tuple[EditionRow, EditionRow]]:
    """Pairs of predecessor and successor: those of `old`'s line, then those of `new`'s, from where the lines part."""
    olds, news = _line(old), _line(new)
    shared = {row.pk for row in olds} & {row.pk for row in news}
    if not shared:
        return []
    return [*_pairs(olds, shared), *_pairs(news, shared)]


def _line(row: EditionRow) -> list[EditionRow]:
    """The edition and what it descends from, newest first."""
    line = [row]
    while line[-1].predecessor and len(line) <= MAX_STEPS:
        line.append(line[-1].predecessor)
    return line


def _pairs(line: list[EditionRow], shared: Container[int]) -> list[tuple[EditionRow, EditionRow]]:
    pairs = [(before, after) for after, before in pairwise(line) if after.pk not in shared]
    return pairs[::-1]


def upgrade_preview(
    assessment: Assessment,
    rows: Iterable[Answer],
    new: Edition,
    chosen: dict[str, Meaning],
    today: date,
    given: ScopeFacts | None = None,
) -> EditionUpgrade:
    """Nothing is stored. An answer that already had to be looked at again counts as not given, before and after.

    `given` are answers to scope questions of `new`.
    """
    return upgrade_run(
        old=edition_of(assessment.edition),
        new=new,
        run=run_of(assessment),
        facts=facts_from_json(assessment.facts),
        answers=scored_answers(rows),
        chosen=chosen,
        today=today,
        given=given,
    )


@dataclass(frozen=True, slots=True)
class UpgradeOffer:
    """`stayed`: someone looked at it and kept the old edition."""

    edition: EditionRow
    stayed: bool


def upgrade_offer(assessment: Assessment) -> UpgradeOffer | None:
    """What an open run is offered; None for a finished one, which keeps its edition."""
    newer = None if assessment.is_finished else newer_edition(assessment.edition)
    if newer is None:
        return None
    return UpgradeOffer(newer, EditionUpgradeDecision.objects.filter(assessment=assessment, offered=newer).exists())
