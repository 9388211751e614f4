"""A consultancy hands out a link; its prospects see who is behind it and decide whether to share."""

from datetime import timedelta

import pytest
from django.conf import LazySettings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEvent, AuditKind, Organisation, Role, User
from accounts.services.retention import delete_outlived
from assessments.guest.pages.check import questions_of
from assessments.guest.services import links, sharing
from assessments.models import CheckLink, GuestCheck, SharedCheck
from tests.factories import BrandFactory, ConsultancyFactory, member
from tests.guest.guests import Guest, check_link
from tests.pages import by_id, parse, text_of

pytestmark = pytest.mark.django_db
OFFERED = "Offered by Clear Advice. They see nothing unless you share it."


@pytest.fixture
def signed_in(client: Client, adviser: User) -> Client:
    client.force_login(adviser)
    return client


@pytest.fixture
def prospect(guest: Guest, link: CheckLink) -> Guest:
    return guest.answer_all(3, 0, None, link=link)


def first_asked(guest: Guest) -> str:
    return questions_of(guest.access, timezone.localdate())[0].question.id


def share(guest: Guest, business: str = "Bakery by the Quay", **more: str) -> SharedCheck:
    answer = guest.client.post("/check/share/", {"business": business, **more})
    assert answer.status_code == 302
    shared = guest.check.shared
    assert shared is not None
    return shared


def test_every_screen_names_the_consultancy_and_has_its_look(guest: Guest, link: CheckLink) -> None:
    brand = BrandFactory.create(consultancy=link.consultancy, contact="Ring us: 01 23 45")
    start = guest.client.get(f"/check/with/{link.key}/")
    assert OFFERED in text_of(parse(start))
    assert "Ring us: 01 23 45" in text_of(parse(start))
    assert not start.cookies
    assert f'href="/check/about-you/1/?with={link.key}"' in start.content.decode()
    assert OFFERED in text_of(parse(guest.client.get(f"/check/about-you/1/?with={link.key}")))
    guest.answer_all(link=link)
    for path in ("about-you/1/", "questions/1/", "so-far/", "result/", "share/"):
        page = guest.client.get(f"/check/{path}")
        assert OFFERED in text_of(parse(page)), path
        # How to reach them stands where there is room: at the beginning, at the end and before sharing.
        assert ("Ring us: 01 23 45" in page.content.decode()) == (path in ("result/", "share/")), path
        assert reverse("quick_check_logo", args=[link.key]) in page.content.decode(), path
    logo = Client().get(reverse("quick_check_logo", args=[link.key]))
    assert (logo.headers["Content-Type"], logo.content) == ("image/png", bytes(brand.logo))


def test_the_link_comes_along_with_the_first_facts(guest: Guest, link: CheckLink) -> None:
    guest.client.post("/check/about-you/1/", {"country": "es", "people": "no", "with": link.key})
    assert guest.check.link == link


@pytest.mark.parametrize("wrong", ["no-such-link", "", "\0", "x" * 43])
def test_another_key_is_no_link(guest: Guest, wrong: str) -> None:
    guest.client.post("/check/about-you/1/", {"country": "es", "people": "no", "with": wrong})
    assert guest.check.link is None


def test_a_link_that_is_over_opens_nothing(prospect: Guest, link: CheckLink) -> None:
    paths = (f"/check/with/{link.key}/", reverse("quick_check_logo", args=[link.key]))
    yesterday = timezone.localdate() - timedelta(days=1)
    for change in ({"revoked_at": timezone.now()}, {"ends_on": yesterday}):
        CheckLink.objects.update(**{"revoked_at": None, "ends_on": None, **change})
        assert [Client().get(path).status_code for path in paths] == [404, 404], change
        assert "Clear Advice" not in text_of(parse(prospect.client.get("/check/result/")))
        assert prospect.client.get("/check/share/").headers["Location"] == "/check/result/"
        refused = prospect.client.post("/check/share/", {"business": "Bakery"})
        assert refused.headers["Location"] == "/check/result/"
    assert not SharedCheck.objects.exists()
    CheckLink.objects.update(revoked_at=None, ends_on=timezone.localdate())
    assert Client().get(paths[0]).status_code == 200


def test_a_consultancy_about_to_be_deleted_offers_nothing(link: CheckLink) -> None:
    Organisation.objects.update(deletion_due_at=timezone.now() + timedelta(days=7))
    assert Client().get(f"/check/with/{link.key}/").status_code == 404


def test_nothing_is_shared_without_being_asked(prospect: Guest, signed_in: Client, consultancy: Organisation) -> None:
    assert prospect.client.get("/check/share/").status_code == 200
    assert not SharedCheck.objects.exists()
    assert "Nothing was shared" in text_of(parse(signed_in.get(reverse("shared_checks", args=[consultancy.pk]))))


