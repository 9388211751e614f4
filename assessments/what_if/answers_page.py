"""Which answers matter: what nobody knows, and what is claimed without proof."""

from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from assessments.access import AssessmentAccess
from assessments.bank.types import Edition
from assessments.models import Result
from assessments.pages.result import FrozenPage, frozen_html
from assessments.planning.what_matters import (
    ClaimMatters,
    RangeEnds,
    UnknownMatters,
    claims_without_proof,
    unknowns_by_weight_on_range,
)
from assessments.scoring.stored import load_result
from assessments.told_results import read_told_result
from assessments.wording.open_points import FindOutWords, find_out_words
from assessments.wording.scales import level_name


@dataclass(frozen=True, slots=True)
class UnknownLine:
    """`moves` say what knowing it does to the range of each pillar."""

    words: FindOutWords
    moves: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ClaimLine:
    """`examples` are proofs that would do; `moves` what naming one does to the figures with proof."""

    question: str
    asks: str
    level: str
    examples: tuple[str, ...]
    moves: tuple[str, ...]


def what_matters_html(access: AssessmentAccess, result: Result) -> SafeString:
    """Cached with the other parts of frozen results: each line scores the answers once or twice."""
    return mark_safe(frozen_html(access, result, _lay_out))  # noqa: S308 (laid out by a template)


def _lay_out(page: FrozenPage) -> str:
    outcome, finished_at = Result.objects.values_list("outcome", "finished_at").get(pk=page.result_id)
    result, day = load_result(outcome, page.edition), finished_at.date()
    told = read_told_result(page.result_id, page.edition, sums=False)
    asked = {item.question.id: find_out_words(item) for item in told.find_out}
    context = {
        "assessment_id": page.assessment_id,
        "unknown": [
            _unknown(page.edition, own, asked) for own in unknowns_by_weight_on_range(page.edition, result, day)
        ],
        "claims": [_claim(page.edition, own) for own in claims_without_proof(page.edition, result, day)],
    }
    return render_to_string("assessments/_what_matters.html", context)


def _unknown(edition: Edition, own: UnknownMatters, asked: dict[str, FindOutWords]) -> UnknownLine:
    return UnknownLine(asked[own.found.question.id], tuple(_range(edition, part) for part in own.ranges))


def _range(edition: Edition, part: RangeEnds) -> str:
    words = {"pillar": _name(edition, part.pillar), "best": part.best, "worst": part.worst}
    return _(
        "%(pillar)s, now %(low)s to %(high)s: from %(best)s on if it is well kept, up to %(worst)s if it is not."
    ) % {**words, "low": part.low, "high": part.high}


def _claim(edition: Edition, own: ClaimMatters) -> ClaimLine:
    return ClaimLine(
        question=own.question.id,
        asks=own.question.text,
        level=f"{own.level} {level_name(edition, own.level)}",
        examples=own.question.evidence,
        moves=tuple(
            _("%(pillar)s with proof: %(before)s → %(after)s.")
            % {"pillar": _name(edition, gain.pillar), "before": gain.before, "after": gain.after}
            for gain in own.gains
        ),
    )


def _name(edition: Edition, code: str) -> str:
    return next(pillar.name for pillar in edition.pillars if pillar.code == code)
