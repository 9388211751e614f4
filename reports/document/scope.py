"""What the business said about itself, what follows from that, and how to read the figures."""

from collections.abc import Iterable

from assessments.bank.types import Edition, ScaleEntry
from assessments.scoring.scope import ScopeFacts, TagFinding, TagState, find_tags
from assessments.scoring.types import Run
from assessments.wording.phrases import check_mark, date_text, joined
from reports.document.types import DatePart, Method, ScopePart, StepPart, TagPart


def scope_part(edition: Edition, facts: ScopeFacts) -> ScopePart:
    finding = find_tags(edition.scope, facts)
    return ScopePart(
        applies=tuple(_tag_part(tag) for tag in finding.tags if tag.state is not TagState.OFF),
        does_not=tuple(_tag_part(tag) for tag in finding.tags if tag.state is TagState.OFF),
        out_of_view=tuple(item.text for item in finding.out_of_view),
    )


def _tag_part(finding: TagFinding) -> TagPart:
    return TagPart(
        name=finding.tag.name,
        says=finding.tag.says,
        reasons=joined(finding.reasons),
        mark=check_mark(finding.state is TagState.TO_CHECK),
    )


def method(edition: Edition, run: Run) -> Method:
    """How to read the figures, with the upcoming dates of the laws that apply."""
    laws = {law.code: law.name for law in edition.laws if law.tag in run.tags}
    return Method(
        scale=_steps(edition.scale),
        labels=_steps(edition.labels),
        gates=_steps(edition.gate_kinds),
        efforts=_steps(edition.efforts),
        dates=tuple(
            DatePart(date_text(item.day), laws[item.law], item.text)
            for item in edition.dates
            if item.law in laws and item.day > edition.law_status_as_of
        ),
    )


def _steps(steps: Iterable[ScaleEntry]) -> tuple[StepPart, ...]:
    return tuple(StepPart(step.code, step.name, step.says) for step in steps)
