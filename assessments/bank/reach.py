"""Whether any business can meet a condition: a search over the scope facts, pruned by three-valued logic."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache, partial
from threading import Lock

from assessments.bank.conditions import Condition
from assessments.bank.logic import Lookup, ScopeLogic, Truth, truth_of
from assessments.bank.scope_types import Scope, ScopeQuestion

Fact = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Demand:
    """A condition over tags that must hold, or must not."""

    condition: Condition
    holds: bool = True


MOST_WORK = 2_000_000
"""Names looked at in one check of a bank, which takes seconds. The shipped bank needs 600,000."""


@dataclass(slots=True)
class _Findings:
    """What searches over one scope have found: most questions share their conditions. None: it was given up.

    One thread searches at a time: who sends the same hard rules many times makes them be tried once.
    """

    known: dict[tuple[Demand, ...], bool | None] = field(default_factory=dict)
    businesses: list[frozenset[str]] = field(default_factory=list)
    """The tags of each business that a search came upon."""
    lock: Lock = field(default_factory=Lock)


@lru_cache(maxsize=4)
def _findings_about(scope: Scope) -> _Findings:
    """Cached: the search takes a second for a whole bank, and most changes to a bank leave its scope as it is."""
    return _Findings()


def reach_of(scope: Scope) -> "Reach":
    """One for each check: it may work for so long, and goes on from what earlier ones found."""
    return Reach(scope, _findings_about(scope), MOST_WORK)


class _GivenUp(Exception):
    pass


class Reach:
    """Whether businesses exist, by a search that ends after MOST_WORK even where rules were made for it not to.

    From then on nothing counts as impossible, and `is_undecided`: whoever asked must not rely on it.
    """

    def __init__(self, scope: Scope, findings: _Findings | None = None, most_work: int = MOST_WORK) -> None:
        self._scope = scope
        self._questions = {question.id: question for screen in scope.screens for question in screen.questions}
        self._findings = _Findings() if findings is None else findings
        self._names = names_in(scope)
        self._work_left = most_work
        self.is_undecided = False

    def possible(self, demands: Sequence[Demand]) -> bool:
        """Whether some set of definite facts meets all demands at once. Every name must be known, no tag circular."""
        wanted = tuple(demand for demand in demands if demand.condition.clauses or not demand.holds)
        with self._findings.lock:
            known = self._findings.known
            if wanted not in known:
                if self.is_undecided:
                    return True
                known[wanted] = self._found(wanted)
            found = known[wanted]
        if found is None:
            self.is_undecided = True
        return found is not False

    def _found(self, wanted: tuple[Demand, ...]) -> bool | None:
        try:
            if any(_fulfils(tags, wanted) for tags in self._findings.businesses):
                return True
            return self._agree(sorted(wanted, key=_size)) and self._search(wanted)
        except _GivenUp:
            return None

    def _work(self, names: int) -> None:
        self._work_left -= names
        if self._work_left < 0:
            raise _GivenUp

    def _agree(self, wanted: Sequence[Demand]) -> bool:
        """Whether the demands could hold together if each tag were free: without it, the search would try all facts."""
        to_try: list[dict[str, Truth]] = [{}]
        size = sum(map(_size, wanted)) + 1
        while to_try:
            tags = to_try.pop()
            self._work(size + len(tags))
            missing: list[str] = []
            truth = _truth_of_all(wanted, partial(_look_among, tags, missing))
            if truth is Truth.YES:
                return True
            if truth is Truth.MAYBE:
                to_try += ({**tags, missing[0]: chosen} for chosen in (Truth.NO, Truth.YES))
        return False

    def _search(self, wanted: tuple[Demand, ...]) -> bool:
        to_try: list[dict[Fact, bool]] = [{}]
        size = sum(map(_size, wanted)) + self._names
        while to_try:
            facts = to_try.pop()
            self._work(size + len(facts))
            missing: list[Fact] = []
            truth = self._truth(wanted, facts, missing)
            if truth is Truth.YES:
                self._findings.businesses.append(self._tags_of(facts))
                return True
            if truth is Truth.MAYBE:
                fact = missing[0]
                to_try += ({**facts, fact: False}, {**facts, **self._chosen(fact)})
        return False

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


def _look_among(tags: Mapping[str, Truth], missing: list[str], tag: str) -> Truth:
    if tag not in tags:
        missing.append(tag)
    return tags.get(tag, Truth.MAYBE)


def _size(demand: Demand) -> int:
    """Short demands come first: their names are decided first, and contradictions end the search soon."""
    return _length(demand.condition)


def names_in(scope: Scope) -> int:
    """How many names its rules look at when all tags and questions are settled once."""
    rules = sum(_length(rule.when) for tag in scope.tags for rule in tag.set_when)
    questions = [question for screen in scope.screens for question in screen.questions]
    return len(scope.tags) + rules + sum(_length(own.asked_when) + len(own.options) for own in questions)


def _length(condition: Condition) -> int:
    return sum(len(clause.all) + len(clause.any) + len(clause.none) for clause in condition.clauses)


def _truth_of_all(wanted: Sequence[Demand], look: Lookup) -> Truth:
    truths = ((demand, truth_of(demand.condition, look)) for demand in wanted)
    return min((truth if demand.holds else truth.opposite for demand, truth in truths), default=Truth.YES)


def _fulfils(tags: frozenset[str], wanted: Sequence[Demand]) -> bool:
    return all(demand.condition.holds(tags) is demand.holds for demand in wanted)