def test_what_is_seen_before_is_what_is_shared(prospect: Guest, signed_in: Client, consultancy: Organisation) -> None:
    before = parse(prospect.client.get("/check/share/"))
    shown = text_of(by_id(before, "said")), text_of(by_id(before, "steps"))
    shared = share(prospect, email="Ann@Example.org", phone="01 23 45 67")
    assert shared.email == "ann@example.org"
    line = text_of(parse(signed_in.get(reverse("shared_checks", args=[consultancy.pk]))))
    for part in ("Bakery by the Quay", "ann@example.org", "01 23 45 67", "Website", "1 of 8 in place", "1 to find out"):
        assert part in line
    page = parse(signed_in.get(reverse("shared_check", args=[consultancy.pk, shared.pk])))
    assert (text_of(by_id(page, "said")), text_of(by_id(page, "steps"))) == shown
    said = text_of(by_id(page, "main"))
    first = prospect.access.edition.question[first_asked(prospect)]
    for part in ("Texas", "Only me", "Ready-made AI tools", first.text, first.levels[3]):
        assert part in said


def test_the_copy_stays_as_it_was(prospect: Guest, signed_in: Client, consultancy: Organisation) -> None:
    shared, first = share(prospect), first_asked(prospect)
    prospect.answer(1, "0")
    prospect.client.post("/check/delete/")
    shared.refresh_from_db()
    assert shared.answers[first]["level"] == 3


def test_two_clicks_share_once(prospect: Guest) -> None:
    assert share(prospect) == share(prospect, "Another name")
    assert SharedCheck.objects.get().business == "Bakery by the Quay"


def test_an_unfinished_check_is_not_shared(guest: Guest, link: CheckLink) -> None:
    guest.answer_all(link=link)
    GuestCheck.objects.update(answers={})
    assert guest.client.post("/check/share/", {"business": "Bakery"}).status_code == 302
    assert not SharedCheck.objects.exists()


def test_a_business_needs_a_name(prospect: Guest) -> None:
    for data in ({"business": " "}, {"business": "Bakery", "email": "no address"}):
        assert prospect.client.post("/check/share/", data).status_code == 422
    assert not SharedCheck.objects.exists()


def test_the_guest_takes_it_back(prospect: Guest, consultancy: Organisation) -> None:
    share(prospect)
    assert "Take it back" in text_of(parse(prospect.client.get("/check/result/")))
    prospect.client.post("/check/share/take-back/")
    assert not SharedCheck.objects.exists()
    assert prospect.check.shared is None
    prospect.client.post("/check/share/take-back/")
    kinds = AuditEvent.objects.filter(organisation=consultancy.pk).order_by("pk").values_list("kind", flat=True)
    assert list(kinds) == [AuditKind.CHECK_LINK_MADE, AuditKind.CHECK_SHARED, AuditKind.CHECK_TAKEN_BACK]


def test_the_trail_says_that_a_guest_did_it_and_not_from_where(prospect: Guest, signed_in: Client) -> None:
    shared = share(prospect, email="ann@example.org")
    event = AuditEvent.objects.get(kind=AuditKind.CHECK_SHARED)
    assert (event.actor, event.actor_email, event.ip_address, event.subject) == (None, "", None, "Website")
    page = text_of(parse(signed_in.get(reverse("audit_trail", args=[shared.consultancy_id]))))
    assert "A guest shared a quick check" in page
    assert "ann@example.org" not in page


def test_a_flood_of_shared_checks_is_refused(prospect: Guest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sharing, "MOST_SHARED_IN_A_DAY", 0)
    assert prospect.client.post("/check/share/", {"business": "Bakery"}).status_code == 409
    assert not SharedCheck.objects.exists()


def test_the_consultancy_deletes_it(prospect: Guest, signed_in: Client, consultancy: Organisation) -> None:
    shared = share(prospect)
    path = reverse("shared_check_delete", args=[consultancy.pk, shared.pk])
    assert "Delete the quick check of Bakery by the Quay?" in text_of(parse(signed_in.get(path)))
    signed_in.post(path)
    assert not SharedCheck.objects.exists()
    assert prospect.check.shared is None
    assert AuditEvent.objects.filter(kind=AuditKind.SHARED_CHECK_DELETED).count() == 1
    assert signed_in.post(path).status_code == 404


def test_it_is_kept_for_ninety_days(prospect: Guest) -> None:
    share(prospect)
    SharedCheck.objects.update(shared_at=timezone.now() - timedelta(days=89))
    delete_outlived(now=timezone.now())
    assert SharedCheck.objects.count() == 1
    SharedCheck.objects.update(shared_at=timezone.now() - timedelta(days=91))
    delete_outlived(now=timezone.now())
    assert not SharedCheck.objects.exists()


