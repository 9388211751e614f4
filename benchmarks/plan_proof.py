"""How near to the best the steps for a given time are: random small banks, each against every other choice."""

from collections import Counter
from collections.abc import Iterable

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assessments.planning.time_budget import best_in_time
from assessments.scoring.engine import score
from benchmarks.measuring import Figure
from tests.bank import strategies as some
from tests.bank.strategies import TODAY
from tests.planning.every_choice import Case, best_of_every_choice, number_of_choices, value_of

CASES = 10_000
MOST_CHOICES = 1_000


def figures() -> Iterable[Figure]:
    seen: Counter[str] = Counter()

    @settings(max_examples=10 * CASES, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
    @given(some.scored(), st.integers(0, 100))
    def count(case: Case, share: int) -> None:
        result = score(*case, TODAY)
        if seen["cases"] < CASES and result.todo and number_of_choices(result) <= MOST_CHOICES:
            minutes = sum(entry.minutes or 240 for entry in result.todo) * share // 100
            chosen = {entry.question.id: entry.target for entry in best_in_time(result, minutes)}
            reached = value_of(case, chosen, TODAY)
            best = best_of_every_choice(case, result, minutes, TODAY)
            seen["cases"] += 1
            seen["less"] += reached[:3] != best[:3]
            seen["fewer in place"] += reached[:3] == best[:3] and reached[3] < best[3]
            seen["most fewer"] = max(seen["most fewer"], best[3] - reached[3])

    count()
    yield Figure("random cases against every other choice", seen["cases"], "")
    yield Figure("cases in which another choice closes more or reaches higher labels", seen["less"], "", 0)
    yield Figure(
        "cases in which another choice brings more in place, per cent", 100 * seen["fewer in place"] / CASES, ""
    )
    yield Figure("how many more at most", seen["most fewer"], "")
