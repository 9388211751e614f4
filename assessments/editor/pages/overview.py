"""The list of editions, and one edition at a glance."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from accounts.models import User
from assessments.bank.laws import Verification
from assessments.bank.types import Depth, Domain, Edition
from assessments.editions.stored import edition_of
from assessments.editor.pages.problems import ProblemList, problem_list
from assessments.models import EditionRow, EditionStatus


@dataclass(frozen=True, slots=True)
class EditionsPage:
    drafts: tuple[EditionRow, ...]
    published: tuple[EditionRow, ...]
    retired: tuple[EditionRow, ...]
    editors: tuple[User, ...]


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
    row: EditionRow
    is_draft: bool
    counts: EditionCounts
    domains: tuple[EditionDomainLine, ...]
    problems: ProblemList


def editions_page() -> EditionsPage:
    """All editions by state, and who may edit them."""
    rows = list(EditionRow.objects.select_related("predecessor", "drafted_by").defer("frame", "disclaimer"))
    return EditionsPage(
        drafts=_with(rows, EditionStatus.DRAFT),
        published=_with(rows, EditionStatus.PUBLISHED),
        retired=_with(rows, EditionStatus.RETIRED),
        editors=tuple(User.objects.filter(edits_bank=True, is_active=True).order_by("name", "email")),
    )


def _with(rows: Iterable[EditionRow], status: EditionStatus) -> tuple[EditionRow, ...]:
    return tuple(row for row in rows if row.status == status)


def edition_page(row: EditionRow) -> EditionPage:
    """One edition at a glance; only a draft is checked for problems."""
    edition = edition_of(row)
    is_draft = row.status == EditionStatus.DRAFT
    return EditionPage(
        row=row,
        is_draft=is_draft,
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
