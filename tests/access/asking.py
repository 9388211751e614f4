"""Asking an access function directly, as each persona in turn: what is found, what is refused, what stays unknown."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import Http404

from accounts.queries import Person
from tests.personas import (
    ANONYMOUS,
    CONSULTANT_ANSWER,
    CONSULTANT_WITHOUT_SECOND_STEP,
    EDITOR,
    OWNER,
    PERSONAS,
    VIEWER,
    World,
)

OWN = {OWNER, EDITOR, VIEWER}
ENGAGED = {CONSULTANT_ANSWER, CONSULTANT_WITHOUT_SECOND_STEP}
"""The second step is asked for by a middleware, before any access function is."""
FOUND, REFUSED, UNKNOWN = 200, 403, 404


def ask(call: Callable[[], Any]) -> int:
    try:
        call()
    except PermissionDenied:
        return REFUSED
    except Http404:
        return UNKNOWN
    return FOUND


def everyone_asks(world: World, call: Callable[[Person], Any]) -> dict[str, int]:
    return {name: ask(partial(call, person_of(world, name))) for name in PERSONAS}


def person_of(world: World, name: str) -> Person:
    return AnonymousUser() if name == ANONYMOUS else world.person(name)


def expected(may: set[str], knows: set[str] = OWN | ENGAGED) -> dict[str, int]:
    """403 for those who know of it and may not, 404 for all others."""
    return {name: FOUND if name in may else REFUSED if name in knows else UNKNOWN for name in PERSONAS}
