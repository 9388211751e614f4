"""From a tag back to the answers that decide it."""

from hypothesis import given, settings

from assessments.presentation.laws.sentences import said_sentences
from assessments.scoring.scope import FactAnswer, ScopeFacts, TagState, find_tags
from assessments.scoring.scoping.because import said_facts
from tests.scope_facts import facts_of
from tests.scoring.scoping.test_relevance import EDITION, some_facts


def because(tag: str, facts: ScopeFacts) -> dict[str, list[str]]:
    return {own.question.id: [option.id for option in own.options] for own in said_facts(EDITION.scope, facts, tag)}


def test_only_the_answers_that_lead_to_a_law_are_named() -> None:
    shop = facts_of(EDITION, country="es", ai="tools")
    assert because("gdpr", shop) == {"country": ["es"]}
    assert because("eu_ai_act", shop) == {"country": ["es"], "ai": ["tools"]}


def test_a_law_that_does_not_apply_is_ruled_out_by_answers() -> None:
    texas = facts_of(EDITION, country="us_tx", ai="none")
    assert because("eu_ai_act", texas) == {"ai": ["none"]}
    assert because("gdpr", texas) == {
        "country": ["us_tx"],
        "base": ["none"],
        "offers": ["none"],
        "follows": ["none"],
    }
    assert because("ccpa", texas)["california"] == ["no"]


def test_of_other_places_that_were_chosen_only_the_missing_one_is_a_reason() -> None:
    shop = facts_of(EDITION, country="es", offers=FactAnswer(frozenset({"eu"})), follows=FactAnswer(frozenset({"eu"})))
    said = {own.question.id: own for own in said_facts(EDITION.scope, shop, "uk_gdpr")}
    assert (said["offers"].options, [own.id for own in said["offers"].not_chosen]) == ((), ["uk"])
    assert said["country"].options[0].id == "es"
    assert any("you did not tick “United Kingdom”" in text for text in said_sentences(said["offers"]))


def test_a_law_to_be_checked_is_decided_by_nothing() -> None:
    facts = facts_of(EDITION, country="us_tx", california=FactAnswer(not_sure=True))
    assert because("ca_law", facts) == {}


@settings(max_examples=40, deadline=None)
@given(some_facts())
def test_these_answers_alone_decide_the_tag(facts: dict[str, FactAnswer]) -> None:
    for finding in find_tags(EDITION.scope, facts).tags:
        if finding.state is TagState.TO_CHECK:
            continue
        named = {own.question.id for own in said_facts(EDITION.scope, facts, finding.tag.id)}
        assert named
        assert named <= facts.keys()
        assert all(own.options or own.not_chosen for own in said_facts(EDITION.scope, facts, finding.tag.id))
