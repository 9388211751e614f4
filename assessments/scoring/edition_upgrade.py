"""What happens to a run's answers under another edition: what stays, what to review again, what it would score."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache

from assessments.bank.diff.editions import Meaning, meanings
from assessments.bank.scope_types import ScopeQuestion
from assessments.bank.types import Edition, Question
from assessments.scoring.engine import score
from assessments.scoring.scope import FactAnswer, ScopeFacts, find_tags
from assessments.scoring.terms import asks
from assessments.scoring.types import Answers, DomainResult, Figure, PillarResult, Run, ScoredAnswer, ScoredAnswerKind
from assessments.scoring.upgraded_scope import upgrade_facts


class LookAgainReason(StrEnum):
    """Why an answer has to be looked at again."""

    MEANING = "meaning"
    NOT_APPLICABLE_NOT_OFFERED = "not_applicable_not_offered"


@dataclass(frozen=True, slots=True)
class CarriedAnswer:
    question: Question
    answer: ScoredAnswer


@dataclass(frozen=True, slots=True)
class LookAgain:
    """`question` as the new edition asks it, `before` as it was answered."""

    question: Question
    before: Question
    answer: ScoredAnswer
    why: LookAgainReason


@dataclass(frozen=True, slots=True)
class FigureChange:
    """None if nothing is assessed, or if that edition does not have the pillar or domain."""

    code: str
    before: Figure | None
    after: Figure | None

    @property
    def moves(self) -> bool:
        return self.before != self.after


@dataclass(frozen=True, slots=True)
class EditionUpgrade:
    """`run`, `facts` and `answers` are what the run would have under the new edition.

    `answers` has every answer whose question means the same, even if it is not asked now: a change of the
    scope may bring it back. The lists are about what is asked: `new` has no answer yet and was not asked before,
    `no_longer_asked` was asked before, with its question as it was. What rests on the scope questions in `scope_open`
    is "to be checked"; those in `scope_reworded` are settled by an answer to other words (`UpgradedFacts`).
    """

    run: Run
    facts: Mapping[str, FactAnswer]
    answers: Mapping[str, ScoredAnswer]
    carried: tuple[CarriedAnswer, ...]
    look_again: tuple[LookAgain, ...]
    new: tuple[Question, ...]
    no_longer_asked: tuple[CarriedAnswer, ...]
    scope_open: tuple[ScopeQuestion, ...]
    scope_reworded: tuple[ScopeQuestion, ...]
    pillars: tuple[FigureChange, ...]
    domains: tuple[FigureChange, ...]
    overall_before: int | None
    overall_after: int | None


def upgrade_run(
    *,
    old: Edition,
    new: Edition,
    run: Run,
    facts: ScopeFacts,
    answers: Answers,
    chosen: Mapping[str, Meaning],
    today: date,
    given: ScopeFacts | None = None,
) -> EditionUpgrade:
    """`run`, `facts` and `answers` are those under `old`; `chosen` is what the editor decided for single questions.
    `given` are answers to scope questions of `new`.

    For other questions `meaning_by_default` decides. In the figures after, an answer to look at again counts as
    not given.
    """
    upgraded = upgrade_facts(old.scope, new.scope, facts, given)
    finding = find_tags(new.scope, upgraded.facts)
    sorting = _Sorting(old, new, run, Run(run.depth, finding.on, finding.provisional), _changed(old, new, chosen))
    kept = dict(sorting.kept(answers))
    before = score(old, run, answers, today)
    after = score(new, sorting.new_run, kept, today)
    asked = [question for question in new.questions if sorting.asks_now(question)]
    return EditionUpgrade(
        run=sorting.new_run,
        facts=upgraded.facts,
        answers=kept,
        carried=tuple(CarriedAnswer(own, kept[own.id]) for own in asked if own.id in kept),
        look_again=tuple(sorting.look_again(asked, answers)),
        new=tuple(own for own in asked if own.id not in answers and not sorting.asked_before(own.id)),
        no_longer_asked=tuple(sorting.no_longer_asked(answers)),
        scope_open=upgraded.open,
        scope_reworded=upgraded.reworded,
        pillars=_figures(before.pillars, after.pillars),
        domains=_figures(before.domains, after.domains),
        overall_before=before.overall,
        overall_after=after.overall,
    )


def _changed(old: Edition, new: Edition, chosen: Mapping[str, Meaning]) -> frozenset[str]:
    return _changed_once(old, new, frozenset(chosen.items()))


# Many runs are compared under the same pair of editions.
@lru_cache(maxsize=8)
def _changed_once(old: Edition, new: Edition, chosen: frozenset[tuple[str, Meaning]]) -> frozenset[str]:
    found = meanings(old, new, dict(chosen))
    return frozenset(question for question, meaning in found.items() if meaning is Meaning.CHANGED)


@dataclass(frozen=True, slots=True)
class _Sorting:
    """Decides what happens to each answer. `changed` are the ids of questions that mean something else now."""

    old: Edition
    new: Edition
    run: Run
    new_run: Run
    changed: frozenset[str]

    def asks_now(self, question: Question) -> bool:
        return asks(question, self.new_run.depth, self.new_run.tags)

    def asked_before(self, question_id: str) -> bool:
        question = self.old.question.get(question_id)
        return question is not None and asks(question, self.run.depth, self.run.tags)

    def kept(self, answers: Answers) -> Iterator[tuple[str, ScoredAnswer]]:
        for question_id, answer in answers.items():
            question = self.new.question.get(question_id)
            if question and question_id in self.old.question and self.why(question, answer) is None:
                yield question_id, answer

    def why(self, question: Question, answer: ScoredAnswer) -> LookAgainReason | None:
        if question.id in self.changed:
            return LookAgainReason.MEANING
        offered = question.offers_not_applicable(self.new_run.tags)
        if self.asks_now(question) and answer.kind is ScoredAnswerKind.NOT_APPLICABLE and not offered:
            return LookAgainReason.NOT_APPLICABLE_NOT_OFFERED
        return None

    def look_again(self, asked: Iterable[Question], answers: Answers) -> Iterator[LookAgain]:
        for question in asked:
            before = self.old.question.get(question.id)
            answer = answers.get(question.id)
            why = self.why(question, answer) if answer else None
            if before and answer and why:
                yield LookAgain(question, before, answer, why)

    def no_longer_asked(self, answers: Answers) -> Iterator[CarriedAnswer]:
        for question in self.old.questions:
            now = self.new.question.get(question.id)
            if question.id in answers and self.asked_before(question.id) and not (now and self.asks_now(now)):
                yield CarriedAnswer(question, answers[question.id])


def _figures(
    before: Iterable[PillarResult] | Iterable[DomainResult], after: Iterable[PillarResult] | Iterable[DomainResult]
) -> tuple[FigureChange, ...]:
    """In the order of the new edition, then those that only the old one has."""
    old = {part.code: part.low.figure if part.low else None for part in before}
    new = {part.code: part.low.figure if part.low else None for part in after}
    return tuple(FigureChange(code, old.get(code), new.get(code)) for code in dict.fromkeys([*new, *old]))
