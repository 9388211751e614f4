"""Whom the placeholders of an edition name, for businesses in one country or another."""

from dataclasses import replace
from datetime import date

import pytest

from assessments.bank.conditions import Clause, Condition
from assessments.bank.placeholders import AS_ADDRESS, IN_TEXT
from assessments.bank.steps import FindOutHint, StepLink
from assessments.bank.types import Duty, Edition
from assessments.presentation.placeholders import (
    NEUTRAL,
    BusinessPlace,
    authority_of,
    country_in,
    fill_links,
    fill_placeholders,
    filled_question,
    law_values,
    question_values,
)
from assessments.scoring.scope import FactAnswer
from tests.bank.making import question
from tests.scope_facts import NOT_SURE, fact

DAY = date(2026, 11, 30)
EVERY_PLACEHOLDER = "{authority} {authority_url} {breach_form} {cyber_agency} {cyber_url} {police}"


def at(country: str, *tags: str) -> BusinessPlace:
    return BusinessPlace(country, frozenset(tags), DAY)


def duty(law: str, starts: date | None = None) -> Duty:
    return Duty(law, 2, "Do it.", (), starts)


def any_of(*names: str) -> Condition:
    return Condition((Clause(any=names),))


@pytest.mark.parametrize(
    ("country", "tags", "code", "named"),
    [
        ("fr", ("gdpr", "in_eu"), "gdpr", "fr"),
        ("no", ("gdpr", "in_eea"), "gdpr", "no"),
        ("gb_sct", ("gdpr", "uk_gdpr"), "gdpr", "eu_each"),
        ("gb_sct", ("gdpr", "uk_gdpr", "in_eu"), "gdpr", "eu_office"),
        ("fr", ("gdpr", "uk_gdpr", "in_eu"), "uk_gdpr", "uk_ic"),
        ("us_ca", ("ccpa",), "ccpa", "us_ca_cppa"),
        ("us_ca", ("ca_law",), "california", "us_ca_ag"),
        ("", ("gdpr",), "gdpr", None),
        ("atlantis", ("gdpr",), "gdpr", None),
    ],
)
def test_a_law_is_watched_over_by_the_authority_of_the_country_or_the_first_other_that_fits(
    edition: Edition, country: str, tags: tuple[str, ...], code: str, named: str | None
) -> None:
    law = next(law for law in edition.laws if law.code == code)
    found = authority_of(edition, law, at(country, *tags))
    assert found == (edition.authorities[named] if named else None)


def test_a_text_of_a_question_names_the_authority_of_the_duty_in_force(edition: Edition) -> None:
    asked = question("DATA-01", duties=(duty("gdpr"), duty("ccpa")))
    values = question_values(edition, at("fr", "gdpr", "ccpa", "in_eu"), asked)
    assert values["authority"] == "the CNIL"
    assert values["authority_url"] == "https://www.cnil.fr"
    assert "Notifier" in values["breach_form"]
    without_gdpr = question_values(edition, at("fr", "ccpa"), asked)
    assert without_gdpr["authority"] == "the California Privacy Protection Agency"


def test_the_authority_at_home_comes_before_one_abroad(edition: Edition) -> None:
    asked = question("DATA-01", duties=(duty("gdpr"), duty("uk_gdpr")))
    assert (
        question_values(edition, at("gb_eng", "gdpr", "uk_gdpr"), asked)["authority"]
        == "the ICO (Information Commission)"
    )
    assert question_values(edition, at("fr", "gdpr", "uk_gdpr"), asked)["authority"] == "the CNIL"


def test_a_duty_that_has_not_started_names_nobody(edition: Edition) -> None:
    asked = question("DATA-01", duties=(duty("uk_gdpr", date(2027, 12, 2)), duty("ccpa")))
    place = at("us_tx", "uk_gdpr", "ccpa")
    assert question_values(edition, place, asked)["authority"] == "the California Privacy Protection Agency"
    later = replace(place, day=date(2027, 12, 2))
    assert question_values(edition, later, asked)["authority"] == "the ICO (Information Commission)"


def test_a_variant_decides_before_the_duties(edition: Edition) -> None:
    asked = question("DATA-01", duties=(duty("gdpr"),))
    place = at("fr", "gdpr", "in_eu", "california_client", "ccpa")
    assert (
        question_values(edition, place, asked, any_of("ccpa"))["authority"]
        == "the California Privacy Protection Agency"
    )
    assert question_values(edition, place, asked, any_of("california_client"))["authority"] == "the CNIL"


