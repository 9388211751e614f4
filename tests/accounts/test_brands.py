"""A consultancy's brand: versions that never change, which one a client sees, who sees the logo, and its pages."""

from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from accounts.branding.brands import brand_at, brand_of_client, logos_seen_by, newest_brand, newest_version
from accounts.branding.logos import Logo
from accounts.models import AccessLevel, Brand, Organisation, Role, User
from accounts.services import brands
from accounts.services.brands import BrandDetails, TooManyBrands, change_brand
from tests.accounts.pictures import claims_to_be, picture
from tests.factories import (
    PIXEL,
    BrandFactory,
    ConsultancyFactory,
    EngagementFactory,
    MembershipFactory,
    OrganisationFactory,
    member,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def consultancy() -> Organisation:
    return ConsultancyFactory.create(name="Haddad & Co")


@pytest.fixture
def owner(consultancy: Organisation) -> User:
    return member(consultancy)


@pytest.fixture
def bakery(consultancy: Organisation) -> Organisation:
    return EngagementFactory.create(consultancy=consultancy).client


@pytest.fixture
def signed_in(client: Client, owner: User) -> Client:
    client.force_login(owner)
    return client


def test_a_change_adds_a_version_and_the_same_again_does_not(consultancy: Organisation, owner: User) -> None:
    first = change_brand(consultancy=consultancy, details=BrandDetails(colour="#0b4f5c"), made_by=owner)
    assert change_brand(consultancy=consultancy, details=BrandDetails(colour="#0b4f5c"), made_by=owner) is None
    second = change_brand(consultancy=consultancy, details=BrandDetails(logo=Logo(PIXEL, 1, 1)), made_by=owner)
    assert newest_brand(consultancy) == second != first
    assert Brand.objects.count() == 2


def test_without_a_version_evenkeels_own_look_is_no_change(consultancy: Organisation, owner: User) -> None:
    assert change_brand(consultancy=consultancy, details=BrandDetails(), made_by=owner) is None


def test_going_back_is_a_version_that_counts_as_none(consultancy: Organisation, owner: User) -> None:
    BrandFactory.create(consultancy=consultancy)
    plain = change_brand(consultancy=consultancy, details=BrandDetails(), made_by=owner)
    assert newest_version(consultancy) == plain
    assert newest_brand(consultancy) is None


@pytest.mark.parametrize("colour", ["red", "#fff", "#12345g", "#12345", "#0b4f5c;}", "#0B4F5C"])
def test_only_a_plain_colour_is_kept(consultancy: Organisation, owner: User, colour: str) -> None:
    with pytest.raises(ValidationError):
        change_brand(consultancy=consultancy, details=BrandDetails(colour=colour), made_by=owner)


def test_the_database_refuses_to_change_a_version() -> None:
    brand = BrandFactory.create()
    for change in (
        {"colour": "#000000"},
        {"logo": b"", "logo_width": 0, "logo_height": 0},
        {"made_at": timezone.now()},
    ):
        with pytest.raises(DatabaseError, match="cannot be changed"), transaction.atomic():
            Brand.objects.filter(pk=brand.pk).update(**change)
    with pytest.raises(DatabaseError, match="cannot be changed"), transaction.atomic():
        brand.save()


@pytest.mark.parametrize(
    "wrong",
    [
        {"logo": b""},
        {"logo_width": 0},
        {"logo_height": 0},
        {"logo_width": 801},
        {"logo_height": 301},
        {"logo": b"x" * 300_001},
    ],
)
def test_the_database_refuses_half_a_logo_and_a_large_one(wrong: dict[str, object]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        BrandFactory.create(**wrong)


def test_it_goes_with_its_consultancy(consultancy: Organisation) -> None:
    BrandFactory.create(consultancy=consultancy, made_by=member(OrganisationFactory.create()))
    consultancy.delete()
    assert not Brand.objects.exists()


def test_a_client_has_the_look_of_the_consultancy_engaged_latest_that_has_one(bakery: Organisation) -> None:
    now = timezone.now()
    assert brand_of_client(bakery) is None
    looks = {}
    for name, days, over in (("older", 20, False), ("newer", 10, False), ("ended", 1, True)):
        other = ConsultancyFactory.create(name=name)
        EngagementFactory.create(
            consultancy=other, client=bakery, granted_at=now - timedelta(days=days), ended_at=now if over else None
        )
        looks[name] = BrandFactory.create(consultancy=other)
    plain = ConsultancyFactory.create()
    EngagementFactory.create(consultancy=plain, client=bakery, granted_at=now)
    assert brand_of_client(bakery) == looks["newer"]
    change_brand(consultancy=looks["newer"].consultancy, details=BrandDetails(), made_by=looks["newer"].made_by)
    assert brand_of_client(bakery) == looks["older"]


def test_a_report_has_the_look_for_the_person_who_requests_it(
    consultancy: Organisation, owner: User, bakery: Organisation
) -> None:
    theirs = BrandFactory.create(consultancy=consultancy)
    later = EngagementFactory.create(client=bakery, granted_at=timezone.now())
    latest = BrandFactory.create(consultancy=later.consultancy)
    plain = EngagementFactory.create(client=bakery, granted_at=timezone.now())
    both = member(bakery)
    MembershipFactory.create(user=both, organisation=consultancy)

    assert brand_at(bakery, owner) == theirs
    assert brand_at(bakery, member(later.consultancy)) == latest
    assert brand_at(bakery, member(plain.consultancy)) is None
    assert brand_at(bakery, member(bakery)) == brand_at(bakery, both) == latest


def test_who_sees_a_logo(consultancy: Organisation, owner: User, bakery: Organisation) -> None:
    brand = BrandFactory.create(consultancy=consultancy)
    colleague = member(EngagementFactory.create(client=bakery, level=AccessLevel.READ).consultancy)
    former = EngagementFactory.create(consultancy=consultancy, over=True).client
    for person, sees in (
        (owner, True),
        (member(bakery, Role.VIEWER), True),
        (colleague, True),
        (member(former), False),
        (member(ConsultancyFactory.create()), False),
        (member(bakery, is_active=False), False),
    ):
        assert logos_seen_by(person).filter(pk=brand.pk).exists() == sees


def test_people_who_may_see_the_logo_can_cache_it_and_others_get_404(
    client: Client, consultancy: Organisation, bakery: Organisation
) -> None:
    brand = BrandFactory.create(consultancy=consultancy)
    path = reverse("brand_logo", args=[brand.pk])
    client.force_login(member(bakery))
    answer = client.get(path)
    assert (answer.content, answer.headers["Content-Type"]) == (PIXEL, "image/png")
    assert {"private", "immutable"} <= {part.strip() for part in answer.headers["Cache-Control"].split(",")}
    assert "no-store" not in answer.headers["Cache-Control"]
    client.force_login(member(OrganisationFactory.create()))
    assert client.get(path).status_code == 404


def test_there_is_no_logo_of_a_look_without_one(client: Client, consultancy: Organisation, owner: User) -> None:
    brand = BrandFactory.create(consultancy=consultancy, logo=b"", logo_width=0, logo_height=0)
    client.force_login(owner)
    assert client.get(reverse("brand_logo", args=[brand.pk])).status_code == 404


# The page


def post(
    client: Client, consultancy: Organisation, logo: bytes | None = None, name: str = "logo.png", **data: Any
) -> tuple[int, str]:
    files = {"logo": SimpleUploadedFile(name, logo, "image/png")} if logo is not None else {}
    answer = client.post(reverse("brand", args=[consultancy.pk]), {**data, **files})
    return answer.status_code, answer.content.decode()


def test_a_look_is_chosen_and_shown(signed_in: Client, consultancy: Organisation) -> None:
    assert "Evenkeel’s own look" in signed_in.get(reverse("brand", args=[consultancy.pk])).content.decode()
    status, _ = post(
        signed_in,
        consultancy,
        picture(1600, 600, "JPEG"),
        "anything.svg",
        colour="#0B4F5C",
        contact="12 Rue du Port\r\nLyon  ",
        closing="<b>Thank you</b>",
    )
    brand = Brand.objects.get()
    assert status == 302
    assert (brand.colour, brand.contact, brand.logo_width, brand.logo_height) == (
        "#0b4f5c",
        "12 Rue du Port\nLyon",
        800,
        300,
    )
    assert Image.open(BytesIO(bytes(brand.logo))).format == "PNG"
    page = signed_in.get(reverse("brand", args=[consultancy.pk])).content.decode()
    assert reverse("brand_logo", args=[brand.pk]) in page
    assert 'alt="Logo of Haddad &amp; Co"' in page
    assert "&lt;b&gt;Thank you&lt;/b&gt;" in page
    assert "style=" not in page


def test_without_a_new_logo_the_old_one_stays_until_removed(signed_in: Client, consultancy: Organisation) -> None:
    BrandFactory.create(consultancy=consultancy)
    post(signed_in, consultancy, contact="New")
    kept = newest_version(consultancy)
    assert kept
    assert (bytes(kept.logo), kept.contact, kept.colour) == (PIXEL, "New", "")
    post(signed_in, consultancy, contact="New", remove_logo="on")
    removed = newest_version(consultancy)
    assert removed
    assert (bytes(removed.logo), removed.contact) == (b"", "New")


@pytest.mark.parametrize(
    ("logo", "message"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "Choose a PNG, JPEG or WebP file"),
        (picture(kind="GIF"), "Choose a PNG, JPEG or WebP file"),
        (claims_to_be(30_000, 30_000), "10 million pixels"),
        (b"\0" * (5 * 1024 * 1024 + 1), "larger than 5 MB"),
        (b"", "The file is empty"),
    ],
    ids=["svg", "gif", "pixels", "bytes", "empty"],
)
def test_a_logo_that_is_none_is_refused_with_its_reason(
    signed_in: Client, consultancy: Organisation, logo: bytes, message: str
) -> None:
    status, page = post(signed_in, consultancy, logo, contact="Kept <here>")
    assert status == 422
    assert message in page
    assert 'href="#id_logo"' in page
    assert "Kept &lt;here&gt;" in page
    assert not Brand.objects.exists()


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({"colour": "#ffd200"}, "The nearest tone that works is #"),
        ({"colour": "green"}, "# followed by six digits"),
        ({"colour": "#12345g"}, "# followed by six digits"),
        ({"contact": "x" * 501}, "500"),
        ({"closing": "x" * 2001}, "2000"),
    ],
)
def test_errors_are_explained_plainly(
    signed_in: Client, consultancy: Organisation, data: dict[str, Any], message: str
) -> None:
    status, page = post(signed_in, consultancy, **data)
    assert status == 422
    assert message in page
    assert not Brand.objects.exists()


