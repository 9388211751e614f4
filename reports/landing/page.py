"""What the first page says: every figure on it is worked out, from the bank or from the sample business."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.conf import settings
from django.urls import NoReverseMatch, reverse

from assessments.bank.types import Depth, Edition
from assessments.editions.newest import newest_offered_or_none
from assessments.editions.samples import SAMPLES, sample_tags
from assessments.editions.stored import edition_of
from assessments.presentation.told_result import tell_result
from assessments.scope_facts import facts_from_json
from assessments.scoring.progress import depth_sizes
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
# Reading and deciding is counted; looking things up takes as long again where somebody does it.
LOOKING_UP = 2
ROUNDED_TO = 5


@dataclass(frozen=True, slots=True)
class SamplePillar:
    """`steps` has one mark for each label, set up to the one reached."""

    words: PillarWords
    steps: tuple[bool, ...]


@dataclass(frozen=True, slots=True)
class SampleCard:
    """Part of the sample result, in the words of every result."""

    in_short: str
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
    about = _about(edition, sample_day(edition, today), settings.LANGUAGE_CODE)
    return LandingPage(about, _quick_check(edition), current_operator())


def _quick_check(edition: Edition) -> str:
    if edition.quick_check is None:
        return ""
    try:
        return reverse("quick_check")
    except NoReverseMatch:
        return ""


@lru_cache(maxsize=4)
def _about(edition: Edition, day: date, language: str) -> AboutBank:
    return AboutBank(
        practices=len(edition.checklist),
        questions=len(edition.questions),
        law_status_as_of=edition.law_status_as_of,
        labels=joined([label.name for label in edition.labels]),
        laws=joined([law.name for law in edition.laws]),
        quick=_minutes(edition, Depth.QUICK),
        standard=_minutes(edition, Depth.STANDARD),
        card=_card(edition, day, language),
    )


def _minutes(edition: Edition, depth: Depth) -> MinutesRange:
    minutes = [depth_sizes(edition, sample_tags(edition.scope, sample))[depth].minutes for sample in SAMPLES]
    return MinutesRange(
        _rounded_up(min(minutes) + MINUTES_FOR_FACTS), _rounded_up(LOOKING_UP * max(minutes) + MINUTES_FOR_FACTS)
    )


def _rounded_up(minutes: int) -> int:
    return -(-minutes // ROUNDED_TO) * ROUNDED_TO


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
        in_short=words.in_short,
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
