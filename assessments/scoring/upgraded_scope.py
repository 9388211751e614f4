"""What happens to the scope facts of a run under another edition."""

from collections.abc import Mapping
from dataclasses import dataclass

from assessments.bank.diff.editions import says_the_same
from assessments.bank.scope_types import Scope, ScopeQuestion
from assessments.scoring.scope import FactAnswer, ScopeFacts, surely_asked, visible_questions
from assessments.scoring.scoping.relevance import deciding_questions


@dataclass(frozen=True, slots=True)
class UpgradedFacts:
    """`open` are questions that the facts do not settle: new ones, and those with a choice that nobody was offered, if
    an answer could change anything.

    While some of them are asked whatever the answers to the others, it is only those: answers may make the others
    needless. `reworded` are settled, by an answer to other words. Both are in the order of the new scope.
    """

    facts: Mapping[str, FactAnswer]
    open: tuple[ScopeQuestion, ...]
    reworded: tuple[ScopeQuestion, ...]


def upgrade_facts(old: Scope, new: Scope, facts: ScopeFacts, given: ScopeFacts | None = None) -> UpgradedFacts:
    """The facts under the new scope; `given` are answers to its own questions.

    Ids of options keep their meaning, so a chosen option stays chosen, and rules out what it ruled out. Where a new
    option could be true as well, nobody has declined it yet: the rest counts as not sure. Facts about what no longer
    exists are dropped.
    """
    given = given or {}
    before, asked_before = _questions(old), {question.id for question in visible_questions(old, facts)}
    carried: dict[str, FactAnswer] = {}
    is_open, is_reworded = set(), set()
    for question in _questions(new).values():
        name = question.id
        found = _found(given.get(name), before.get(name), question, facts.get(name), name in asked_before)
        if found.fact:
            carried[name] = found.fact
        is_open |= {name} if found.open else set()
        is_reworded |= {name} if found.reworded else set()
    is_open &= _deciding_without(new, carried, is_open)
    asked, may_be_asked = surely_asked(new, carried), visible_questions(new, carried)
    still_open = [question for question in asked if question.id in is_open]
    return UpgradedFacts(
        carried,
        open=tuple(still_open or (question for question in may_be_asked if question.id in is_open)),
        reworded=tuple(question for question in may_be_asked if question.id in is_reworded),
    )


def _deciding_without(scope: Scope, facts: ScopeFacts, open_names: set[str]) -> frozenset[str]:
    return deciding_questions(scope, {name: fact for name, fact in facts.items() if name not in open_names})


@dataclass(frozen=True, slots=True)
class _Found:
    fact: FactAnswer | None
    open: bool
    reworded: bool


def _found(
    given: FactAnswer | None,
    had: ScopeQuestion | None,
    question: ScopeQuestion,
    fact: FactAnswer | None,
    was_asked: bool,
) -> _Found:
    """What was `given` to the new question, else what is kept of the fact that answered the old one."""
    if given:
        return _Found(given, open=False, reworded=False)
    kept = _kept(had, question, fact) if had and fact else None
    settled = _settles(fact, kept, was_asked)
    reworded = settled and had is not None and kept is not None and _reads_otherwise(had, question)
    return _Found(kept, open=not settled, reworded=reworded)


def _settles(fact: FactAnswer | None, kept: FactAnswer | None, was_asked: bool) -> bool:
    """A question left open under the old scope is no news: the wizard asks it anyway."""
    if fact and (fact.options or fact.not_sure):
        return kept == fact
    return was_asked


def _questions(scope: Scope) -> Mapping[str, ScopeQuestion]:
    return {question.id: question for screen in scope.screens for question in screen.questions}


def _kept(had: ScopeQuestion, question: ScopeQuestion, fact: FactAnswer) -> FactAnswer | None:
    chosen = fact.options & _texts(question).keys()
    if not chosen and not fact.not_sure:
        return None
    if len(chosen) > 1 and not question.many:
        return None
    return FactAnswer(chosen, fact.not_sure or _may_be_true_as_well(had, question, chosen))


def _may_be_true_as_well(had: ScopeQuestion, question: ScopeQuestion, chosen: frozenset[str]) -> bool:
    """Whether there is an option that was not there to choose, and that the chosen ones do not rule out."""
    if not question.many:
        return False
    new = {option.id for option in question.options if not option.exclusive} - chosen
    return bool(new - _texts(had).keys() if had.many else new)


def _texts(question: ScopeQuestion) -> Mapping[str, str]:
    return {option.id: option.text for option in question.options}


def _reads_otherwise(had: ScopeQuestion, question: ScopeQuestion) -> bool:
    old, new = _texts(had), _texts(question)
    return not says_the_same(had.text, question.text) or any(
        not says_the_same(old[option], new[option]) for option in old.keys() & new.keys()
    )
