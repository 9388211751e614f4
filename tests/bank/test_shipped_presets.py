"""The presets and the quick check that ship: what they assume, of whom, and that it is said on purpose."""

from collections.abc import Mapping
from functools import cache

import pytest

from assessments.bank.checks.presets import questions_left_open
from assessments.bank.scope_types import NEVER_ASSUMED, Preset
from assessments.scoring.scope import FactAnswer, ScopeFacts, find_tags, visible_questions
from tests.bank.test_shipped import shipped
from tests.scoring.test_cases import CASES, read

COUNTRIES = ("fr", "de", "no", "gb_eng", "us_ca", "us_tx", "other")
SIZES = ("no", "to9", "to19", "to49", "to249", "more")
PRESETS = {preset.id: preset for preset in shipped().presets}

# What is assumed beyond "no" and "none of these". It makes more questions apply: docs/bank.md has the reason for each.
RAISES: Mapping[str, str] = {
    "abroad.yes": "all",
    "setup.website": "all",
    "pass_on.social": (
        "bakery builder car_repair charity consultant dentist designer gym hairdresser hotel "
        "insurance_broker local_shop online_shop recruiter restaurant school_supplier software transport tutor"
    ),
    "special.staff_files": "all but those that leave it open",
    "body.nhs": "dentist doctor",
    "children.known": "dentist doctor tutor",
    "follows.eu": "online_shop",
    "follows.uk": "online_shop",
    "habits.elsewhere": "agency doctor hotel lawyer",
    "habits.for_others": "agency school_supplier software",
    "habits.watch": "transport",
    "pass_on.partners": "insurance_broker recruiter",
    "setup.own_software": "school_supplier software",
    "special.health": "dentist doctor gym insurance_broker therapist",
    "trackers.pixels": "agency online_shop",
    "trackers.stats": "agency online_shop software",
    "yes_first.cookies": "agency online_shop software",
    "yes_first.newsletter": "agency charity consultant gym hotel online_shop school_supplier software",
    "yes_first.photos": "charity designer gym hairdresser tutor",
    "ccpa_extra.staff_pay": "all but those that leave it open",
}
"""By fact the presets with it; the first words of the others say whom they concern."""


def chosen(country: str, people: str, ai: str = "tools") -> frozenset[str]:
    return frozenset({f"country.{country}", f"people.{people}", f"ai.{ai}"})


@cache
def facts(preset: Preset, business: frozenset[str]) -> ScopeFacts:
    """As they are once the business has confirmed everything and left the rest open."""
    first = (name.partition(".") for name in business)
    given = {question: FactAnswer(frozenset({option})) for question, _, option in first}
    told = preset.assumed(business)
    return given | {question: FactAnswer(frozenset(options)) for question, options in told.items()}


BUSINESSES = [
    (preset, chosen(country, people, ai))
    for preset in PRESETS.values()
    for country in COUNTRIES
    for people in SIZES
    for ai in ("tools", "none")
]


def test_there_are_about_two_dozen_under_a_few_headings() -> None:
    assert 20 <= len(PRESETS) <= 28
    assert 6 <= len({preset.group for preset in PRESETS.values()}) <= 10
    assert all(preset.examples and len(preset.name) <= 45 for preset in PRESETS.values())


def test_those_of_one_heading_stand_together() -> None:
    groups = [preset.group for preset in shipped().presets]
    assert len(set(groups)) == sum(own != before for before, own in zip(["", *groups], groups, strict=False))


def test_what_raises_a_duty_is_assumed_only_of_these_trades() -> None:
    found: dict[str, set[str]] = {}
    for preset in PRESETS.values():
        for fact in preset.facts:
            for option in fact.options:
                if option not in ("none", "no") and fact.question != "offers":
                    found.setdefault(f"{fact.question}.{option}", set()).add(preset.id)
    assert {name for name, whom in RAISES.items() if whom.startswith("all")} <= found.keys()
    told = {name: set(whom.split()) for name, whom in RAISES.items() if not whom.startswith("all")}
    assert {name: whom for name, whom in found.items() if name in told} == told
    assert found.keys() == RAISES.keys()


