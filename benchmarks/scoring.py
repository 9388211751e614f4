"""Scoring and progress in the pure core, of 100 questions."""

import random
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date

from assessments.bank.types import Depth
from assessments.editions.shipped import shipped_editions
from assessments.scoring.engine import score
from assessments.scoring.progress import progress
from assessments.scoring.scope import find_tags
from assessments.scoring.terms import asks
from assessments.scoring.types import Answers, Run, ScoredAnswer, ScoredAnswerKind
from benchmarks.measuring import Figure, medians

QUESTIONS, SETS = 100, 50
TODAY = date(2026, 11, 21)


def figures() -> Iterable[Figure]:
    shipped = shipped_editions()[-1]
    on = find_tags(shipped.scope, {}).on
    asked = [question for question in shipped.questions if asks(question, Depth.FULL, on)][:QUESTIONS]
    edition, run = replace(shipped, questions=tuple(asked)), Run(Depth.FULL, on)
    chance = random.Random(1)  # noqa: S311
    sets = [{question.id: _answer(chance) for question in asked} for _ in range(SETS)]
    times = medians(
        {
            "score": _in_turn(sets, lambda answers: score(edition, run, answers, TODAY)),
            "progress": _in_turn(sets, lambda answers: progress(edition, run, answers)),
        },
        rounds=500,
    )
    yield Figure(f"scoring {len(asked)} questions, other answers each time, p50", times["score"], "ms", 1)
    yield Figure(f"progress of {len(asked)} questions, p50", times["progress"], "ms")


def _answer(chance: random.Random) -> ScoredAnswer:
    if chance.random() < 0.1:
        return ScoredAnswer(ScoredAnswerKind.UNKNOWN)
    return ScoredAnswer(ScoredAnswerKind.LEVEL, chance.randrange(5), has_evidence=chance.random() < 0.5)


def _in_turn(sets: list[dict[str, ScoredAnswer]], call: Callable[[Answers], object]) -> Callable[[], object]:
    place = iter(range(10**9))
    return lambda: call(sets[next(place) % len(sets)])
