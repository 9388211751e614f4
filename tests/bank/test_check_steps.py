"""Rules for steps: each broken once."""

from dataclasses import replace
from typing import Any

import pytest

from assessments.bank.conditions import Clause, Condition
from assessments.bank.laws import Authority, Verification
from assessments.bank.steps import StepCost, StepLink, StepVariant
from assessments.bank.types import Edition
from tests.bank.checking import WARNING, about, said, sound, with_question, with_step
from tests.bank.making import STEPS, question, when

PLACE = "questions DATA-06, steps"
NOBODY = Condition((Clause(all=("gdpr",), none=("gdpr",)),))
US = when("ccpa")
EVERYBODY = Condition((Clause(all=("gdpr",)), Clause(none=("gdpr",))))


def test_a_first_step_alone_is_a_warning() -> None:
    bank = sound(question("DATA-06"))

    assert said(bank) == []
    assert said(bank, WARNING) == [f"{PLACE}: one first step only: say what leads from each level to the next"]


@pytest.mark.parametrize("steps", [STEPS[:3], STEPS[::-1], (*STEPS, STEPS[3])])
def test_there_is_one_step_to_each_level(steps: Any) -> None:
    assert said(with_question(steps=steps)) == [f"{PLACE}: expected steps to 1, 2, 3, 4, in this order"]


def link(url: str = "", path: str = "") -> StepLink:
    return StepLink("any", "Their page", url, path)


@pytest.mark.parametrize(
    ("links", "messages"),
    [
        ((link(path="Settings > Updates"),), []),
        ((link("{authority_url}"), link("{cyber_url}")), []),
        ((link("https://www.cppa.example/privacy"),), []),
        ((link("https://allowed.example/page"),), []),
        ((link(),), ["Their page: expected either an address or a way through the settings"]),
        ((link("{cyber_url}", "Settings"),), ["Their page: expected either an address or a way through the settings"]),
        ((link("http://allowed.example"),), ["http://allowed.example is not a plain https address"]),
        ((link("https://me@allowed.example"),), ["https://me@allowed.example is not a plain https address"]),
        ((link("https://allowed.example:8443"),), ["https://allowed.example:8443 is not a plain https address"]),
        ((link("https://[::1"),), ["https://[::1 is not a plain https address"]),
        ((link("https://allowed.example:eleven"),), ["https://allowed.example:eleven is not a plain https address"]),
        (
            (link("https://a.shop.example"),),
            ["a.shop.example is neither among the sites that links may lead to nor that of an authority"],
        ),
        ((link(path="Settings"),) * 4, ["expected at most 3, found 4"]),
    ],
)
@pytest.mark.parametrize("of_variant", [False, True])
def test_links_lead_to_hosts_that_stay(links: tuple[StepLink, ...], messages: list[str], of_variant: bool) -> None:
    changes: dict[str, Any] = {"variants": (StepVariant(US, "Ask.", links=links),)} if of_variant else {"links": links}
    agency = Authority("cppa", "the agency", "CPPA", Verification.MEMORY, "ccpa", url="https://www.cppa.example")
    bank = replace(with_step(2, **changes), authorities={"cppa": agency}, link_hosts=("allowed.example",))

    assert about(bank, f"{PLACE}, to 2, links") == messages


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"cost": StepCost.SMALL}, ["say what the money is for"]),
        ({"cost": StepCost.LARGER, "pays_for": " "}, ["say what the money is for"]),
        ({"cost": StepCost.LARGER, "pays_for": "a lock"}, []),
        ({"pays_for": "a lock"}, ["the step costs nothing: leave it out, or say how much it costs"]),
    ],
)
def test_money_has_a_purpose(changes: dict[str, Any], expected: list[str]) -> None:
    bank = with_step(2, **changes)

    assert about(bank, PLACE, WARNING) == expected
    assert said(bank) == []


LEVELS = (
    "Nothing is encrypted",
    "Every laptop is encrypted with a password",
    "Every laptop is encrypted with a password, and so is each phone",
    "All is encrypted",
    "All is encrypted and looked at",
)


