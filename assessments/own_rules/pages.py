"""What the two pages show: everything for administrators, and for everybody what is done, without figures."""

from dataclasses import dataclass
from datetime import datetime

from accounts.models import OperatorRecord, RecordKind
from accounts.operations.figures import operator_records, record_spans
from assessments.bank.types import Edition, Question
from assessments.editions.newest import newest_offered_or_none
from assessments.editions.stored import edition_of
from assessments.own_rules.answers import Chapter, RuleAnswer, answer_rules, asked_of_us, by_domain, done_in_time
from assessments.own_rules.findings import KEPT_WORDS, Finding, Kept, recorded, within_what
from assessments.own_rules.queries import site_facts
from assessments.own_rules.rules.table import OWN_RULES

MOST_OF_EACH = 3
"""Records of one kind in the list: nightly backups would hide the yearly exercise."""
_TAGS = {Kept.YES: "tag--done", Kept.PARTLY: "tag--part", Kept.NOT_YET: ""}


@dataclass(frozen=True, slots=True)
class RuleLine:
    """One rule in full; `tag` is the class of its word."""

    answer: RuleAnswer
    word: str
    tag: str


@dataclass(frozen=True, slots=True)
class PublicRule:
    """`done` says in general words what was done lately."""

    question: Question
    does: str
    done: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OwnRulesPage:
    """`counts` are yes, partly, not yet; `overdue` is what it is time to do again."""

    chapters: list[Chapter[RuleLine]]
    counts: tuple[tuple[str, int], ...]
    overdue: tuple[Finding, ...]
    records: tuple[OperatorRecord, ...]


def own_rules_page(now: datetime) -> OwnRulesPage:
    """For administrators. Without an edition there is nothing but the records."""
    facts, edition = site_facts(now), _edition()
    answers = answer_rules(edition, OWN_RULES, facts) if edition else ()
    lines = [RuleLine(each, str(KEPT_WORDS[each.kept]), _TAGS[each.kept]) for each in answers]
    found = [recorded(kind, facts.records, now) for kind in facts.records]
    return OwnRulesPage(
        chapters=by_domain(edition, lines, lambda line: line.answer.question) if edition else [],
        counts=tuple((str(KEPT_WORDS[kept]), sum(each.kept is kept for each in answers)) for kept in reversed(Kept)),
        overdue=tuple(each for each in found if each.overdue),
        records=tuple(operator_records(MOST_OF_EACH)),
    )


def public_rules_page(now: datetime) -> list[Chapter[PublicRule]]:
    """Nothing in it tells who lacks something, how many there are of anything, or what is open."""
    edition = _edition()
    if edition is None:
        return []
    records = record_spans()
    rules = [
        PublicRule(question, str(rule.does), tuple(_lately(kind) for kind in done_in_time(rule, records, now)))
        for question, rule in asked_of_us(edition, OWN_RULES)
    ]
    return by_domain(edition, rules, lambda rule: rule.question)


def _lately(kind: RecordKind) -> str:
    return f"{kind.label}: {within_what(kind)}."


def _edition() -> Edition | None:
    row = newest_offered_or_none()
    return edition_of(row) if row else None
