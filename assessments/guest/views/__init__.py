"""The views of the quick check: guard, form, service, redirect. Nothing of them is ever cached."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.views.decorators.cache import never_cache

View = Callable[..., HttpResponse]


def open_to_guests(view: View) -> View:
    """For pages that need no account. What they show belongs to one browser."""
    opened: Any = login_not_required(never_cache(view))
    return opened  # type: ignore[no-any-return]
