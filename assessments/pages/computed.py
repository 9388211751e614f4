"""How every figure was computed: the worked sums of a result in words and numbers."""

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from assessments.access import AssessmentAccess
from assessments.models import Result
from assessments.pages.result import FrozenPage, frozen_html
from assessments.told_results import read_told_result
from assessments.wording.headings import result_headings
from assessments.wording.result import sums_in_words


def computed_page(access: AssessmentAccess, result: Result) -> SafeString:
    """The sums as HTML, cached like the result page."""
    return mark_safe(frozen_html(access, result, _lay_out_sums))  # noqa: S308 (laid out by a template)


def _lay_out_sums(page: FrozenPage) -> str:
    told = read_told_result(page.result_id, page.edition)
    context = {"sums": sums_in_words(told), "headings": result_headings(told)}
    return render_to_string("assessments/told/sums.html", context)
