"""Rules for presets: only what is known, nothing that contradicts itself, nothing left open by mistake."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from assessments.bank.checks.presets import questions_left_open, typical_businesses
from assessments.bank.conditions import Clause, Condition
from assessments.bank.scope_types import Preset, PresetFact, ScopeQuestion
from assessments.bank.types import Edition
from tests.bank.checking import ERROR, WARNING, about, sound
from tests.bank.making import scope, scope_question, tag, when

IN_EU = Condition((Clause(any=("country.fr", "country.es")),))
NOT_ALONE = Condition((Clause(none=("people.no",)),))
QUESTIONS = (
    scope_question("country", "fr", "es", "us", many=False),
    scope_question("people", "no", "more", many=False),
    scope_question("ai", "tools", "none"),
    scope_question("site", "web", "app", "none"),
    scope_question("abroad", "yes", "no", many=False, asked_when=IN_EU),
    scope_question("rota", "yes", "no", many=False, asked_when=NOT_ALONE),
)
TAGS = (
    tag("gdpr", IN_EU),
    tag("ccpa", when("country.us")),
    tag("uses_ai", when("ai.tools")),
    tag("large_scale", when("site.app"), when("abroad.yes"), when("rota.yes")),
)
SITE, ABROAD, ROTA = (
    PresetFact(name, (option,)) for name, option in (("site", "web"), ("abroad", "yes"), ("rota", "no"))
)


def told(question: ScopeQuestion) -> ScopeQuestion:
    return replace(question, options=tuple(replace(own, says=f"You are {own.id}.") for own in question.options))


SCOPE = scope(*map(told, QUESTIONS), tags=TAGS)


def with_preset(*facts: PresetFact, **changes: Any) -> Edition:
    return sound(scope=SCOPE, presets=(Preset("kiosk", "Kiosk", facts, **changes),))


def errors(*facts: PresetFact, **changes: Any) -> list[str]:
    return about(with_preset(*facts, **changes), "presets", ERROR)


def warnings(*facts: PresetFact, **changes: Any) -> list[str]:
    return about(with_preset(*facts, **changes), "presets", WARNING)


def test_a_preset_that_says_something_about_every_question_has_no_problems() -> None:
    assert errors(SITE, ABROAD, ROTA) == warnings(SITE, ABROAD, ROTA) == []


@pytest.mark.parametrize(
    ("fact", "message"),
    [
        (PresetFact("shop", ("web",)), "shop is not a scope question of this document"),
        (PresetFact("site", ("fax",)), "fax is not an option of site"),
        (PresetFact("site", ("web", "none")), "none rules out every other option of site"),
        (PresetFact("abroad", ("yes", "no")), "abroad takes one option only"),
        (PresetFact("country", ("fr",)), "country is never assumed: the business answers it itself"),
        (PresetFact("people", ("no",)), "people is never assumed: the business answers it itself"),
        (PresetFact("ai", ("none",)), "ai is never assumed: the business answers it itself"),
        (PresetFact("site", ("web",), when("country.de")), "country.de is not a question.option of this document"),
        (PresetFact("site", ("web",), when("tag:gdpr")), "tag:gdpr is not a question.option of this document"),
        (PresetFact("site", ("web",), when("rota.no")), "rota.no is not known yet: only country, people, ai are"),
    ],
)
def test_a_fact_that_says_what_it_must_not(fact: PresetFact, message: str) -> None:
    assert errors(fact) == [message]


def test_an_option_is_named_once() -> None:
    found = about(with_preset(PresetFact("site", ("web", "web"))), "presets kiosk, facts, entry 1, options web")
    assert found == ["appears twice"]


def test_a_fact_after_one_without_a_condition_never_counts() -> None:
    assert errors(SITE, PresetFact("site", ("app",), when("ai.tools"))) == [
        "never counts: an earlier fact for site has no condition"
    ]
    assert errors(PresetFact("site", ("app",), when("ai.tools")), SITE, ABROAD, ROTA) == []


def test_names_and_ids_are_told_apart() -> None:
    preset = Preset("kiosk", "Kiosk", (SITE, ABROAD, ROTA))
    twins = (preset, replace(preset, name="kiosk"), replace(preset, id="stand", name="KIOSK"))
    assert about(replace(sound(scope=SCOPE), presets=twins), "presets") == [
        "appears twice",
        "two have the name “kiosk”: nobody can tell them apart",
    ]


def test_a_question_is_left_open_only_on_purpose() -> None:
    in_france = PresetFact("abroad", ("yes",), when("country.fr"))
    assert warnings(SITE, ABROAD) == [
        "says nothing about rota for a business with ai.tools and country.fr and people.more: assume something, "
        "or name it in asks"
    ]
    assert warnings(SITE, ABROAD, asks=("rota",)) == []
    assert warnings(SITE, in_france, ROTA, asks=("abroad",)) == []
    assert warnings(SITE, in_france, ROTA) == [
        "says nothing about abroad for a business with ai.tools and country.es and people.no: assume something, "
        "or name it in asks"
    ]


def test_what_is_asked_on_purpose_is_open_for_somebody() -> None:
    assert errors(SITE, ABROAD, ROTA, asks=("shop",)) == ["shop is not a scope question of this document"]
    assert errors(SITE, ABROAD, ROTA, asks=("rota",)) == [
        "rota is never left open: a fact without a condition answers it"
    ]
    everywhere = (PresetFact("rota", ("no",), when("people.more")), PresetFact("rota", ("no",), when("people.no")))
    assert warnings(SITE, ABROAD, *everywhere, asks=("rota",)) == ["rota is open for no business"]


def test_an_assumed_option_is_told_as_a_sentence() -> None:
    bank = replace(with_preset(SITE, ABROAD, ROTA), scope=scope(*QUESTIONS, tags=TAGS))
    assert [about(bank, f"scope question {name}", WARNING) for name in ("site", "abroad", "rota", "people")] == [
        *[["a preset assumes it: say it as a sentence about the business"]] * 3,
        [],
    ]


def test_a_scope_that_is_broken_itself_is_not_searched() -> None:
    circle = scope(*map(told, QUESTIONS), tags=(*TAGS, tag("round", when("tag:round"))))
    assert about(replace(with_preset(SITE), scope=circle), "presets", WARNING) == []


def test_businesses_are_told_apart_only_where_conditions_do() -> None:
    found = [" ".join(sorted(business)) for business in typical_businesses(SCOPE)]
    assert found == [
        "ai.tools country.fr people.no",
        "ai.tools country.fr people.more",
        "ai.tools country.us people.no",
        "ai.tools country.us people.more",
    ]
    assert len(typical_businesses(SCOPE, [when("country.es")])) == 6


CASES: Mapping[str, tuple[str, ...]] = {
    "country.fr people.more ai.none": ("abroad", "rota"),
    "country.us people.more ai.none": ("rota",),
    "country.us people.no ai.none": (),
}


@pytest.mark.parametrize(("business", "left"), CASES.items())
def test_what_is_left_open_depends_on_the_business(business: str, left: tuple[str, ...]) -> None:
    preset = Preset("kiosk", "Kiosk", (SITE,))
    assert questions_left_open(preset, SCOPE, frozenset(business.split())) == left


def test_the_first_fact_that_holds_counts() -> None:
    preset = Preset("kiosk", "Kiosk", (PresetFact("site", ("app",), when("ai.tools")), SITE, ABROAD))
    assert preset.assumed(frozenset({"ai.tools"})) == {"site": ("app",), "abroad": ("yes",)}
    assert preset.assumed(frozenset()) == {"site": ("web",), "abroad": ("yes",)}


def test_presets_that_tell_too_many_businesses_apart_are_a_problem_and_not_a_search() -> None:
    many = tuple(f"o{number}" for number in range(300))
    asked = [scope_question(name, *many, many=False) for name in ("country", "people", "ai")]
    rules = [when(f"{question.id}.{option}") for question in asked for option in many]
    edition = sound(scope=scope(*asked, *map(told, QUESTIONS[3:4]), tags=[tag("gdpr", *rules)]), presets=())
    found = about(replace(edition, presets=(Preset("kiosk", "Kiosk", (SITE,)),)), "presets", ERROR)
    assert any("too many kinds of businesses" in problem for problem in found)
