"""What offering or withdrawing an edition would do, and which bank new assessments start on: counts, no names."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, QuerySet

from assessments.bank.loss import Loss
from assessments.editions.losses import check_offer, pillars_of_questions
from assessments.editions.newest import (
    default_bank,
    is_newer,
    newest_by_bank,
    newest_in,
    newest_offered_or_none,
    offered,
)
from assessments.editor.services.offers import offer_fingerprint, others_offered
from assessments.editor.services.publishing import declined_request, standing_request
from assessments.models import Assessment, Bank, EditionRow, PublishRequest, QuestionRow
from assessments.models.edition_choices import PillarChoice
from assessments.queries import open_runs

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True, slots=True)
class StartLine:
    """An edition on which new assessments start, with the number of its questions."""

    row: EditionRow
    questions: int


@dataclass(frozen=True, slots=True)
class OpenRunsLine:
    """How many open assessments are on an edition."""

    code: str
    runs: int


@dataclass(frozen=True, slots=True)
class LossShown:
    """`pillars` are the names of those that would have no question left."""

    loss: Loss
    pillars: "tuple[StrOrPromise, ...]"

    @property
    def percent(self) -> int:
        return self.loss.gone * 100 // self.loss.before if self.loss.before else 0


@dataclass(frozen=True, slots=True)
class OfferPage:
    """`now` and `then` are what new assessments start on before and after; they differ if this step moves them.

    `asked` waits for somebody else; `declined` waits for nobody any more.
    """

    row: EditionRow
    default: Bank | None
    of_default_bank: bool
    now: StartLine | None
    then: StartLine | None
    questions: int
    loss: LossShown | None
    is_grave: bool
    open_runs: tuple[OpenRunsLine, ...]
    seen: str
    asked: PublishRequest | None
    declined: PublishRequest | None

    @property
    def moves(self) -> bool:
        return self.now != self.then


@dataclass(frozen=True, slots=True)
class WithdrawPage:
    """`is_last`: nothing else is offered in the default bank, so it cannot be withdrawn."""

    row: EditionRow
    now: StartLine | None
    then: StartLine | None
    runs: int
    is_last: bool

    @property
    def moves(self) -> bool:
        return self.now != self.then


@dataclass(frozen=True, slots=True)
class BankLine:
    """`start` is what new assessments would start on; None while the bank offers nothing."""

    bank: Bank
    is_default: bool
    start: StartLine | None


def offer_page(row: EditionRow) -> OfferPage:
    """What offering the edition would do at this moment."""
    check, seen = check_offer(row), offer_fingerprint(row)
    now = newest_offered_or_none()
    starts = check.of_default_bank and (now is None or is_newer(row, now))
    earlier = open_runs(Assessment.objects.filter(edition__in=published_before(row)))
    return OfferPage(
        row=row,
        default=default_bank(),
        of_default_bank=check.of_default_bank,
        now=start_line(now),
        then=start_line(row if starts else now),
        questions=len(pillars_of_questions(row)),
        loss=loss_shown(check.worst),
        is_grave=check.is_grave,
        open_runs=runs_by_edition(earlier),
        seen=seen,
        asked=standing_request(row, seen),
        declined=declined_request(row),
    )


def withdraw_page(row: EditionRow) -> WithdrawPage:
    """What withdrawing the edition would do at this moment."""
    default, now = default_bank(), newest_offered_or_none()
    others = others_offered(row)
    starts = now is not None and now.pk == row.pk
    return WithdrawPage(
        row=row,
        now=start_line(now),
        then=start_line(newest_in(row.bank_id, others) if starts else now),
        runs=open_runs(Assessment.objects.filter(edition=row)).count(),
        is_last=row.bank == default and not others.exists(),
    )


def bank_lines() -> tuple[BankLine, ...]:
    """Every bank, the default first."""
    default, newest = default_bank(), newest_by_bank(offered().defer("frame", "disclaimer"))
    questions = QuestionRow.objects.filter(domain__edition__in=newest.values()).order_by()
    counts = dict(questions.values_list("domain__edition").annotate(number=Count("pk")))
    starts = {key: StartLine(row, counts.get(row.pk, 0)) for key, row in newest.items()}
    lines = [BankLine(bank, bank == default, starts.get(bank.pk)) for bank in Bank.objects.all()]
    return tuple(sorted(lines, key=lambda line: (not line.is_default, line.bank.name)))


def bank_line(bank: Bank) -> BankLine:
    """One of `bank_lines`."""
    return BankLine(bank, bank == default_bank(), start_line(newest_in(bank, offered())))


def start_line(row: EditionRow | None) -> StartLine | None:
    return StartLine(row, len(pillars_of_questions(row))) if row else None


def loss_shown(loss: Loss | None) -> LossShown | None:
    return LossShown(loss, tuple(PillarChoice(code).label for code in loss.pillars)) if loss else None


def published_before(row: EditionRow) -> list[int]:
    """The editions of its bank that the edition is newer than."""
    published = EditionRow.objects.filter(bank=row.bank_id).exclude(published_at=None).defer("frame", "disclaimer")
    return [each.pk for each in published if is_newer(row, each)]


def runs_by_edition(runs: QuerySet[Assessment]) -> tuple[OpenRunsLine, ...]:
    """The editions with runs, by name."""
    found: Iterable[tuple[str, int]] = (
        runs.order_by("edition__code").values_list("edition__code").annotate(number=Count("pk"))
    )
    return tuple(OpenRunsLine(code, number) for code, number in found)
