"""All of them. docs/yardstick.md prints this table, and a test compares the two."""

from assessments.own_rules.rules.access import ACCESS, STORE
from assessments.own_rules.rules.defence import DEFEND, INCIDENT
from assessments.own_rules.rules.governance import CONSENT, DATA, GOVERNANCE
from assessments.own_rules.rules.people import NOTICE, RIGHTS, VENDOR
from assessments.own_rules.rules.types import OwnRule

OWN_RULES: tuple[OwnRule, ...] = (
    *GOVERNANCE,
    *DATA,
    *CONSENT,
    *NOTICE,
    *RIGHTS,
    *ACCESS,
    *STORE,
    *DEFEND,
    *INCIDENT,
    *VENDOR,
)
"""Each code once; those whose question is not in the edition in use are left out on the pages."""