def test_the_way_back_is_asked_about_first(signed_in: Client, consultancy: Organisation) -> None:
    BrandFactory.create(consultancy=consultancy)
    path = reverse("brand_reset", args=[consultancy.pk])
    assert "Existing reports keep them." in signed_in.get(path).content.decode()
    assert newest_brand(consultancy)
    signed_in.post(path)
    assert newest_brand(consultancy) is None


def test_only_owners_of_a_consultancy_choose_a_look(
    client: Client, consultancy: Organisation, bakery: Organisation
) -> None:
    for person, at, status in (
        (member(consultancy, Role.EDITOR), consultancy, 403),
        (member(bakery), bakery, 403),
        (member(bakery), consultancy, 404),
    ):
        client.force_login(person)
        for name in ("brand", "brand_reset"):
            assert client.get(reverse(name, args=[at.pk])).status_code == status
            assert client.post(reverse(name, args=[at.pk])).status_code == status


def looks(consultancy: Organisation, owner: User, *colours: str) -> list[Brand | None]:
    return [
        change_brand(consultancy=consultancy, details=BrandDetails(colour=colour), made_by=owner) for colour in colours
    ]


def test_a_look_changes_so_often_in_a_day(
    signed_in: Client, consultancy: Organisation, owner: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each makes every report of every client again."""
    monkeypatch.setattr(brands, "MOST_IN_A_DAY", 2)
    _, second = looks(consultancy, owner, "#0b4f5c", "#0b4f5d")
    answer = signed_in.post(reverse("brand", args=[consultancy.pk]), {"colour": "#0b4f5e"})
    assert answer.status_code == 409
    assert "The one you saved last stays" in answer.text
    assert newest_brand(consultancy) == second
    assert looks(consultancy, owner, "#0b4f5d") == [None], "the same again is no change"
    assert looks(ConsultancyFactory.create(), owner, "#0b4f5e")[0], "another consultancy has its own number"
    monkeypatch.setattr(brands, "timedelta", lambda **_: timedelta(0))
    assert looks(consultancy, owner, "#0b4f5e")[0]


def test_a_consultancy_keeps_so_many_looks(
    consultancy: Organisation, owner: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(brands, "MOST_EVER", 1)
    monkeypatch.setattr(brands, "timedelta", lambda **_: timedelta(0))
    looks(consultancy, owner, "#0b4f5c")
    with pytest.raises(TooManyBrands):
        looks(consultancy, owner, "#0b4f5d")
