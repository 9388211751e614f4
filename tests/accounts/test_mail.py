"""Every mail that the sign-in pages send is ours, names no other product and has no gap for a missing value."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone

FOLDER = Path(settings.BASE_DIR) / "templates"
CONTEXT = {
    "current_site": {"domain": "check.example.org"},
    "timestamp": timezone.now(),
    "ip": "192.0.2.1",
    "user_agent": "A browser",
    "activate_url": "https://check.example.org/a",
    "password_reset_url": "https://check.example.org/p",
    "signup_url": "https://check.example.org/s",
    "from_email": "old@example.org",
    "to_email": "new@example.org",
    "deleted_email": "gone@example.org",
}
MAILS = sorted(
    str(path.relative_to(FOLDER)).removesuffix("_message.txt")
    for path in [*FOLDER.glob("account/email/*_message.txt"), *FOLDER.glob("mfa/email/*_message.txt")]
    if path.name != "base_message.txt"
)


def test_the_mails_are_found() -> None:
    assert len(MAILS) == 14


@pytest.mark.parametrize("mail", MAILS)
def test_a_mail_has_a_subject_and_a_plain_body(mail: str) -> None:
    subject = render_to_string(f"{mail}_subject.txt", CONTEXT).strip()
    body = render_to_string(f"{mail}_message.txt", CONTEXT)
    assert 0 < len(subject) < 60
    assert body.startswith("Hello,\n\n")
    assert body.rstrip().endswith("Evenkeel\ncheck.example.org")
    assert "&" not in body, "plain text is not escaped"
    assert not re.search(r"\n{4,}", body), body
    assert "example.com" not in body
