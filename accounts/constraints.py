"""Database constraints that several models share."""

from collections.abc import Iterable

from django.db.models import CheckConstraint, Q, TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

NOT_LISTED = _("Choose one of the listed values.")


def one_of(
    name: str,
    field: str,
    choices: type[TextChoices] | Iterable[str],
    *,
    blank: bool = False,
    message: str | Promise = NOT_LISTED,
) -> CheckConstraint:
    """A CHECK that limits the column to its choices, also for writes that bypass forms.

    `choices` is an enumeration or the values themselves; `blank` allows "" as well. `message` is the validation error.
    """
    known = choices.values if isinstance(choices, type) else list(choices)
    values = ["", *known] if blank else known
    # Django accepts a lazy translation; its stubs do not say so.
    return CheckConstraint(name=name, condition=Q(**{f"{field}__in": values}), violation_error_message=message)  # type: ignore[arg-type]
