"""Which sheets a section of a report becomes."""

from collections.abc import Callable, Mapping

from reports.document import ReportDocument
from reports.formats.tables import (
    advice_sheets,
    answer_sheets,
    finding_sheets,
    plan_sheets,
    short_sheets,
    summary_sheets,
)
from reports.formats.tables.sheets import ReportSheet
from reports.kinds.sections import ReportSection

SHEETS: Mapping[ReportSection, Callable[[ReportDocument], list[ReportSheet]]] = {
    ReportSection.COVER: summary_sheets.about_sheets,
    ReportSection.MASTHEAD: summary_sheets.about_sheets,
    ReportSection.SUMMARY: summary_sheets.summary_sheets,
    ReportSection.ADVICE: advice_sheets.summary_text_sheets,
    ReportSection.CONTENTS: lambda _: [],
    ReportSection.SINCE: summary_sheets.since_sheets,
    ReportSection.NINETY_DAYS: short_sheets.ninety_days_sheets,
    ReportSection.PLAN: plan_sheets.plan_sheets,
    ReportSection.OWN_STEPS: advice_sheets.own_step_sheets,
    ReportSection.MUST_FIX: finding_sheets.must_fix_sheets,
    ReportSection.DUTIES: finding_sheets.duty_sheets,
    ReportSection.DUTY_TABLE: short_sheets.duty_table_sheets,
    ReportSection.ON_THE_DAY: finding_sheets.on_the_day_sheets,
    ReportSection.FIND_OUT: finding_sheets.find_out_sheets,
    ReportSection.OPEN_POINTS: short_sheets.open_point_sheets,
    ReportSection.NEXT: plan_sheets.next_sheets,
    ReportSection.SCORES: summary_sheets.figure_sheets,
    ReportSection.LEVELS: short_sheets.level_sheets,
    ReportSection.ANSWERS: answer_sheets.answer_sheets,
    ReportSection.EVIDENCE: answer_sheets.evidence_sheets,
    ReportSection.SCOPE: finding_sheets.scope_sheets,
    ReportSection.METHOD: summary_sheets.method_sheets,
    ReportSection.WHO: short_sheets.who_sheets,
    ReportSection.LIMITS: short_sheets.limit_sheets,
}
"""The tabs of a workbook are its contents."""

MAIN = (
    ReportSection.ANSWERS,
    ReportSection.EVIDENCE,
    ReportSection.PLAN,
    ReportSection.SINCE,
    ReportSection.NINETY_DAYS,
    ReportSection.LEVELS,
)
"""A kind of report is about the first of these that it has."""


def sheets_of(document: ReportDocument) -> list[ReportSheet]:
    """In the order of the sections."""
    return [sheet for section in document.sections for sheet in SHEETS[section](document)]


def main_sheet(document: ReportDocument) -> ReportSheet:
    """The one table of a CSV file. In the plan a consultant's own steps follow the computed ones, with who says so."""
    about = next((section for section in MAIN if section in document.sections), document.sections[0])
    sheet = SHEETS[about](document)[0]
    return plan_sheets.with_own_steps(sheet, document) if about is ReportSection.PLAN else sheet
