"""What is computed for one business is reused for others: no result may differ because of it."""

import random
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.bank.conditions import Condition
from assessments.bank.logic import Truth, truth_of
from assessments.bank.types import Depth, Duty, Edition, Gate, Question
from assessments.editions.shipped import shipped_editions
from assessments.scoring.engine import score
from assessments.scoring.progress import Progress, progress
from assessments.scoring.terms import PreparedQuestion, asks, prepare_questions
from assessments.scoring.types import Answers, Run, ScoredResult
from tests.bank import strategies as some
from tests.bank.making import duty, edition, gate, question, when
from tests.scoring.answering import all_at, run
from tests.scoring.businesses import random_answers, random_run

DAYS = (some.YESTERDAY, some.TODAY, some.TOMORROW)
MANY = 60

Case = tuple[Run, Answers, date]
_names = (f"fresh {number}" for number in count())


@cache
def shipped() -> Edition:
    return shipped_editions()[-1]


def told(bank: Edition, case: Case) -> tuple[ScoredResult, Progress]:
    on, answers, today = case
    return score(bank, on, answers, today), progress(bank, on, answers)


def scored_uncached(bank: Edition, case: Case) -> tuple[ScoredResult, Progress]:
    """For an edition with another name nothing is cached yet."""
    return told(replace(bank, id=next(_names)), case)


@st.composite
def cases(draw: st.DrawFn) -> tuple[Edition, list[Case]]:
    """One bank and several businesses, some of them again and on other days, in any order."""
    bank = draw(some.editions())
    business = st.tuples(some.runs(), some.answers(bank))
    few = draw(st.lists(business, min_size=2, max_size=4))
    turns = draw(st.lists(st.tuples(st.sampled_from(few), st.sampled_from(DAYS)), min_size=3, max_size=8))
    return bank, [(on, answers, today) for (on, answers), today in turns]


@given(cases())
def test_in_any_order_each_is_told_what_it_would_be_told_alone(drawn: tuple[Edition, list[Case]]) -> None:
    bank, turns = drawn

    for case in turns:
        assert told(bank, case) == scored_uncached(bank, case)


