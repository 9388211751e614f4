"""Which scope questions can still change what applies to a business, given what it has said so far."""

from collections.abc import Iterator

from assessments.bank.conditions import Condition
from assessments.bank.logic import TAG_PREFIX, ScopeLogic, Truth, truth_of, truth_of_clause
from assessments.bank.scope_types import Scope, ScopeQuestion
from assessments.scoring.scope import ScopeFacts, scope_logic, truth_of_option, visible_questions

NAMES_AUTHORITIES = "country"
"""The scope question that decides whom texts name, whatever it does to the tags."""


def questions_to_ask(scope: Scope, facts: ScopeFacts) -> tuple[ScopeQuestion, ...]:
    """What is still to ask, in order: questions without an answer of which some answer could change anything.

    Anything is: a tag, what is out of view, or whom the texts name. None left means that the scope is complete.
    """
    unanswered = [question for question in visible_questions(scope, facts) if question.id not in facts]
    matter = deciding_questions(scope, facts) if unanswered else frozenset()
    return tuple(question for question in unanswered if question.id in matter)


def shown_questions(scope: Scope, facts: ScopeFacts) -> tuple[ScopeQuestion, ...]:
    """What the wizard shows, in order: what is still to ask, and what has an answer that can be changed."""
    still_open = {question.id for question in questions_to_ask(scope, facts)}
    shown = facts.keys() | still_open
    return tuple(question for question in visible_questions(scope, facts) if question.id in shown)


def deciding_questions(scope: Scope, facts: ScopeFacts) -> frozenset[str]:
    """The questions that leave anything open: not answered, or not surely, and not made needless by other answers.

    Whatever the answers to the others among them, an answer to any other question changes nothing.
    """
    logic = scope_logic(scope, facts)
    questions = {question.id: question for screen in scope.screens for question in screen.questions}
    found = {name for name in (NAMES_AUTHORITIES,) if name in questions and _is_unknown(facts, name)}
    followed: set[str] = set()
    left = [rule.when for tag in scope.tags if logic.tag(tag.id) is Truth.MAYBE for rule in tag.set_when]
    left += [item.when for item in scope.out_of_view]
    while left:
        for question_id, option in _open_options(left.pop(), logic):
            if truth_of_option(facts.get(question_id), option) is Truth.MAYBE:
                found.add(question_id)
            question = questions[question_id]
            if question_id not in followed and logic.asked(question) is Truth.MAYBE:
                followed.add(question_id)
                left.append(question.asked_when)
    return frozenset(found)


def _is_unknown(facts: ScopeFacts, question_id: str) -> bool:
    answer = facts.get(question_id)
    return answer is None or answer.not_sure


def _open_options(condition: Condition, logic: ScopeLogic) -> Iterator[tuple[str, str]]:
    """The options, by question, that leave the condition open. Open tags in it are followed by themselves."""
    if truth_of(condition, logic.look) is not Truth.MAYBE:
        return
    for clause in condition.clauses:
        if truth_of_clause(clause, logic.look) is not Truth.MAYBE:
            continue
        one_of = () if any(logic.look(name) is Truth.YES for name in clause.any) else clause.any
        for name in (*clause.all, *clause.none, *one_of):
            if not name.startswith(TAG_PREFIX) and logic.look(name) is Truth.MAYBE:
                question_id, _, option = name.partition(".")
                yield question_id, option
