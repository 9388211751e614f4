"""Scope facts between the assessment's JSON column and the pure wizard."""

from collections.abc import Mapping
from typing import Any

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
