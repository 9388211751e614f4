"""Making links, seeing who has one, revoking: who may, and what is written down."""

from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.conf import LazySettings
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.audit import Actor
from accounts.models import AccessLevel, AuditEvent, AuditKind, Role, User
from accounts.services.retention import delete_outlived
from assessments.errors import ChangeRefused
from reports.models import Report, ReportState, ShareLink
from reports.share_links import services
from reports.share_links.services import MOST_LINKS, make_share_link, revoke_share_link
from tests.factories import ConsultancyFactory, EngagementFactory, member
from tests.pages import by_id, parse, sends, text_of
from tests.reports.share_links.conftest import Share

pytestmark = pytest.mark.django_db


def make(client: Client, report: Report, **data: str) -> str:
    """As a browser does: the form as it is, with what is typed. Returns the address."""
    path = reverse("report_links", args=[report.pk])
    form = {name: values[0] for name, values in sends(parse(client.get(path))).items()}
    answer = client.post(path, {**form, **data})
    assert answer.status_code == 200
    return text_of(by_id(parse(answer), "share-address"))


def test_two_clicks_make_a_link_for_thirty_days(signed_in: Client, report: Report) -> None:
    ready = parse(signed_in.get(reverse("report", args=[report.pk])))
    path = reverse("report_links", args=[report.pk])
    assert any(link.get("href") == path for link in ready.iter("a")), "the first click"
    address = make(signed_in, report)
    assert Client().get(urlsplit(address).path).status_code == 200
    link = ShareLink.objects.get()
    assert link.expires_at - link.created_at == timedelta(days=30)


@pytest.mark.parametrize("days", ["7", "90", "365"])
def test_other_terms(signed_in: Client, report: Report, days: str) -> None:
    make(signed_in, report, days=days)
    link = ShareLink.objects.get()
    assert link.expires_at - link.created_at == timedelta(days=int(days))


def test_the_address_is_shown_once(signed_in: Client, report: Report) -> None:
    key = make(signed_in, report, label="The bank").rstrip("/").rpartition("/")[2]
    assert len(key) == 43
    for name in ("report", "report_links"):
        assert key not in signed_in.get(reverse(name, args=[report.pk])).content.decode()
    shown = text_of(parse(signed_in.get(reverse("report", args=[report.pk]))))
    assert "The bank" in shown
    assert "Opened 0 times, downloaded 0 times" in shown


def test_a_button_pressed_twice_makes_one_link(signed_in: Client, report: Report) -> None:
    path = reverse("report_links", args=[report.pk])
    form = {name: values[0] for name, values in sends(parse(signed_in.get(path))).items()}
    first, second = (text_of(by_id(parse(signed_in.post(path, form)), "share-address")) for _ in range(2))
    assert first == second
    assert ShareLink.objects.count() == 1
    assert AuditEvent.objects.filter(kind=AuditKind.SHARE_LINK_MADE).count() == 1
    another = make(signed_in, report)
    assert another != first


def test_the_same_attempt_is_another_key_for_somebody_else(signed_in: Client, report: Report, editor: User) -> None:
    data = {"days": "30", "attempt": "one"}
    other = Client()
    other.force_login(editor)
    path = reverse("report_links", args=[report.pk])
    keys = {text_of(by_id(parse(client.post(path, data)), "share-address")) for client in (signed_in, other)}
    assert len(keys) == 2


def test_an_attempt_whose_link_was_revoked_opens_it_no_more(signed_in: Client, report: Report, owner: User) -> None:
    path, data = reverse("report_links", args=[report.pk]), {"days": "30", "attempt": "one"}
    signed_in.post(path, data)
    revoke_share_link(link=ShareLink.objects.get(), by=Actor(owner), now=timezone.now())
    answer = signed_in.post(path, data)
    assert answer.status_code == 409
    assert "Make a new one" in answer.content.decode()


@pytest.mark.parametrize(
    ("data", "says"),
    [
        ({"days": "31"}, "31"),
        ({"days": ""}, "this is needed"),
        ({"label": "x" * 81}, "80"),
        ({"label": "a\0b"}, "Null"),
    ],
)
def test_a_wrong_form_is_given_back(signed_in: Client, report: Report, data: dict[str, str], says: str) -> None:
    answer = signed_in.post(
        reverse("report_links", args=[report.pk]), {"days": "30", "attempt": "one", "label": "", **data}
    )
    assert answer.status_code == 422
    assert says in text_of(by_id(parse(answer), "error-summary"))
    assert not ShareLink.objects.exists()


def test_a_report_that_is_not_ready_has_no_link(signed_in: Client, report: Report) -> None:
    Report.objects.update(
        state=ReportState.QUEUED, file="", file_name="", sha256="", size=None, ready_at=None, pages=None
    )
    path = reverse("report_links", args=[report.pk])
    assert "not ready yet" in text_of(parse(signed_in.get(path)))
    assert signed_in.post(path, {"days": "30", "attempt": "one"}).status_code == 409
    assert not ShareLink.objects.exists()


