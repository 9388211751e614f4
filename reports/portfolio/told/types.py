"""What goes into a portfolio and what it tells. "Not assessed" is None, never 0."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from assessments.bank.types import Depth
from assessments.presentation.named_values import QuestionRef
from assessments.scoring.types import Figure


@dataclass(frozen=True, slots=True)
class LevelRange:
    """A figure with what it could be once everything that nobody knows yet is known."""

    low: Figure
    high: Figure


@dataclass(frozen=True, slots=True)
class QuestionStanding:
    """A question that counts for one client. `known` is False where nobody could answer it: then it is not in place."""

    in_place: bool
    known: bool


@dataclass(frozen=True, slots=True)
class ClientResult:
    """What a portfolio takes from one frozen result; `bank` and `edition` are those that it was scored with.

    `pillars` and `domains` hold those that have a figure, by code; `questions` those that count and have a target, by
    id. `not_lawful_now` are findings of the kind "unlawful now", `starts` the days from which a duty or a gate will
    ask for more than is there. `first_step` is what the plan begins with, empty without a plan.
    """

    bank: str
    edition: str
    finished_on: date
    depth: Depth
    pillars: Mapping[str, LevelRange]
    domains: Mapping[str, LevelRange]
    questions: Mapping[str, QuestionStanding]
    not_lawful_now: int
    urgent_gaps: int
    open_duties: int
    starts: tuple[date, ...]
    first_step: str


@dataclass(frozen=True, slots=True)
class PortfolioClient:
    """One client. `number` is its place in the list, from 1; `review_on` the day that the consultancy noted."""

    number: int
    name: str
    review_on: date | None
    result: ClientResult | None


class AttentionReason(StrEnum):
    """Why somebody should look at a client, the most pressing first."""

    NOT_LAWFUL = "not_lawful"
    URGENT_GAPS = "urgent_gaps"
    STARTED_SINCE = "started_since"
    REVIEW_OVERDUE = "review_overdue"
    OLD_RESULT = "old_result"
    STARTS_SOON = "starts_soon"


@dataclass(frozen=True, slots=True)
class ReasonValue:
    """`amount` counts findings, gaps or duties; days for REVIEW_OVERDUE, whole months for OLD_RESULT."""

    reason: AttentionReason
    amount: int


@dataclass(frozen=True, slots=True)
class ClientAttention:
    """A client with what speaks for looking at it; never without a reason."""

    client: PortfolioClient
    reasons: tuple[ReasonValue, ...]


@dataclass(frozen=True, slots=True)
class PillarSpread:
    """How many clients are at each label 0 to 4 of a pillar, and for how many it has none."""

    code: str
    name: str
    levels: tuple[int, int, int, int, int]
    without: int


@dataclass(frozen=True, slots=True)
class QuestionLack:
    """Of the `counted` clients that a question counts for: `below` its target, and `unknown` to them."""

    question: QuestionRef
    domain: str
    below: int
    unknown: int
    counted: int


@dataclass(frozen=True, slots=True)
class DomainLack:
    """The same of all questions of a domain together; `clients` are those with one below the target, of `asked`."""

    code: str
    title: str
    below: int
    unknown: int
    counted: int
    clients: int
    asked: int


@dataclass(frozen=True, slots=True)
class FindingTotals:
    """Sums over clients, each with the number of clients that have any."""

    not_lawful_now: int
    clients_not_lawful: int
    urgent_gaps: int
    clients_with_gaps: int
    open_duties: int
    clients_with_duties: int


@dataclass(frozen=True, slots=True)
class BankPortfolio:
    """The clients whose results are of one bank: only these can be compared.

    `editions` are ids, the newest first; names of pillars, domains and questions are those of the newest edition that
    has them. `domains` and `questions` begin with what is lacking most; a question that nobody lacks is not in there.
    """

    bank: str
    title: str
    editions: tuple[str, ...]
    clients: tuple[PortfolioClient, ...]
    pillars: tuple[PillarSpread, ...]
    map_domains: tuple[tuple[str, str], ...]
    domains: tuple[DomainLack, ...]
    questions: tuple[QuestionLack, ...]
    totals: FindingTotals
    attention: tuple[ClientAttention, ...]


@dataclass(frozen=True, slots=True)
class ReviewDays:
    """The days that the consultancy noted for its next reviews: past, within SOON, later, and none noted."""

    overdue: int
    soon: int
    later: int
    none: int


@dataclass(frozen=True, slots=True)
class ToldPortfolio:
    """`day` is when it was asked for. `banks` begin with the one of most clients; `without` have no result yet."""

    day: date
    clients: int
    reviews: ReviewDays
    banks: tuple[BankPortfolio, ...]
    without: tuple[PortfolioClient, ...]

    @property
    def with_results(self) -> int:
        return self.clients - len(self.without)