@pytest.mark.parametrize(
    ("to", "text", "runs"),
    [
        # Level 1 says it, level 2 does not; other words round it and capitals do not matter.
        (3, "Look whether the tablet, and so is each phone, lies at home.", ["and so is each", "so is each phone"]),
        # Level 2 says it too: it is part of what is to be reached.
        (2, "Write down that every laptop is encrypted.", []),
        (3, "Encrypt the phone that is left, and so is it done.", []),
        (1, "See that nothing is encrypted.", []),
    ],
)
@pytest.mark.parametrize("field", ["text", "solo", "variant"])
def test_no_step_asks_for_what_is_done(to: int, text: str, runs: list[str], field: str) -> None:
    change: dict[str, Any] = {"variants": (StepVariant(US, text),)} if field == "variant" else {field: text}
    steps = tuple(replace(own, **change) if own.to == to else own for own in STEPS)
    bank = with_question(levels=LEVELS, steps=steps)

    found = [m for m in about(bank, f"{PLACE}, to {to}", WARNING) if m.startswith("asks")]
    assert found == [f'asks for what level {to - 1} says is done: "{run}"' for run in runs]


def test_somebody_reads_each_text() -> None:
    never = StepVariant(NOBODY, "Never.")
    hidden = StepVariant(US, "Again.")
    assert said(with_step(1, variants=(never,))) == [
        f"{PLACE}, to 1, variants, entry 1: no business can ever read this"
    ]
    assert said(with_step(1, variants=(hidden, hidden))) == [
        f"{PLACE}, to 1, variants, entry 2: no business can ever read this"
    ]
    assert said(with_step(1, variants=(StepVariant(EVERYBODY, "All."),))) == [
        f"{PLACE}, to 1, text: no business can ever read this: a variant fits everyone"
    ]


def test_the_tags_of_variants_exist() -> None:
    bank = with_step(3, variants=(StepVariant(when("gdrp"), "Ask."),))

    assert said(bank) == [f"{PLACE}, to 3, variants, entry 1: gdrp is not a tag of this document"]


UNSURE = "{authority}: some businesses that read this have no law with an authority"


def watched(bank: Edition) -> Edition:
    """The GDPR has an authority, the CCPA none."""
    gdpr = replace(bank.laws[0], authority="dpa")
    dpa = Authority("dpa", "the authority", "DPA", Verification.MEMORY, "gdpr")
    return replace(bank, laws=(gdpr, *bank.laws[1:]), authorities={"dpa": dpa})


@pytest.mark.parametrize("field", ["text", "solo", "done_when", "pays_for"])
def test_an_authority_is_named_only_where_its_law_is_certain(field: str) -> None:
    text: dict[str, Any] = {"cost": StepCost.SMALL, "pays_for": "a letter"} | {field: "Write to {authority}."}

    assert said(watched(with_step(2, **text))) == [f"{PLACE}, to 2: {UNSURE}"]
    eu = with_question(applies_when=when("gdpr"), steps=tuple(replace(own, **text) for own in STEPS))
    assert said(watched(eu)) == []


def test_an_authority_in_a_variant() -> None:
    def bank(*variants: StepVariant, text: str = "Ask.") -> list[str]:
        return said(watched(with_step(2, variants=variants, text=text)))

    ask = "Ask {authority}."
    assert bank(StepVariant(when("gdpr"), ask)) == []
    assert bank(StepVariant(US, ask)) == [f"{PLACE}, to 2, variants, entry 1: {UNSURE}"]
    assert bank(StepVariant(US, "Ask.", ask)) == [f"{PLACE}, to 2, variants, entry 1: {UNSURE}"]
    form = StepLink("authority", "Form", "{authority_url}")
    assert bank(StepVariant(US, "Ask.", links=(form,)))
    # A variant without an end or links of its own has those of the step.
    assert said(watched(with_step(2, done_when=ask, links=(form,), variants=(StepVariant(EVERYBODY, "Ask."),))))
    # Whoever has no such law reads the variant before it.
    assert bank(StepVariant(Condition((Clause(none=("gdpr",)),)), "Look it up."), text=ask) == []


def test_other_placeholders_name_somebody_everywhere() -> None:
    assert said(with_step(2, text="Call {police} or {cyber_agency}.")) == []


def test_an_edition_without_authorities_names_none() -> None:
    bank = with_question(applies_when=when("gdpr"), steps=tuple(replace(own, text="{authority}") for own in STEPS))

    assert said(bank) == [f"{PLACE}, to {to}: {UNSURE}" for to in (1, 2, 3, 4)]
