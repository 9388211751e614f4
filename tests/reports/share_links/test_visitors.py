"""What somebody with a link sees, and when it opens nothing."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.conf import LazySettings
from django.http import HttpResponseBase
from django.test import Client
from django.utils import timezone

from accounts.audit import Actor
from accounts.models import Organisation, User
from accounts.people_data.organisations import delete_organisation
from accounts.sign_in.tokens import hash_token
from assessments.models import Result
from assessments.services.deletion import delete_finished
from reports import storage
from reports.models import Report, ReportError, ReportState, ShareLink
from reports.share_links.services import revoke_share_link
from tests.pages import parse, text_of
from tests.reports.clients import shut
from tests.reports.share_links.conftest import Share

pytestmark = pytest.mark.django_db


def opened(key: str = "k1", what: str = "", **headers: str) -> HttpResponseBase:
    return Client().get(f"/shared/{key}/{what}", headers=headers)


def body(answer: HttpResponseBase) -> bytes:
    return answer.getvalue()


def test_a_visitor_reads_who_shares_what_and_takes_the_file(share: Share, report: Report) -> None:
    link = share(label="Ms Moreau at the bank")
    page = opened()
    words = text_of(parse(page))
    assert "Boulangerie Lumière shares a report with you" in words
    assert "1 page" in words
    assert f"{timezone.localdate(link.expires_at):%-d %B %Y}" in words
    assert "Moreau" not in words, "the label is for the owner's own list"
    assert '<meta name="robots" content="noindex, nofollow">' in body(page).decode()
    file = opened(what="download/")
    assert body(file).startswith(b"%PDF-1.7 Boulangerie")
    assert file.headers["Content-Disposition"].startswith("attachment")


@pytest.mark.parametrize("path", ["", "download/"])
@pytest.mark.parametrize("key", ["k1", "no-such-key"])
def test_no_cache_no_index_no_referrer_no_cookie(share: Share, path: str, key: str) -> None:
    share()
    answer = opened(key, path)
    body(answer)
    assert "no-store" in answer.headers["Cache-Control"]
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert answer.headers["X-Robots-Tag"] == "noindex, nofollow, noarchive"
    assert not answer.cookies


def test_only_the_hash_of_a_key_is_stored(share: Share) -> None:
    link = share("the-secret-in-the-address")
    row = ShareLink.objects.values().get(pk=link.pk)
    assert row["key_hash"] == hash_token("the-secret-in-the-address")
    assert "the-secret" not in str(row)


def test_views_and_downloads_are_counted_and_nothing_else(share: Share) -> None:
    link = share()
    before = ShareLink.objects.values().get(pk=link.pk)
    opened(user_agent="A browser")
    opened()
    body(opened(what="download/"))
    Client().head("/shared/k1/")
    shut(Client().head("/shared/k1/download/"))
    after = ShareLink.objects.values().get(pk=link.pk)
    assert after == {**before, "views": 2, "downloads": 1}


End = Callable[[ShareLink, User], Any]
ENDS: dict[str, End] = {
    "revoked": lambda link, owner: revoke_share_link(link=link, by=Actor(owner), now=timezone.now()),
    "over": lambda link, owner: ShareLink.objects.update(
        created_at=timezone.now() - timedelta(days=9), expires_at=timezone.now() - timedelta(seconds=1)
    ),
    "organisation about to be deleted": lambda link, owner: Organisation.objects.update(deletion_due_at=timezone.now()),
    "report deleted": lambda link, owner: link.report.delete(),
    "result deleted": lambda link, owner: delete_finished(assessment=link.report.result.assessment, by=Actor(owner)),
    "organisation deleted": lambda link, owner: delete_organisation(
        organisation=link.report.result.assessment.organisation, by=Actor(owner)
    ),
}


@pytest.mark.parametrize("end", ENDS)
@pytest.mark.parametrize("path", ["", "download/"])
def test_a_link_that_ended_looks_like_one_that_never_was(share: Share, owner: User, end: str, path: str) -> None:
    link = share()
    answer = opened(what=path)
    assert answer.status_code == 200
    body(answer)
    ENDS[end](link, owner)
    over, never = opened(what=path), opened("never-was", path)
    assert (over.status_code, never.status_code) == (404, 404)
    assert body(over) == body(never)
    of_every_answer = {"X-Request-ID", "Expires"}
    for headers in (over.headers, never.headers):
        assert set(headers) >= of_every_answer
    assert {name: value for name, value in over.headers.items() if name not in of_every_answer} == {
        name: value for name, value in never.headers.items() if name not in of_every_answer
    }
    assert "Ask whoever sent it to you" in text_of(parse(over))
    assert "Boulangerie" not in body(over).decode()


def test_a_missing_file_is_made_again_and_the_page_says_so(share: Share, report: Report) -> None:
    share()
    storage.delete_file(report.file)
    answer = opened(what="download/")
    report.refresh_from_db()
    assert (answer.status_code, answer.headers["Retry-After"]) == (202, "60")
    assert "Come back in a minute" in text_of(parse(answer))
    assert report.state == ReportState.QUEUED
    assert "Come back in a minute" in text_of(parse(opened()))
    assert opened(what="download/").status_code == 202
    assert ShareLink.objects.get().downloads == 0


def test_a_report_that_failed_is_for_the_sender_to_mend(share: Share, report: Report) -> None:
    share()
    storage.delete_file(report.file)
    opened(what="download/")
    Report.objects.update(state=ReportState.FAILED, error=ReportError.STORAGE)
    for path in ("", "download/"):
        assert "Please tell Boulangerie Lumière" in text_of(parse(opened(what=path)))
    report.refresh_from_db()
    assert report.state == ReportState.FAILED, "a stranger uses up no attempts"


def test_guesses_are_limited(share: Share, settings: LazySettings) -> None:
    share()
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "shared_report": "3/m/ip"}
    answers = [opened(f"guess-{number}").status_code for number in range(3)]
    assert answers == [404, 404, 404]
    assert opened("guess-4").status_code == 429
    assert opened("guess-5", "download/").status_code == 429


@pytest.mark.parametrize("key", ["x" * 2_000, "ü", "..", "a b"])
def test_a_key_of_any_shape_is_none(share: Share, key: str) -> None:
    share()
    assert opened(key).status_code == 404


def test_two_links_to_one_report_end_apart(share: Share, owner: User, result: Result) -> None:
    first, second = share("k1"), share("k2", days=365)
    assert first != second
    revoke_share_link(link=first, by=Actor(owner), now=timezone.now())
    assert opened("k1").status_code == 404
    assert opened("k2").status_code == 200
