"""The facts about this site, in the same number of queries however much there is."""

from datetime import datetime

from accounts.operations.figures import (
    last_run,
    newest_open_count,
    record_spans,
    second_step_share,
    unconfirmed_accounts,
)
from accounts.people_data.erasure_orders import erasures_that_fail
from accounts.services.retention import RETENTION_RUN
from accounts.sign_in.mfa import second_step_is_required
from assessments.own_rules.connections import protections, role_rules_database
from assessments.own_rules.failures import failed_jobs
from assessments.own_rules.site_facts import SiteFacts


def site_facts(now: datetime) -> SiteFacts:
    """As they are now; nothing is kept from an earlier look."""
    return SiteFacts(
        now=now,
        second_steps=second_step_share(),
        second_step_required=second_step_is_required(),
        connections=protections(),
        rules_database=role_rules_database(),
        deleted_at=last_run(RETENTION_RUN),
        failed_erasures=erasures_that_fail().count(),
        unconfirmed=unconfirmed_accounts(now),
        failed_jobs=failed_jobs(),
        weaknesses=newest_open_count(),
        records=record_spans(),
    )
