"""/.well-known/security.txt (RFC 9116): where somebody reports a weakness of this installation."""

from collections.abc import Iterator
from datetime import UTC, datetime, time

from django.urls import reverse

from accounts.site_urls import absolute_url
from reports.operator.details import Operator

POLICY_ANCHOR = "#security"


def security_txt(operator: Operator | None) -> str | None:
    """None while no real operator has named a contact: an invented one would send reports into the void."""
    if operator is None or operator.example or not operator.security.contact:
        return None
    return "".join(f"{name}: {value}\n" for name, value in _lines(operator))


def _lines(operator: Operator) -> Iterator[tuple[str, str]]:
    for contact in operator.security.contact:
        yield "Contact", contact if contact.startswith(("https://", "tel:")) else f"mailto:{contact}"
    yield "Expires", datetime.combine(operator.security_expires, time(), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    yield "Preferred-Languages", ", ".join(operator.security.languages)
    yield "Canonical", absolute_url(reverse("security_txt"))
    yield "Policy", absolute_url(reverse("operator") + POLICY_ANCHOR)
