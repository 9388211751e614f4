"""What has changed since the result before, as one line where a result is shown."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django import template
from django.db.models import F, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Organisation
from assessments.models import Result, ResultSummary
from assessments.results.comparison import results_of
from assessments.wording.over_time.since import Moves, moves_since_text
from assessments.wording.phrases import date_text

register = template.Library()


@register.inclusion_tag("since/_line.html")
def since_line(organisation: Organisation, result: Result) -> dict[str, Any]:
    """In one query. Nothing for a first result; without counts where the two were never compared."""
    before = (
        results_of(organisation.pk).filter(finished_at__lt=result.finished_at).values("assessment", "finished_at")[:1]
    )
    found = (
        ResultSummary.objects.filter(result=result)
        .annotate(
            earlier=Subquery(before.values("assessment")),
            earlier_at=Subquery(before.values("finished_at")),
            run=F("result__assessment"),
        )
        .values("earlier", "earlier_at", "run", "better", "worse", "gaps_closed", "gaps_new")
        .first()
    )
    if found is None or found["earlier"] is None:
        return {}
    query = urlencode({"from": found["earlier"], "to": found["run"]})
    return {"url": f"{reverse('results_since', args=[organisation.pk])}?{query}", "text": _line(found)}


def _line(found: Mapping[str, Any]) -> str:
    words = {"day": date_text(timezone.localtime(found["earlier_at"]).date())}
    if found["better"] is None:
        return _("What has changed since your result of %(day)s") % words
    moves = Moves(*(found[name] for name in ("better", "worse", "gaps_closed", "gaps_new")))
    return _("Since your result of %(day)s: %(what)s") % {**words, "what": moves_since_text(moves)}
