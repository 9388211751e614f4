"""The sections that a report can have. Their values are stable: they are names in the JSON form."""

from enum import StrEnum


class ReportSection(StrEnum):
    """Each is printed by every format from the same fields of a ReportDocument. MASTHEAD is a COVER in a few lines,
    NINETY_DAYS, DUTY_TABLE, OPEN_POINTS and LEVELS say the most important of PLAN, DUTIES, the findings and SCORES.
    ADVICE and OWN_STEPS are the words of consultants, and so is what they say in ANSWERS about a domain.
    """

    COVER = "cover"
    MASTHEAD = "masthead"
    SUMMARY = "summary"
    ADVICE = "advice"
    CONTENTS = "contents"
    SINCE = "since"
    NINETY_DAYS = "ninety_days"
    PLAN = "plan"
    OWN_STEPS = "own_steps"
    MUST_FIX = "must_fix"
    DUTIES = "duties"
    DUTY_TABLE = "duty_table"
    ON_THE_DAY = "on_the_day"
    FIND_OUT = "find_out"
    OPEN_POINTS = "open_points"
    NEXT = "next"
    SCORES = "scores"
    LEVELS = "levels"
    ANSWERS = "answers"
    EVIDENCE = "evidence"
    SCOPE = "scope"
    METHOD = "method"
    WHO = "who"
    LIMITS = "limits"
