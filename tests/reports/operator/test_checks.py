"""`manage.py check --deploy` tells an operator what is still missing."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.checks import run_checks

from reports.operator.checks import operator_warnings
from reports.operator.details import Operator
from tests.reports.operator.files import example, filled

TODAY = date(2026, 12, 24)


def found(operator: Operator | None, today: date = TODAY) -> dict[str, str]:
    return {str(each.id): str(each.msg) for each in operator_warnings(operator, today)}


def changes(section: str, **fields: Any) -> Operator:
    operator = filled()
    return replace(operator, **{section: replace(getattr(operator, section), **fields)})


def test_a_filled_file_is_enough() -> None:
    assert found(filled()) == {}


def cases() -> Iterator[tuple[Operator | None, date, str, str]]:
    yield None, TODAY, "operator.W001", "Nobody has filled operator.toml"
    yield example(), TODAY, "operator.W002", "remove the line “example = true”"
    yield filled(), date(2026, 11, 29), "operator.W003", "2026-11-30, a day to come"
    # Of the year, the last day counts.
    yield changes("security", expires=None), date(2026, 11, 30) + timedelta(days=366), "operator.W003", "once a year"
    yield changes("security", contact=()), TODAY, "operator.W004", "security.txt does not exist"
    yield filled(), date(2027, 11, 2), "operator.W004", "security.txt expired on 2027-11-01"
    yield changes("privacy", legal_reasons={"identity": "x"}), TODAY, "operator.W005", "for: rights, teamwork."


@pytest.mark.parametrize(("operator", "today", "code", "words"), list(cases()))
def test_each_gap_is_told(operator: Operator | None, today: date, code: str, words: str) -> None:
    assert words in found(operator, today)[code]


def test_a_year_is_not_over_before_its_last_day() -> None:
    assert "operator.W003" not in found(filled(), date(2026, 11, 30) + timedelta(days=365))


def test_the_command_looks_only_when_it_is_asked_about_deployment(settings: LazySettings) -> None:
    settings.OPERATOR = None

    def codes(*, deploy: bool) -> set[str | None]:
        return {
            each.id for each in run_checks(include_deployment_checks=deploy) if str(each.id).startswith("operator.")
        }

    assert codes(deploy=True) == {"operator.W001"}
    assert codes(deploy=False) == set()
