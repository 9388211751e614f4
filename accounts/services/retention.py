"""Deletes what is no longer needed: nothing about people is kept longer than that."""

from datetime import datetime, timedelta

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import transaction

from accounts.models import Invitation, SignInEvent, SignInLink

INVITATIONS_KEPT = timedelta(days=90)
"""After they expired: until then an owner can send them again. The audit trail says who was invited when."""

SIGN_IN_EVENTS_KEPT = timedelta(days=365)

JUST_BEGUN = timedelta(hours=1)


@transaction.atomic
def delete_outlived(*, now: datetime) -> None:
    """Expired sessions with what is known of their devices, expired sign-in links, and what is long over."""
    Session.objects.filter(expire_date__lt=now).delete()
    over = UserSession.objects.exclude(session_key__in=Session.objects.values("session_key"))
    # A session that begins at this moment may not be stored yet.
    over.filter(created_at__lt=now - JUST_BEGUN).delete()
    SignInEvent.objects.filter(at__lt=now - SIGN_IN_EVENTS_KEPT).delete()
    SignInLink.objects.filter(expires_at__lt=now).delete()
    Invitation.objects.filter(expires_at__lt=now - INVITATIONS_KEPT).delete()
