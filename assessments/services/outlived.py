"""What goes when its time is over: results with their answers and reports, notes of who was reminded, quick checks."""

from contextlib import suppress
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.audit import Actor
from accounts.models import Organisation
from accounts.names import name_in_mail
from accounts.people_data.own_terms import outlived
from accounts.people_data.owners_told import write_to_owners
from accounts.people_data.terms import NOTICE_BEFORE_DELETION, kept_for
from accounts.services.locks import lock_organisation
from accounts.site_urls import absolute_url
from assessments.models import ActionReminder, GuestCheck, NewestResult, Result, SharedCheck
from assessments.results.summaries import is_newest
from assessments.services.deletion import delete_in_locked


def delete_outlived_results(now: datetime) -> None:
    """One after the other, so that nobody waits long for an organisation. Owners are told 30 days before their newest
    result goes; until then it stays.
    """
    soon = _soon_without_a_result(now)
    Organisation.objects.exclude(newest_result_until=None).exclude(pk__in=soon.values("pk")).update(
        newest_result_until=None
    )
    over = _over(now).order_by("assessment__organisation", "finished_at")
    for pk, organisation in list(over.values_list("pk", "assessment__organisation")):
        # Its owners may have deleted the organisation since: then nothing of it is left to delete.
        with suppress(Organisation.DoesNotExist):
            _delete_if_still_over(pk, organisation, now)
    for organisation_told in _soon_without_a_result(now).filter(newest_result_until=None):
        _tell_owners(organisation_told, now)


def delete_told_reminders(now: datetime) -> None:
    """Notes of who was reminded, long after their dates: none of these can fall due again."""
    ActionReminder.objects.filter(due__lt=(now - kept_for("reminders")).date()).delete()


def delete_outlived_checks(now: datetime) -> None:
    """Quick checks of guests, a day after they began."""
    GuestCheck.objects.filter(started_at__lte=now - kept_for("guest_checks")).delete()


def delete_outlived_shared_checks(now: datetime) -> None:
    """Of every consultancy."""
    SharedCheck.objects.filter(shared_at__lt=now - kept_for("shared_checks")).delete()


def count_older_results(organisation: Organisation, before: datetime) -> int:
    """How many results of the organisation are from before then."""
    return Result.objects.filter(assessment__organisation=organisation, finished_at__lt=before).count()


def _over(now: datetime) -> QuerySet[Result]:
    return Result.objects.filter(outlived("results", now, since="finished_at", organisation="assessment__organisation"))


def _soon_without_a_result(now: datetime) -> QuerySet[Organisation]:
    """Those whose newest result is over within the time of the notice, by terms that take effect until then too."""
    then = now + NOTICE_BEFORE_DELETION
    newest = NewestResult.objects.filter(outlived("results", then, since="finished_at", organisation="organisation"))
    return Organisation.objects.filter(pk__in=newest.values("organisation"))


@transaction.atomic
def _delete_if_still_over(pk: UUID, organisation: UUID, now: datetime) -> None:
    """While this waited for the organisation, an owner may have chosen a longer term, or have deleted it."""
    nobody = Actor(None)
    locked = lock_organisation(organisation, nobody.user)
    result = _over(now).filter(pk=pk).defer("outcome", "answers").select_related("assessment").first()
    if result is None or (is_newest(result) and not _was_told(locked, now)):
        return
    delete_in_locked(locked, result.assessment, nobody)


def _was_told(organisation: Organisation, now: datetime) -> bool:
    return organisation.newest_result_until is not None and organisation.newest_result_until <= now


def _tell_owners(organisation: Organisation, now: datetime) -> None:
    until = now + NOTICE_BEFORE_DELETION
    Organisation.objects.filter(pk=organisation.pk).update(newest_result_until=until)
    names = {
        "organisation": name_in_mail(organisation.name),
        "day": f"{until:%Y-%m-%d}",
        "link": absolute_url(reverse("organisation_terms", args=[organisation.pk])),
    }
    body = _(
        "Hello,\n\nthe newest result of %(organisation)s is old enough to be deleted. That happens on %(day)s at the "
        "earliest, with its answers and reports.\n\nTo keep it longer, choose another term: %(link)s\nOr download its "
        "report before that day. An assessment that you finish until then is not affected.\n\nEvenkeel\n"
    )
    write_to_owners(
        organisation, subject=_("%(organisation)s: your newest result will be deleted") % names, body=body % names
    )
