"""The edition that ships: it reads, keeps every rule, covers the checklist and fits its businesses."""

import json
from collections import Counter
from functools import cache
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from assessments.bank.checks.edition import check_edition
from assessments.bank.document.reader import read_edition
from assessments.bank.document.writer import day_as_text, to_plain, write_edition
from assessments.bank.types import Depth, Edition
from assessments.editions.shipped import read_folder
from assessments.scoring.progress import questions_at
from assessments.scoring.scope import ScopeFacts, find_tags, visible_questions
from tests.bank.businesses import BUSINESSES, PLAIN, as_2026_1_asked
from tests.bank.editions import edition_2026_1

BANK = Path(__file__).parents[2] / "assessments" / "bank"


@cache
def shipped() -> Edition:
    return read_folder(BANK / "data" / "2026.3")


# They carry the fines and the dates of laws, and no question rests on them.
FINES_AND_DATES = (
    *("AI Act Art. 99", "CCPA §1798.155", "California AB 1043", "California AB 566"),
    *("GDPR Art. 83(4)", "GDPR Art. 83(5)", "UK PECR fines"),
)


def test_no_rule_is_broken_and_no_warning_is_left_unexplained() -> None:
    assert sorted(str(problem) for problem in check_edition(shipped())) == [
        f"citations {label}: no question uses it" for label in FINES_AND_DATES
    ]


@pytest.mark.parametrize("edition", [shipped(), edition_2026_1()], ids=lambda edition: edition.id)
def test_it_fits_the_published_schema(edition: Edition) -> None:
    schema = json.loads((BANK / "edition.schema.json").read_text("utf-8"))

    Draft202012Validator(schema).validate(json.loads(json.dumps(to_plain(edition), default=day_as_text)))


@pytest.mark.parametrize("edition", [shipped(), edition_2026_1()], ids=lambda edition: edition.id)
def test_it_is_written_as_one_document_and_read_back(edition: Edition) -> None:
    assert read_edition({"edition.yaml": write_edition(edition)}) == edition


def test_all_74_checklist_items_are_covered_by_a_quick_or_standard_question() -> None:
    covered = {item for own in shipped().questions if own.depth is not Depth.FULL for item in own.checklist}

    assert len(shipped().checklist) == 74
    assert covered == set(shipped().checklist)


def test_it_has_twelve_domains_and_121_questions_with_four_steps_each() -> None:
    edition = shipped()

    codes = " ".join(domain.code for domain in edition.domains)
    assert codes == "GOV DATA CONSENT NOTICE RIGHTS AIUSE ACCESS STORE DEFEND INCIDENT PEOPLE VENDOR"
    assert Counter(own.depth for own in edition.questions) == {Depth.QUICK: 28, Depth.STANDARD: 56, Depth.FULL: 37}
    assert {len(own.steps) for own in edition.questions} == {4}
    lens = " ".join(own.id for own in edition.questions if own.ai_lens)
    assert lens == (
        "GOV-07 DATA-03 DATA-04 DATA-07 DATA-08 DATA-12 CONSENT-03 CONSENT-10 NOTICE-04 ACCESS-06 DEFEND-08 PEOPLE-03 "
        "VENDOR-04"
    )


TAGS: dict[str, str] = {
    "a carpenter in Texas who writes texts with AI": "uses_ai uses_ai_vendor",
    "a bakery in Lyon with a shop on the web and a newsletter": (
        "eu_ai_act gdpr has_staff has_website in_eu personal_data_in_ai relies_on_consent sells_shares "
        "shares_controllers transfers uses_ai uses_ai_vendor"
    ),
    "a physiotherapist in Leeds without AI": "in_uk special_category uk_gdpr",
    "a shop in California above the size of the CCPA": (
        "ca_business ca_law ca_residents ccpa ccpa_assessment in_california sells_shares"
    ),
    "a software firm in Toronto that sells hiring AI to the EU": (
        "ai_decides ai_decides_alone ai_high_risk ai_own_name dpia_needed eu_ai_act gdpr has_staff has_website "
        "own_software personal_data_in_ai rep_eu trains_ai uses_ai"
    ),
}


@pytest.mark.parametrize(("name", "expected"), TAGS.items())
def test_businesses_and_their_tags(name: str, expected: str) -> None:
    finding = find_tags(shipped().scope, BUSINESSES[name])

    assert " ".join(sorted(finding.on)) == expected
    assert finding.provisional == frozenset()


def test_a_business_that_knows_nothing_is_asked_everything_provisionally() -> None:
    finding = find_tags(shipped().scope, {})

    assert finding.provisional == {tag.id for tag in shipped().scope.tags}
    assert len(visible_questions(shipped().scope, {})) == len(PLAIN)


def sizes(edition: Edition, facts: ScopeFacts) -> dict[Depth, int]:
    tags = find_tags(edition.scope, facts).on
    return {depth: len(questions_at(edition, depth, tags)) for depth in Depth}


@pytest.mark.parametrize("name", BUSINESSES)
def test_a_run_is_hardly_longer_than_in_2026_1(name: str) -> None:
    now = sizes(shipped(), BUSINESSES[name])
    before = sizes(edition_2026_1(), as_2026_1_asked(BUSINESSES[name], edition_2026_1()))

    assert now[Depth.FULL] <= 1.1 * before[Depth.FULL]
    assert now[Depth.QUICK] < before[Depth.QUICK]


@pytest.mark.parametrize("name", BUSINESSES)
def test_standard_lies_clearly_between_quick_and_full(name: str) -> None:
    size = sizes(shipped(), BUSINESSES[name])

    assert 10 <= size[Depth.QUICK] <= 28
    assert size[Depth.QUICK] + 15 <= size[Depth.STANDARD] <= size[Depth.FULL] - 15
    assert 35 <= size[Depth.STANDARD] <= 70


def test_a_small_business_is_asked_less_than_a_large_one() -> None:
    full = {name: sizes(shipped(), facts)[Depth.FULL] for name, facts in BUSINESSES.items()}

    small = full["a carpenter in Texas who writes texts with AI"]
    assert all(small + 10 < full[name] for name, facts in BUSINESSES.items() if facts["people"] != PLAIN["people"])
