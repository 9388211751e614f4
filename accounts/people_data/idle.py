"""Organisations and accounts that nobody uses: owners are told, and after that they are deleted."""

import logging
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.audit import Actor
from accounts.models import Engagement, Membership, Organisation, User
from accounts.names import name_in_mail
from accounts.people_data.erasure import SoleOwner
from accounts.people_data.organisations import delete_organisation
from accounts.people_data.owners_told import write_to_owners
from accounts.people_data.terms import NOTICE_BEFORE_DELETION, kept_for
from accounts.services.administrators import LastAdministrator
from accounts.sign_up.unconfirmed import PRIVILEGED, delete_account, delete_own_organisations, unused_accounts
from accounts.site_urls import absolute_url

logger = logging.getLogger(__name__)


def delete_unconfirmed_accounts(now: datetime) -> None:
    """With the organisations that they alone are in: nobody ever opened those."""
    before = now - kept_for("unconfirmed_accounts")
    for person in unused_accounts().filter(date_joined__lt=before):
        delete_own_organisations(person=person)
        _delete(person, now)


def delete_idle_organisations(now: datetime) -> None:
    """Tells owners 30 days before; whoever signs in within that time keeps the organisation."""
    kept = kept_for("idle_organisations")
    Organisation.objects.exclude(idle_notice_at=None).exclude(
        pk__in=_idle(now - kept + NOTICE_BEFORE_DELETION).values("pk")
    ).update(idle_notice_at=None)
    told = _idle(now - kept).filter(idle_notice_at__lte=now - NOTICE_BEFORE_DELETION)
    for organisation in told:
        delete_organisation(organisation=organisation, by=Actor(None))
    for organisation in _idle(now - kept + NOTICE_BEFORE_DELETION).filter(idle_notice_at=None):
        _tell_owners(organisation, now)


def delete_idle_accounts(now: datetime) -> None:
    """Of people who belong to no organisation and have no rights of the site."""
    before = now - kept_for("idle_accounts")
    alone = User.objects.filter(erased_at=None, memberships=None).exclude(PRIVILEGED)
    for person in alone.filter(Q(last_login__lt=before) | Q(last_login=None, date_joined__lt=before)):
        _delete(person, now)


def _delete(person: User, now: datetime) -> None:
    try:
        delete_account(person=person, now=now)
    except (SoleOwner, LastAdministrator):
        logger.info("account %s is not deleted yet: an organisation or the site would be left to nobody", person.pk)


def _idle(before: datetime) -> "QuerySet[Organisation]":
    """Those that nobody has signed in for since: neither a member nor anybody of a consultancy that has access."""
    seen = Membership.objects.filter(user__last_login__gte=before)
    engaged = Engagement.objects.filter(client=OuterRef("pk"), ended_at=None)
    return Organisation.objects.filter(
        ~Exists(seen.filter(organisation=OuterRef("pk"))),
        ~Exists(engaged.filter(consultancy__in=seen.values("organisation"))),
        created_at__lt=before,
    )


def _tell_owners(organisation: Organisation, now: datetime) -> None:
    Organisation.objects.filter(pk=organisation.pk).update(idle_notice_at=now)
    names = {
        "organisation": name_in_mail(organisation.name),
        "day": f"{now + NOTICE_BEFORE_DELETION:%Y-%m-%d}",
        "link": absolute_url(reverse("organisation", args=[organisation.pk])),
    }
    subject = _("%(organisation)s will be deleted on %(day)s") % names
    body = _(
        "Hello,\n\nnobody has opened %(organisation)s for a long time. On %(day)s it will be deleted, with all its "
        "assessments and results.\n\nTo keep it, sign in before that day: %(link)s\n\nEvenkeel\n"
    )
    write_to_owners(organisation, subject=subject, body=body % names)
