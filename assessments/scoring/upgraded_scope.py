"""What happens to the scope facts of a run under another edition."""

from collections.abc import Mapping

from assessments.bank.diff.editions import says_the_same
from assessments.bank.scope_types import Scope, ScopeQuestion
from assessments.scoring.scope import FactAnswer, ScopeFacts, visible_questions


def upgrade_facts(old: Scope, new: Scope, facts: ScopeFacts) -> tuple[dict[str, FactAnswer], tuple[ScopeQuestion, ...]]:
    """The facts under the new scope, and which of its visible questions to look at again, in order.

    Ids of options keep their meaning, so a chosen option stays chosen. Where a question has a new option, nobody has
    declined it yet: the rest counts as not sure. Facts about what no longer exists are dropped.
    """
    before = _questions(old)
    carried: dict[str, FactAnswer] = {}
    again = set()
    for question in _questions(new).values():
        had = before.get(question.id)
        fact = facts.get(question.id)
        kept = _kept(had, question, fact) if had and fact else None
        if kept:
            carried[question.id] = kept
        if had is None or (fact and _is_unsettled(had, question, fact, kept)):
            again.add(question.id)
    return carried, tuple(question for question in visible_questions(new, carried) if question.id in again)


def _questions(scope: Scope) -> Mapping[str, ScopeQuestion]:
    return {question.id: question for screen in scope.screens for question in screen.questions}


def _is_unsettled(had: ScopeQuestion, question: ScopeQuestion, fact: FactAnswer, kept: FactAnswer | None) -> bool:
    is_answer = bool(fact.options) or fact.not_sure
    return is_answer and (kept != fact or _is_reworded(had, question))


def _kept(had: ScopeQuestion, question: ScopeQuestion, fact: FactAnswer) -> FactAnswer | None:
    options = _texts(question).keys()
    chosen = fact.options & options
    if not chosen and not fact.not_sure:
        return None
    if len(chosen) > 1 and not question.many:
        return None
    return FactAnswer(chosen, fact.not_sure or not options <= _texts(had).keys())


def _texts(question: ScopeQuestion) -> Mapping[str, str]:
    return {option.id: option.text for option in question.options}


def _is_reworded(had: ScopeQuestion, question: ScopeQuestion) -> bool:
    old, new = _texts(had), _texts(question)
    return not says_the_same(had.text, question.text) or any(
        not says_the_same(old[option], new[option]) for option in old.keys() & new.keys()
    )
