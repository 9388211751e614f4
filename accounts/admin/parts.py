from typing import Any

from django.http import HttpRequest


class NoAddMixin:
    """For rows that people make by using the product, not administrators by hand.

    One row goes at a time: of several at once nobody looks at each.
    """

    def has_add_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        return {}


class DeletesCascadeMixin:
    """What belongs to a row goes with it, whether or not it could be deleted alone."""

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> tuple[Any, Any, set[str], Any]:
        rows, counts, _rights, protected = super().get_deleted_objects(objs, request)  # type: ignore[misc]
        return rows, counts, set(), protected


class ReadOnlyMixin(NoAddMixin):
    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False
