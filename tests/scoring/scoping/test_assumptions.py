"""What a preset assumes: only what is open and matters, and nothing of it counts before it is confirmed."""

from assessments.bank.conditions import ALWAYS, Clause, Condition
from assessments.bank.scope_types import Preset, PresetFact, Scope, ScopeQuestion
from assessments.scoring.scope import FactAnswer, ScopeFacts
from assessments.scoring.scoping.assumptions import assumptions, confirmed, without_assumed
from tests.bank.making import scope, scope_question, tag, when

YES, NO = FactAnswer(frozenset({"yes"})), FactAnswer(frozenset({"no"}))
US, EU = FactAnswer(frozenset({"us"})), FactAnswer(frozenset({"eu"}))
TOOLS, NONE, UNSURE = FactAnswer(frozenset({"tools"})), FactAnswer(frozenset({"none"})), FactAnswer(not_sure=True)


def asked(question: str, asked_when: Condition = ALWAYS) -> ScopeQuestion:
    return scope_question(question, "yes", "no", many=False, asked_when=asked_when)


WIZARD: Scope = scope(
    scope_question("country", "us", "eu", many=False),
    asked("abroad", when("country.eu")),
    asked("website"),
    scope_question("ai", "tools", "none"),
    asked("decides", when("ai.tools")),
    asked("special"),
    tags=(
        tag("abroad", when("abroad.yes")),
        tag("website", when("website.yes")),
        tag("decides", when("decides.yes")),
        tag("special", when("special.yes", "website.yes")),
    ),
)


def preset(*facts: PresetFact) -> Preset:
    return Preset("baker", "Bakery", facts)


BAKER = preset(
    PresetFact("abroad", ("yes",)),
    PresetFact("website", ("no",), when("country.us")),
    PresetFact("website", ("yes",)),
    PresetFact("ai", ("tools",)),
    PresetFact("decides", ("no",)),
)


def assumed(facts: ScopeFacts, of: Preset = BAKER) -> dict[str, tuple[FactAnswer, bool]]:
    return {own.question.id: (own.answer, not own.only_with_ai) for own in assumptions(WIZARD, of, facts)}


def test_the_first_fact_whose_condition_holds_is_assumed() -> None:
    assert assumed({"country": US})["website"] == (NO, True)
    assert assumed({"country": EU})["website"] == (YES, True)
    assert "website" not in assumed({})


def test_what_is_known_or_never_asked_is_not_assumed() -> None:
    assert "website" not in assumed({"country": EU, "website": NO})
    assert "abroad" not in assumed({"country": US})
    assert "decides" not in assumed({"country": US, "ai": NONE})


def test_ai_is_asked_and_what_hangs_on_it_is_not_sure() -> None:
    found = assumed({"country": EU})
    assert "ai" not in found
    assert found["decides"] == (NO, False)
    assert assumed({"country": EU, "ai": TOOLS})["decides"] == (NO, True)


def test_what_could_change_nothing_is_left_out() -> None:
    careful = preset(PresetFact("special", ("yes",)))
    assert set(assumed({"country": US}, careful)) == {"special"}
    assert assumed({"country": US, "website": NO}, careful) == {}


def test_what_hangs_on_something_else_than_ai_is_not_assumed_before_that_is_known() -> None:
    assert "abroad" not in assumed({})
    assert assumed({"country": EU})["abroad"] == (YES, True)


def test_an_option_that_does_not_exist_is_no_assumption() -> None:
    assert assumed({"country": US}, preset(PresetFact("website", ("perhaps",)))) == {}


def test_only_what_is_asked_for_sure_is_confirmed() -> None:
    known = {"country": EU}
    given = {"website": YES, "decides": NO}
    assert confirmed(WIZARD, known, {**given, "ai": TOOLS}) == {**given, "ai": TOOLS}
    assert confirmed(WIZARD, known, {**given, "ai": NONE}) == {"website": YES, "ai": NONE}
    assert confirmed(WIZARD, known, {**given, "ai": UNSURE}) == {"website": YES, "ai": UNSURE}


def test_taking_a_preset_back_leaves_what_the_business_said_itself() -> None:
    facts = {"country": EU, "ai": TOOLS, "abroad": NO, "website": YES, "decides": NO}
    assert without_assumed(WIZARD, BAKER, facts) == {"country": EU, "ai": TOOLS, "abroad": NO}


def test_an_earlier_fact_that_may_hold_as_well_leaves_it_open() -> None:
    unclear = preset(
        PresetFact("special", ("yes",), Condition((Clause(any=("ai.tools",)),))), PresetFact("special", ("no",))
    )
    assert "special" not in assumed({"country": US, "website": YES}, unclear)
    assert assumed({"country": US, "website": YES, "ai": NONE}, unclear)["special"] == (NO, True)
