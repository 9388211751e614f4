"""The coverage page: every practice with its questions, and what a sample business is asked of them."""

from datetime import date
from pathlib import Path

import pytest
from django.test import Client

from assessments.bank.types import Depth, Edition
from assessments.editions.samples import SAMPLES, Sample, sample_finding, sample_tags
from assessments.models import EditionRow
from assessments.pages import coverage
from assessments.pages.coverage import coverage_page
from assessments.pages.sample_coverage import sample_coverages
from assessments.scoring.terms import asks
from assessments.scoring_case.reader import read_case
from tests.bank.making import SMALL_SCOPE

CASES = Path(__file__).parents[1] / "scoring" / "cases"
IDS = [sample.id for sample in SAMPLES]


@pytest.mark.parametrize("sample", SAMPLES, ids=IDS)
def test_a_sample_has_the_facts_of_the_case_of_its_name(sample: Sample, edition: Edition) -> None:
    case = read_case((CASES / f"{sample.id}.yaml").read_text("utf-8"), "", [edition], date.min).case
    found = sample_finding(edition.scope, sample)

    assert found.on == case.run.tags
    assert found.provisional == case.run.provisional


def test_every_case_is_a_sample() -> None:
    assert sorted(IDS) == sorted(path.stem for path in CASES.glob("*.yaml"))


def test_options_that_a_scope_does_not_have_are_ignored() -> None:
    tags = {sample.id: sample_tags(SMALL_SCOPE, sample) for sample in SAMPLES}
    assert set(tags.values()) == {frozenset({"uses_ai"}), frozenset()}
    assert tags["lyon_bakery"] == {"uses_ai"}


def test_a_standard_run_asks_a_sample_about_every_practice_that_concerns_it(edition: Edition) -> None:
    for own in sample_coverages(edition):
        assert own.quick < own.standard < own.full
        assert own.covered == own.concerned >= 68
        assert sum(own.is_concerned(entry) for entry in edition.checklist.values()) == own.concerned


def test_the_questions_of_a_practice_stand_once_each_at_their_depth(edition: Edition) -> None:
    for own in sample_coverages(edition):
        asked = [question for item in edition.checklist for at in own.asked(edition, item) for question in at.questions]
        every = [question for question in edition.questions if asks(question, Depth.FULL, own.tags)]
        assert {question.id for question in asked} == {question.id for question in every}
    clinic = next(own for own in sample_coverages(edition) if own.id == "german_clinic")
    assert [(at.name, [question.id for question in at.questions]) for at in clinic.asked(edition, "S0-8")] == [
        ("Quick", ["GOV-07", "VENDOR-04"]),
        ("Standard", ["NOTICE-04", "AIUSE-04"]),
    ]


@pytest.mark.parametrize("business", ["", "?business=", "?business=nobody"])
def test_nobody_is_chosen_at_first(business: str, edition_row: EditionRow, client: Client) -> None:
    page = client.get(f"/coverage/{business}")

    assert page.status_code == 200
    assert "Bakery in Lyon" in (shown := page.content.decode())
    assert "coverage-item__asked" not in shown
    assert "Show all businesses" not in shown


def test_a_chosen_business_is_shown_at_every_practice(edition_row: EditionRow, client: Client) -> None:
    shown = client.get("/coverage/?business=texas_copywriter").content.decode()

    assert shown.count("Does not concern this business.") == 1
    assert shown.count('<ul class="coverage-item__asked">') == 73
    assert shown.count("aria-current") == 1
    assert "Show all businesses" in shown


def test_the_lines_know_whom_they_concern(edition_row: EditionRow) -> None:
    lines = {line.code: line for line in coverage_page(edition_row, "texas_copywriter").lines}

    assert not lines["S2-12"].concerned
    assert [at.name for at in lines["S0-4"].asked] == ["Quick"]
    assert {line.concerned for line in coverage_page(edition_row).lines} == {True}
    assert {line.asked for line in coverage_page(edition_row).lines} == {()}


def test_it_is_laid_out_once_whoever_asks(
    edition_row: EditionRow, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A thousand strangers who ask for it cost next to nothing. What a business is called that there is not, too."""
    laid_out: list[str] = []

    def noting(row: EditionRow, business: str = "") -> coverage.CoveragePage:
        laid_out.append(business)
        return coverage_page(row, business)

    coverage._LAID_OUT.clear()
    monkeypatch.setattr(coverage, "coverage_page", noting)
    for address in ("", "?business=texas_copywriter", "?business=nobody", "?business=somebody", ""):
        assert client.get(f"/coverage/{address}").status_code == 200
    assert laid_out == ["", "texas_copywriter"]
    shown = client.get("/coverage/?business=texas_copywriter").content.decode()
    assert "Show all businesses" in shown
    assert "Show all businesses" not in client.get("/coverage/").content.decode()
