"""Settings for tests: the production settings, served over plain HTTP on this machine, with cheap password hashing."""

import os
import secrets
from pathlib import Path

# The test run sets the servers' URLs; type checks import the settings without any.
os.environ.setdefault("SECRET_KEY", secrets.token_urlsafe(64))
os.environ.setdefault("DATA_KEY", secrets.token_urlsafe(64))
os.environ.setdefault("SIGNING_KEY", secrets.token_urlsafe(64))
os.environ.setdefault("ALLOWED_HOSTS", "localhost,127.0.0.1,testserver")
os.environ.setdefault("DATABASE_URL", "postgres://127.0.0.1:1/none")
os.environ.setdefault("REDIS_URL", "redis://127.0.0.1:1/0")
os.environ.setdefault(
    "OPERATOR_FOLDER", str(Path(__file__).resolve().parent.parent / "tests" / "production" / "operator")
)

from config.settings import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
SECURE_SSL_REDIRECT = False
SECURE_HSTS_SECONDS = 0
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = False
SESSION_COOKIE_NAME = "evenkeel-session"
CSRF_COOKIE_NAME = "evenkeel-csrf"
STORAGES = {
    "default": {"BACKEND": "reports.storage.DurableFileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = True
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
if not EMBEDDED:  # noqa: F405
    # A machine that is busy with tests is slow: its Redis is not away, and its database holds nobody up.
    CACHES["default"]["OPTIONS"].update(socket_timeout=10, socket_connect_timeout=10)  # noqa: F405
    DATABASES["default"]["OPTIONS"].pop("options", None)  # noqa: F405
# Tests do not wait; tests/accounts/test_constant_time.py has a clock of its own.
CONSTANT_TIME_SECONDS = 0.0
# All tests come from the same network address.
ACCOUNT_RATE_LIMITS = {
    name: limit
    for name, limit in ACCOUNT_RATE_LIMITS.items()  # noqa: F405
    if name not in ("constant_time", "passkey_challenge", "share_check", "verify_file", "import_file")
}
MFA_REQUIRED = "privileged"
# Tests that commit count rows; tests/reports/in_advance and a worker's environment ask for it.
REPORTS_IN_ADVANCE = os.environ.get("REPORTS_IN_ADVANCE") == "true"