def test_another_consultancy_sees_and_deletes_nothing(prospect: Guest, signed_in: Client) -> None:
    shared = share(prospect)
    other = member(ConsultancyFactory.create())
    client = Client()
    client.force_login(other)
    own = other.memberships.get().organisation
    for consultancy in (own.pk, shared.consultancy_id):
        for name in ("shared_check", "shared_check_delete"):
            assert client.get(reverse(name, args=[consultancy, shared.pk])).status_code == 404
            assert client.post(reverse(name, args=[consultancy, shared.pk])).status_code in (404, 405)
        assert client.post(reverse("check_link_revoke", args=[consultancy, shared.link_id])).status_code == 404
    assert SharedCheck.objects.exists()


def test_who_looks_after_clients_makes_and_revokes_links(signed_in: Client, consultancy: Organisation) -> None:
    path = reverse("check_links", args=[consultancy.pk])
    assert signed_in.post(path, {"name": "Trade fair", "ends_on": "2999-12-31"}).status_code == 302
    link = CheckLink.objects.get()
    page = signed_in.get(path)
    assert f"/check/with/{link.key}/" in page.content.decode()
    assert "Opens until 31 December 2999" in text_of(parse(page))
    signed_in.post(reverse("check_link_revoke", args=[consultancy.pk, link.pk]))
    signed_in.post(reverse("check_link_revoke", args=[consultancy.pk, link.pk]))
    assert "Revoked on" in text_of(parse(signed_in.get(path)))
    kinds = AuditEvent.objects.order_by("pk").values_list("kind", flat=True)
    assert list(kinds) == [AuditKind.CHECK_LINK_MADE, AuditKind.CHECK_LINK_REVOKED]


@pytest.mark.parametrize("data", [{"name": ""}, {"name": "Fair", "ends_on": "2020-01-01"}, {"name": "x" * 81}])
def test_a_link_that_makes_no_sense_is_refused(
    signed_in: Client, consultancy: Organisation, data: dict[str, str]
) -> None:
    assert signed_in.post(reverse("check_links", args=[consultancy.pk]), data).status_code == 422
    assert not CheckLink.objects.exists()


def test_a_viewer_sees_links_and_makes_none(client: Client, consultancy: Organisation, link: CheckLink) -> None:
    client.force_login(member(consultancy, Role.VIEWER))
    path = reverse("check_links", args=[consultancy.pk])
    assert "Make a link" not in text_of(parse(client.get(path)))
    assert client.post(path, {"name": "Mine"}).status_code == 403
    assert client.post(reverse("check_link_revoke", args=[consultancy.pk, link.pk])).status_code == 403


def test_a_consultancy_has_so_many_links(
    signed_in: Client, consultancy: Organisation, link: CheckLink, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(links, "MOST_LINKS", 1)
    assert signed_in.post(reverse("check_links", args=[consultancy.pk]), {"name": "Two"}).status_code == 409


def test_lists_cost_the_same_for_many(
    signed_in: Client, consultancy: Organisation, adviser: User, django_assert_num_queries: object
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    counts = []
    for _ in range(2):
        for number in range(3):
            link = check_link(consultancy, adviser, f"Link {number}")
            share(Guest().answer_all(link=link), f"Bakery {number}")
        for name in ("check_links", "shared_checks"):
            path = reverse(name, args=[consultancy.pk])
            signed_in.get(path)
            with CaptureQueriesContext(
                connection,
            ) as queries:
                signed_in.get(path)
            counts.append(len(queries))
    assert counts[:2] == counts[2:]


def test_what_is_taken_back_counts_as_well(prospect: Guest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each time stands in the consultancy's trail for good: somebody could fill it without end."""
    monkeypatch.setattr(sharing, "MOST_SHARED_IN_A_DAY", 2)
    for _ in range(2):
        share(prospect)
        prospect.client.post("/check/share/take-back/")
    assert prospect.client.post("/check/share/", {"business": "Bakery by the Quay"}).status_code == 409
    assert AuditEvent.objects.filter(kind=AuditKind.CHECK_SHARED).count() == 2


def test_sharing_is_limited_for_a_network_address(prospect: Guest, settings: LazySettings) -> None:
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "share_check": "2/h/ip"}
    share(prospect)
    assert prospect.client.post("/check/share/take-back/").status_code == 302
    assert prospect.client.post("/check/share/", {"business": "Bakery by the Quay"}).status_code == 429
    assert prospect.client.get("/check/share/").status_code == 200


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("email", f"{'a' * 60}@{'b' * 60}.{'c' * 60}.{'d' * 60}.{'e' * 60}.example", "at most 254"),
        ("phone", "\u202e123", "with digits"),
        ("phone", "Pay at evil.example/now", "with digits"),
    ],
)
def test_how_to_reach_somebody_is_an_address_and_a_number(prospect: Guest, field: str, value: str, says: str) -> None:
    answer = prospect.client.post("/check/share/", {"business": "Bakery by the Quay", field: value})
    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert not SharedCheck.objects.exists()
