"""Whose look a client and its reports have."""

from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from accounts.models import Brand, Engagement, Organisation, User
from accounts.queries import Person, consultancy_behind, organisation_ids_of

PLAIN = Q(logo_width=0, colour="", contact="", closing="")


def newest_brand(consultancy: Organisation) -> Brand | None:
    """None for Evenkeel's own look."""
    return _in_force().filter(consultancy=consultancy).first()


def newest_version(consultancy: Organisation) -> Brand | None:
    """Also one that went back to Evenkeel's own look."""
    return Brand.objects.filter(consultancy=consultancy).order_by("-made_at", "-pk").first()


def brand_of_client(client: Organisation) -> Brand | None:
    """That of the consultancy engaged latest that has a look of its own; without the logo's bytes.

    Every page of a client asks, so this is one plain join whose few rows are gone through here: sought in the database,
    it took longer to put into SQL than to answer.
    """
    engaged = Brand.objects.filter(
        consultancy__engagements_as_consultancy__client=client,
        consultancy__engagements_as_consultancy__ended_at__isnull=True,
    )
    versions = engaged.defer("logo").select_related("consultancy")
    newest: dict[UUID, Brand] = {}
    for version in versions.order_by("-consultancy__engagements_as_consultancy__granted_at", "-made_at", "-pk"):
        newest.setdefault(version.consultancy_id, version)
    return next((look for look in newest.values() if not _is_plain(look)), None)


def brand_at(client: Organisation, person: User) -> Brand | None:
    """The look of a report that this person asks for."""
    if client.memberships.filter(user=person).exists():
        return brand_of_client(client)
    consultancy = consultancy_behind(person, client)
    return newest_brand(consultancy) if consultancy else None


def logos_seen_by(person: Person) -> QuerySet[Brand]:
    """Those of one's own consultancy, and of the consultancies that look after what one may see."""
    seen = organisation_ids_of(person)
    engaged = Engagement.objects.filter(consultancy=OuterRef("consultancy"), client__in=seen, ended_at__isnull=True)
    return Brand.objects.filter(Q(consultancy__in=seen) | Exists(engaged), logo_width__gt=0)


def _is_plain(look: Brand) -> bool:
    """PLAIN for a row at hand; does not touch the logo's bytes."""
    return not (look.logo_width or look.colour or look.contact or look.closing)


def _in_force() -> QuerySet[Brand]:
    newest = Brand.objects.filter(consultancy=OuterRef("consultancy")).order_by("-made_at", "-pk")
    return Brand.objects.filter(pk=Subquery(newest.values("pk")[:1])).exclude(PLAIN).select_related("consultancy")
