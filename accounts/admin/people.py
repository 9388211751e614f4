from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest

from accounts.admin.parts import DeletesCascadeMixin, NoAddMixin
from accounts.models import Membership, Role, User
from accounts.requests import actor_of
from accounts.services.administration import record_member_changed, record_person_changed
from accounts.services.locks import lock_organisation
from accounts.services.people import LastOwner, is_last_owner
from accounts.sign_in.sessions import end_sessions

RIGHTS = ("is_active", "is_staff", "is_superuser", "edits_bank")


@admin.register(User)
class UserAdmin(NoAddMixin, DeletesCascadeMixin, admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ("email", "name", "is_active", "is_staff", "edits_bank", "last_login", "date_joined")
    list_filter = ("is_active", "is_staff", "edits_bank")
    search_fields = ("email", "name")
    fields = ("email", "name", "is_active", "is_staff", "is_superuser", "edits_bank", "last_login", "date_joined")
    readonly_fields = ("email", "last_login", "date_joined")

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        for right in set(RIGHTS) & set(form.changed_data):
            after = form.cleaned_data[right]
            record_person_changed(
                person=obj, by=actor_of(request), right=right, before=_yes(not after), after=_yes(after)
            )
        if not obj.is_active:
            end_sessions(obj)

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Not for the only owner of an organisation: the ownership is handed over first."""
        only_owner = obj is not None and any(map(is_last_owner, obj.memberships.select_related("organisation")))
        return super().has_delete_permission(request, obj) and not only_owner

    def delete_model(self, request: HttpRequest, obj: User) -> None:
        record_person_changed(person=obj, by=actor_of(request), right="account", after="deleted")
        super().delete_model(request, obj)


class MembershipForm(forms.ModelForm):  # type: ignore[type-arg]
    def clean_role(self) -> str:
        role: str = self.cleaned_data["role"]
        lock_organisation(self.instance.organisation_id)
        if role != Role.OWNER and is_last_owner(Membership.objects.get(pk=self.instance.pk)):
            raise forms.ValidationError(str(LastOwner()))
        return role


@admin.register(Membership)
class MembershipAdmin(NoAddMixin, admin.ModelAdmin):  # type: ignore[type-arg]
    form = MembershipForm
    list_display = ("organisation", "user", "role", "created_at")
    list_filter = ("role",)
    list_select_related = ("organisation", "user")
    search_fields = ("organisation__name", "user__email")
    fields = ("organisation", "user", "role", "created_at")
    readonly_fields = ("organisation", "user", "created_at")

    def save_model(self, request: HttpRequest, obj: Membership, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if "role" in form.changed_data:
            record_member_changed(membership=obj, by=actor_of(request), before=form.initial["role"], after=obj.role)

    def has_delete_permission(self, request: HttpRequest, obj: Membership | None = None) -> bool:
        return super().has_delete_permission(request, obj) and not (obj and is_last_owner(obj))

    def delete_model(self, request: HttpRequest, obj: Membership) -> None:
        record_member_changed(membership=obj, by=actor_of(request), before=obj.role, after="removed")
        super().delete_model(request, obj)


def _yes(value: bool) -> str:
    return "yes" if value else "no"
