"""The wizard in three values: what is shown, which tags are on, and why."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from assessments.bank.conditions import Clause, Condition
from assessments.bank.scope_types import OutOfView, Scope
from assessments.scoring.scope import FactAnswer, ScopeFacts, TagState, find_tags, visible_questions
from tests.bank.making import scope, scope_question, tag, when

ON, OFF, TO_CHECK = TagState.ON, TagState.OFF, TagState.TO_CHECK

WIZARD = scope(
    scope_question("base", "eu", "us"),
    scope_question("ai", "tools", "own", "none"),
    scope_question("decides", "yes", "no", many=False, asked_when=Condition((Clause(any=("ai.tools", "ai.own")),))),
    tags=(
        tag("gdpr", when("base.eu"), when("tag:uses_ai", "base.eu")),
        tag("uses_ai", Condition((Clause(any=("ai.tools", "ai.own")),))),
        tag("ai_decides", when("tag:uses_ai", "decides.yes")),
        tag("outside", Condition((Clause(all=("base.us",), none=("base.eu",)),))),
    ),
)


def said(*options: str, not_sure: bool = False) -> FactAnswer:
    return FactAnswer(frozenset(options), not_sure)


def states(facts: ScopeFacts, wizard: Scope = WIZARD) -> dict[str, TagState]:
    return {finding.tag.id: finding.state for finding in find_tags(wizard, facts).tags}


def test_definite_facts_turn_tags_on_and_off() -> None:
    facts = {"base": said("eu", "us"), "ai": said("tools"), "decides": said("no")}

    assert states(facts) == {"gdpr": ON, "uses_ai": ON, "ai_decides": OFF, "outside": OFF}
    assert find_tags(WIZARD, facts).provisional == frozenset()
    assert find_tags(WIZARD, facts).on == {"gdpr", "uses_ai"}


def test_every_rule_that_holds_gives_its_reason() -> None:
    facts = {"base": said("eu"), "ai": said("none")}

    by_tag = {finding.tag.id: finding.reasons for finding in find_tags(WIZARD, facts).tags}
    with_ai = {f.tag.id: f.reasons for f in find_tags(WIZARD, facts | {"ai": said("own")}).tags}

    assert by_tag["gdpr"] == ("because of gdpr 1",)
    assert with_ai["gdpr"] == ("because of gdpr 1", "because of gdpr 2")
    assert by_tag["uses_ai"] == ("uses_ai is not so.",)


def test_not_sure_makes_every_option_possible() -> None:
    finding = find_tags(WIZARD, {"base": said(not_sure=True), "ai": said("none")})

    assert {f.tag.id: f.state for f in finding.tags} == {
        "gdpr": TO_CHECK,
        "uses_ai": OFF,
        "ai_decides": OFF,
        "outside": TO_CHECK,
    }
    assert finding.on == finding.provisional == {"gdpr", "outside"}
    assert finding.tags[0].reasons == ("because of gdpr 1",)


def test_what_is_ticked_beside_not_sure_is_sure() -> None:
    assert states({"base": said("eu", not_sure=True)})["gdpr"] is ON
    assert states({"base": said("us", not_sure=True)})["outside"] is TO_CHECK


def test_unanswered_and_empty_are_like_not_sure() -> None:
    unsure = states({"base": said(not_sure=True), "ai": said(not_sure=True)})

    assert states({}) == unsure
    assert states({"base": said(), "ai": said()}) == unsure


def test_a_question_that_is_not_asked_says_no_whatever_was_answered_before() -> None:
    stale = {"base": said("us"), "ai": said("none"), "decides": said("yes")}

    assert states(stale)["ai_decides"] is OFF
    assert states(stale | {"ai": said("tools")})["ai_decides"] is ON
    assert states(stale | {"ai": said(not_sure=True)})["ai_decides"] is TO_CHECK


def test_questions_show_while_they_may_be_needed() -> None:
    def shown(facts: ScopeFacts) -> list[str]:
        return [question.id for question in visible_questions(WIZARD, facts)]

    assert shown({"ai": said("none")}) == ["base", "ai"]
    assert shown({"ai": said("own")}) == shown({"ai": said(not_sure=True)}) == shown({}) == ["base", "ai", "decides"]


def test_out_of_view_shows_what_holds_or_may_hold() -> None:
    items = (OutOfView("us", "US laws", when("base.us")), OutOfView("all", "All other laws"))
    wizard = replace(WIZARD, out_of_view=items)

    def shown(base: FactAnswer) -> list[str]:
        return [item.id for item in find_tags(wizard, {"base": base}).out_of_view]

    assert shown(said("eu")) == ["all"]
    assert shown(said("us")) == shown(said(not_sure=True)) == ["us", "all"]


@st.composite
def open_facts(draw: st.DrawFn) -> tuple[dict[str, FactAnswer], dict[str, FactAnswer]]:
    """Facts with some left open, and one possible outcome."""
    known, settled = {}, {}
    for question in (question for screen in WIZARD.screens for question in screen.questions):
        options = [option.id for option in question.options]
        chosen = draw(st.lists(st.sampled_from(options), min_size=1, max_size=2 if question.many else 1, unique=True))
        settled[question.id] = said(*chosen)
        known[question.id] = draw(st.sampled_from([said(*chosen), said(not_sure=True), said()]))
        if question.many and draw(st.booleans()):
            known[question.id] = said(chosen[0], not_sure=True)
    return known, settled


@given(open_facts())
def test_what_is_sure_stays_so_however_the_open_facts_turn_out(
    facts: tuple[dict[str, FactAnswer], dict[str, FactAnswer]],
) -> None:
    known, settled = facts

    after = states(settled)

    for tag_id, state in states(known).items():
        assert state is TO_CHECK or after[tag_id] is state
    assert TO_CHECK not in after.values()
    assert set(visible_questions(WIZARD, settled)) <= set(visible_questions(WIZARD, known))


def open_question(facts: ScopeFacts, tag_id: str, settled_by: str = "", wizard: Scope = WIZARD) -> str | None:
    """The question that settles a tag, where the edition names `settled_by`."""
    named = tuple(replace(own, settled_by=settled_by) for own in wizard.tags)
    [found] = [own for own in find_tags(replace(wizard, tags=named), facts).tags if own.tag.id == tag_id]
    return found.settled_by.id if found.settled_by else None


def test_a_tag_is_settled_by_the_first_open_question_that_it_depends_on() -> None:
    facts = {"base": said("eu"), "ai": said(not_sure=True), "decides": said(not_sure=True)}

    assert open_question(facts, "ai_decides") == "ai"
    assert open_question(facts | {"ai": said("own")}, "ai_decides") == "decides"
    assert open_question(facts | {"ai": said("own"), "decides": said("yes")}, "ai_decides") is None
    assert open_question(facts | {"ai": said("none")}, "ai_decides") is None


def test_the_question_that_the_edition_names_comes_first_while_it_is_open() -> None:
    facts = {"base": said("eu"), "ai": said(not_sure=True), "decides": said(not_sure=True)}

    assert open_question(facts, "ai_decides", "decides") == "decides"
    assert open_question(facts | {"decides": said("yes")}, "ai_decides", "decides") == "ai"
    assert open_question(facts, "ai_decides", "base") == "ai"


def test_an_answer_that_changes_nothing_any_more_settles_nothing() -> None:
    known_already = scope(
        scope_question("base", "eu", "us"),
        scope_question("ai", "tools", "own"),
        scope_question("large", "yes", "no", many=False),
        tags=(tag("both", Condition((Clause(all=("large.yes",), any=("base.eu", "ai.tools")),))),),
    )
    facts = {"base": said("eu"), "ai": said(not_sure=True), "large": said(not_sure=True)}

    assert open_question(facts, "both", wizard=known_already) == "large"
    assert open_question(facts | {"base": said("us")}, "both", wizard=known_already) == "ai"


def test_a_question_that_may_not_be_asked_is_settled_by_what_decides_that() -> None:
    facts = {"base": said("eu"), "ai": said(not_sure=True), "decides": said("yes")}

    assert open_question(facts, "ai_decides") == "ai"
