"""The kinds of statements about a result. Their values are stable: they are names in the JSON form."""

from enum import StrEnum


class StatementKind(StrEnum):
    """What a statement is about; every statement class has one as `kind`."""

    OVERALL = "overall"
    PILLAR = "pillar"
    DOMAIN = "domain"
    AI_LENS = "ai_lens"
    CHANGE = "change"
    PLAN_STEP = "plan_step"
    MUST_FIX = "must_fix"
    LAW = "law"
    DUTY = "duty"
    FIND_OUT = "find_out"
    LEFT_OUT = "left_out"
    WORKED_SUM = "worked_sum"
    COUNTS = "counts"
    REVIEW = "review"
