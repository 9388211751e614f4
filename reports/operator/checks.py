"""`manage.py check --deploy`: whether the operator has said who they are, and lately."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Tags, Warning, register
from django.utils import timezone

from accounts.people_data.kinds import DATA_KINDS, has_choice
from reports.operator.details import YEAR, Operator

HINT = "docs/operations.md, “The pages that you fill”, says how."


@register(Tags.security, deploy=True)
def check_operator(**_more: Any) -> list[CheckMessage]:
    """Warnings alone: an installation that nobody else uses needs none of it."""
    operator: Operator | None = settings.OPERATOR
    return list(operator_warnings(operator, timezone.localdate()))


def operator_warnings(operator: Operator | None, today: date) -> Iterator[CheckMessage]:
    """What visitors and the law would miss, as of a day."""
    if operator is None:
        yield _warning(1, "Nobody has filled operator.toml: the privacy notice does not say who runs this site.")
        return
    if operator.example:
        yield _warning(2, "operator.toml is still the example. Make it yours and remove the line “example = true”.")
    checked = operator.privacy.last_checked
    if checked > today:
        yield _warning(3, f"“last_checked” in [privacy] is {checked}, a day to come.")
    elif today - checked > YEAR:
        yield _warning(3, f"The privacy notice was last compared with what you do on {checked}. Do it once a year.")
    if not operator.security.contact:
        yield _warning(4, "[security] names no contact: /.well-known/security.txt does not exist.")
    elif operator.security_expires < today:
        yield _warning(
            4, f"/.well-known/security.txt expired on {operator.security_expires}. Check it and set a new day."
        )
    open_reasons = [k.code for k in DATA_KINDS if has_choice(k) and k.code not in operator.privacy.legal_reasons]
    if open_reasons:
        yield _warning(5, f"Choose your legal reason in [privacy.legal_reasons] for: {', '.join(open_reasons)}.")


def _warning(number: int, text: str) -> Warning:
    return Warning(text, hint=HINT, id=f"operator.W{number:03}")
