from typing import Any

from django.http import HttpRequest


class NoAddMixin:
    """For rows that come from using the product; administrators do not add them.

    There are no bulk actions: rows are deleted one at a time, so that somebody looks at each.
    """

    def has_add_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        return {}


class DeletesCascadeMixin:
    """Deleting a row also deletes what belongs to it, even if that could not be deleted on its own."""

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> tuple[Any, Any, set[str], Any]:
        rows, counts, _rights, protected = super().get_deleted_objects(objs, request)  # type: ignore[misc]
        return rows, counts, set(), protected


class ReadOnlyMixin(NoAddMixin):
    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False
