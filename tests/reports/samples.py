"""Sources of reports, made of the results of tests/presentation/samples.py."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from assessments.bank.types import Edition
from assessments.results.plan_gain import load_plan_gain
from assessments.results.recorded_answers import load_recorded_answers
from assessments.scope_facts import facts_to_json
from assessments.scoring.stored import load_result
from reports.document import Source
from reports.kinds.text_places import ConsultantEntry, TextPlace
from tests.bank.editions import edition_2026_1
from tests.presentation.samples import (
    DAY,
    LATER,
    QUESTIONED,
    UNKNOWN,
    UNSURE,
    ResultSample,
    asked,
    coming_result,
    left_out,
    level,
    mixed_result,
    quick_things_done,
    result_sample,
    stress_result,
)

__all__ = [
    "DAY",
    "LATER",
    "QUESTIONED",
    "UNKNOWN",
    "UNSURE",
    "asked",
    "coming",
    "left_out",
    "level",
    "mixed",
    "quickly_done",
    "source",
    "stored_in_2026_1",
    "stress",
    "words_of",
    "written",
]

BAKERY = "Boulangerie Lumière"


def source(edition: Edition, *, organisation: str = BAKERY, **more: Any) -> Source:
    """`more` as in `result_sample`."""
    return _of(result_sample(edition, **more), organisation)


def mixed(edition: Edition, *, organisation: str = BAKERY, **more: Any) -> Source:
    return _of(mixed_result(edition, **more), organisation)


def stress(edition: Edition, *, organisation: str = BAKERY, **more: Any) -> Source:
    """With words of consultants in every place."""
    return replace(_of(stress_result(edition, **more), organisation), entries=words_of(edition.domains[0].code))


def written(place: TextPlace, text: str, **more: str) -> ConsultantEntry:
    """A text of a consultant; `more` as in ConsultantEntry."""
    signed = {"by": "Ann Lee", "consultancy": "Harbour Advice", "on": "2026-12-01"}
    return ConsultantEntry(place=place, text=text, **{"domain": "", "title": "", **signed, **more})


def words_of(domain: str) -> tuple[ConsultantEntry, ...]:
    """Of two consultancies, in every place."""
    other = {"by": "דנה כהן", "consultancy": "ייעוץ הנמל", "on": "2026-12-02"}
    return (
        written(
            TextPlace.SUMMARY, "A tidy shop: the figures fit what we saw.\nThe customer list is where the work is."
        ),
        written(TextPlace.DOMAIN, "We go through the list together in January.", domain=domain),
        written(TextPlace.STEP, "It takes half a day.", title="A visit in January about who holds which data"),
        written(TextPlace.STEP, "", title="Put our number beside the till"),
        written(TextPlace.SUMMARY, "שלום! עבודה טובה מאוד.", **other),
        written(TextPlace.STEP, "It takes ten minutes.", title="Ring the payroll office", **other),
    )


def coming(edition: Edition, *, organisation: str = BAKERY, **more: Any) -> Source:
    return _of(coming_result(edition, **more), organisation)


def quickly_done(edition: Edition, *, organisation: str = BAKERY, **more: Any) -> Source:
    return _of(quick_things_done(edition, **more), organisation)


def stored_in_2026_1() -> Source:
    """A result that an installation stored with edition 2026.1, in the first format of stored results."""
    stored = json.loads(Path(__file__).with_name("stored_2026_1.json").read_text("utf-8"))
    edition = edition_2026_1()
    return Source(
        organisation=BAKERY,
        finished_on=date.fromisoformat(stored["day"]),
        language="en-gb",
        edition=edition,
        facts=stored["facts"],
        outcome=load_result(stored["outcome"], edition),
        first_gain=load_plan_gain(stored["outcome"]),
        answers=load_recorded_answers(stored["answers"]),
    )


def _of(sample: ResultSample, organisation: str) -> Source:
    return Source(
        organisation=organisation,
        finished_on=sample.day,
        language="en-gb",
        edition=sample.edition,
        facts=facts_to_json(sample.facts),
        outcome=sample.outcome,
        first_gain=sample.first_gain,
        answers=sample.answers,
    )
