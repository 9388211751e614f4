"""Scope facts between the assessment's JSON column and the pure wizard."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from assessments.bank.scope_types import Preset
from assessments.bank.types import Edition
from assessments.models import Assessment
from assessments.presentation.placeholders import BusinessPlace, country_in
from assessments.scoring.scope import FactAnswer

Stored = dict[str, dict[str, Any]]


def facts_from_json(stored: Stored) -> dict[str, FactAnswer]:
    """By scope question, from the value of `Assessment.facts`."""
    return {
        question: FactAnswer(options=frozenset(fact["options"]), not_sure=fact["not_sure"])
        for question, fact in stored.items()
    }


def facts_to_json(facts: Mapping[str, FactAnswer]) -> Stored:
    """The value for `Assessment.facts`."""
    return {question: {"options": sorted(fact.options), "not_sure": fact.not_sure} for question, fact in facts.items()}


def business_place(assessment: Assessment, day: date) -> BusinessPlace:
    """What decides whom the texts of the edition name, from what the business said about itself."""
    country = country_in(facts_from_json(assessment.facts))
    return BusinessPlace(country=country, tags=frozenset(assessment.tags), day=day)


def preset_of(edition: Edition, assessment: Assessment) -> Preset | None:
    """The trade that was chosen; None if none was, or the edition has no such trade."""
    return next((preset for preset in edition.presets if preset.id == assessment.preset), None)
