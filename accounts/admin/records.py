"""Records to look up when somebody asks for help; nothing is changed here."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from accounts.admin.parts import ReadOnlyMixin
from accounts.models import AuditEvent, Engagement, ErasureOrder, ErasureState, Invitation, SignInLink


@admin.register(Engagement)
class EngagementAdmin(ReadOnlyMixin, admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ("consultancy", "client", "level", "granted_at", "ended_at")
    list_filter = ("level", "ended_at")
    list_select_related = ("consultancy", "client")
    search_fields = ("consultancy__name", "client__name")


@admin.register(SignInLink)
class SignInLinkAdmin(ReadOnlyMixin, admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ("user", "created_at", "expires_at", "used_at")
    list_select_related = ("user",)
    exclude = ("token_hash",)


@admin.register(Invitation)
class InvitationAdmin(ReadOnlyMixin, admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ("organisation", "kind", "email", "invited_by", "sent_at", "accepted_at", "withdrawn_at")
    list_filter = ("kind",)
    list_select_related = ("organisation", "invited_by")
    search_fields = ("organisation__name", "email")
    exclude = ("token_hash",)


@admin.register(AuditEvent)
class AuditEventAdmin(ReadOnlyMixin, admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ("at", "kind", "organisation_name", "actor_email", "subject", "ip_address")
    list_filter = ("kind",)
    search_fields = ("organisation_name", "actor_email", "subject")


@admin.register(ErasureOrder)
class ErasureOrderAdmin(ReadOnlyMixin, admin.ModelAdmin):  # type: ignore[type-arg]
    """Accounts that wait to be deleted, and those that cannot be, with the reason. Whoever is deleted leaves the list.

    A refused one is ordered again where it was ordered first: by deleting the person. Or its row is deleted, where
    nobody wants it any more.
    """

    list_display = ("person", "ordered_at", "ordered_by", "state", "refusal", "attempts")
    list_filter = ("state",)
    list_select_related = ("person", "ordered_by")
    exclude = ("ip_address",)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Only what was refused: what waits is not taken back by the site."""
        return (
            obj is not None
            and obj.state == ErasureState.REFUSED
            and admin.ModelAdmin.has_delete_permission(self, request, obj)
        )
