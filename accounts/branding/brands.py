"""Whose look a client and its reports have."""

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
    """That of the consultancy engaged latest that has a look of its own; without the logo's bytes."""
    engaged = Engagement.objects.filter(client=client, ended_at__isnull=True)
    since = engaged.filter(consultancy=OuterRef("consultancy")).values("granted_at")
    looks = _in_force().filter(consultancy__in=engaged.values("consultancy")).defer("logo")
    return looks.order_by(Subquery(since).desc(), "pk").first()


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


def _in_force() -> QuerySet[Brand]:
    newest = Brand.objects.filter(consultancy=OuterRef("consultancy")).order_by("-made_at", "-pk")
    return Brand.objects.filter(pk=Subquery(newest.values("pk")[:1])).exclude(PLAIN).select_related("consultancy")
