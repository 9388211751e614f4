"""What businesses said about themselves under edition 2026.1, under the edition that follows it."""

from collections.abc import Mapping
from dataclasses import dataclass

import pytest

from assessments.bank.scope_types import ScopeQuestion
from assessments.bank.types import Edition
from assessments.scoring.scope import FactAnswer, find_tags
from assessments.scoring.upgraded_scope import UpgradedFacts, upgrade_facts
from tests.bank.editions import edition_2026_1
from tests.scope_facts import NOT_SURE, fact, facts_of

ChosenFacts = Mapping[str, str | FactAnswer]


@pytest.fixture(scope="module")
def old_edition() -> Edition:
    return edition_2026_1()


@dataclass(frozen=True)
class Business:
    """`before` under 2026.1, else "none of these"; then what is asked first, round by round, as it is answered.

    `on` are some of the tags in the end and `off` some that must not be on, not even to be checked.
    """

    before: ChosenFacts
    rounds: tuple[ChosenFacts, ...]
    reworded: str
    on: str
    off: str


BAKERY = Business(
    before={"base": "eu", "offers": "eu", "people": "yes", "setup": "website", "ai": fact("tools", "features")},
    rounds=(
        {"country": "fr", "people": "to9", "body": "no", "habits": "none", "ai_people": "none", "pass_on": "none"},
    ),
    reworded="base california ai_does",
    on="gdpr in_eu eu_ai_act has_staff",
    off="uk_gdpr ca_law ccpa in_uk monitors_people dpo_needed",
)
COPYWRITER = Business(
    before={"base": "elsewhere", "people": "no", "setup": "website", "ai": "tools", "ai_data": "yes"},
    rounds=({"country": "us_tx", "habits": "none", "ai_people": "none", "pass_on": "none"},),
    reworded="base california people ai_does",
    on="uses_ai personal_data_in_ai",
    off="gdpr uk_gdpr ca_law has_staff",
)
AGENCY = Business(
    before={"base": "california", "people": "yes", "ccpa_size": "revenue", "ccpa_extra": "logins", "ai": "none"},
    rounds=(
        {
            "country": "us_ca",
            "people": "to49",
            "ccpa_size": fact("revenue", "big_data"),
            "habits": "for_others",
            "since_2026": "no",
            "ccpa_extra": "accounts",
            "pass_on": "none",
            "ca_trade": "none",
        },
        {"clients_ca": "no"},
    ),
    reworded="base",
    on="ccpa ca_law ca_breach_data ccpa_audit",
    off="gdpr uk_gdpr client_ccpa",
)
DENTIST = Business(
    before={"base": "uk", "offers": "uk", "people": "yes", "special": "health", "habits": "records"},
    rounds=({"country": "gb_eng", "people": "to9", "body": "nhs", "habits": "records", "pass_on": "none"},),
    reworded="base california",
    on="uk_gdpr special_category dpo_needed",
    off="gdpr ca_law",
)
CLINIC = Business(
    before={"base": "eu", "people": "yes", "special": "health", "large": "no", "ai": "none"},
    rounds=(
        {"country": "de", "people": "to49", "body": "no", "habits": "none", "pass_on": "none"},
        {"de_staff": "yes", "nis2": "no"},
    ),
    reworded="base california",
    on="gdpr dpo_needed",
    off="uk_gdpr nis2_maybe",
)
SELLER = Business(
    before={"base": "elsewhere", "california": "yes", "ccpa_size": "none", "people": "no", "ai": "none"},
    rounds=(
        {"country": "other", "habits": "none", "pass_on": "none"},
        {"california": "few"},
    ),
    reworded="base people",
    on="ca_residents ca_law",
    off="ca_business ccpa gdpr",
)
UNSURE = Business(
    before={"base": NOT_SURE, "people": "no", "ai": "none"},
    rounds=(
        {"country": "ie", "habits": "none", "pass_on": "none"},
        {"body": "no"},
        {"ccpa_size": "none", "since_2026": "no", "ccpa_extra": "none", "ca_trade": "none"},
    ),
    reworded="base california people",
    on="gdpr uk_gdpr",
    off="has_staff",
)
BUSINESSES = {
    "bakery": BAKERY,
    "copywriter": COPYWRITER,
    "agency": AGENCY,
    "dentist": DENTIST,
    "clinic": CLINIC,
    "seller": SELLER,
    "unsure": UNSURE,
}


@pytest.fixture(params=BUSINESSES.values(), ids=list(BUSINESSES))
def business(request: pytest.FixtureRequest) -> Business:
    found: Business = request.param
    return found


def upgraded(business: Business, old: Edition, new: Edition, rounds: int) -> UpgradedFacts:
    """After so many rounds of answers."""
    given = {name: value for answers in business.rounds[:rounds] for name, value in answers.items()}
    picked = {name: fact(value) if isinstance(value, str) else value for name, value in given.items()}
    return upgrade_facts(old.scope, new.scope, facts_of(old, **business.before), picked)


def ids(questions: tuple[ScopeQuestion, ...]) -> list[str]:
    return [question.id for question in questions]


def test_what_nobody_was_asked_is_asked_round_by_round(
    business: Business, old_edition: Edition, edition: Edition
) -> None:
    asked = [ids(upgraded(business, old_edition, edition, rounds).open) for rounds in range(len(business.rounds) + 1)]

    assert asked == [*(list(answers) for answers in business.rounds), []]


def test_in_the_end_everything_is_settled(business: Business, old_edition: Edition, edition: Edition) -> None:
    found = upgraded(business, old_edition, edition, len(business.rounds))

    tags = find_tags(edition.scope, found.facts)
    assert ids(found.reworded) == business.reworded.split()
    assert set(business.on.split()) <= tags.on
    assert not set(business.off.split()) & tags.on
    assert bool(tags.provisional) == (business is UNSURE)


def test_nothing_is_stated_before_it_is_answered(business: Business, old_edition: Edition, edition: Edition) -> None:
    before = find_tags(old_edition.scope, facts_of(old_edition, **business.before))

    now = find_tags(edition.scope, upgraded(business, old_edition, edition, 0).facts)

    known = {tag.id for tag in old_edition.scope.tags}
    assert (now.on - now.provisional) & known <= before.on
    # Nor is anything forgotten that was true.
    assert before.on & {tag.id for tag in edition.scope.tags} <= now.on
