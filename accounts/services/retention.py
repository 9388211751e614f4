"""What is of no use any more is deleted: nothing about people is held longer than it is needed."""

from datetime import datetime, timedelta

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import transaction

from accounts.models import Invitation, SignInLink

INVITATIONS_KEPT = timedelta(days=90)
"""After they ran out: until then an owner can send them again. The trail says who was invited when."""

JUST_BEGUN = timedelta(hours=1)


@transaction.atomic
def delete_outlived(*, now: datetime) -> None:
    """Sessions that are over with what is known of their devices, sign-in links and invitations that ran out."""
    Session.objects.filter(expire_date__lt=now).delete()
    over = UserSession.objects.exclude(session_key__in=Session.objects.values("session_key"))
    # One that begins at this moment may not be among the sessions yet.
    over.filter(created_at__lt=now - JUST_BEGUN).delete()
    SignInLink.objects.filter(expires_at__lt=now).delete()
    Invitation.objects.filter(expires_at__lt=now - INVITATIONS_KEPT).delete()
