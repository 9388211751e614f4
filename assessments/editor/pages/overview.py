"""The list of editions, and one edition at a glance."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from accounts.access import is_administrator
from accounts.models import User
from assessments.bank.laws import Verification
from assessments.bank.types import Depth, Domain, Edition
from assessments.editions.newest import default_bank, is_of_default_bank, newest_offered_or_none
from assessments.editions.stored import edition_of
from assessments.editor.pages.problems import ProblemList, problem_list
from assessments.models import Bank, BankChange, EditionRow, EditionStatus, PublishRequest

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

REQUEST = ("publish_request__asked_by", "publish_request__declined_by")


@dataclass(frozen=True, slots=True)
class EditionLine:
    """`state` is in words, `tone` the look of its tag. `waiting` says on whom a request to a second person waits."""

    row: EditionRow
    state: "StrOrPromise"
    tone: str
    waiting: str


@dataclass(frozen=True, slots=True)
class BankSection:
    bank: Bank
    is_default: bool
    drafts: tuple[EditionLine, ...]
    published: tuple[EditionLine, ...]
    retired: tuple[EditionLine, ...]


@dataclass(frozen=True, slots=True)
class EditionsPage:
    """`can_choose`: whether who looks decides which bank is the default."""

    banks: tuple[BankSection, ...]
    editors: tuple[User, ...]
    can_choose: bool


@dataclass(frozen=True, slots=True)
class EditionDomainLine:
    domain: Domain
    pillar: str
    questions: int


@dataclass(frozen=True, slots=True)
class EditionCounts:
    questions: int
    quick: int
    standard: int
    full: int
    citations: int
    unverified: int
    items: int


@dataclass(frozen=True, slots=True)
class EditionPage:
    """`starts`: new assessments start on it."""

    row: EditionRow
    is_draft: bool
    state: "StrOrPromise"
    starts: bool
    of_default_bank: bool
    counts: EditionCounts
    domains: tuple[EditionDomainLine, ...]
    problems: ProblemList


def editions_page(person: User) -> EditionsPage:
    """All editions by bank and state as `person` sees them, and who may edit them."""
    rows = EditionRow.objects.select_related("bank", "predecessor", "drafted_by", *REQUEST).defer("frame", "disclaimer")
    changed = BankChange.objects.filter(edition=OuterRef("pk"), at__gt=OuterRef("publish_request__asked_at"))
    by_bank: dict[Bank, list[EditionRow]] = {}
    for row in rows.annotate(changed_since=Exists(changed)):
        by_bank.setdefault(row.bank, []).append(row)
    default, start = default_bank(), newest_offered_or_none()
    sections = [_section(bank, bank == default, own, start, person) for bank, own in by_bank.items()]
    return EditionsPage(
        banks=tuple(sorted(sections, key=lambda section: (not section.is_default, section.bank.name))),
        editors=tuple(User.objects.filter(edits_bank=True, is_active=True).order_by("name", "email")),
        can_choose=is_administrator(person) and len(sections) > 1,
    )


def _section(
    bank: Bank, is_default: bool, rows: Iterable[EditionRow], start: EditionRow | None, person: User
) -> BankSection:
    lines = [EditionLine(row, *state_of(row, start, is_default), waiting_for(row, person)) for row in rows]
    drafts, published, retired = (
        tuple(line for line in lines if line.row.status == status)
        for status in (EditionStatus.DRAFT, EditionStatus.PUBLISHED, EditionStatus.RETIRED)
    )
    return BankSection(bank, is_default, drafts, published, retired)


def state_of(row: EditionRow, start: EditionRow | None, of_default_bank: bool) -> "tuple[StrOrPromise, str]":
    """The state of an edition in words, and the look of its tag; `start` is what new assessments start on."""
    if row.status != EditionStatus.PUBLISHED:
        return row.get_status_display(), "tag--part" if row.status == EditionStatus.DRAFT else ""
    if start is not None and row.pk == start.pk:
        return _("New assessments start on it"), "tag--done"
    if row.offered_at:
        return (_("Open for new assessments") if of_default_bank else _("Open, once its bank is chosen")), ""
    return (_("Withdrawn from new assessments") if row.withdrawn_at else _("Not open for new assessments")), "tag--part"


def waiting_for(row: EditionRow, person: User) -> str:
    """What a request to a second person means for `person`; "" without a request. `row` is one of `editions_page`."""
    request: PublishRequest | None = getattr(row, "publish_request", None)
    if request is None:
        return ""
    mine, names = request.asked_by_id == person.pk, {"name": request.asked_by}
    if request.declined_by:
        return _("%(name)s declined the request.") % {"name": request.declined_by}
    if row.status == EditionStatus.DRAFT and getattr(row, "changed_since", False):
        return _("Changed since it was asked for, so it has to be asked for again.")
    if mine:
        return _("Waits for another bank editor: you asked.")
    return _("Waits for you: %(name)s asks.") % names


def edition_page(row: EditionRow) -> EditionPage:
    """One edition at a glance; only a draft is checked for problems."""
    edition, start, of_default_bank = edition_of(row), newest_offered_or_none(), is_of_default_bank(row)
    is_draft = row.status == EditionStatus.DRAFT
    return EditionPage(
        row=row,
        is_draft=is_draft,
        state=state_of(row, start, of_default_bank)[0],
        starts=start is not None and start.pk == row.pk,
        of_default_bank=of_default_bank,
        counts=_counts(edition),
        domains=tuple(domain_lines(edition)),
        problems=problem_list(row, edition, None if is_draft else ()),
    )


def domain_lines(edition: Edition) -> Iterable[EditionDomainLine]:
    pillars = {pillar.code: pillar.name for pillar in edition.pillars}
    for domain in edition.domains:
        yield EditionDomainLine(domain, pillars.get(domain.pillar, domain.pillar), len(edition.by_domain[domain.code]))


def _counts(edition: Edition) -> EditionCounts:
    depths = Counter(question.depth for question in edition.questions)
    return EditionCounts(
        questions=len(edition.questions),
        quick=depths[Depth.QUICK],
        standard=depths[Depth.STANDARD],
        full=depths[Depth.FULL],
        citations=len(edition.citations),
        unverified=sum(c.verification is Verification.MEMORY for c in edition.citations.values()),
        items=len(edition.checklist),
    )
