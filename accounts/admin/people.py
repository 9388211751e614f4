from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from accounts.audit import record
from accounts.models import (
    AuditEvent,
    AuditKind,
    Engagement,
    Invitation,
    Membership,
    Organisation,
    SignInLink,
    User,
)
from accounts.requests import actor_of
from accounts.sessions import end_sessions

RIGHTS = ("is_active", "is_staff", "is_superuser", "edits_bank")


class NothingAdded:
    """For rows that people make by using the product, not administrators by hand."""

    def has_add_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False


class ReadOnly(NothingAdded):
    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False


@admin.register(User)
class UserAdmin(NothingAdded, admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ("email", "name", "is_active", "is_staff", "edits_bank", "last_login", "date_joined")
    list_filter = ("is_active", "is_staff", "edits_bank")
    search_fields = ("email", "name")
    fields = ("email", "name", "is_active", "is_staff", "is_superuser", "edits_bank", "last_login", "date_joined")
    readonly_fields = ("email", "last_login", "date_joined")

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        for right in set(RIGHTS) & set(form.changed_data):
            after = form.cleaned_data[right]
            record(
                by=actor_of(request),
                kind=AuditKind.PERSON_CHANGED,
                subject=obj.email,
                right=right,
                before=_yes(not after),
                after=_yes(after),
            )
        if not obj.is_active:
            end_sessions(obj)

    def delete_model(self, request: HttpRequest, obj: User) -> None:
        record(by=actor_of(request), kind=AuditKind.PERSON_CHANGED, subject=obj.email, right="account", after="deleted")
        super().delete_model(request, obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        for person in queryset:
            self.delete_model(request, person)


class MembershipInline(ReadOnly, admin.TabularInline):  # type: ignore[type-arg]
    model = Membership
    fields = ("user", "role", "created_at")
    readonly_fields = fields


@admin.register(Organisation)
class OrganisationAdmin(NothingAdded, admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ("name", "kind", "created_at")
    list_filter = ("kind",)
    search_fields = ("name",)
    fields = ("name", "kind", "created_at")
    readonly_fields = ("created_at",)
    inlines = (MembershipInline,)

    def save_model(self, request: HttpRequest, obj: Organisation, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if "kind" in form.changed_data:
            # Whether its engagements count hangs on it.
            record(
                by=actor_of(request),
                kind=AuditKind.ACCESS_CHANGED,
                organisation=obj,
                before=form.initial["kind"],
                after=obj.kind,
            )


@admin.register(Membership)
class MembershipAdmin(NothingAdded, admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ("organisation", "user", "role", "created_at")
    list_filter = ("role",)
    list_select_related = ("organisation", "user")
    search_fields = ("organisation__name", "user__email")
    fields = ("organisation", "user", "role", "created_at")
    readonly_fields = ("organisation", "user", "created_at")

    def save_model(self, request: HttpRequest, obj: Membership, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if "role" in form.changed_data:
            self._record(request, obj, before=form.initial["role"], after=obj.role)

    def delete_model(self, request: HttpRequest, obj: Membership) -> None:
        self._record(request, obj, before=obj.role, after="removed")
        super().delete_model(request, obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Membership]) -> None:
        for membership in queryset.select_related("organisation", "user"):
            self.delete_model(request, membership)

    def _record(self, request: HttpRequest, membership: Membership, **change: str) -> None:
        record(
            by=actor_of(request),
            kind=AuditKind.PERSON_CHANGED,
            organisation=membership.organisation,
            subject=membership.user.email,
            **change,
        )


@admin.register(Engagement)
class EngagementAdmin(ReadOnly, admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ("consultancy", "client", "level", "granted_at", "ended_at")
    list_filter = ("level", "ended_at")
    list_select_related = ("consultancy", "client")
    search_fields = ("consultancy__name", "client__name")


@admin.register(SignInLink)
class SignInLinkAdmin(ReadOnly, admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ("user", "created_at", "expires_at", "used_at")
    list_select_related = ("user",)
    exclude = ("token_hash",)


@admin.register(Invitation)
class InvitationAdmin(ReadOnly, admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ("organisation", "kind", "email", "invited_by", "sent_at", "accepted_at", "withdrawn_at")
    list_filter = ("kind",)
    list_select_related = ("organisation", "invited_by")
    search_fields = ("organisation__name", "email")
    exclude = ("token_hash",)


@admin.register(AuditEvent)
class AuditEventAdmin(ReadOnly, admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ("at", "kind", "organisation_name", "actor_email", "subject", "address")
    list_filter = ("kind",)
    search_fields = ("organisation_name", "actor_email", "subject")


def _yes(value: bool) -> str:
    return "yes" if value else "no"
