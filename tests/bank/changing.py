"""Two editions of one bank: random questions, and changes elsewhere that depend on each other."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from hypothesis import strategies as st

from assessments.bank.conditions import Clause, Condition
from assessments.bank.laws import BY_COUNTRY, Authority, AuthorityRule, Citation, KeyDate, Verification
from assessments.bank.references import Name, item_gives, item_uses
from assessments.bank.scope_types import Otherwise, OutOfView, Preset, PresetFact, ScopeScreen, TagRule
from assessments.bank.sections import SPECS
from assessments.bank.types import ChecklistEntry, Edition, QuestionCitation, QuickCheck, UnknownAnswer
from tests.bank import strategies as some
from tests.bank.making import duty, law, scope_question, tag, when

Change = Callable[[Edition], Edition]


def in_bank_order(bank: Edition) -> Edition:
    codes = [domain.code for domain in bank.domains]
    return replace(bank, questions=tuple(sorted(bank.questions, key=lambda own: codes.index(own.domain))))


def with_first_question(bank: Edition, **changes: object) -> Edition:
    first, *others = bank.questions
    return replace(bank, questions=(replace(first, **changes), *others))  # type: ignore[arg-type]


def other_frame(bank: Edition) -> Edition:
    return replace(bank, title="Another title", raised_target_when=Condition((Clause(any=("ccpa", "uses_ai")),)))


def new_law_with_a_duty(bank: Edition) -> Edition:
    bank = replace(bank, laws=(law("swiss"), *bank.laws), dates=(KeyDate(date(2027, 1, 1), "swiss", "It starts."),))
    label = Citation("FADP Art. 1", "Says so.", "swiss", Verification.MEMORY, "from memory, not read")
    bank = replace(bank, citations={**bank.citations, label.label: label})
    with_tag = replace(bank.scope, tags=(tag("swiss", when("base.us")), *bank.scope.tags))
    asked = replace(duty("swiss"), citations=(label.label,))
    return with_first_question(replace(bank, scope=with_tag), duties=(asked,))


def new_screen_with_a_tag(bank: Edition) -> Edition:
    screen = ScopeScreen("people", "People", "", (scope_question("staff", "yes", "no", many=False),))
    scope = replace(
        bank.scope,
        screens=(screen, *bank.scope.screens),
        tags=(*bank.scope.tags, tag("has_shop", when("staff.yes"))),
        out_of_view=(OutOfView("unions", "Unions.", when("staff.yes", "tag:has_shop")),),
    )
    return with_first_question(replace(bank, scope=scope), applies_when=when("has_shop"))


def new_option_in_a_rule(bank: Edition) -> Edition:
    screen, *others = bank.scope.screens
    grown = tuple(
        replace(own, options=(*own.options, replace(own.options[0], id="ch"))) if own.id == "base" else own
        for own in screen.questions
    )
    tags = tuple(
        replace(own, set_when=(*own.set_when, TagRule(when("base.ch"), "because"))) if own.id == "gdpr" else own
        for own in bank.scope.tags
    )
    return replace(bank, scope=replace(bank.scope, screens=(replace(screen, questions=grown), *others), tags=tags))


def moved_scope_question(bank: Edition) -> Edition:
    """To a new screen at the end."""
    screens = [
        replace(screen, questions=tuple(own for own in screen.questions if own.id != "ai"))
        for screen in bank.scope.screens
    ]
    moved = next(own for screen in bank.scope.screens for own in screen.questions if own.id == "ai")
    last = ScopeScreen("last", "Last", "At last.", (moved,))
    return replace(bank, scope=replace(bank.scope, screens=(*screens, last)))


def new_item_and_citation(bank: Edition) -> Edition:
    label = Citation("CIS 1", "Also.", "standard", Verification.TEXT, "read")
    bank = replace(
        bank,
        checklist={"S1-1": ChecklistEntry("S1-1", "Another item."), **bank.checklist},
        citations={label.label: label, **bank.citations},
    )
    return with_first_question(bank, checklist=("S1-1",), citations=(QuestionCitation(label.label, when("ccpa")),))


def new_authority(bank: Edition) -> Edition:
    """Named by a law for some businesses; and a second reason why a tag is off."""
    office = Authority("office", "the office", "Office", Verification.MEMORY, bank.laws[-1].code)
    watched = replace(bank.laws[-1], authority=BY_COUNTRY, authority_else=(AuthorityRule("office", when("ccpa")),))
    *tags, last = bank.scope.tags
    why_off = (Otherwise("You are not in the US.", Condition((Clause(none=("base.us",)),))), *last.otherwise)
    return replace(
        bank,
        laws=(*bank.laws[:-1], watched),
        authorities={**bank.authorities, "office": office},
        scope=replace(bank.scope, tags=(*tags, replace(last, otherwise=why_off))),
        unknown=UnknownAnswer("I don't know", "It counts as anything."),
        readability_exceptions={bank.questions[0].id: "A word of the law."},
    )


def new_preset(bank: Edition) -> Edition:
    facts = (PresetFact("base", ("us",), when("ai.tools")), PresetFact("base", ("none",)))
    check = QuickCheck(("ai",), tuple(own.id for own in bank.questions[:2]))
    return replace(bank, presets=(Preset("kiosk", "Kiosk", facts, asks=("ai",)), *bank.presets), quick_check=check)


def turned_round(bank: Edition) -> Edition:
    turned = replace(bank, domains=bank.domains[::-1], questions=bank.questions[::-1], laws=bank.laws[::-1])
    return in_bank_order(turned)


def reworded(bank: Edition) -> Edition:
    return with_first_question(bank, text="Is it done in another way?", help="Other help.")


CHANGES: tuple[Change, ...] = (
    other_frame,
    new_law_with_a_duty,
    new_screen_with_a_tag,
    new_option_in_a_rule,
    moved_scope_question,
    new_item_and_citation,
    new_authority,
    new_preset,
    turned_round,
    reworded,
)


@st.composite
def changed_editions(draw: st.DrawFn) -> Edition:
    bank = in_bank_order(draw(some.editions()))
    for change in draw(st.lists(st.sampled_from(CHANGES), max_size=4, unique=True)):
        bank = change(bank)
    return bank


def dangling(bank: Edition) -> set[Name]:
    """What is referred to but missing."""
    given: set[Name] = set()
    used: set[Name] = set()
    for spec in SPECS:
        for key, item in spec.keyed(bank).items():
            given |= item_gives(spec, key, item)
            used |= item_uses(spec, item)
    return used - given
