"""Rules for authorities, laws and dates, and for a run as a whole: each broken once."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from assessments.bank.checks import coverage
from assessments.bank.conditions import ALWAYS, Clause, Condition
from assessments.bank.laws import BY_COUNTRY, Authority, AuthorityRule, KeyDate, Verification
from assessments.bank.types import ChecklistEntry, Depth, Edition
from tests.bank.checking import WARNING, about, said, sound
from tests.bank.making import WITH_STEPS, gate, question, when


def authority(code: str, **changes: Any) -> Authority:
    made = Authority(code, f"the {code}", code.upper(), Verification.MEMORY, url=f"https://{code}.example")
    return replace(made, **changes)


def with_option(bank: Edition, **changes: Any) -> Edition:
    """The first option of the first scope question, changed."""
    screen = bank.scope.screens[0]
    asked = screen.questions[0]
    options = (replace(asked.options[0], **changes), *asked.options[1:])
    screen = replace(screen, questions=(replace(asked, options=options), *screen.questions[1:]))
    return replace(bank, scope=replace(bank.scope, screens=(screen,)))


def watched() -> Edition:
    """The GDPR is watched over by the authority of the country, the CCPA by one."""
    bank = with_option(sound(), authority="eu", cyber="cert", police="police")
    gdpr, ccpa = bank.laws
    rules = (AuthorityRule("eu_office", when("large_scale")), AuthorityRule("eu_each"))
    laws = (replace(gdpr, authority=BY_COUNTRY, authority_else=rules), replace(ccpa, authority="cppa"))
    ours = [authority(code, law="gdpr") for code in ("eu", "eu_office", "eu_each")]
    ours += [authority("cppa", law="ccpa"), authority("cert"), authority("police", url="")]
    return replace(bank, laws=laws, authorities={own.code: own for own in ours})


def test_a_bank_with_authorities_has_no_problem() -> None:
    assert said(watched()) == said(watched(), WARNING) == []


def law_with(**changes: Any) -> Callable[[Edition], Edition]:
    return lambda bank: replace(bank, laws=(replace(bank.laws[0], **changes), bank.laws[1]))


def authority_with(code: str, **changes: Any) -> Callable[[Edition], Edition]:
    return lambda bank: replace(
        bank, authorities={**bank.authorities, code: replace(bank.authorities[code], **changes)}
    )


LAST = "laws gdpr, authority_else: must end with an authority for everyone else, without a condition"


@pytest.mark.parametrize(
    ("make", "expected"),
    [
        (
            law_with(authority="mars", authority_else=()),
            "laws gdpr, authority: mars is not an authority of this document",
        ),
        (law_with(authority="cppa", authority_else=()), "laws gdpr, authority: cppa watches over ccpa"),
        (
            law_with(authority_else=(AuthorityRule("mars"),)),
            "laws gdpr, authority_else, entry 1: mars is not an authority of this document",
        ),
        (
            law_with(authority_else=(AuthorityRule("cppa", when("ccpa")), AuthorityRule("eu_each"))),
            "laws gdpr, authority_else, entry 1: cppa watches over ccpa",
        ),
        (
            law_with(authority_else=(AuthorityRule("eu_each", when("gdrp")), AuthorityRule("eu_each"))),
            "laws gdpr, authority_else, entry 1: gdrp is not a tag of this document",
        ),
        (law_with(authority_else=()), LAST),
        (law_with(authority_else=(AuthorityRule("eu_each", when("gdpr")),)), LAST),
        (
            law_with(authority="eu"),
            "laws gdpr, authority_else: only counts where the authority is that of the business’s own country",
        ),
        (authority_with("eu", law="bgb"), "authorities eu, law: bgb is not a law of this document"),
        (
            authority_with("cert", url="http://cert.example"),
            "authorities cert, url: http://cert.example is not a plain https address",
        ),
        *(
            (
                lambda bank, field=field: with_option(bank, **{field: "mars"}),
                f"scope question base, options eu, {field}: mars is not an authority of this document",
            )
            for field in ("authority", "cyber", "police")
        ),
        (
            lambda bank: replace(bank, dates=(KeyDate(date(2027, 1, 1), "gdpr", "Starts.", when("gdrp")),)),
            "dates 2027-01-01: gdrp is not a tag of this document",
        ),
        (
            lambda bank: replace(bank, damage_first=("DATA-01",)),
            "damage_first: DATA-01 has no gate about harm",
        ),
        (
            lambda bank: replace(bank, damage_first=("DATA-99",)),
            "damage_first: DATA-99 is not a question of this document",
        ),
        (
            lambda bank: replace(bank, readability_exceptions={"DATA-99": "Why not."}),
            "readability_exceptions: DATA-99 is not a question of this document",
        ),
    ],
)
def test_an_error_in_the_laws(make: Callable[[Edition], Edition], expected: str) -> None:
    assert said(make(watched())) == [expected]


def test_an_authority_that_nothing_names() -> None:
    bank = watched()
    bank = replace(bank, authorities={**bank.authorities, "spare": authority("spare")})

    assert said(bank, WARNING) == ["authorities spare: nothing uses it"]


def test_harm_may_come_first() -> None:
    bank = sound(question("DATA-06", **WITH_STEPS, gates=(gate(),)), damage_first=("DATA-06",))

    assert said(bank) == []


def test_tags_are_used_by_dates_authorities_and_the_checklist() -> None:
    bank = replace(watched(), raised_target_when=None)
    assert said(bank, WARNING) == []
    with_date = replace(sound(), raised_target_when=None, dates=(KeyDate(date(2027, 1, 1), "gdpr", "x", BIG),))
    assert said(with_date, WARNING) == []
    concerned = replace(sound(), raised_target_when=None, checklist={"S0-1": ChecklistEntry("S0-1", "x", BIG)})
    assert said(concerned, WARNING) == []
    assert said(replace(sound(), raised_target_when=None), WARNING) == ["tags large_scale: nothing uses this tag"]


BIG = when("large_scale")
NOT_BIG = Condition((Clause(none=("large_scale",)),))


def carried_by(*conditions: Condition, concerns: Condition = ALWAYS, depth: Depth = Depth.STANDARD) -> list[str]:
    """What is said about an item that the questions with these conditions cover."""
    own = [
        question(f"DATA-{number:02}", **WITH_STEPS, applies_when=condition, checklist=("S0-2",), depth=depth)
        for number, condition in enumerate(conditions, 6)
    ]
    bank = sound(*own)
    entry = ChecklistEntry("S0-2", "Another item.", concerns)
    return about(replace(bank, checklist={**bank.checklist, "S0-2": entry}), "checklist")


NOBODY_ASKS = "some businesses that it concerns are asked none of its quick and standard questions, "


def test_every_item_is_asked_of_everybody_it_concerns() -> None:
    assert carried_by(ALWAYS) == []
    assert carried_by(BIG) == [f"{NOBODY_ASKS}DATA-06"]
    assert carried_by(BIG, when("ccpa")) == [f"{NOBODY_ASKS}DATA-06, DATA-07"]
    assert carried_by(BIG, NOT_BIG) == []
    # Whoever is large is under the GDPR.
    assert carried_by(when("gdpr"), concerns=BIG) == []
    assert carried_by(BIG, concerns=when("gdpr")) == [f"{NOBODY_ASKS}DATA-06"]
    assert carried_by(ALWAYS, depth=Depth.FULL) == ["only full questions cover it: add a quick or standard one"]
    assert carried_by() == ["no question covers it"]
    assert carried_by(ALWAYS, concerns=when("gdrp")) == ["gdrp is not a tag of this document"]


def test_full_questions_carry_no_item() -> None:
    deep = question("DATA-07", **WITH_STEPS, depth=Depth.FULL, checklist=("S0-2",))
    early = question("DATA-06", **WITH_STEPS, applies_when=BIG, checklist=("S0-2",))
    bank = sound(deep, early)
    bank = replace(bank, checklist={**bank.checklist, "S0-2": ChecklistEntry("S0-2", "Another.")})

    assert about(bank, "checklist") == [f"{NOBODY_ASKS}DATA-06"]


@pytest.mark.parametrize(("most", "warned"), [(7, True), (8, False)])
def test_a_quick_run_stays_quick(monkeypatch: pytest.MonkeyPatch, most: int, warned: bool) -> None:
    """Of nine quick questions nobody is asked more than eight: no business is both large and not."""
    monkeypatch.setattr(coverage, "MOST_QUICK", most)
    large = [question(f"DATA-0{n}", **WITH_STEPS, applies_when=BIG) for n in (6, 7)]
    small = question("DATA-08", **WITH_STEPS, applies_when=NOT_BIG)
    eu = question("DATA-09", **WITH_STEPS, applies_when=when("gdpr"))
    later = question("DATA-10", **WITH_STEPS, depth=Depth.STANDARD)
    bank = sound(*large, small, eu, later)

    expected = [f"a quick run can ask 8 questions: at most {most} keep it quick"] * warned
    assert [m for m in about(bank, "questions", WARNING) if "quick" in m] == expected
