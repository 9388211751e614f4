"""The laws in view for one business: which apply, which may, which do not, each with its reason."""

from dataclasses import replace
from datetime import date
from typing import Any

from assessments.bank.laws import BY_COUNTRY, Authority, Verification
from assessments.bank.scope_types import OutOfView
from assessments.bank.types import Edition
from assessments.presentation.laws.cards import LawCards, law_cards, reasons_of
from assessments.presentation.placeholders import NEUTRAL, BusinessPlace, country_in
from assessments.scoring.scope import find_tags
from tests.scope_facts import NOT_SURE, SHOP, facts_of

DAY = date(2026, 11, 30)


def cards(edition: Edition, **chosen: Any) -> LawCards:
    facts = facts_of(edition, **chosen)
    finding = find_tags(edition.scope, facts)
    return law_cards(edition, finding, BusinessPlace(country_in(facts), finding.on, DAY), facts)


def codes(found: tuple[Any, ...]) -> list[str]:
    return [card.law.code for card in found]


def test_a_french_shop_with_ai_is_under_two_laws_with_their_authorities(edition: Edition) -> None:
    found = cards(edition, **SHOP)
    assert codes(found.applies) == ["gdpr", "eu_ai_act"]
    assert codes(found.may_apply) == []
    assert codes(found.does_not_apply) == ["uk_gdpr", "ccpa", "california"]
    gdpr, ai_act = found.applies
    assert gdpr.watched_by == "the CNIL"
    assert gdpr.authority == edition.authorities["fr"]
    assert gdpr.reasons[0].startswith("because you have an office")
    assert gdpr.settled_by is None
    assert ai_act.authority == edition.authorities["eu_ai"]
    assert all(card.reasons for card in found.does_not_apply)


def test_what_hangs_on_an_open_fact_is_a_condition_with_the_question_that_settles_it(edition: Edition) -> None:
    found = cards(edition, country="us_tx", california=NOT_SURE)
    assert codes(found.applies) == []
    [card] = found.may_apply
    assert card.law.code == "california"
    assert card.settled_by is not None
    assert card.settled_by.id == "california"
    assert card.reasons == ("if you hold data about people who live in California",)


def test_why_a_law_does_not_apply_says_nothing_that_nobody_said(edition: Edition) -> None:
    """Californians may be customers; the size alone rules the law out."""

    def why_not(**chosen: Any) -> tuple[str, ...]:
        found = cards(edition, country="us_tx", **chosen).does_not_apply
        return next(card.reasons for card in found if card.law.code == "ccpa")

    too_small = "Your business is below the sizes at which this law starts, or is not run for profit."
    assert why_not(california=NOT_SURE) == (too_small,)
    assert why_not(california="business") == (too_small,)
    assert why_not(california="few") == ("A few contacts in California alone do not make it business there.",)
    assert why_not(california="no") == ("You said that you have nothing to do with people in California.",)


def test_no_reason_of_an_open_tag_states_it(edition: Edition) -> None:
    everything = {q.id: NOT_SURE for screen in edition.scope.screens for q in screen.questions}
    finding = find_tags(edition.scope, facts_of(edition, **everything))
    assert finding.provisional
    for own in finding.tags:
        if own.tag.id in finding.provisional:
            assert own.settled_by is not None
            assert all(reason.startswith("if ") for reason in reasons_of(own)), own.tag.id


def test_a_reason_that_is_no_because_stays_as_it_is(edition: Edition) -> None:
    finding = find_tags(edition.scope, facts_of(edition, country="us_tx", california=NOT_SURE))
    own = next(own for own in finding.tags if own.tag.id == "ca_law")
    assert reasons_of(replace(own, reasons=("Somebody has to look.",))) == ("Somebody has to look.",)


def test_an_unknown_country_gets_a_neutral_authority(edition: Edition) -> None:
    [card, *_] = cards(edition, country=NOT_SURE, offers="eu").applies
    assert (card.law.code, card.watched_by, card.authority) == ("gdpr", NEUTRAL["authority"], None)


def test_a_law_of_an_older_edition_names_nobody(edition: Edition) -> None:
    older = replace(edition, laws=tuple(replace(law, authority="", authority_else=()) for law in edition.laws))
    [card, *_] = cards(older, **SHOP).applies
    assert (card.watched_by, card.authority) == ("", None)


def test_texts_are_filled(edition: Edition) -> None:
    changed = replace(
        edition,
        laws=(replace(edition.laws[0], says="Ask {authority}.", note="Or {police}.", authority=BY_COUNTRY),),
        scope=replace(edition.scope, out_of_view=(OutOfView("x", "Ask {cyber_agency}."),)),
        authorities={**edition.authorities, "police": Authority("police", "the Garda", "", Verification.TEXT)},
    )
    found = cards(changed, **SHOP)
    assert (found.applies[0].says, found.applies[0].note) == ("Ask the CNIL.", "Or the Garda.")
    assert found.out_of_view == ("Ask " + edition.authorities["fr_cyber"].name + ".",)
