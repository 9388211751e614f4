"""Formats besides PDF: how long a full run takes in each, and how large its file is."""

import gc
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from statistics import median
from time import process_time

from django.utils import translation

from assessments.bank.types import Depth, Edition
from assessments.editions.shipped import shipped_editions
from assessments.scoring.engine import score
from assessments.scoring.types import Run, ScoredAnswer, ScoredAnswerKind
from benchmarks.measuring import Figure
from reports.document import Source, build
from reports.formats.registry import PDF, REPORT_FORMATS, ReportFormat
from reports.formats.renderer import renderer_of
from tests.reports.samples import level

ROUNDS = 5
MOST_MILLISECONDS = 1_200
DAY = date(2026, 11, 30)


def figures() -> Iterable[Figure]:
    """Processor time of workings with every question there is, another business each time."""
    edition = shipped_editions()[-1]
    with translation.override("en-gb"):
        others = (each for each in REPORT_FORMATS.values() if each is not PDF)
        times = {each.label: _seconds(edition, each) for each in others}
        questions = sum(len(domain.questions) for domain in build(full_source(edition, 0)).domains)
    yield Figure("questions in the workings", questions, "")
    for label, (seconds, size) in times.items():
        yield Figure(f"{label}, its size", size / 1024, "KB")
        yield Figure(f"{label}, processor time", 1000 * seconds, "ms", MOST_MILLISECONDS)


def full_source(edition: Edition, number: int) -> Source:
    """All that the bank can ask, each answered with a note and, where it is at 3 or 4, with proof for half of them."""
    run = Run(Depth.FULL, frozenset(tag.id for tag in edition.scope.tags))
    given = {
        question.id: replace(
            level(place % 5, note=f"What bakery {number} wrote about this.", evidence="A list" if place % 2 else ""),
            question=question.id,
        )
        for place, question in enumerate(edition.questions)
    }
    scored = {
        name: ScoredAnswer(ScoredAnswerKind.LEVEL, answer.level, "", bool(answer.evidence))
        for name, answer in given.items()
    }
    return Source(
        organisation=f"Bakery {number}",
        finished_on=DAY,
        language="en-gb",
        edition=edition,
        facts={},
        outcome=score(edition, run, scored, DAY),
        first_gain=(),
        answers=given,
    )


def _seconds(edition: Edition, each: ReportFormat) -> tuple[float, int]:
    """The median, and the bytes of the last file. Not the first, which loads the library."""
    render = renderer_of(each)
    render(build(full_source(edition, 0)))
    times, size = [], 0
    for number in range(1, ROUNDS + 1):
        document = build(full_source(edition, number))
        gc.collect()
        start = process_time()
        size = len(render(document).content)
        times.append(process_time() - start)
    return median(times), size
