"""What the first page says: every figure on it is worked out, from the bank or from the sample business."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.conf import settings
from django.urls import reverse

from assessments.bank.types import Depth, Edition
from assessments.editions.newest import newest_offered_or_none
from assessments.editions.samples import SAMPLES, sample_tags
from assessments.editions.stored import edition_of
from assessments.presentation.told_result import tell_result
from assessments.results.paces import pace_of
from assessments.scope_facts import facts_from_json
from assessments.scoring.progress import questions_at
from assessments.scoring.time_needed import Pace, time_needed
from assessments.wording.figures import PillarWords
from assessments.wording.phrases import joined
from assessments.wording.plan import PlanStepWords
from assessments.wording.result import result_words
from assessments.wording.summary import CountWords, StrengthWords
from reports.operator.details import Operator
from reports.operator.notice import current_operator
from reports.sample.result import sample_day, sample_source

# What comes before the first question, and is not in its time.
MINUTES_FOR_FACTS = 5
SHOWN = (Depth.QUICK, Depth.STANDARD)


@dataclass(frozen=True, slots=True)
class SamplePillar:
    """`steps` has one mark for each label, set up to the one reached."""

    words: PillarWords
    steps: tuple[bool, ...]


@dataclass(frozen=True, slots=True)
class SampleCard:
    """Part of the sample result, in the words of every result."""

    strength: StrengthWords | None
    numbers: tuple[CountWords, ...]
    first: PlanStepWords | None
    promise: str
    pillars: tuple[SamplePillar, ...]


@dataclass(frozen=True, slots=True)
class MinutesRange:
    """From the sample business that is done soonest to the one that takes longest and looks everything up."""

    least: int
    most: int


@dataclass(frozen=True, slots=True)
class AboutBank:
    """`labels` and `laws` are lists in words, `card` is None for a bank that the sample business does not fit."""

    practices: int
    questions: int
    law_status_as_of: date
    labels: str
    laws: str
    quick: MinutesRange
    standard: MinutesRange
    card: SampleCard | None


@dataclass(frozen=True, slots=True)
class LandingPage:
    """`about` is None while no edition is published, `quick_check` is empty where guests are offered none."""

    about: AboutBank | None
    quick_check: str
    operator: Operator | None


def landing_page(today: date) -> LandingPage:
    row = newest_offered_or_none()
    if row is None:
        return LandingPage(None, "", current_operator())
    edition = edition_of(row)
    paces = tuple(pace_of(depth) for depth in SHOWN)
    about = _about(edition, sample_day(edition, today), settings.LANGUAGE_CODE, paces)
    return LandingPage(about, _quick_check(edition), current_operator())


def _quick_check(edition: Edition) -> str:
    """Its first screen, which says what the check is: a page of its own before it would cost a click."""
    return reverse("quick_check_facts", args=[1]) if edition.quick_check else ""


@lru_cache(maxsize=4)
def _about(edition: Edition, day: date, language: str, paces: tuple[Pace | None, ...]) -> AboutBank:
    quick, standard = (_minutes(edition, depth, pace) for depth, pace in zip(SHOWN, paces, strict=True))
    return AboutBank(
        practices=len(edition.checklist),
        questions=len(edition.questions),
        law_status_as_of=edition.law_status_as_of,
        labels=joined([label.name for label in edition.labels]),
        laws=joined([law.name for law in edition.laws]),
        quick=quick,
        standard=standard,
        card=_card(edition, day, language),
    )


def _minutes(edition: Edition, depth: Depth, pace: Pace | None) -> MinutesRange:
    of_samples = [questions_at(edition, depth, sample_tags(edition.scope, sample)) for sample in SAMPLES]
    times = [time_needed(questions, pace) for questions in of_samples]
    return MinutesRange(
        min(time.low for time in times) + MINUTES_FOR_FACTS, max(time.high for time in times) + MINUTES_FOR_FACTS
    )


def _card(edition: Edition, day: date, language: str) -> SampleCard | None:
    source = sample_source(edition, day, language)
    if source is None:
        return None
    told = tell_result(
        edition,
        source.outcome,
        source.first_gain,
        source.answers,
        facts=facts_from_json(dict(source.facts)),
        day=day,
        sums=False,
    )
    words = result_words(told)
    steps = range(len(edition.labels))
    return SampleCard(
        strength=next(iter(words.strengths), None),
        numbers=words.numbers,
        first=next(iter(words.first), None),
        promise=words.promise,
        pillars=tuple(
            SamplePillar(pillar, tuple(pillar.label is not None and step <= pillar.label for step in steps))
            for pillar in words.pillars
            if pillar.shown
        ),
    )
