"""How far it is to the next labels once some steps are done: the same as the next labels of the answers raised."""

from hypothesis import given
from hypothesis import strategies as st

from assessments.planning.next_label import pillar_rises
from assessments.planning.to_go import rises_to_go
from assessments.scoring.engine import score
from assessments.scoring.plan import raise_answers
from tests.bank import strategies as some
from tests.bank.strategies import TODAY
from tests.planning.every_choice import Case


@given(some.scored(), st.integers(0, 6))
def test_it_is_what_the_raised_answers_need(case: Case, number: int) -> None:
    edition, run, answers = case
    result = score(*case, TODAY)
    steps = result.todo[:number]
    after = score(edition, run, raise_answers(answers, steps), TODAY)

    found = rises_to_go(result, steps)

    labels = {pillar.code: pillar.label for pillar in after.pillars}
    for pillar in result.pillars:
        if pillar.label is None or pillar.label == 4:
            assert pillar.code not in found
            continue
        reached = labels[pillar.code]
        assert reached is not None
        assert (pillar.code in found) == (reached == pillar.label)
        if pillar.code in found:
            following, questions = found[pillar.code]
            assert following == pillar.label + 1
            assert questions == len(pillar_rises(after, pillar.code, following))
