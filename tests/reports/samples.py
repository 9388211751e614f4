"""Sources of reports, made of the results of tests/presentation/samples.py."""

from typing import Any

from assessments.bank.types import Edition
from assessments.scope_facts import facts_to_json
from reports.document import Source
from tests.presentation.samples import (
    DAY,
    LATER,
    QUESTIONED,
    UNKNOWN,
    UNSURE,
    ResultSample,
    asked,
    left_out,
    level,
    mixed_result,
    result_sample,
    stress_result,
)

__all__ = ["DAY", "LATER", "QUESTIONED", "UNKNOWN", "UNSURE", "asked", "left_out", "level", "mixed", "source", "stress"]

BAKERY = "Boulangerie Lumière"


def source(edition: Edition, *, organisation: str = BAKERY, **more: Any) -> Source:
    """`more` as in `result_sample`."""
    return _of(result_sample(edition, **more), organisation)


def mixed(edition: Edition, *, organisation: str = BAKERY, **more: Any) -> Source:
    return _of(mixed_result(edition, **more), organisation)


def stress(edition: Edition, *, organisation: str = BAKERY, **more: Any) -> Source:
    return _of(stress_result(edition, **more), organisation)


def _of(sample: ResultSample, organisation: str) -> Source:
    return Source(
        organisation=organisation,
        finished_on=sample.day,
        language="en-gb",
        edition=sample.edition,
        facts=facts_to_json(sample.facts),
        outcome=sample.outcome,
        first_gain=sample.first_gain,
        answers=sample.answers,
    )
