"""The kinds of statements about a result. Their values are stable: they are names in the JSON form."""

from enum import StrEnum


class StatementKind(StrEnum):
    """What a statement is about; every statement class has one as `kind`."""

    JUDGEMENT = "judgement"
    OVERALL = "overall"
    PILLAR = "pillar"
    DOMAIN = "domain"
    AI_LENS = "ai_lens"
    STRENGTH = "strength"
    FIRST_STEPS = "first_steps"
    CHANGE = "change"
    PLAN_STEP = "plan_step"
    FIRMNESS = "firmness"
    MUST_FIX = "must_fix"
    ON_THE_DAY = "on_the_day"
    STARTING_SOON = "starting_soon"
    LAW = "law"
    DUTY = "duty"
    PARTIAL_LIST = "partial_list"
    FIND_OUT = "find_out"
    NOT_LOOKED_AT = "not_looked_at"
    TO_CHECK = "to_check"
    LEFT_OUT = "left_out"
    WORKED_SUM = "worked_sum"
    COUNTS = "counts"
    DEPTH_DIFFERENCE = "depth_difference"
    ANSWERED_BY = "answered_by"
    REVIEW = "review"
    TAKEN_OVER = "taken_over"
