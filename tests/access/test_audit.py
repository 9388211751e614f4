"""Every change of access leaves an event: each form of the accounts app is sent once, by somebody who may."""

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from accounts.models import AuditEvent
from assessments.bank.types import Edition
from assessments.models import EditionRow
from tests.access.rows.row import Row
from tests.access.site import Site, make_site
from tests.access.table import ACCOUNTS
from tests.personas import CONSULTANT_ANSWER, EDITOR, OWNER

pytestmark = pytest.mark.django_db
CHANGES_NO_ACCESS = {"settings", "sign_in_link", "brand", "brand_reset", "account_delete", "organisation_keep"}
"""The person's own name; a token that opens nothing; a logo and its colours; what asks for the password first, and what
is only something where a deletion waits (tests/accounts/test_deleting.py has both)."""
REFUSED_HERE = (409,)
"""The consultancy is the last that reaches this client: nothing changes (tests/accounts/test_reachable.py)."""
CHANGES = [r for r in ACCOUNTS if r.write and r.name not in CHANGES_NO_ACCESS and r.post != REFUSED_HERE]


@pytest.fixture
def site(edition_row: EditionRow, edition: Edition) -> Site:
    return make_site()


def who_may(row: Row) -> str:
    """An editor rather than an owner if both may: the last owner cannot leave."""
    return next(
        persona
        for persona in (EDITOR, OWNER, CONSULTANT_ANSWER)
        if 403 not in row.expects(persona, "POST") and 404 not in row.expects(persona, "POST")
    )


def test_every_change_of_access_is_in_the_trail(site: Site) -> None:
    without = []
    for row in CHANGES:
        client, persona = Client(), who_may(row)
        client.force_login(site.person(persona))
        with transaction.atomic():
            path = reverse(row.name, kwargs=dict(row.kwargs(site)))
            before = AuditEvent.objects.count()
            own = set(site.person(persona).memberships.values_list("organisation", flat=True))
            assert client.get(path).status_code == 200, row.name
            assert AuditEvent.objects.count() == before, f"{row.name}: looking changes nothing"
            answer = client.post(path, dict(row.data))
            new = AuditEvent.objects.order_by("pk")[before:]
            own |= set(site.person(persona).memberships.values_list("organisation", flat=True))
            # The other side of an engagement does not see the IP address.
            whole = [event for event in new if event.organisation]
            addresses = {(event.ip_address == "127.0.0.1") is (event.organisation in own) for event in whole}
            if addresses != {True} or {event.actor for event in new} != {site.person(persona).pk}:
                without.append((row.name, persona, answer.status_code, list(new)))
            transaction.set_rollback(True)
    assert without == []
    assert len(CHANGES) >= 16
