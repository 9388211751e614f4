import logging
import re

# Django names the address of a request in these when it answers with an error.
LOGGERS_OF_PATHS = ("django.request", "django.security.csrf", "django.server")

SECRET_PART = re.compile(r"(/sign-in/|/email/confirm/|/password/reset/[0-9A-Za-z]+-)[^/\s]+(?=/)")


class HideSecretPaths(logging.Filter):
    """Keys that sign somebody in or confirm an address never reach a log, even when the page fails."""

    def filter(self, record: logging.LogRecord) -> bool:
        if isinstance(record.args, tuple):
            record.args = tuple(_hidden(part) for part in record.args)
        return True


def _hidden(part: object) -> object:
    return SECRET_PART.sub(r"\1…", part) if isinstance(part, str) else part
