from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.admin.parts import ConfirmedChangesMixin, DeletesCascadeMixin, NoAddMixin
from accounts.models import Membership, Role, User
from accounts.people_data.erasure import sole_ownerships
from accounts.people_data.erasure_orders import order_erasure
from accounts.requests import actor_of
from accounts.services.administration import record_member_changed, record_person_changed
from accounts.services.administrators import ADMINISTRATOR_FLAGS, LastAdministrator, keep_an_administrator
from accounts.services.locks import lock_organisation
from accounts.services.names import NameOfAnother, refuse_name_of_another, remember_name
from accounts.services.people import LastOwner, is_last_owner
from accounts.sign_in.sessions import end_sessions

RIGHTS = ("is_active", "is_staff", "is_superuser", "edits_bank")


class PersonForm(forms.ModelForm):  # type: ignore[type-arg]
    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        if "name" in self.changed_data:
            try:
                refuse_name_of_another(person=self.instance, name=name)
            except NameOfAnother as refused:
                raise forms.ValidationError(refused.message) from refused
        return name

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not all(cleaned.get(flag) for flag in ADMINISTRATOR_FLAGS):
            try:
                keep_an_administrator(self.instance)
            except LastAdministrator as refused:
                raise forms.ValidationError(refused.message) from refused
        return cleaned


@admin.register(User)
class UserAdmin(ConfirmedChangesMixin, NoAddMixin, DeletesCascadeMixin, admin.ModelAdmin):  # type: ignore[type-arg]
    form = PersonForm
    list_display = ("email", "name", "is_active", "is_staff", "edits_bank", "last_login", "date_joined")
    list_filter = ("is_active", "is_staff", "edits_bank")
    search_fields = ("email", "name")
    fields = ("email", "name", "is_active", "is_staff", "is_superuser", "edits_bank", "last_login", "date_joined")
    readonly_fields = ("email", "last_login", "date_joined")

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        if "name" in form.changed_data:
            remember_name(user=obj, before=form.initial["name"], now=timezone.now())
            record_person_changed(person=obj, by=actor_of(request), right="name", after="")
        super().save_model(request, obj, form, change)
        for right in set(RIGHTS) & set(form.changed_data):
            after = form.cleaned_data[right]
            record_person_changed(
                person=obj, by=actor_of(request), right=right, before=_yes(not after), after=_yes(after)
            )
        if not obj.is_active:
            end_sessions(obj)

    def get_queryset(self, request: HttpRequest) -> "QuerySet[User]":
        """Without those of whom only a nameless row is left."""
        return super().get_queryset(request).filter(erased_at=None)

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Not for the only owner of an organisation: the ownership is handed over first."""
        return super().has_delete_permission(request, obj) and not (obj and sole_ownerships(obj))

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> tuple[Any, Any, set[str], Any]:
        """Nothing that others need is deleted with a person, so nothing stands in the way."""
        lines = [_("Everything that says who this was; what they wrote stays under “former member”. It is final.")]
        return lines, {_("people"): len(objs)}, set(), []

    def delete_model(self, request: HttpRequest, obj: User) -> None:
        order_erasure(person=obj, by=actor_of(request), now=timezone.now())

    def response_delete(self, request: HttpRequest, obj_display: str, obj_id: int) -> HttpResponse:
        """It is only ordered: saying that it is done would be too early."""
        text = _("The account is being deleted. It takes minutes; from now on nobody can sign in with it.")
        messages.success(request, text)
        return redirect("admin:accounts_user_changelist")


class MembershipForm(forms.ModelForm):  # type: ignore[type-arg]
    def clean_role(self) -> str:
        role: str = self.cleaned_data["role"]
        # Who asks is looked at again at the end of the request: NoAddMixin.
        lock_organisation(self.instance.organisation_id, None)
        if role != Role.OWNER and is_last_owner(Membership.objects.get(pk=self.instance.pk)):
            raise forms.ValidationError(str(LastOwner()))
        return role


@admin.register(Membership)
class MembershipAdmin(ConfirmedChangesMixin, NoAddMixin, admin.ModelAdmin):  # type: ignore[type-arg]
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
