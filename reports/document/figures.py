"""Pillars and domains: the words of their figures with their sums, charts and answers."""

from collections.abc import Mapping
from dataclasses import dataclass

from assessments.bank.types import Edition
from assessments.formatting.charts import figure_row
from assessments.presentation.answer_record import RecordedAnswer
from assessments.presentation.told_result import ToldResult
from assessments.scoring.types import DomainResult, ScoredResult
from assessments.wording.result import ResultWords, SumsInWords
from reports.document.questions import question_part
from reports.document.types import DomainPart, PillarPart, QuestionPart


@dataclass(frozen=True, slots=True)
class Figures:
    """One result three times: as values, in words, and its sums in words."""

    told: ToldResult
    words: ResultWords
    sums: SumsInWords


def pillar_parts(figures: Figures) -> tuple[PillarPart, ...]:
    worked = {each.code: each for each in figures.sums.pillars}
    return tuple(
        PillarPart(words, figure_row(pillar.name, pillar.figure), worked.get(pillar.code))
        for pillar, words in zip(figures.told.pillars, figures.words.pillars, strict=True)
    )


def domain_parts(
    edition: Edition, outcome: ScoredResult, figures: Figures, answers: Mapping[str, RecordedAnswer]
) -> tuple[DomainPart, ...]:
    """A chapter for each domain in which this business was asked anything."""
    worked = {each.code: each for each in figures.sums.domains}
    results = {domain.code: domain for domain in outcome.domains}
    return tuple(
        DomainPart(
            anchor=f"domain-{domain.code.lower()}",
            words=words,
            row=figure_row(domain.title, domain.figure),
            worked=worked.get(domain.code),
            questions=_questions(edition, outcome, figures, results[domain.code], answers),
        )
        for domain, words in zip(figures.told.domains, figures.words.domains, strict=True)
    )


def _questions(
    edition: Edition,
    outcome: ScoredResult,
    figures: Figures,
    domain: DomainResult,
    answers: Mapping[str, RecordedAnswer],
) -> tuple[QuestionPart, ...]:
    worked = next((each.questions for each in figures.sums.domains if each.code == domain.code), ())
    shares = {row.question: row for row in worked}
    return tuple(
        question_part(edition, outcome.run, trace, answers.get(trace.question.id), shares.get(trace.question.id))
        for trace in domain.traces
    )


def lens_part(figures: Figures) -> DomainPart | None:
    """The questions about AI in any domain: shown, never counted. Each answer is in its own domain."""
    told, words = figures.told.lens, figures.words.lens
    if told is None or words is None:
        return None
    return DomainPart(
        anchor="ai-lens",
        words=words,
        row=figure_row(words.title, told.figure),
        worked=figures.sums.lens,
        questions=(),
    )
