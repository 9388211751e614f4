"""What other rooms do once a result is stored, told by themselves: this app does not know them."""

from collections.abc import Callable

from django.db import transaction

from assessments.models import Result

AfterFinish = Callable[[Result], None]
_after: list[AfterFinish] = []


def after_finish(act: AfterFinish) -> AfterFinish:
    """For rooms that prepare something: called after commit, in the request of the person who submits.

    So it must be quick, and wait for nothing but the database. What it raises is logged: the result is there.
    """
    _after.append(act)
    return act


def tell_finished(result: Result) -> None:
    """Each room after commit; one that fails keeps neither the person nor the other rooms from going on."""
    for act in _after:
        transaction.on_commit(_telling(act, result), robust=True)


def _telling(act: AfterFinish, result: Result) -> Callable[[], None]:
    """A function, as Django logs the name of one that fails, and a partial has none."""

    def tell() -> None:
        act(result)

    return tell
