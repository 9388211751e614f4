"""How many queries the plan takes: the same at 1, 3 and 100 actions. And how large its page is."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Organisation, User
from assessments.actions.services import ActionTerms, change_action, comment_on_action, drop_action, finish_action
from assessments.models import ActionState, Result
from tests.actions.plans import AT, actor, day, own_task, taken
from tests.factories import member

pytestmark = pytest.mark.django_db
LONGEST_PAGE = 100_000


def counted(client: Client, url: str) -> tuple[int, int]:
    client.get(url)
    with CaptureQueriesContext(connection) as queries:
        response = client.get(url)
    assert response.status_code == 200
    return len(queries), len(response.content)


def one_of_each(organisation: Organisation, owner: User, number: int) -> None:
    """A live one with a date, somebody and a history; one that is done; one that is dropped."""
    by, helper = actor(owner), member(organisation, name=f"Helper {number}")
    live = own_task(organisation, owner, f"Live {number}", assignee=helper, due=day(3), note="x" * 200)
    terms = {"title": "Changed", "state": ActionState.DOING, "terms": ActionTerms(owner, "", day(4)), "by": by}
    change_action(action=live, seen_version=1, now=AT, **terms)  # type: ignore[arg-type]
    comment_on_action(action=live, text="A word", by=by, now=AT)
    done = own_task(organisation, owner, f"Done {number}", assignee=helper)
    finish_action(action=done, seen_version=1, proof="There", by=by, now=AT)
    dropped = own_task(organisation, owner, f"Dropped {number}", assignee=helper)
    drop_action(action=dropped, seen_version=1, reason="No", by=by, now=AT)


def test_the_pages_of_the_plan(signed_in: Client, result: Result, organisation: Organisation, owner: User) -> None:
    action = taken(result, assignee=owner, due=day(3))
    names = ("plan", "organisation", "plan_calendar")
    urls = [reverse(name, args=[organisation.pk]) for name in names]
    urls += [reverse("plan_export", args=[organisation.pk, "csv"])]
    urls += [reverse("action_edit", args=[organisation.pk, action.pk]), "/home/?all=1"]
    found: list[list[int]] = []
    made = 0
    for amount in (1, 3, 100):
        while made < amount:
            one_of_each(organisation, owner, made)
            made += 1
        pages = [counted(signed_in, url) for url in urls]
        found.append([queries for queries, _size in pages])
        assert (
            max(size for url, (_queries, size) in zip(urls, pages, strict=True) if "export" not in url) < LONGEST_PAGE
        )
    assert found[0] == found[1] == found[2]
    assert found[0][0] <= 16
