"""Scoring and progress in the pure core: one business again and again, and a thousand different ones in rotation."""

import gc
import random
import tracemalloc
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from itertools import cycle
from time import process_time

from assessments.bank.types import Edition
from assessments.editions.shipped import shipped_editions
from assessments.scoring.engine import score
from assessments.scoring.progress import progress
from assessments.scoring.scope import find_tags
from assessments.scoring.terms import asks
from assessments.scoring.types import Answers, Run
from benchmarks.measuring import Figure, medians
from tests.scoring.businesses import random_answers, random_run

BUSINESSES = 1_000
EDITIONS = 6
TODAY = date(2026, 11, 21)

_Business = tuple[Run, Answers]


def figures() -> Iterable[Figure]:
    # Under a new name nothing of it is cached yet, whatever was measured before.
    edition = replace(shipped_editions()[-1], id="benchmark")
    businesses = _businesses(random.Random(1), edition)  # noqa: S311
    kept, full = _memory(edition, businesses)
    # The same answers for one business of the middle size, and for one that is asked everything.
    middle = sorted((run for run, _ in businesses), key=lambda run: _asked(edition, run))[BUSINESSES // 2]
    largest = replace(middle, tags=find_tags(edition.scope, {}).on, provisional=frozenset())
    in_turn = {
        f"one business, {_asked(edition, middle)} questions asked": [(middle, answers) for _, answers in businesses],
        f"one business, {_asked(edition, largest)} questions asked": [(largest, answers) for _, answers in businesses],
        f"{BUSINESSES:,} businesses in rotation": businesses,
    }
    yield from _scoring(edition, in_turn)
    yield from _progress(edition, in_turn)
    yield Figure("scoring each for the first time in a process, p50", _first_time(edition, businesses), "ms")
    yield Figure(f"memory kept after {BUSINESSES:,} businesses", kept, "MB")
    yield Figure(f"memory kept after the same in {EDITIONS} editions: all limits reached", full, "MB", 30)


def _businesses(chance: random.Random, edition: Edition) -> list[_Business]:
    """No two with the same tags."""
    runs: dict[Run, None] = {}
    while len(runs) < BUSINESSES:
        runs[random_run(chance, edition)] = None
    return [(run, random_answers(chance, edition)) for run in runs]


def _asked(edition: Edition, run: Run) -> int:
    return sum(asks(question, run.depth, run.tags) for question in edition.questions)


def _memory(edition: Edition, businesses: list[_Business]) -> tuple[float, float]:
    """Megabytes cached after all businesses in this edition, and in enough others to reach all limits."""
    editions = [edition, *(replace(edition, id=f"benchmark {number}") for number in range(2, EDITIONS + 1))]
    kept = []
    gc.collect()
    tracemalloc.start()
    for each in editions:
        for business in businesses:
            score(each, *business, TODAY)
            progress(each, *business)
        gc.collect()
        kept.append(tracemalloc.get_traced_memory()[0] / 1_000_000)
    tracemalloc.stop()
    return kept[0], kept[-1]


def _first_time(edition: Edition, businesses: list[_Business]) -> float:
    unseen = replace(edition, id="benchmark unseen")
    calls = _each({"first": businesses}, lambda business: score(unseen, *business, TODAY))
    return medians(calls, rounds=BUSINESSES, warm_up=0)["first"]


def _scoring(edition: Edition, in_turn: dict[str, list[_Business]]) -> Iterable[Figure]:
    calls = _each(in_turn, lambda business: score(edition, *business, TODAY))
    times = medians(calls, rounds=BUSINESSES, warm_up=BUSINESSES)
    processor = medians(calls, rounds=BUSINESSES, warm_up=0, clock=process_time)
    one, most, many = in_turn
    yield Figure(f"scoring, {one}, p50", times[one], "ms")
    yield Figure(f"scoring, {most}, p50", times[most], "ms", 1.3)
    yield Figure(f"scoring, {many}, p50", times[many], "ms", 1.3)
    yield Figure("the same in processor time", processor[many], "ms")
    yield Figure("scoring in rotation, times one business of the middle size", times[many] / times[one], "", 1.5)
    yield Figure("the same in processor time", processor[many] / processor[one], "")


def _progress(edition: Edition, in_turn: dict[str, list[_Business]]) -> Iterable[Figure]:
    calls = _each(in_turn, lambda business: progress(edition, *business))
    times = medians(calls, rounds=BUSINESSES, warm_up=BUSINESSES)
    one, most, many = in_turn
    yield Figure(f"progress, {one}, p50", times[one], "ms")
    yield Figure(f"progress, {most}, p50", times[most], "ms")
    yield Figure(f"progress, {many}, p50", times[many], "ms", 0.2)


def _each(in_turn: dict[str, list[_Business]], call: Callable[[_Business], object]) -> dict[str, Callable[[], object]]:
    def calling(businesses: list[_Business]) -> Callable[[], object]:
        turns = cycle(businesses)
        return lambda: call(next(turns))

    return {name: calling(businesses) for name, businesses in in_turn.items()}
