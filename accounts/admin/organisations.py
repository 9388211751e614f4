from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from accounts.admin.parts import ConfirmedChangesMixin, DeletesCascadeMixin, NoAddMixin, ReadOnlyMixin
from accounts.models import Membership, Organisation
from accounts.people_data.organisations import delete_organisation
from accounts.queries import active_engagements_of
from accounts.requests import actor_of
from accounts.services.administration import record_kind_changed


class MembershipInline(ReadOnlyMixin, admin.TabularInline):  # type: ignore[type-arg]
    model = Membership
    fields = ("user", "role", "created_at")
    readonly_fields = fields


@admin.register(Organisation)
class OrganisationAdmin(ConfirmedChangesMixin, NoAddMixin, DeletesCascadeMixin, admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ("name", "kind", "created_at")
    list_filter = ("kind",)
    search_fields = ("name",)
    fields = ("name", "kind", "created_at")
    inlines = (MembershipInline,)

    def get_readonly_fields(self, request: HttpRequest, obj: Organisation | None = None) -> tuple[str, ...]:
        """An organisation that has clients must stay a consultancy: only a consultancy may have access to them."""
        has_clients = obj is not None and active_engagements_of(obj).exists()
        return ("created_at", "kind") if has_clients else ("created_at",)

    def save_model(self, request: HttpRequest, obj: Organisation, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if "kind" in form.changed_data:
            record_kind_changed(organisation=obj, by=actor_of(request), before=form.initial["kind"])

    def delete_model(self, request: HttpRequest, obj: Organisation) -> None:
        delete_organisation(organisation=obj, by=actor_of(request))
