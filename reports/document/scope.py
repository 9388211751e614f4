"""What the business said about itself, what follows from that, and how to read the figures."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from assessments.bank.types import Edition, ScaleEntry
from assessments.presentation.laws.cards import reasons_of
from assessments.presentation.laws.changes import LegalChange, changes_soon
from assessments.presentation.placeholders import BusinessPlace, fill_placeholders, law_values
from assessments.scoring.scope import ScopeFacts, TagFinding, TagState, find_tags
from assessments.wording.phrases import check_mark, date_text, joined, unsettled_text
from reports.document.types import DatePart, Method, ScopePart, StepPart, TagPart


def scope_part(edition: Edition, facts: ScopeFacts, place: BusinessPlace) -> ScopePart:
    finding = find_tags(edition.scope, facts)
    values = law_values(edition, place)
    return ScopePart(
        applies=tuple(_tag_part(tag) for tag in finding.tags if tag.state is not TagState.OFF),
        does_not=tuple(_tag_part(tag) for tag in finding.tags if tag.state is TagState.OFF),
        out_of_view=tuple(fill_placeholders(item.text, values) for item in finding.out_of_view),
    )


def _tag_part(finding: TagFinding) -> TagPart:
    return TagPart(
        name=finding.tag.name,
        says=finding.tag.says,
        reasons=joined(reasons_of(finding)),
        mark=check_mark(finding.state is TagState.TO_CHECK),
    )


def legal_changes(edition: Edition, place: BusinessPlace, provisional: frozenset[str]) -> tuple[DatePart, ...]:
    """What of the laws changes for this business within twelve months of the day of the result, by day."""
    found = changes_soon(edition, place, provisional)
    return tuple(
        _date_part(date_text(each.day), change)
        for each in (*found.near, *found.later)
        for change in (*each.dates, *each.duties)
    )


def _date_part(day: str, change: LegalChange) -> DatePart:
    return DatePart(
        day=day,
        law=change.law.name if change.law else "",
        text=" ".join([change.text, *(unsettled_text(what) for what in change.unsettled)]),
        question=change.question.id if change.question else "",
        mark=check_mark(change.provisional),
    )


def method(edition: Edition) -> Method:
    """How to read the figures. Only editions before 2026.2 say how big a step is, all others how long it takes."""
    return Method(
        computed=_(
            "A domain is at a level when at least 80 % of the weight of its counted questions is at that level or "
            "above, no question of weight 3 is more than one level below it, and no closed gate caps it. A pillar is "
            "at a level when at least 80 % of its domains are, none is more than one below, and no closed gate caps "
            "it. The number is the level plus the share that has already reached the next one, at most 0.9, cut after "
            "one decimal."
        ),
        gate=_(
            "A gate is a question that good answers elsewhere cannot make up for. Below its level it is closed and "
            "caps the figures."
        ),
        scale=_steps(edition.scale),
        labels=_steps(edition.labels),
        gates=_steps(edition.gate_kinds),
        efforts=_steps(edition.efforts) if any(question.first_step for question in edition.questions) else (),
    )


def _steps(steps: Iterable[ScaleEntry]) -> tuple[StepPart, ...]:
    return tuple(StepPart(step.code, step.name, step.says) for step in steps)
