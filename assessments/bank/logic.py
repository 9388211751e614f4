"""Three-valued conditions: yes, no, and not yet known."""

from collections.abc import Callable, Iterable
from enum import IntEnum

from assessments.bank.conditions import Clause, Condition
from assessments.bank.scope_types import Scope, ScopeQuestion


class Truth(IntEnum):
    """Ordered so that "and" is min, "or" is max."""

    NO = 0
    MAYBE = 1
    YES = 2

    @property
    def opposite(self) -> "Truth":
        return Truth(Truth.YES - self)


Lookup = Callable[[str], Truth]
TAG_PREFIX = "tag:"
MOST_NESTED = 40
"""Tags and questions that rest on each other in a chain. The shipped bank has chains of five."""


class CircularScope(ValueError):
    """A tag or a scope question that depends on itself."""


def truth_of_clause(clause: Clause, look: Lookup) -> Truth:
    """Maybe, where it hangs on a name that is not yet known."""
    needed = [look(name) for name in clause.all]
    needed += [look(name).opposite for name in clause.none]
    if clause.any:
        needed.append(max(look(name) for name in clause.any))
    return min(needed, default=Truth.YES)


def truth_of(condition: Condition, look: Lookup) -> Truth:
    """Of a condition, with the truth of each name in it given by `look`."""
    return max((truth_of_clause(clause, look) for clause in condition.clauses), default=Truth.YES)


class DeepScope(CircularScope):
    """Tags that rest on tags, and these on others, for so long that settling one takes the stack of a process."""


class ScopeLogic:
    """The truth of each name a scope condition may use, for one state of the facts.

    Names are "question.option" and "tag:id". An option of a question that is not asked is NO
    whatever the fact says; while it is unknown whether the question is asked, a chosen option
    is MAYBE. `fact` gives the truth of an option as it was answered.
    """

    def __init__(self, scope: Scope, fact: Callable[[ScopeQuestion, str], Truth]) -> None:
        self._fact = fact
        self._tags = {tag.id: tag for tag in scope.tags}
        self._questions = {question.id: question for screen in scope.screens for question in screen.questions}
        self._known: dict[str, Truth] = {}
        self._looked_up: dict[str, Truth] = {}
        self._deciders: dict[str, frozenset[str]] = {}
        self._open: list[str] = []

    def look(self, name: str) -> Truth:
        found = self._looked_up.get(name)
        if found is None:
            found = self._looked_up[name] = self._look(name)
        return found

    def _look(self, name: str) -> Truth:
        if name.startswith(TAG_PREFIX):
            return self.tag(name.removeprefix(TAG_PREFIX))
        question_id, _, option = name.partition(".")
        question = self._questions[question_id]
        return min(self.asked(question), self._fact(question, option))

    def tag(self, tag_id: str) -> Truth:
        def find() -> Truth:
            return max((truth_of(rule.when, self.look) for rule in self._tags[tag_id].set_when), default=Truth.NO)

        return self._once(TAG_PREFIX + tag_id, find)

    def asked(self, question: ScopeQuestion) -> Truth:
        return self._once(question.id, lambda: truth_of(question.asked_when, self.look))

    def open_questions(self, tag_id: str) -> tuple[ScopeQuestion, ...]:
        """The questions, in order, whose missing answer leaves it open whether the tag is set."""
        found = self._open_of_tag(tag_id)
        return tuple(question for question in self._questions.values() if question.id in found)

    def _open_of_tag(self, tag_id: str) -> frozenset[str]:
        return self._open_once(TAG_PREFIX + tag_id, (rule.when for rule in self._tags[tag_id].set_when))

    def _open_once(self, name: str, conditions: Iterable[Condition]) -> frozenset[str]:
        if name not in self._deciders:
            self._deciders[name] = self._open_of(conditions)
        return self._deciders[name]

    def _open_of(self, conditions: Iterable[Condition]) -> frozenset[str]:
        names = {name for condition in conditions for name in self._deciding(condition)}
        return frozenset().union(*map(self._open_of_name, names))

    def _open_of_name(self, name: str) -> frozenset[str]:
        if name.startswith(TAG_PREFIX):
            return self._open_of_tag(name.removeprefix(TAG_PREFIX))
        question_id, _, option = name.partition(".")
        question = self._questions[question_id]
        own = {question_id} if self._fact(question, option) is Truth.MAYBE else set()
        return self._open_once(question_id, [question.asked_when]) | own

    def _deciding(self, condition: Condition) -> set[str]:
        """The names that are not yet known and leave the condition open."""
        open_clauses = [clause for clause in condition.clauses if truth_of_clause(clause, self.look) is Truth.MAYBE]
        names = {name for clause in open_clauses for name in (*clause.all, *clause.none)}
        for clause in open_clauses:
            if not any(self.look(name) is Truth.YES for name in clause.any):
                names.update(clause.any)
        return {name for name in names if self.look(name) is Truth.MAYBE}

    def _once(self, name: str, find: Callable[[], Truth]) -> Truth:
        if name not in self._known:
            if name in self._open:
                raise CircularScope(" -> ".join([*self._open[self._open.index(name) :], name]))
            if len(self._open) == MOST_NESTED:
                raise DeepScope(" -> ".join(self._open))
            self._open.append(name)
            self._known[name] = find()
            self._open.pop()
        return self._known[name]
