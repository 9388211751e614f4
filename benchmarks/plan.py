"""The steps that reach most in a given time, in the pure core: a thousand different businesses in rotation."""

import random
from collections.abc import Callable, Iterable
from datetime import date
from itertools import cycle
from time import process_time

from assessments.bank.types import Depth, Edition
from assessments.editions.shipped import shipped_editions
from assessments.planning.firmness import weights_that_matter
from assessments.planning.time_budget import best_in_time
from assessments.planning.what_if import what_if
from assessments.scoring.engine import score
from assessments.scoring.types import ScoredAnswer, ScoredAnswerKind, ScoredResult
from benchmarks.measuring import Figure, medians
from tests.scoring.businesses import random_run

BUSINESSES = 1_000
TODAY = date(2026, 11, 21)
TIMES = {"half a day": 240, "a week": 2_400, "a quarter": 9_600}
# Most small businesses stand at 1 or 2, with some questions better and a few nobody looked at.
LEVELS = (0, 1, 1, 1, 2, 2, 2, 3, 3, 4)


def figures() -> Iterable[Figure]:
    chance = random.Random(1)  # noqa: S311
    edition = shipped_editions()[-1]
    results = {
        depth: [
            score(edition, random_run(chance, edition, depth), _answers(chance, edition.question), TODAY)
            for _ in range(BUSINESSES)
        ]
        for depth in Depth
    }
    for depth, own in results.items():
        calls = {name: _planning(own, minutes) for name, minutes in TIMES.items()}
        times = medians(calls, rounds=BUSINESSES, warm_up=0, clock=process_time)
        for name, milliseconds in times.items():
            yield Figure(f"steps for {name}, {depth.value} depth, processor time, p50", milliseconds, "ms", 20)
        yield from _looking_ahead(edition, depth, own)


def _looking_ahead(edition: Edition, depth: Depth, results: list[ScoredResult]) -> Iterable[Figure]:
    firm, ahead = cycle(results), cycle(results)

    def five_ticked() -> object:
        result = next(ahead)
        return what_if(edition, result, result.todo[:5], TODAY)

    calls: dict[str, Callable[[], object]] = {
        "how firm the first five are": lambda: weights_that_matter(edition, next(firm), TODAY),
        "what if five steps were done": five_ticked,
    }
    for name, milliseconds in medians(calls, rounds=len(results), warm_up=0, clock=process_time).items():
        yield Figure(f"{name}, {depth.value} depth, processor time, p50", milliseconds, "ms", 20)


def _answers(chance: random.Random, questions: Iterable[str]) -> dict[str, ScoredAnswer]:
    return {name: ScoredAnswer(ScoredAnswerKind.LEVEL, chance.choice(LEVELS)) for name in questions}


def _planning(results: list[ScoredResult], minutes: int) -> Callable[[], object]:
    turns = cycle(results)
    return lambda: best_in_time(next(turns), minutes)
