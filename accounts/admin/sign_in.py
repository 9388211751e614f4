"""django-allauth's rows, without its own admin pages: those would let an administrator take over any account unseen."""

from allauth.mfa.models import Authenticator
from django.contrib import admin
from django.http import HttpRequest

from accounts.admin.parts import ConfirmedChangesMixin, NoAddMixin, ReadOnlyMixin
from accounts.requests import actor_of
from accounts.services.administration import record_person_changed
from accounts.sign_in.sessions import end_sessions


class EmailAddressAdmin(ReadOnlyMixin, admin.ModelAdmin):  # type: ignore[type-arg]
    """Read-only: whoever changes a person's address can take over the account."""

    list_display = ("email", "user", "primary", "verified")
    list_filter = ("verified",)
    list_select_related = ("user",)
    search_fields = ("email",)


class AuthenticatorAdmin(ConfirmedChangesMixin, NoAddMixin, admin.ModelAdmin):  # type: ignore[type-arg]
    """Removed when it is lost; its owner then sets up another. Its secret is never shown."""

    list_display = ("user", "type", "created_at", "last_used_at")
    list_filter = ("type",)
    list_select_related = ("user",)
    search_fields = ("user__email",)
    fields = ("user", "type", "created_at", "last_used_at")
    readonly_fields = fields

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def delete_model(self, request: HttpRequest, obj: Authenticator) -> None:
        person = obj.user
        super().delete_model(request, obj)
        record_person_changed(
            person=person, by=actor_of(request), right="second_step", before=obj.get_type_display(), after="removed"
        )
        end_sessions(person)