def test_without_a_duty_it_is_the_authority_for_data_protection(edition: Edition) -> None:
    asked = question("DATA-01")
    assert question_values(edition, at("es", "gdpr", "in_eu"), asked)["authority"].endswith("(AEPD)")
    assert question_values(edition, at("us_tx", "uk_gdpr"), asked)["authority"] == "the ICO (Information Commission)"
    assert question_values(edition, at("us_tx"), asked)["authority"] == "the Attorney General of your state"


@pytest.mark.parametrize(
    ("country", "cyber", "police"),
    [
        ("de", "the BSI", "the police"),
        ("gb_sct", "the NCSC", "Police Scotland on 101"),
        ("us_tx", "CISA", "the IC3 of the FBI and your local police"),
        ("", NEUTRAL["cyber_agency"], NEUTRAL["police"]),
    ],
)
def test_cyber_agency_and_police_are_those_of_the_country(
    edition: Edition, country: str, cyber: str, police: str
) -> None:
    values = law_values(edition, at(country, "gdpr", "in_eu"))
    assert (values["cyber_agency"], values["police"]) == (cyber, police)


def test_who_has_no_form_of_their_own_gets_the_neutral_one(edition: Edition) -> None:
    assert law_values(edition, at("bg", "gdpr", "in_eu"))["breach_form"] == "the breach form on its website"


def test_every_country_of_the_list_fills_every_placeholder(edition: Edition) -> None:
    options = next(own for own in edition.scope.screens[0].questions if own.id == "country").options
    for option in options:
        filled = fill_placeholders(EVERY_PLACEHOLDER, law_values(edition, at(option.id, "gdpr")))
        assert "{" not in filled
        assert "authority of your country" not in filled or option.id == "other"


def test_each_known_placeholder_stands_for_something(edition: Edition) -> None:
    known = IN_TEXT | AS_ADDRESS
    assert NEUTRAL.keys() == law_values(edition, at("fr", "gdpr", "in_eu")).keys() == known
    assert {name for name, text in NEUTRAL.items() if not text} == AS_ADDRESS


def test_an_edition_without_authorities_speaks_neutrally(edition: Edition) -> None:
    older = replace(edition, authorities={})
    assert law_values(older, at("fr", "gdpr", "in_eu")) == NEUTRAL


def test_a_question_is_filled_where_it_names_somebody(edition: Edition) -> None:
    plain = question("DATA-01", help="No name.", find_out=FindOutHint("Look.", 5))
    place = at("fr", "gdpr", "in_eu")
    assert filled_question(edition, place, plain) is plain
    named = replace(plain, help="Ask {authority}.", find_out=None)
    assert filled_question(edition, place, named) == replace(plain, help="Ask the CNIL.", find_out=None)
    hint = replace(plain, find_out=FindOutHint("Call {police}.", 5))
    assert filled_question(edition, place, hint) == replace(plain, find_out=FindOutHint("Call the police.", 5))


def test_an_unknown_placeholder_is_never_shown_raw() -> None:
    assert fill_placeholders("Ask {the_adviser} or {police}.", {"police": "Garda"}) == "Ask the adviser or Garda."
    assert fill_placeholders("Nothing here.", {}) == "Nothing here."


def test_a_link_whose_address_is_unknown_is_dropped() -> None:
    links = (
        StepLink("authority", "Website of {authority}", url="{authority_url}"),
        StepLink("windows", "Encryption", path="Settings > {police}"),
        StepLink("all", "Fixed", url="https://ico.org.uk"),
        StepLink("all", "Unknown", url="https://example.org/{nobody}"),
    )
    known = {"authority": "the CNIL", "authority_url": "https://www.cnil.fr", "police": "the police"}
    shown = fill_links(links, known)
    assert [(link.label, link.url, link.path) for link in shown] == [
        ("Website of the CNIL", "https://www.cnil.fr", ""),
        ("Encryption", "", "Settings > the police"),
        ("Fixed", "https://ico.org.uk", ""),
    ]
    assert [link.label for link in fill_links(links, NEUTRAL)] == ["Encryption", "Fixed"]


def test_the_country_is_known_only_where_somebody_chose_one() -> None:
    assert country_in({"country": fact("fr")}) == "fr"
    assert country_in({"country": NOT_SURE}) == ""
    assert country_in({"country": FactAnswer(frozenset({"fr"}), not_sure=True)}) == ""
    assert country_in({}) == ""
