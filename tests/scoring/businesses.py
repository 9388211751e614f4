"""Random businesses, made like real ones: facts chosen screen by screen, the tags they set, then answers."""

import random

from assessments.bank.scope_types import Scope, ScopeQuestion
from assessments.bank.types import Depth, Edition
from assessments.scoring.scope import FactAnswer, ScopeFacts, find_tags, visible_questions
from assessments.scoring.types import Run, ScoredAnswer, ScoredAnswerKind


def random_run(chance: random.Random, edition: Edition, depth: Depth = Depth.FULL) -> Run:
    found = find_tags(edition.scope, random_facts(chance, edition.scope))
    return Run(depth, found.on, found.provisional)


def random_answers(chance: random.Random, edition: Edition) -> dict[str, ScoredAnswer]:
    """To nearly all questions, including those that the business is not asked."""
    drawn = {question.id: _answer(chance) for question in edition.questions}
    return {question_id: answer for question_id, answer in drawn.items() if answer is not None}


def random_facts(chance: random.Random, scope: Scope) -> ScopeFacts:
    facts: dict[str, FactAnswer] = {}
    while shown := [question for question in visible_questions(scope, facts) if question.id not in facts]:
        for question in shown:
            not_sure = bool(question.not_sure) and chance.random() < 0.08
            facts[question.id] = FactAnswer(frozenset(_options(chance, question)), not_sure)
    return facts


def _options(chance: random.Random, question: ScopeQuestion) -> list[str]:
    exclusive = [option.id for option in question.options if option.exclusive]
    others = [option.id for option in question.options if not option.exclusive]
    if not question.many:
        return [chance.choice(question.options).id]
    if exclusive and chance.random() < 0.3:
        return [chance.choice(exclusive)]
    return chance.sample(others, chance.randint(1, max(1, len(others) // 2)))


def _answer(chance: random.Random) -> ScoredAnswer | None:
    drawn = chance.random()
    if drawn < 0.05:
        return None
    if drawn < 0.15:
        return ScoredAnswer(ScoredAnswerKind.UNKNOWN)
    if drawn < 0.2:
        return ScoredAnswer(ScoredAnswerKind.NOT_APPLICABLE, reason="We have none.")
    return ScoredAnswer(ScoredAnswerKind.LEVEL, chance.randrange(5), has_evidence=chance.random() < 0.5)
