"""What answering a domain has brought: praise that holds, a step that is not done, and never a level."""

from hypothesis import given

from assessments.bank.types import Edition
from assessments.presentation.counts import MOST_SOLID, DomainDone, tell_domain_done
from assessments.presentation.placeholders import BusinessPlace
from assessments.scoring.engine import score
from tests.bank import strategies as some
from tests.bank.strategies import TODAY
from tests.planning.every_choice import Case
from tests.presentation.samples import level, result_sample


def told_of_each(case: Case) -> list[DomainDone]:
    edition, run, answers = case
    told = []
    for domain in edition.domains:
        own = {question.id for question in edition.by_domain[domain.code]}
        result = score(edition, run, answers, TODAY, among=own)
        told.append(tell_domain_done(edition, domain, result, BusinessPlace("", run.tags, TODAY)))
    return told


@given(some.scored())
def test_the_counts_add_up(case: Case) -> None:
    for told in told_of_each(case):
        assert told.known >= 0
        assert told.left_open >= 0
        assert told.in_place <= told.counted <= told.asked
        assert len(told.solid) == min(told.in_place, MOST_SOLID)


@given(some.scored())
def test_the_domains_together_are_the_whole_result(case: Case) -> None:
    whole, told = score(*case, TODAY), told_of_each(case)
    assert sum(each.asked for each in told) == whole.asked
    assert sum(each.known + each.unknown for each in told) == whole.answered


@given(some.scored())
def test_a_step_is_told_exactly_where_the_plan_has_one(case: Case) -> None:
    edition = case[0]
    planned = {todo.question.domain for todo in score(*case, TODAY).todo}
    for told in told_of_each(case):
        assert (told.step is not None) == (told.domain.code in planned)
    assert planned <= {domain.code for domain in edition.domains}


def test_what_is_solid_is_said_in_whole_sentences(edition: Edition) -> None:
    sample = result_sample(edition, otherwise=level(4))
    told = tell_domain_done(
        edition, edition.domain["ACCESS"], sample.outcome, BusinessPlace("fr", sample.outcome.run.tags, sample.day)
    )
    levels = {question.levels[4] for question in edition.questions}
    assert set(told.solid) <= levels
    assert told.step is None
