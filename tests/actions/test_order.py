"""Actions held against the newest plan: in which order, what no longer applies, what is small."""

from typing import Any
from uuid import uuid4

import pytest

from accounts.models import Organisation, User
from assessments.bank.types import Depth
from assessments.models import Action, AnswerKind, Result
from assessments.results.newest_plan import NewestPlan, OutOfPlan, PlannedStep, newer_levels, newest_plan
from assessments.results.plan_actions import shortest_step, sort_actions, steps_not_taken
from assessments.services.runs import restart_assessment
from tests.actions.plans import day, plan_of, taken
from tests.runs import NOW, answer_again, asked_questions, finish, give, scoped_run

pytestmark = pytest.mark.django_db


def action_on(plan: NewestPlan, place: int | None = None, **more: Any) -> Action:
    """Not stored: of the plan's entry at this place, or an own task."""
    if place is not None:
        entry = plan.entries[place]
        more |= {"question": entry.question, "level": entry.level}
    return Action(pk=uuid4(), title="x", **more)


def test_dates_then_the_plans_order_then_own_tasks(result: Result) -> None:
    plan = plan_of(result.assessment.organisation)
    own, dated = action_on(plan), action_on(plan, due=day(9))
    third, first, late = action_on(plan, 2), action_on(plan, 0), action_on(plan, 5, due=day(2))
    same_day = action_on(plan, 1, due=day(9))
    found = sort_actions([own, third, dated, first, late, same_day], plan, {})
    assert found.applying == (late, same_day, dated, first, third, own)
    assert found.outside == ()


def test_without_a_result_everything_applies(organisation: Organisation) -> None:
    assert newest_plan(organisation) is None
    step = Action(pk=uuid4(), title="x", question="ACCESS-02", level=2)
    assert sort_actions([step], None, {"ACCESS-02": 4}).applying == (step,)


def test_why_a_step_is_out_of_the_plan(organisation: Organisation, owner: User) -> None:
    run = scoped_run(organisation, by=owner, depth=Depth.STANDARD)
    asked = asked_questions(run)
    tags = frozenset(run.tags)
    left_out = next(question for question in asked if question.offers_not_applicable(tags))
    for question in asked:
        if question is not left_out:
            give(run, question.id, 1)
    give(run, left_out.id, kind=AnswerKind.NOT_APPLICABLE, reason="Not here")
    finish(run)
    plan = plan_of(organisation)
    every = plan.edition.questions
    deeper = next(question for question in every if question.depth is Depth.FULL and question.applies_when.holds(tags))
    foreign = next(question for question in every if not question.applies_when.holds(tags))
    reached = next(question for question in asked if question is not left_out).id
    assert plan.out_of_plan(left_out.id, 2, {}) is OutOfPlan.LEFT_OUT
    assert plan.out_of_plan(deeper.id, 2, {}) is None, "only a deeper assessment asks it"
    assert plan.out_of_plan(foreign.id, 2, {}) is OutOfPlan.NOT_ASKED
    assert plan.out_of_plan("NEVER-01", 2, {}) is OutOfPlan.GONE
    assert plan.out_of_plan(reached, 1, {}) is OutOfPlan.REACHED
    assert plan.out_of_plan(reached, 2, {}) is None
    assert plan.out_of_plan(reached, 2, {reached: 2}) is OutOfPlan.REACHED
    assert plan.out_of_plan(reached, 1, {reached: 0}) is None, "the newer answer is lower again"


def test_newer_levels_are_those_of_the_open_run(result: Result, organisation: Organisation, owner: User) -> None:
    assert newer_levels(organisation, newest_plan(organisation)) == {}
    run = restart_assessment(finished=result.assessment, started_by=owner, now=NOW)
    question = asked_questions(run)[0].id
    give(run, question, 4)
    assert newer_levels(organisation, newest_plan(organisation))[question] == 4
    finish(run)
    assert newer_levels(organisation, newest_plan(organisation)) == {}


def test_what_is_answered_again_counts_until_a_newer_result(
    result: Result, organisation: Organisation, owner: User
) -> None:
    question = asked_questions(result.assessment)[0].id
    answer_again(result.assessment, question, 3, by=owner)
    assert newer_levels(organisation, newest_plan(organisation)) == {question: 3}
    finish(restart_assessment(finished=result.assessment, started_by=owner, now=NOW))
    assert newer_levels(organisation, newest_plan(organisation)) == {}


def test_what_is_offered(result: Result) -> None:
    plan = plan_of(result.assessment.organisation)
    first, second, third = plan.entries[:3]
    assert steps_not_taken([], plan, {}) == plan.entries
    later = action_on(plan, question=first.question, level=first.level + 1)
    done = action_on(plan, 1, state="done")
    assert steps_not_taken([later, done], plan, {third.question: third.level}) == plan.entries[3:]
    assert second in steps_not_taken([later], plan, {})


def test_a_small_step() -> None:
    long, ten, five = PlannedStep("A-1", 1, 60), PlannedStep("A-2", 1, 10), PlannedStep("A-3", 1, 5)
    unknown = PlannedStep("A-4", 1, None)
    assert shortest_step([unknown, long, ten, five]) == ten, "the first of the small ones"
    assert shortest_step([PlannedStep("A-5", 1, 90), long]) == long
    assert shortest_step([unknown]) is None
    assert shortest_step([]) is None


def test_a_step_reads_as_the_business_needs_it(result: Result) -> None:
    plan = plan_of(result.assessment.organisation)
    for entry in plan.entries:
        step = plan.step(entry.question, entry.level)
        assert step is not None
        assert step.minutes == entry.minutes
        assert "{" not in step.text
    assert plan.step(plan.entries[0].question, 0) is None
    assert plan.step("NEVER-01", 2) is None
    assert taken(result).title == plan.step(plan.entries[0].question, plan.entries[0].level).text  # type: ignore[union-attr]
