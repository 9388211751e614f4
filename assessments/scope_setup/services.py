"""Choosing a trade, and taking back what came from another."""

from assessments.bank.types import Edition
from assessments.errors import ScopeChanged, must_be_open
from assessments.models import Assessment
from assessments.scope_facts import facts_from_json, preset_of
from assessments.scoring.scope import ScopeFacts
from assessments.scoring.scoping.assumptions import without_assumed
from assessments.services.runs import store_facts


def choose_trade(
    *, assessment: Assessment, edition: Edition, trade: str, given: ScopeFacts, seen_version: int
) -> Assessment:
    """Store the trade and the facts given beside it. `trade` is the id of a preset, or "" for none of them.

    Another trade takes back what the one before assumed and the business left as it was: that is asked anew.
    Raises ScopeChanged when someone saved the scope after the page was made, AssessmentFinished when finished.
    """
    must_be_open(assessment)
    facts = facts_from_json(assessment.facts)
    if assessment.preset == trade and all(facts.get(key) == value for key, value in given.items()):
        return assessment
    if assessment.scope_version != seen_version:
        raise ScopeChanged
    before = preset_of(edition, assessment)
    kept = without_assumed(edition.scope, before, facts) if before and before.id != trade else facts
    assessment.preset = trade
    return store_facts(assessment=assessment, edition=edition, facts={**kept, **given})
