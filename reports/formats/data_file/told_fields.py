"""Which statements a kind of report has in JSON: those of its sections, as in every format."""

from collections.abc import Mapping
from typing import Any

from assessments.presentation.as_json import told_as_json
from reports.document import ReportDocument
from reports.formats.data_file.types import ALWAYS
from reports.kinds.sections import ReportSection as Section

SECTIONS_OF: Mapping[str, frozenset[Section]] = {
    "judgement": frozenset({Section.SUMMARY}),
    "overall": frozenset({Section.SUMMARY, Section.LEVELS, Section.SCORES}),
    "counts": frozenset({Section.SUMMARY, Section.LEVELS}),
    "strengths": frozenset({Section.SUMMARY}),
    "answered_by": frozenset({Section.COVER, Section.SUMMARY, Section.WHO}),
    "taken_over": frozenset({Section.COVER, Section.SUMMARY, Section.WHO}),
    "reviews": frozenset({Section.COVER, Section.SUMMARY, Section.WHO}),
    "first_steps": frozenset({Section.SUMMARY}),
    "changes": frozenset({Section.SUMMARY}),
    "plan": frozenset({Section.SUMMARY, Section.PLAN, Section.NINETY_DAYS}),
    "firmness": frozenset({Section.PLAN}),
    "pillars": frozenset({Section.SUMMARY, Section.LEVELS, Section.SCORES, Section.NEXT}),
    "must_fix": frozenset({Section.MUST_FIX, Section.OPEN_POINTS}),
    "on_the_day": frozenset({Section.ON_THE_DAY, Section.OPEN_POINTS}),
    "find_out": frozenset({Section.FIND_OUT, Section.OPEN_POINTS}),
    "not_looked_at": frozenset({Section.FIND_OUT, Section.OPEN_POINTS}),
    "to_check": frozenset({Section.FIND_OUT, Section.OPEN_POINTS}),
    "laws": frozenset({Section.DUTIES, Section.DUTY_TABLE, Section.LEVELS}),
    "partial_list": frozenset({Section.DUTIES, Section.DUTY_TABLE, Section.LEVELS}),
    "starting_soon": frozenset({Section.DUTIES}),
    "depth_differences": frozenset({Section.SCORES}),
    "domains": frozenset({Section.SCORES, Section.ANSWERS}),
    "lens": frozenset({Section.SCORES}),
    "left_out": frozenset({Section.SCOPE}),
    "sums": frozenset({Section.SCORES, Section.ANSWERS}),
}
"""The sections that print from each field of ToldResult."""


def told_fields(document: ReportDocument) -> dict[str, Any]:
    """The told result as JSON; a field of which no section prints anything is not there."""
    there = frozenset(document.sections)
    every = told_as_json(document.told)
    return {name: value for name, value in every.items() if name in ALWAYS or SECTIONS_OF[name] & there}
