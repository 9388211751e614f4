"""Which consultancy's brand a client and its reports have."""

from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from accounts.database.compiled_sql import SOME_ORGANISATION, PreparedQuery
from accounts.models import Brand, Engagement, Organisation, User
from accounts.queries import Person, consultancy_behind, organisation_ids_of

PLAIN = Q(logo_width=0, colour="", contact="", closing="")


def newest_brand(consultancy: Organisation) -> Brand | None:
    """The brand in use; None for Evenkeel's own look."""
    return _in_force().filter(consultancy=consultancy).first()


def brand_shown(consultancy: Organisation) -> Brand | None:
    """`newest_brand` for a page: the logo's bytes are not loaded until somebody asks for them."""
    return _in_force().filter(consultancy=consultancy).defer("logo").first()


def newest_version(consultancy: Organisation) -> Brand | None:
    """The newest row, even one that went back to Evenkeel's own look; None if there never was one."""
    return Brand.objects.filter(consultancy=consultancy).order_by("-made_at", "-pk").first()


def brand_of_client(client: Organisation) -> Brand | None:
    """That of the consultancy engaged latest, among those that have one; the logo's bytes are not loaded.

    Every page of a client needs it, so this is one plain join, compiled once, whose few rows are searched in Python.
    """
    newest: dict[UUID, Brand] = {}
    for version in _VERSIONS({SOME_ORGANISATION: client.pk}):
        newest.setdefault(version.consultancy_id, version)
    return next((brand for brand in newest.values() if not _is_plain(brand)), None)


def _versions() -> QuerySet[Brand]:
    engaged = Brand.objects.filter(
        consultancy__engagements_as_consultancy__client=SOME_ORGANISATION,
        consultancy__engagements_as_consultancy__ended_at__isnull=True,
    )
    versions = engaged.defer("logo").select_related("consultancy")
    return versions.order_by("-consultancy__engagements_as_consultancy__granted_at", "-made_at", "-pk")


_VERSIONS = PreparedQuery(_versions)


def brand_at(client: Organisation, person: User) -> Brand | None:
    """The brand of a report that this person requests: a member gets the client's, a consultant their own."""
    if client.memberships.filter(user=person).exists():
        return brand_of_client(client)
    consultancy = consultancy_behind(person, client)
    return newest_brand(consultancy) if consultancy else None


def logos_seen_by(person: Person) -> QuerySet[Brand]:
    """Brands with a logo, of the person's own consultancy and of those that advise organisations they may see."""
    seen = organisation_ids_of(person)
    engaged = Engagement.objects.filter(consultancy=OuterRef("consultancy"), client__in=seen, ended_at__isnull=True)
    return Brand.objects.filter(Q(consultancy__in=seen) | Exists(engaged), logo_width__gt=0)


def _is_plain(brand: Brand) -> bool:
    """PLAIN for a loaded row; does not load the logo's bytes."""
    return not (brand.logo_width or brand.colour or brand.contact or brand.closing)


def _in_force() -> QuerySet[Brand]:
    newest = Brand.objects.filter(consultancy=OuterRef("consultancy")).order_by("-made_at", "-pk")
    return Brand.objects.filter(pk=Subquery(newest.values("pk")[:1])).exclude(PLAIN).select_related("consultancy")
