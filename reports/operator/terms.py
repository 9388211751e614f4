"""The model terms for handling data on behalf of businesses (GDPR Art. 28), or the operator's own."""

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.utils.safestring import SafeString

from accounts.people_data.kinds import DATA_KINDS
from accounts.people_data.terms import kept_for
from accounts.sign_in.mfa import second_step_is_required
from accounts.sign_in.sessions import DAY, HOUR, USER_TIMEOUTS
from assessments.formatting.rich_text import render_document
from reports.operator.details import Operator, TermsDetails

MODEL_VERSION = 1
MODEL_DAY = date(2026, 11, 30)
"""Both change with the text: tests/reports/operator/test_terms_version.py."""


@dataclass(frozen=True, slots=True)
class ProcessorTerms:
    """`own_text` is empty where the model is shown."""

    operator: Operator | None
    details: TermsDetails
    own_text: SafeString
    model_version: int
    model_day: date
    kinds: tuple[str, ...]
    second_step_required: bool
    mail_configured: bool
    days_to_undo: int
    idle_hours: int
    most_days: int


def processor_terms_page(operator: Operator | None) -> ProcessorTerms:
    """With the measures as this installation has them."""
    return ProcessorTerms(
        operator=operator,
        details=operator.processor_terms if operator else TermsDetails(),
        own_text=render_document(operator.own_terms) if operator and operator.own_terms else SafeString(""),
        model_version=MODEL_VERSION,
        model_day=MODEL_DAY,
        kinds=tuple(str(kind.what) for kind in DATA_KINDS if kind.code != "erasure"),
        second_step_required=second_step_is_required(),
        mail_configured=settings.MAIL_CONFIGURED,
        days_to_undo=kept_for("deleted_organisations").days,
        idle_hours=USER_TIMEOUTS.idle // HOUR,
        most_days=USER_TIMEOUTS.most // DAY,
    )
