"""Facts of a site where everything is as it should be, to change one at a time."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from accounts.models import RecordKind
from accounts.operations.figures import RecordSpan, Share
from assessments.own_rules.site_facts import Connection, Protection, SiteFacts

NOW = datetime(2026, 11, 30, 12, 0, tzinfo=UTC)
YESTERDAY = NOW - timedelta(days=1)


def in_order(**changed: Any) -> SiteFacts:
    """Every rule is kept, but for what is `changed`."""
    facts = SiteFacts(
        now=NOW,
        second_steps=Share(3, 3),
        second_step_required=True,
        connections=dict.fromkeys(Connection, Protection.ENCRYPTED),
        rules_database=False,
        deleted_at=NOW - timedelta(minutes=20),
        unconfirmed=Share(0, 0),
        failed_erasures=0,
        failed_jobs=0,
        weaknesses=0,
        records={kind: RecordSpan(YESTERDAY, YESTERDAY, 1) for kind in RecordKind},
    )
    return replace(facts, **changed)
