"""Facts and questions in, answers out: what the pages say about each rule. No database, no clock."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

from accounts.models import RecordKind
from accounts.operations.figures import RecordSpan
from assessments.bank.types import Edition, Question
from assessments.own_rules.findings import Finding, Kept, finding_of, recorded
from assessments.own_rules.rules.types import OwnRule
from assessments.own_rules.site_facts import SiteFacts

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class RuleAnswer:
    """`findings` are those of what the rule needs; one that needs nothing is kept by the software alone."""

    question: Question
    rule: OwnRule
    kept: Kept
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Chapter(Generic[Row]):
    """A domain of the bank with what there is for it."""

    title: str
    rows: tuple[Row, ...]


def answer_rules(edition: Edition, rules: Iterable[OwnRule], facts: SiteFacts) -> tuple[RuleAnswer, ...]:
    """One for each question that concerns us."""
    return tuple(_answer(question, rule, facts) for question, rule in asked_of_us(edition, rules))


def asked_of_us(edition: Edition, rules: Iterable[OwnRule]) -> tuple[tuple[Question, OwnRule], ...]:
    """In the order of the bank, without rules whose question the edition does not have."""
    known = {rule.code: rule for rule in rules}
    return tuple((question, known[question.id]) for question in edition.questions if question.id in known)


def by_domain(edition: Edition, rows: Sequence[Row], question_of: Callable[[Row], Question]) -> list[Chapter[Row]]:
    """Chapters without a row are left out."""
    found = (
        Chapter(domain.title, tuple(row for row in rows if question_of(row).domain == domain.code))
        for domain in edition.domains
    )
    return [each for each in found if each.rows]


def done_in_time(rule: OwnRule, records: Mapping[RecordKind, RecordSpan], now: datetime) -> tuple[RecordKind, ...]:
    """What was written down for the rule and is not overdue."""
    kinds = (need for need in rule.needs if isinstance(need, RecordKind))
    return tuple(kind for kind in kinds if recorded(kind, records, now).kept is Kept.YES)


def _answer(question: Question, rule: OwnRule, facts: SiteFacts) -> RuleAnswer:
    findings = tuple(finding_of(need, facts) for need in rule.needs)
    least = min((each.kept for each in findings), default=Kept.YES)
    return RuleAnswer(question, rule, least if rule.by_hand else max(least, Kept.PARTLY), findings)
