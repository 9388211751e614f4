"""What a result praises really stands well, and it begins with the first step of the plan."""

from hypothesis import given

from assessments.bank.types import Depth, Edition
from assessments.presentation.counts import tell_judgement
from assessments.presentation.placeholders import BusinessPlace
from assessments.presentation.plan import tell_plan
from assessments.presentation.step_values import business_steps
from assessments.scoring.engine import score
from tests.bank import strategies as some
from tests.bank.strategies import TODAY
from tests.planning.every_choice import Case
from tests.presentation.samples import level, result_sample


@given(some.scored())
def test_praise_holds(case: Case) -> None:
    edition = case[0]
    result = score(*case, TODAY)
    plan = tell_plan(edition, result, business_steps(edition, result, BusinessPlace("", result.run.tags, TODAY)))

    told = tell_judgement(edition, result, plan)

    titles = {edition.domain[domain.code].title: domain for domain in result.domains}
    for name in told.strengths:
        traces = titles[name].traces
        assert not any(trace.closed for trace in traces)
        assert sum(trace.in_place for trace in traces) > 1
        weights = [trace.question.weight for trace in traces if trace.counted]
        assert 2 * sum(trace.question.weight for trace in traces if trace.in_place) >= sum(weights)
    assert len(told.strengths) <= 2
    assert (told.begin is None) == (not plan)


def test_it_begins_with_the_first_step(edition: Edition) -> None:
    given_result = result_sample(edition, otherwise=level(3), answers={"STORE-05": level(0)}, depth=Depth.STANDARD)
    place = BusinessPlace("fr", given_result.outcome.run.tags, given_result.day)
    plan = tell_plan(edition, given_result.outcome, business_steps(edition, given_result.outcome, place))

    told = tell_judgement(edition, given_result.outcome, plan)

    assert told.begin
    assert told.begin.domain == "Safe storage and backup"
    assert told.begin.minutes == plan[0].steps[0].minutes
    assert len(told.strengths) == 2
    assert "Safe storage and backup" not in told.strengths