def test_businesses_of_the_shipped_edition_are_told_what_each_would_be_told_alone() -> None:
    chance, bank = random.Random(7), shipped()  # noqa: S311
    turns: list[Case] = [
        (random_run(chance, bank, chance.choice(list(Depth))), random_answers(chance, bank), today)
        for today in (date(2026, 11, 21), date(2027, 1, 1), date(2027, 12, 2))
        for _ in range(MANY // 3)
    ]
    alone = [scored_uncached(bank, case) for case in turns]

    for place in chance.sample(range(len(turns)), len(turns)):
        assert told(bank, turns[place]) == alone[place]


@given(cases())
def test_progress_counts_the_questions_and_answers_that_scoring_counts(drawn: tuple[Edition, list[Case]]) -> None:
    bank, turns = drawn

    for case in turns:
        result, found = told(bank, case)
        assert (found.asked, found.answered) == (result.asked, result.answered)


# What a run asks, read again from the conditions with all tags, to check the shortcut against.


class Plainly:
    def __init__(self, bank: Edition, on: Run, today: date) -> None:
        self.bank, self.on, self.today = bank, on, today

    def truth(self, tag: str) -> Truth:
        if tag in self.on.provisional:
            return Truth.MAYBE
        return Truth.YES if tag in self.on.tags else Truth.NO

    def sure(self, condition: Condition) -> bool:
        return truth_of(condition, self.truth) is Truth.YES

    def started(self, item: Gate | Duty) -> bool:
        return item.starts is None or item.starts <= self.today

    def soon(self, item: Gate | Duty) -> bool:
        return item.starts is not None and self.today < item.starts <= self.today + timedelta(days=90)

    def gate(self, own: Question) -> Gate | None:
        return next((each for each in own.gates if self.started(each) and each.when.holds(self.on.tags)), None)

    def gate_is_sure(self, own: Question) -> bool:
        for each in own.gates:
            if self.started(each) and truth_of(each.when, self.truth) is not Truth.NO:
                return each == self.gate(own) and self.sure(each.when)
        return True

    def coming_gates(self, own: Question) -> list[Gate]:
        """Certain to be the active one on the day on which it starts."""

        def is_first(each: Gate, place: int) -> bool:
            before = [other for other in own.gates[:place] if self.started(other) or self.soon(other)]
            return all(truth_of(other.when, self.truth) is Truth.NO for other in before)

        return [
            each
            for place, each in enumerate(own.gates)
            if self.soon(each) and self.sure(own.applies_when) and self.sure(each.when) and is_first(each, place)
        ]

    def duties(self, own: Question) -> list[tuple[str, Duty, bool]]:
        """Law, duty, and whether it is provisional."""
        return [
            (law.code, each, not self.duty_is_sure(own, each, law.tag))
            for law in self.bank.laws
            for each in own.duties
            if each.law == law.code and law.tag in self.on.tags and each.when.holds(self.on.tags)
            if self.started(each)
        ]

    def duty_is_sure(self, own: Question, each: Duty, tag: str) -> bool:
        return self.sure(own.applies_when) and self.sure(each.when) and self.sure(when(tag))

    def coming_duties(self, own: Question) -> list[tuple[str, Duty]]:
        return [
            (law.code, each)
            for law in self.bank.laws
            for each in own.duties
            if each.law == law.code and self.soon(each) and self.duty_is_sure(own, each, law.tag)
        ]

    def target(self, own: Question) -> int:
        active = self.gate(own) if self.sure(own.applies_when) and self.gate_is_sure(own) else None
        rises = self.bank.raised_target_when
        raised = own.weight > 1 and rises is not None and self.sure(rises)
        least = max(3, active.min_level) if active else 3 if raised else 2
        return max([least, *(each.level for _, each, provisional in self.duties(own) if not provisional)])

    def steps(self, own: Question) -> list[tuple[int, int | None, bool]]:
        """Level, variant, and whether it is the solo wording."""
        alone = "has_staff" not in self.on.tags and any(tag.id == "has_staff" for tag in self.bank.scope.tags)
        chosen = []
        for step in own.steps:
            fitting = [place for place, variant in enumerate(step.variants) if self.sure(variant.when)]
            chosen.append((step.to, fitting[0] if fitting else None, bool(not fitting and alone and step.solo)))
        return chosen


def read_plainly(bank: Edition, on: Run, today: date) -> dict[str, object]:
    rules = Plainly(bank, on, today)
    return {
        own.id: (
            rules.gate(own),
            rules.gate_is_sure(own),
            own.offers_not_applicable(on.tags),
            rules.sure(own.applies_when),
            rules.duties(own),
            rules.coming_gates(own),
            rules.coming_duties(own),
            rules.target(own),
            rules.steps(own),
        )
        for own in bank.questions
        if asks(own, on.depth, on.tags)
    }


def read_shortly(bank: Edition, on: Run, today: date) -> dict[str, object]:
    return {
        asked.question.id: (
            asked.gate,
            not asked.gate_provisional,
            asked.may_be_left_out,
            not asked.provisional,
            [(own.law.code, own.duty, bool(own.open_facts)) for own in asked.duties],
            list(asked.coming_gates),
            [(own.law.code, own.duty) for own in asked.coming_duties],
            asked.target,
            [(choice.to, choice.variant, choice.solo) for choice in asked.steps],
        )
        for asked in all_asked(bank, on, today)
    }


def all_asked(bank: Edition, on: Run, today: date) -> list[PreparedQuestion]:
    return [asked for _, own in prepare_questions(bank, on, today).domains for asked in own]


@given(cases())
def test_the_terms_are_those_of_the_conditions_read_plainly(drawn: tuple[Edition, list[Case]]) -> None:
    bank, turns = drawn

    for on, _, today in turns:
        assert read_shortly(bank, on, today) == read_plainly(bank, on, today)


def test_the_terms_of_the_shipped_edition_are_those_of_its_conditions_read_plainly() -> None:
    chance, bank = random.Random(11), shipped()  # noqa: S311

    for number in range(MANY):
        on, today = random_run(chance, bank), date(2026, 11, 21) + timedelta(days=30 * (number % 15))
        assert read_shortly(bank, on, today) == read_plainly(bank, on, today)


@pytest.mark.parametrize("other", ["uses_ai", "a tag of no condition"])
def test_what_a_question_does_not_hang_on_leaves_its_terms_the_same_object(other: str) -> None:
    bank = edition(question("DATA-01", weight=1, gates=(gate(on=when("gdpr")),), duties=(duty("ccpa"),)))

    (one,) = all_asked(bank, run("gdpr"), some.TODAY)
    (same,) = all_asked(bank, run("gdpr", other, provisional=(other,)), some.TODAY)
    (gated_no_more,) = all_asked(bank, run(other), some.TODAY)

    assert one is same
    assert one is not gated_no_more


def test_few_terms_serve_many_businesses() -> None:
    """Otherwise the caches would be too small. Measured: 13 to a question after 1,000 businesses."""
    chance, bank = random.Random(3), replace(shipped(), id="few terms")  # noqa: S311

    runs = [random_run(chance, bank) for _ in range(200)]
    found = [asked for on in runs for asked in all_asked(bank, on, some.TODAY)]

    assert len(set(runs)) == len(runs)
    assert 10 * len(set(found)) < len(found)


def test_a_question_in_an_unknown_domain_is_never_asked() -> None:
    bank = edition(question("DATA-01"), question("RIGHTS-01"))
    bank = replace(bank, domains=bank.domains[:1])

    assert [own.question.id for own in all_asked(bank, run(), some.TODAY)] == ["DATA-01"]
    assert progress(bank, run(), all_at(bank, 1)).asked == 1
