"""Names in mails: an organisation may be called like its address, of which mail programs would make a link."""

from typing import Any

import pytest
from django.core.mail import EmailMessage

from accounts.invitations.mail import deliver_invitation
from accounts.names import name_in_mail
from tests.accounts.inviting import invited
from tests.factories import OrganisationFactory, member


@pytest.mark.django_db
def test_a_name_in_a_mail_is_no_link(mailoutbox: list[EmailMessage], settings: Any) -> None:
    settings.MAIL_CONFIGURED = True
    organisation = OrganisationFactory.create(name="evil-bank.com")
    owner = member(organisation, name="Evil.Com")
    assert deliver_invitation(invited(organisation, owner))
    [mail] = mailoutbox
    assert "evil-bank.com" not in f"{mail.subject} {mail.body}"
    assert "Evil.Com" not in mail.body
    assert "evil-bank\u2024com" in mail.subject
    assert name_in_mail("ann@example.org") == "ann@example.org"


@pytest.mark.parametrize("name", ["ann@example.org", "St. Gallen", "J. R. Ewing", "Müller & Co."])
def test_what_is_no_domain_is_written_as_it_is(name: str) -> None:
    assert name_in_mail(name) == name
