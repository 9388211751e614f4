from collections import Counter
from collections.abc import Iterable
from typing import Any

from allauth.account.internal.flows.reauthentication import is_reauthentication_required
from allauth.core.exceptions import ReauthenticationRequired
from django.contrib.admin.utils import NestedObjects
from django.db import models, router, transaction
from django.http import HttpRequest, HttpResponse
from django.utils.text import capfirst

from accounts.models import User
from accounts.services.administration import administrator_now
from accounts.services.administrators import lock_administrators

# What the links beside a list send: a value, one of several, nothing, or a range of days.
_FILTER_LOOKUPS = ("", "__exact", "__in", "__isnull", "__gte", "__lt", "__id__exact", "__pk__exact")


class ConfirmedChangesMixin:
    """For rows that give somebody rights or take them, or that much goes with.

    Whoever saves or deletes one has confirmed who they are lately. If not, they do it on the page that other places use
    too, and what was sent is done after that.
    """

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        self._require_confirmation(request)
        with transaction.atomic():
            self._lock_administrators(request)
            answer: HttpResponse = super().changeform_view(request, object_id, form_url, extra_context)  # type: ignore[misc]
            return answer

    def delete_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        self._require_confirmation(request)
        answer: HttpResponse = super().delete_view(request, object_id, extra_context)  # type: ignore[misc]
        return answer

    def _require_confirmation(self, request: HttpRequest) -> None:
        if request.method == "POST" and is_reauthentication_required(request, app="accounts"):
            # django-allauth repeats what was sent only if its address carries no filters of the list before.
            request.META["QUERY_STRING"] = ""
            raise ReauthenticationRequired

    def _lock_administrators(self, request: HttpRequest) -> None:
        """What the form compares with is read after this, so nothing that somebody else changed is undone unseen."""
        if request.method == "POST" and isinstance(request.user, User):
            lock_administrators(by=request.user)


class CountsOnlyMixin:
    """Administrators see counts, never content: lists filter by their own filters alone, since any other lookup in the
    address could read a secret letter by letter, and a page that asks before it deletes says how many rows go.
    """

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        filters = (name for name in self.list_filter if isinstance(name, str))  # type: ignore[attr-defined]
        return any(lookup == f"{name}{suffix}" for name in filters for suffix in _FILTER_LOOKUPS)

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> tuple[Any, Any, set[str], Any]:
        """As Django's, with the number of rows of each kind in place of their texts."""
        _rows, counts, lacking, protected = super().get_deleted_objects(objs, request)  # type: ignore[misc]
        return _lines(counts), counts, lacking, _lines(_counted(_protected_by(objs))) if protected else []


def _look_again(request: HttpRequest) -> None:
    if request.method == "POST" and isinstance(request.user, User):
        administrator_now(request.user)


def _protected_by(objs: Any) -> Iterable[models.Model]:
    rows = list(objs)
    collector = NestedObjects(using=router.db_for_write(type(rows[0])))
    collector.collect(rows)
    return collector.protected


def _counted(rows: Iterable[models.Model]) -> Counter[str]:
    return Counter(str(row._meta.verbose_name_plural) for row in rows)


def _lines(counts: dict[str, int] | Counter[str]) -> list[str]:
    return [f"{capfirst(str(kind))}: {count}" for kind, count in counts.items()]


class NoAddMixin(CountsOnlyMixin):
    """For rows that come from using the product; administrators do not add them.

    There are no bulk actions: rows are deleted one at a time, so that somebody looks at each. Who is no administrator
    any more by the end of a change, which may have had to wait, has changed nothing.
    """

    def changeform_view(self, request: HttpRequest, object_id: str | None = None, *args: Any, **kwargs: Any) -> Any:
        with transaction.atomic():
            answer = super().changeform_view(request, object_id, *args, **kwargs)  # type: ignore[misc]
            # Who gives up the own rights may do so.
            if not (self.model is User and object_id == str(request.user.pk)):  # type: ignore[attr-defined]
                _look_again(request)
        return answer

    def delete_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        with transaction.atomic():
            answer = super().delete_view(request, *args, **kwargs)  # type: ignore[misc]
            _look_again(request)
        return answer

    def has_add_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        return {}


class DeletesCascadeMixin(CountsOnlyMixin):
    """Deleting a row also deletes what belongs to it, even if that could not be deleted on its own."""

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> tuple[Any, Any, set[str], Any]:
        rows, counts, _rights, protected = super().get_deleted_objects(objs, request)
        return rows, counts, set(), protected


class ReadOnlyMixin(NoAddMixin):
    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False
