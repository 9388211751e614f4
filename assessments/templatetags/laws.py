"""What changes soon, and the words around laws."""

from typing import Any

from django import template
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from assessments.editions.stored import edition_of
from assessments.models import Assessment
from assessments.presentation.laws.changes import changes_soon
from assessments.scope_facts import business_place
from assessments.wording.laws import days_left_text, how_known, how_known_short, known_mark

register = template.Library()
register.filter("how_known", how_known)
register.filter("how_known_short", how_known_short)
register.filter("known_mark", known_mark)
register.filter("days_left", days_left_text)


@register.inclusion_tag("assessments/_changes_soon.html")
def changes_soon_box(assessment: Assessment, *, quiet: bool = False) -> dict[str, Any]:
    """What of the laws changes for the business within a year of today; if nothing does, one sentence, or nothing."""
    edition = edition_of(assessment.edition)
    place = business_place(assessment, timezone.localdate())
    return {"changes": changes_soon(edition, place, frozenset(assessment.provisional)), "quiet": quiet}


@register.simple_tag
def bank_item_url(name: str, edition: str, key: str | int) -> str:
    """The editor's page of a law, a date or an authority; the edition's page while the editor has none."""
    try:
        return reverse(name, args=[edition, key])
    except NoReverseMatch:
        return reverse("bank_edition", args=[edition])
