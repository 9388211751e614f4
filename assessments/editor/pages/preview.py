"""What publishing a draft would do, before it is done. Of organisations it shows only figures, no names."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db.models import Exists, OuterRef

from assessments.bank.checks.edition import check_edition, errors_of
from assessments.bank.diff.editions import EditionDiff, Meaning, compare_editions, meaning_by_default
from assessments.bank.types import Edition
from assessments.editions.losses import OfferCheck, check_offer
from assessments.editions.newest import earlier_than, newest_in, offered
from assessments.editions.stored import UNREAD, edition_of, read_edition_rows
from assessments.editions.upgrades import editor_meanings, upgrade_preview
from assessments.editor.pages.changes import SectionLines, section_lines
from assessments.editor.pages.offers import LossShown, OpenRunsLine, loss_shown, runs_by_edition
from assessments.editor.pages.problems import ProblemList, problem_list
from assessments.editor.services.publishing import declined_request, fingerprint, standing_request
from assessments.models import Answer, Assessment, AssessmentState, EditionRow, PublishRequest
from assessments.pages.figure_changes import FigureChangeLine, pillar_changes
from assessments.queries import open_runs

SAMPLE_SIZE = 20


@dataclass(frozen=True, slots=True)
class SampleRunLine:
    number: int
    finished: bool
    moves: tuple[FigureChangeLine, ...]
    look_again: int
    new: int


@dataclass(frozen=True, slots=True)
class PreviewCounts:
    added: int
    removed: int
    changed: int
    changed_meaning: int


@dataclass(frozen=True, slots=True)
class PreviewPage:
    """`base` is the edition that the draft was copied from, None for a first one. `overtaken_by`: published since.

    `check` says whether publishing offers it too; `loss` is what its bank would no longer ask. `open_runs` are on
    earlier editions of its bank. `declined` is a request that waits for nobody any more.
    """

    draft: EditionRow
    base: EditionRow | None
    overtaken_by: EditionRow | None
    check: OfferCheck
    loss: LossShown | None
    starts_new_runs: bool
    seen: str
    problems: ProblemList
    sections: tuple[SectionLines, ...]
    counts: PreviewCounts
    questions: int
    open_runs: tuple[OpenRunsLine, ...]
    sample: tuple[SampleRunLine, ...]
    request: PublishRequest | None
    declined: PublishRequest | None


def preview_page(draft: EditionRow, now: datetime) -> PreviewPage:
    """The consequences of publishing the draft at this moment."""
    new, base = read_edition_rows(draft.pk), draft.predecessor
    chosen = editor_meanings(draft)
    problems = check_edition(new)
    errors = errors_of(problems)
    diff = _difference(base, new)
    newest, check = newest_in(draft.bank_id, offered()), check_offer(draft)
    seen = fingerprint(draft, new)
    return PreviewPage(
        draft=draft,
        base=base,
        overtaken_by=_overtaken_by(base, newest),
        check=check,
        loss=loss_shown(check.worst),
        starts_new_runs=newest is None or newest.law_status_as_of <= draft.law_status_as_of,
        seen=seen,
        problems=problem_list(draft, new, problems),
        sections=section_lines(diff, chosen) if diff else (),
        counts=_counts(new, diff, chosen),
        questions=len(new.questions),
        open_runs=runs_by_edition(open_runs(Assessment.objects.filter(edition__in=earlier_than(draft)))),
        sample=() if errors or base is None else tuple(_sample(base, new, chosen, now.date())),
        request=standing_request(draft, seen),
        declined=declined_request(draft),
    )


def _difference(base: EditionRow | None, new: Edition) -> EditionDiff | None:
    if base is None:
        return None
    old = edition_of(base)
    return compare_editions(old, replace(new, id=old.id))


def _overtaken_by(base: EditionRow | None, newest: EditionRow | None) -> EditionRow | None:
    return newest if base and newest and newest.pk != base.pk else None


def _counts(new: Edition, diff: EditionDiff | None, chosen: dict[str, Meaning]) -> PreviewCounts:
    if diff is None:
        return PreviewCounts(len(new.questions), 0, 0, 0)
    changed = diff.questions.changed
    meanings = [chosen.get(change.key, meaning_by_default(change)) for change in changed]
    return PreviewCounts(
        len(diff.questions.added), len(diff.questions.removed), len(changed), meanings.count(Meaning.CHANGED)
    )


def _sample(base: EditionRow, new: Edition, chosen: dict[str, Meaning], today: date) -> Iterator[SampleRunLine]:
    """In the order of their random keys, which reveals nothing about anybody."""
    answered = Exists(Answer.objects.filter(assessment=OuterRef("pk")))
    runs = Assessment.objects.filter(answered, edition=base).exclude(state=AssessmentState.SCOPING)
    runs = runs.select_related("edition").defer(*UNREAD).prefetch_related("answers").order_by("pk")
    for number, run in enumerate(runs[:SAMPLE_SIZE], 1):
        carried = upgrade_preview(run, run.answers.all(), new, chosen, today)
        finished = run.is_finished
        yield SampleRunLine(number, finished, pillar_changes(new, carried), len(carried.look_again), len(carried.new))
