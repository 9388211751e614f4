"""How many questions of many runs are answered, without an object for each answer."""

from functools import lru_cache
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Aggregate, Q, TextField
from django.db.models.sql.compiler import SQLCompiler

from assessments.bank.types import Depth, Edition
from assessments.models import AnswerKind
from assessments.scoring.terms import asks

# What is taken over from an earlier run and not confirmed is still to be done.
COUNTS = Q(given_under=None, taken_over_from=None)
ANSWERED = COUNTS & Q(kind__in=(AnswerKind.LEVEL, AnswerKind.UNKNOWN))
LEFT_OUT = COUNTS & Q(kind=AnswerKind.NOT_APPLICABLE)


class JoinedCodes(Aggregate):
    """The codes of a group as one text, separated by spaces, in no particular order."""

    function = "STRING_AGG"
    template = "%(function)s(%(expressions)s, ' ')"
    output_field = TextField()

    def as_sqlite(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **more: Any
    ) -> tuple[str, tuple[str | int, ...]]:
        sql, params = self.as_sql(compiler, connection, function="GROUP_CONCAT", **more)
        return sql, tuple(params)


@lru_cache(maxsize=1_024)
def _asked(edition: Edition, depth: Depth, tags: frozenset[str]) -> tuple[frozenset[str], frozenset[str]]:
    """Every question that is asked, and which of them may be left out as not applicable."""
    questions = [question for question in edition.questions if asks(question, depth, tags)]
    offered = (question.id for question in questions if question.offers_not_applicable(tags))
    return frozenset(question.id for question in questions), frozenset(offered)


def answered_of_asked(
    edition: Edition, depth: Depth, tags: frozenset[str], *, answered: str, left_out: str
) -> tuple[int, int]:
    """What `progress` counts as confirmed. `answered` and `left_out` hold codes of questions, as `JoinedCodes` does."""
    asked, may_be_left_out = _asked(edition, depth, tags)
    return len(asked.intersection(answered.split())) + len(may_be_left_out.intersection(left_out.split())), len(asked)