def test_there_is_a_limit_of_open_links(share: Share, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(services, "MOST_LINKS", 2)
    share("over", days=7, ago=timedelta(days=8))
    first = share("k1")
    share("k2")
    with pytest.raises(ChangeRefused, match="as many open links"):
        share("k3")
    revoke_share_link(link=first, by=Actor(first.created_by), now=timezone.now())
    share("k3")
    assert MOST_LINKS == 50


def test_so_many_links_are_made_in_a_day_revoked_or_not(share: Share, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(services, "MOST_LINKS_IN_A_DAY", 1)
    share("yesterday", ago=timedelta(days=2))
    first = share("k1")
    revoke_share_link(link=first, by=Actor(first.created_by), now=timezone.now())
    with pytest.raises(ChangeRefused, match="Go on tomorrow"):
        share("k2")


def test_terms_that_are_not_offered(share: Share) -> None:
    with pytest.raises(ValueError, match="400"):
        share(days=400)


def test_an_owner_sees_and_revokes_all_links_an_editor_their_own(
    share: Share, signed_in: Client, editor: User, report: Report
) -> None:
    ours, theirs = share("k1", label="The bank"), share("k2", by=editor, label="The insurer")
    path = reverse("share_links", args=[report.result.assessment.organisation_id])
    shown = text_of(parse(signed_in.get(path)))
    assert "The bank" in shown
    assert "The insurer" in shown
    working = Client()
    working.force_login(editor)
    for page in (path, reverse("report_links", args=[report.pk]), reverse("report", args=[report.pk])):
        seen = text_of(parse(working.get(page)))
        assert "The insurer" in seen
        assert "The bank" not in seen
    assert working.post(reverse("share_link_revoke", args=[path.split("/")[2], ours.pk])).status_code == 404
    answer = signed_in.post(reverse("share_link_revoke", args=[path.split("/")[2], theirs.pk]))
    assert answer.headers["Location"] == path
    theirs.refresh_from_db()
    assert theirs.revoked_at is not None
    assert Client().get("/shared/k2/").status_code == 404
    assert "Revoked on" in text_of(parse(signed_in.get(path)))


def test_a_consultant_hands_over_the_file_and_makes_no_link(report: Report) -> None:
    client = report.result.assessment.organisation
    consultancy = ConsultancyFactory.create()
    EngagementFactory.create(consultancy=consultancy, client=client, level=AccessLevel.ANSWER)
    adviser = member(consultancy, Role.OWNER)
    with pytest.raises(PermissionDenied):
        make_share_link(report=report, key="k", days=30, label="", by=Actor(adviser), now=timezone.now())
    browser = Client()
    browser.force_login(adviser)
    assert "Show it to somebody" not in text_of(parse(browser.get(reverse("report", args=[report.pk]))))


def test_who_lost_the_right_meanwhile_revokes_nothing(share: Share, editor: User) -> None:
    link = share(by=editor)
    editor.memberships.update(role=Role.VIEWER)
    with pytest.raises(PermissionDenied):
        revoke_share_link(link=link, by=Actor(editor), now=timezone.now())
    link.refresh_from_db()
    assert link.revoked_at is None


def test_the_trail_has_what_was_made_and_revoked_but_no_views(share: Share, owner: User, report: Report) -> None:
    link = share(label="The bank")
    Client().get("/shared/k1/")
    Client().get("/shared/k1/download/").getvalue()
    for _ in range(2):
        revoke_share_link(link=link, by=Actor(owner), now=timezone.now())
    events = AuditEvent.objects.filter(kind__startswith="share_link").order_by("pk")
    assert [(event.kind, event.subject, event.actor) for event in events] == [
        (AuditKind.SHARE_LINK_MADE, "The bank", owner.pk),
        (AuditKind.SHARE_LINK_REVOKED, "The bank", owner.pk),
    ]
    assert not AuditEvent.objects.filter(kind=AuditKind.REPORT_DOWNLOADED).exists()


def test_ended_links_leave_the_list_in_time(share: Share, owner: User, settings: LazySettings) -> None:
    now = timezone.now()
    share("open", days=365, ago=timedelta(days=200))
    share("over", days=7, ago=timedelta(days=98))
    share("just over", days=7, ago=timedelta(days=96))
    revoked = share("revoked", days=365, ago=timedelta(days=200))
    ShareLink.objects.filter(pk=revoked.pk).update(revoked_at=now - timedelta(days=91))
    delete_outlived(now=now)
    kept = {link.expires_at - link.created_at for link in ShareLink.objects.all()}
    assert ShareLink.objects.count() == 2
    assert kept == {timedelta(days=365), timedelta(days=7)}


@pytest.mark.parametrize(
    "wrong",
    [
        {"key_hash": "short"},
        {"expires_at": timezone.now() - timedelta(days=400)},
        {"revoked_at": timezone.now() - timedelta(days=400)},
    ],
)
def test_the_database_refuses_nonsense(share: Share, wrong: dict[str, object]) -> None:
    link = share()
    with pytest.raises(IntegrityError), transaction.atomic():
        ShareLink.objects.filter(pk=link.pk).update(**wrong)


def test_pages_cost_the_same_however_many_links(share: Share, signed_in: Client, report: Report, editor: User) -> None:
    paths = [
        reverse("report", args=[report.pk]),
        reverse("report_links", args=[report.pk]),
        reverse("share_links", args=[report.result.assessment.organisation_id]),
    ]
    costs = []
    for size in (1, 3, 30):
        for number in range(ShareLink.objects.count(), size):
            share(f"k{number}", by=editor if number % 2 else report.requested_by)
        row = []
        for path in paths:
            signed_in.get(path)
            with CaptureQueriesContext(connection) as queries:
                signed_in.get(path)
            row.append(len(queries))
        costs.append(row)
    assert costs[0] == costs[1] == costs[2]


def test_a_visit_costs_the_same_however_many_links(share: Share) -> None:
    costs = []
    for size in (1, 30):
        for number in range(ShareLink.objects.count(), size):
            share(f"k{number}")
        with CaptureQueriesContext(connection) as queries:
            Client().get("/shared/k0/")
        costs.append(len(queries))
    assert costs[0] == costs[1] <= 3
