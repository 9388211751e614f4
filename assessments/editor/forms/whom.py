"""For which businesses a fact of a preset counts: ticked countries, sizes and kinds of AI in place of a condition."""

from collections.abc import Collection, Mapping
from itertools import product
from math import prod

from assessments.bank.conditions import ALWAYS, Clause, Condition

Ticked = Mapping[str, tuple[str, ...]]
"""The names ("question.option") by question; a question without any is not there."""


def condition_of(ticked: Ticked) -> Condition:
    """One of the ticked options of each question. The longest list stays one: clauses are made of the others."""
    if not ticked:
        return ALWAYS
    *others, longest = sorted(ticked.values(), key=len)
    return Condition(tuple(Clause(all=each, any=longest) for each in product(*others)))


def ticked_in(condition: Condition) -> Ticked | None:
    """None for a condition that ticks cannot say."""
    found: dict[str, dict[str, None]] = {}
    combinations: set[frozenset[str]] = set()
    for clause in condition.clauses:
        if clause.none:
            return None
        for each in product(*((name,) for name in clause.all), clause.any or ("",)):
            names = [name for name in each if name]
            combinations.add(frozenset(names))
            for name in names:
                found.setdefault(name.partition(".")[0], {})[name] = None
    ticked = {question: tuple(names) for question, names in found.items()}
    return ticked if _is_all(combinations, ticked.values()) or not condition.clauses else None


def _is_all(combinations: set[frozenset[str]], lists: Collection[tuple[str, ...]]) -> bool:
    """Counted first: of a few long lists there are more combinations than a process can make."""
    return prod(map(len, lists)) == len(combinations) and combinations == {frozenset(each) for each in product(*lists)}