def test_nothing_that_is_assumed_contradicts_itself() -> None:
    for preset, business in BUSINESSES:
        told = preset.assumed(business)
        assert "website" in told["setup"] or "trackers" not in told, preset.id
        assert ("nhs" in told.get("body", ())) <= ("country.gb_eng" in business), preset.id
        assert ("staff_files" in told.get("special", ())) <= ("people.no" not in business), preset.id
        for place, country in (("eu", "country.fr"), ("uk", "country.gb_eng")):
            assert country not in business or place in told.get("offers", (place,)), preset.id
        assert not told.keys() & set(NEVER_ASSUMED)


def test_a_small_business_has_at_most_four_questions_left() -> None:
    """Besides what its AI does; in California some more."""
    for preset, business in BUSINESSES:
        if business & {"people.no", "people.to9"} and "country.us_ca" not in business:
            left = [own for own in questions_left_open(preset, shipped().scope, business) if not own.startswith("ai_")]
            assert len(left) <= 4, (preset.id, sorted(business), left)


def test_a_preset_trade_is_told_in_at_most_seven_screens() -> None:
    """One line for each screen is what the page shows."""
    screens = {own.id: screen.id for screen in shipped().scope.screens for own in screen.questions}
    for preset, business in BUSINESSES:
        visible = {own.id for own in visible_questions(shipped().scope, facts(preset, business))}
        assert len({screens[name] for name in preset.assumed(business) if name in visible}) <= 7


@pytest.mark.parametrize("ai", ["tools", "none"])
def test_every_preset_trade_has_a_whole_quick_check(ai: str) -> None:
    check = shipped().quick_check
    assert check is not None
    for preset, business in BUSINESSES:
        if f"ai.{ai}" in business:
            tags = find_tags(shipped().scope, facts(preset, business)).on
            asked = [own for own in check.questions if shipped().question[own].applies_when.holds(tags)]
            assert len(asked[: check.most]) == 8
            assert ("DATA-03" in asked) is (ai == "tools")


# The sample businesses with the preset of their trade: what differs, and why a false line would still be no trap. What
# is true of most is not true of all: each of these has "Change" beside it.
DIFFERS: Mapping[str, tuple[str, str]] = {
    # Its newsletter and its cookie banner are more than most bakeries have; the trackers are asked, which settles it.
    "lyon_bakery": ("bakery", "yes_first"),
    "texas_copywriter": ("writer", ""),
    # The recall newsletter and the missing page on a social network; sick notes open no duty.
    "manchester_dentist": ("dentist", "special yes_first pass_on"),
    # A camera in the store room, embedded videos and uploaded lists come on top of what is assumed.
    "valencia_shop": ("online_shop", "habits special trackers pass_on"),
    # More than fifty people, above the size of the CCPA, with AI in hiring: nothing like most online shops.
    "california_shop": ("online_shop", "habits ai_people special ccpa_extra pass_on"),
    "california_agency": ("agency", "special"),
    # A clinic has more of everything than a practice; whom it passes data on to and what it records are a click away.
    "german_clinic": ("doctor", "habits yes_first pass_on"),
    # It gets addresses from a fund-raising platform.
    "irish_charity": ("charity", "habits"),
    "leeds_bookkeeper": ("tax_adviser", ""),
    # A hobby without clients: more is assumed than is true, so nothing that applies is missed.
    "polish_developer": ("software", "habits yes_first trackers pass_on"),
    "school_supplier": ("school_supplier", "special pass_on"),
    # A start-up that builds its own scoring AI; whether its numbers are large is what the owner is not sure of.
    "berlin_recruiter": ("recruiter", "setup special large pass_on"),
}


def test_every_sample_business_has_the_preset_of_its_trade() -> None:
    assert set(DIFFERS) == {path.stem for path in CASES}


@pytest.mark.parametrize("name", DIFFERS)
def test_only_these_lines_are_not_true_of_a_sample_business(name: str) -> None:
    given = read(name, shipped()).case.facts
    preset, differs = DIFFERS[name]
    business = frozenset(f"{own}.{option}" for own in NEVER_ASSUMED for option in given[own].options)
    told = PRESETS[preset].assumed(business)
    wrong = [own for own in told if own in given and frozenset(told[own]) != given[own].options]
    assert sorted(wrong) == sorted(differs.split())
