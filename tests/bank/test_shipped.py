"""The edition that ships: it reads, keeps every rule, covers the checklist and fits five businesses."""

import json
from functools import cache
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from assessments.bank.checks.edition import check_edition, errors_of
from assessments.bank.document.reader import read_edition
from assessments.bank.document.writer import day_as_text, to_plain, write_edition
from assessments.bank.types import Depth, Edition
from assessments.scoring.progress import depth_sizes
from assessments.scoring.scope import FactAnswer, ScopeFacts, find_tags, visible_questions

BANK = Path(__file__).parents[2] / "assessments" / "bank"


@cache
def shipped() -> Edition:
    folder = BANK / "data" / "2026.1"
    return read_edition({str(f.relative_to(folder)): f.read_text("utf-8") for f in sorted(folder.rglob("*.yaml"))})


def test_no_rule_is_broken() -> None:
    assert [str(problem) for problem in errors_of(check_edition(shipped()))] == []


def test_it_fits_the_published_schema() -> None:
    schema = json.loads((BANK / "edition.schema.json").read_text("utf-8"))

    Draft202012Validator(schema).validate(json.loads(json.dumps(to_plain(shipped()), default=day_as_text)))


def test_it_is_written_as_one_document_and_read_back() -> None:
    assert read_edition({"edition.yaml": write_edition(shipped())}) == shipped()


def test_all_74_checklist_items_are_covered_by_a_quick_or_standard_question() -> None:
    covered = {item for own in shipped().questions if own.depth is not Depth.FULL for item in own.checklist}

    assert len(shipped().checklist) == 74
    assert covered == set(shipped().checklist)


def test_it_has_twelve_domains_and_a_full_bank_of_questions() -> None:
    edition = shipped()

    codes = " ".join(domain.code for domain in edition.domains)
    assert codes == "GOV DATA CONSENT NOTICE RIGHTS AIUSE ACCESS STORE DEFEND INCIDENT PEOPLE VENDOR"
    assert 105 <= len(edition.questions) <= 120
    lens = " ".join(own.id for own in edition.questions if own.ai_lens)
    assert lens == (
        "GOV-07 DATA-03 DATA-04 DATA-07 DATA-11 CONSENT-03 CONSENT-10 NOTICE-04 ACCESS-06 DEFEND-08 PEOPLE-03 VENDOR-04"
    )


def said(*options: str, not_sure: bool = False) -> FactAnswer:
    return FactAnswer(frozenset(options), not_sure)


NONE = said("none")
# What all five have in common unless they say otherwise.
PLAIN: dict[str, FactAnswer] = {
    "base": said("elsewhere"),
    "offers": NONE,
    "follows": NONE,
    "california": said("no"),
    "people": said("no"),
    "setup": NONE,
    "ccpa_size": NONE,
    "habits": NONE,
    "abroad": said("no"),
    "ai": NONE,
    "ai_data": said("no"),
    "ai_does": NONE,
    "ai_people": NONE,
    "ai_body": said("no"),
    "ai_eu": said("no"),
    "special": NONE,
    "ccpa_extra": NONE,
    "children": NONE,
    "large": said("no"),
    "yes_first": NONE,
    "trackers": NONE,
    "pass_on": NONE,
}

PERSONAS: dict[str, tuple[ScopeFacts, set[str]]] = {
    "a carpenter in Texas who writes texts with AI": (
        {"ai": said("tools")},
        {"uses_ai", "uses_ai_vendor"},
    ),
    "a bakery in Lyon with a shop on the web and a newsletter": (
        {
            "base": said("eu"),
            "people": said("yes"),
            "setup": said("website"),
            "abroad": said("yes"),
            "ai": said("tools"),
            "ai_data": said("yes"),
            "yes_first": said("newsletter"),
            "trackers": said("pixels"),
        },
        {
            "gdpr",
            "eu_ai_act",
            "has_staff",
            "has_website",
            "transfers",
            "uses_ai",
            "uses_ai_vendor",
            "personal_data_in_ai",
            "relies_on_consent",
            "sells_shares",
        },
    ),
    "a physiotherapist in Leeds without AI": (
        {"base": said("uk"), "special": said("health")},
        {"uk_gdpr", "special_category"},
    ),
    "a shop in California above the size of the CCPA": (
        {"base": said("california"), "california": said("yes"), "ccpa_size": said("data"), "pass_on": said("sell")},
        {"ca_residents", "ccpa", "sells_shares"},
    ),
    "a software firm in Toronto that sells hiring AI to the EU": (
        {
            "offers": said("eu"),
            "people": said("yes"),
            "setup": said("website", "own_software"),
            "ai": said("own_name", "trains"),
            "ai_data": said("yes"),
            "ai_people": said("hiring"),
            "ai_eu": said("yes"),
        },
        {
            "gdpr",
            "rep_eu",
            "eu_ai_act",
            "has_staff",
            "has_website",
            "own_software",
            "uses_ai",
            "ai_own_name",
            "trains_ai",
            "personal_data_in_ai",
            "ai_decides",
            "ai_high_risk",
        },
    ),
}


@pytest.mark.parametrize(("facts", "expected"), PERSONAS.values(), ids=PERSONAS.keys())
def test_five_businesses_and_their_tags(facts: ScopeFacts, expected: set[str]) -> None:
    finding = find_tags(shipped().scope, PLAIN | dict(facts))

    assert finding.on == expected
    assert finding.provisional == frozenset()


def test_a_business_that_knows_nothing_is_asked_everything_provisionally() -> None:
    finding = find_tags(shipped().scope, {})

    assert finding.provisional == {tag.id for tag in shipped().scope.tags}
    assert len(visible_questions(shipped().scope, {})) == len(PLAIN)


def test_a_small_business_is_asked_less_than_a_large_one() -> None:
    sizes = {
        name: depth_sizes(shipped(), find_tags(shipped().scope, PLAIN | dict(facts)).on)
        for name, (facts, _) in PERSONAS.items()
    }

    for size in sizes.values():
        assert 10 <= size[Depth.QUICK].questions < size[Depth.STANDARD].questions < size[Depth.FULL].questions
    full = [size[Depth.FULL].questions for size in sizes.values()]
    assert full[0] < min(full[1], full[4])
