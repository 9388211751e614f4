"""Whether any business can meet a condition: a search over the scope facts, pruned by three-valued logic."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from assessments.bank.conditions import Condition
from assessments.bank.logic import Lookup, ScopeLogic, Truth, truth_of
from assessments.bank.scope_types import Scope, ScopeQuestion

Fact = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Demand:
    """A condition over tags that must hold, or must not."""

    condition: Condition
    holds: bool = True


@lru_cache(maxsize=4)
def reach_of(scope: Scope) -> "Reach":
    """Cached: the search takes a second for a whole bank, and most changes to a bank leave its scope as it is."""
    return Reach(scope)


class Reach:
    """Remembers its findings and the businesses it came upon: most questions share their conditions."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope
        self._questions = {question.id: question for screen in scope.screens for question in screen.questions}
        self._known: dict[tuple[Demand, ...], bool] = {}
        self._businesses: list[frozenset[str]] = []
        """The tags of each business that a search came upon."""

    def possible(self, demands: Sequence[Demand]) -> bool:
        """Whether some set of definite facts meets all demands at once. Every name must be known, no tag circular."""
        wanted = tuple(demand for demand in demands if demand.condition.clauses or not demand.holds)
        if wanted not in self._known:
            met = any(_fulfils(tags, wanted) for tags in self._businesses)
            self._known[wanted] = met or (_agree(sorted(wanted, key=_names), {}) and self._search(wanted, {}))
        return self._known[wanted]

    def _search(self, wanted: tuple[Demand, ...], facts: dict[Fact, bool]) -> bool:
        missing: list[Fact] = []
        truth = self._truth(wanted, facts, missing)
        if truth is Truth.YES:
            self._businesses.append(self._tags_of(facts))
        if truth is not Truth.MAYBE:
            return truth is Truth.YES
        fact = missing[0]
        return self._search(wanted, {**facts, **self._chosen(fact)}) or self._search(wanted, {**facts, fact: False})

    def _tags_of(self, facts: dict[Fact, bool]) -> frozenset[str]:
        """Of the business with these facts and no others."""
        logic = ScopeLogic(
            self._scope, lambda question, option: Truth.YES if facts.get((question.id, option)) else Truth.NO
        )
        return frozenset(tag.id for tag in self._scope.tags if logic.tag(tag.id) is Truth.YES)

    @staticmethod
    def _look(facts: dict[Fact, bool], fact: Fact, missing: list[Fact]) -> Truth:
        if fact not in facts:
            missing.append(fact)
            return Truth.MAYBE
        return Truth.YES if facts[fact] else Truth.NO

    def _truth(self, wanted: tuple[Demand, ...], facts: dict[Fact, bool], missing: list[Fact]) -> Truth:
        def fact(question: ScopeQuestion, option: str) -> Truth:
            return self._look(facts, (question.id, option), missing)

        return _truth_of_all(wanted, ScopeLogic(self._scope, fact).tag)

    def _chosen(self, fact: Fact) -> dict[Fact, bool]:
        """The fact, and the options of the same question that it rules out."""
        question = self._questions[fact[0]]
        chosen = next(option for option in question.options if option.id == fact[1])
        alone = not question.many or chosen.exclusive
        ruled_out = (option.id for option in question.options if option != chosen and (alone or option.exclusive))
        return {**{(question.id, other): False for other in ruled_out}, fact: True}


def _agree(wanted: Sequence[Demand], tags: dict[str, Truth]) -> bool:
    """Whether the demands could hold together if each tag were free: without it, the search would try all facts."""
    missing: list[str] = []

    def look(tag: str) -> Truth:
        if tag not in tags:
            missing.append(tag)
        return tags.get(tag, Truth.MAYBE)

    truth = _truth_of_all(wanted, look)
    if truth is not Truth.MAYBE:
        return truth is Truth.YES
    return any(_agree(wanted, {**tags, missing[0]: chosen}) for chosen in (Truth.YES, Truth.NO))


def _names(demand: Demand) -> int:
    """Short demands first: their names are decided first, and contradictions end the search soon."""
    return len(demand.condition.names())


def _truth_of_all(wanted: Sequence[Demand], look: Lookup) -> Truth:
    truths = ((demand, truth_of(demand.condition, look)) for demand in wanted)
    return min((truth if demand.holds else truth.opposite for demand, truth in truths), default=Truth.YES)


def _fulfils(tags: frozenset[str], wanted: Sequence[Demand]) -> bool:
    return all(demand.condition.holds(tags) is demand.holds for demand in wanted)
