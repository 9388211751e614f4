from django.contrib import admin
from django.http import HttpRequest

from accounts.models import Engagement, Membership, Organisation, SignInLink, User


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


@admin.register(Membership)
class MembershipAdmin(NothingAdded, admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ("organisation", "user", "role", "created_at")
    list_filter = ("role",)
    list_select_related = ("organisation", "user")
    search_fields = ("organisation__name", "user__email")
    fields = ("organisation", "user", "role", "created_at")
    readonly_fields = ("organisation", "user", "created_at")


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
