"""One settings file, read from the environment. Production refuses to start on a missing or weak value."""

from pathlib import Path
from typing import Any

import bootstrap_wrapper
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _
from kombu import Queue

from accounts.database.statement_limits import statement_limits
from accounts.people_data.terms import RETENTION
from config.env import (
    SERVICES,
    allowed_hosts,
    data_folder,
    debug,
    embedded,
    env,
    leaked_passwords,
    mfa_policy,
    operator,
    public_keys,
    retention_days,
    secret,
    secret_key,
    secrets,
    service,
    service_url,
    version,
)
from config.logs import logging_config
from config.monitoring.sentry import send_errors
from config.queues.beat import beat_schedule
from config.rate_limits import RATE_LIMITS

BASE_DIR = Path(__file__).resolve().parent.parent
EMBEDDED = embedded()
VERSION = version(BASE_DIR / "pyproject.toml")

SERVICE = service()

# Signs sessions and links: worker, scheduler and migrations sign nothing.
SECRET_KEY = secret_key("SECRET_KEY") if SERVICE == "web" else ""
SECRET_KEY_FALLBACKS = secrets("SECRET_KEY_FALLBACKS")
# Encrypts what the database must not show, so that changing the signing key locks nobody out. On one machine both keys
# would lie in the same folder: there one is enough. Migrations rewrite what earlier versions encrypted.
DATA_KEY = SECRET_KEY if EMBEDDED or SERVICE not in ("web", "migrate") else secret_key("DATA_KEY")
DATA_KEY_FALLBACKS = SECRET_KEY_FALLBACKS if EMBEDDED else secrets("DATA_KEY_FALLBACKS")
# Signs reports that people hand on, which no worker may; the public keys from before it was changed stay valid.
SIGNING_KEY = secret_key("SIGNING_KEY") if SERVICE == "web" else ""
FORMER_PUBLIC_KEYS = public_keys("FORMER_PUBLIC_KEYS")
ALLOWED_HOSTS = allowed_hosts()
# Only `./run dev`: nothing else turns it on, and production refuses to start with it.
DEBUG = debug(ALLOWED_HOSTS)
SITE_URL: str = env.str("SITE_URL", default=f"https://{ALLOWED_HOSTS[0]}")
CSRF_TRUSTED_ORIGINS = [SITE_URL]
# Who runs this installation, for its privacy notice and the like; None until somebody fills it: docs/operations.md.
OPERATOR = operator(BASE_DIR / "deploy" / "operator.example.toml")
BEHIND_PROXY: bool = env.bool("BEHIND_PROXY", default=False)
# Whether publishing an edition of the bank takes two people. With a single editor, nothing could be published.
BANK_NEEDS_SECOND_PERSON: bool = env.bool("BANK_NEEDS_SECOND_PERSON", default=False)

INSTALLED_APPS = [
    "accounts",
    "assessments",
    "reports",
    "accounts.apps.AdministrationConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "crispy_forms",
    "crispy_bootstrap5",
    "django_htmx",
    "csp",
    "django.forms",
]

MIDDLEWARE = [
    "config.middleware.health.HealthCheckMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "config.middleware.compression.CompressionMiddleware",
    "config.middleware.headers.PolicyHeader",
    "config.middleware.headers.IsolationHeadersMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "config.logs.RequestLogMiddleware",
    "config.monitoring.counting.RequestCountMiddleware",
    "config.middleware.abandoned.AbandonedRequestMiddleware",
    "config.middleware.unreadable.UnreadableRequestMiddleware",
    "config.middleware.uploads.UploadLimitMiddleware",
    "config.middleware.headers.PrivateCacheMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "accounts.sign_in.session_store.PersonMiddleware",
    "accounts.sign_in.sessions.SessionTimeoutMiddleware",
    "accounts.refused.signed_out.SignInRequiredMiddleware",
    "accounts.sign_in.mfa.MfaRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "accounts.refused.methods.MethodNotAllowedPage",
    "assessments.middleware.ChangeRefusedPage",
    "allauth.account.middleware.AccountMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATE_LOADERS = [f"django.template.loaders.{kind}.Loader" for kind in ("filesystem", "app_directories")]
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "loaders": TEMPLATE_LOADERS if DEBUG else [("django.template.loaders.cached.Loader", TEMPLATE_LOADERS)],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]

# Database, broker, cache, files: embedded (one folder, no service) or production (PostgreSQL, Redis).
if EMBEDDED:
    DATA = data_folder()
    DATABASES: dict[str, Any] = {
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": DATA / "evenkeel.sqlite3",
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA recursive_triggers=ON;",
            },
        }
    }
    CACHES: dict[str, Any] = {
        "default": {
            "BACKEND": "config.caches.JsonDatabaseCache",
            "LOCATION": "cache",
            "OPTIONS": {"MAX_ENTRIES": 10_000},
        }
    }
    CELERY_BROKER_URL = "folder://localhost"
    CELERY_BROKER_TRANSPORT_OPTIONS: dict[str, Any] = {
        "data_folder_in": str(DATA / "queue"),
        "data_folder_out": str(DATA / "queue"),
        "control_folder": str(DATA / "queue-control"),
        "polling_interval": 0.05,
    }
    MEDIA_ROOT = DATA / "files"
else:
    # Whose certificates PostgreSQL and Redis must show, for the very name they are reached by: deploy/make-secrets.
    AUTHORITY: str = env.str("TLS_AUTHORITY", default="")
    POSTGRESQL_TLS = {"sslmode": "verify-full", "sslrootcert": AUTHORITY} if AUTHORITY else {}
    REDIS_TLS: dict[str, Any] = {"ssl_ca_certs": AUTHORITY, "ssl_cert_reqs": "required"} if AUTHORITY else {}
    DATABASES = {
        "default": {
            **env.db_url_config(service_url("DATABASE_URL")),
            "CONN_MAX_AGE": 600,
            "CONN_HEALTH_CHECKS": True,
            "OPTIONS": {"connect_timeout": 5, **statement_limits(SERVICE), **POSTGRESQL_TLS},
        }
    }
    # Only the web server counts and remembers there.
    CACHES = {
        "default": {
            "BACKEND": "config.caches.PatientRedisCache",
            "LOCATION": service_url("CACHE_URL", "REDIS_URL"),
            "KEY_PREFIX": "cache",
            # One that does not answer is left alone for some seconds: nobody waits longer than this, and only once.
            "OPTIONS": {
                "serializer": "config.caches.JsonSerializer",
                "socket_timeout": 0.3,
                "socket_connect_timeout": 0.3,
                **REDIS_TLS,
            },
        }
        if SERVICE == "web"
        else {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}
    }
    CELERY_BROKER_URL = "memory://" if SERVICE in ("backup", "migrate") else service_url("QUEUE_URL", "REDIS_URL")
    CELERY_BROKER_USE_SSL: Any = REDIS_TLS or False
    UNACKED = "retention_unacked" if SERVICE == "scheduler" else "unacked"
    # A broker that is down is noticed at once, so that nobody waits seconds for a page.
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "socket_timeout": 2,
        "socket_connect_timeout": 2,
        "max_retries": 1,
        "interval_start": 0,
        "interval_step": 0,
        "interval_max": 0,
        # Messages in work are put back by whoever finds them there, so the scheduler keeps its own apart.
        **{f"unacked{of}_key": f"{UNACKED}{of}" for of in ("", "_index", "_mutex")},
    }
    MEDIA_ROOT = Path(env.str("MEDIA_ROOT", default="/var/lib/evenkeel/files"))
# Who may read backups: public keys of age. Without any they are not encrypted.
BACKUP_RECIPIENTS: list[str] = env.list("BACKUP_RECIPIENTS", default=[])
# Whoever shows it may read /metrics; without it there are none.
METRICS_TOKEN = secret("METRICS_TOKEN")
# With less room than this for stored files, /readyz says so; a report needs a few megabytes.
DISK_FREE_MB: int = env.int("DISK_FREE_MB", default=200)
# For the owner of the database alone, which gives the other roles their rights: `manage.py grant_rights`.
ROLE_PASSWORDS = {role: secret(f"{role.upper()}_DATABASE_PASSWORD") for role in SERVICES[:-1]}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# The row is the truth, the broker only notifies: see docs/architecture.md.
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
# What deletes people's rows and writes to them is the scheduler's own; a worker without --queues takes both.
CELERY_TASK_QUEUES = tuple(Queue(name, routing_key=name) for name in ("celery", "retention"))
CELERY_TASK_ROUTES = {name: {"queue": "retention"} for name in ("accounts.*", "assessments.send_reminders")}
# Rows say what is to be done. A worker that kept messages until it is done would end when Redis goes away.
CELERY_TASK_ACKS_LATE = False
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_PUBLISH_RETRY = False
# Time limits for a report, in seconds; after the hard limit its process is killed.
CELERY_TASK_SOFT_TIME_LIMIT = env.int("REPORT_SECONDS", default=60)
CELERY_TASK_TIME_LIMIT = CELERY_TASK_SOFT_TIME_LIMIT + 30
# After this time without a heartbeat, a worker loses its report to the next one.
REPORT_LEASE_SECONDS = env.int("REPORT_LEASE_SECONDS", default=15)
# Memory that one report may use on top of what its worker needs when idle.
REPORT_MEMORY_MB = env.int("REPORT_MEMORY_MB", default=1024)
REPORTS_IN_ADVANCE: bool = env.bool("REPORTS_IN_ADVANCE", default=True)  # docs/reports.md, "Made in advance"
CELERY_WORKER_MAX_TASKS_PER_CHILD = 200
CELERY_WORKER_MAX_MEMORY_PER_CHILD = 400_000
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
# Whoever can send to the queue could stop every worker with it; config/alive.py tells the health check what it needs.
CELERY_WORKER_ENABLE_REMOTE_CONTROL = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
# How long a scheduler may sleep before it notices that it should stop.
CELERY_BEAT_MAX_LOOP_INTERVAL = 1
CELERY_BEAT_SCHEDULE = beat_schedule()

# People, sign-in, sessions.
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["accounts.sign_in.mfa.MfaStateBackend"]
# Messages may name people: they stay on the server.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "landing"
PASSWORD_HASHERS = [
    "accounts.passwords.bounded_hashing.BoundedArgon2Hasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "accounts.passwords.guessable.GuessablePasswordValidator"},
]
LEAKED_PASSWORDS = leaked_passwords()
if LEAKED_PASSWORDS:
    AUTH_PASSWORD_VALIDATORS.append(
        {
            "NAME": "accounts.passwords.leaked.LeakedPasswordValidator",
            "OPTIONS": {"password_list_path": LEAKED_PASSWORDS},
        }
    )
# Forms that take any e-mail address respond no sooner than this: accounts/sign_in/constant_time.py.
CONSTANT_TIME_SECONDS: float = env.float("CONSTANT_TIME_SECONDS", default=0.5)
# How many days what is known of people is kept: docs/data.md has the table, accounts/people_data/terms.py the defaults.
RETENTION_DAYS: dict[str, int] = retention_days(term.setting for term in RETENTION if term.setting)
# Who cannot continue without MFA: "privileged" are administrators, bank editors and consultants. The local demo only
# recommends it.
MFA_REQUIRED: str = mfa_policy(default="nobody" if EMBEDDED else "privileged")
# Until somebody is signed in; from then on accounts/sign_in/sessions.py decides.
SESSION_ENGINE = "accounts.sign_in.session_store"
SESSION_COOKIE_AGE = 12 * 60 * 60
# A link for a new password is used at once or not at all.
PASSWORD_RESET_TIMEOUT = 60 * 60
SESSION_SAVE_EVERY_REQUEST = False
SESSION_COOKIE_SAMESITE = "Lax"
EMAIL_HOST: str = env.str("EMAIL_HOST", default="")
EMAIL_PORT: int = env.int("EMAIL_PORT", default=587)
EMAIL_HOST_USER: str = env.str("EMAIL_HOST_USER", default="")
EMAIL_HOST_PASSWORD = secret("EMAIL_HOST_PASSWORD")
EMAIL_USE_TLS: bool = env.bool("EMAIL_USE_TLS", default=True)
EMAIL_TIMEOUT = 10
MAIL_CONFIGURED = bool(EMAIL_HOST)
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if MAIL_CONFIGURED else 'dummy'}.EmailBackend"
DEFAULT_FROM_EMAIL: str = env.str("DEFAULT_FROM_EMAIL", default="evenkeel@localhost")

ACCOUNT_ADAPTER = "accounts.sign_in.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory" if MAIL_CONFIGURED else "none"
ACCOUNT_EMAIL_NOTIFICATIONS = MAIL_CONFIGURED
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_LOGIN_ON_EMAIL_CONFIRMATION = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_FORMS = {
    "signup": "accounts.sign_up.forms.SignUpForm",
    "login": "accounts.forms.sign_in.SignInForm",
    "reauthenticate": "accounts.forms.sign_in.ReauthenticateForm",
    "change_password": "accounts.forms.sign_in.ChangePasswordForm",
    "set_password": "accounts.forms.sign_in.SetPasswordForm",
    "reset_password": "accounts.forms.sign_in.ResetPasswordForm",
    "reset_password_from_key": "accounts.forms.sign_in.ResetPasswordKeyForm",
    "add_email": "accounts.forms.sign_in.ChangeEmailForm",
}
ACCOUNT_RATE_LIMITS = RATE_LIMITS
MFA_ADAPTER = "accounts.second_step.adapter.MfaAdapter"
# Recovery codes are our own (accounts/second_step/recovery_codes.py): django-allauth keeps what they are drawn from.
MFA_SUPPORTED_TYPES = ["totp", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_ALLOW_UNVERIFIED_EMAIL = not MAIL_CONFIGURED
MFA_TOTP_ISSUER = "Evenkeel"
MFA_TOTP_TOLERANCE = 0
MFA_FORMS = {
    "authenticate": "accounts.second_step.forms.MfaForm",
    "reauthenticate": "accounts.second_step.forms.MfaReauthenticateForm",
    "activate_totp": "accounts.second_step.forms.ActivateAppForm",
    "authenticate_webauthn": "accounts.second_step.forms.TakesPasskey",
    "reauthenticate_webauthn": "accounts.second_step.forms.ConfirmPasskeyForm",
    "login_webauthn": "accounts.second_step.forms.SignInPasskeyForm",
    "add_webauthn": "accounts.second_step.forms.AddPasskeyForm",
    "edit_webauthn": "accounts.second_step.forms.PasskeyNameForm",
}
# Rate limits count IP addresses: behind a proxy, the client's is the last one that the proxy adds.
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if BEHIND_PROXY else 0

LOGGING = logging_config(json=not EMBEDDED)
# Errors go there, without anything that was typed; by default nowhere.
if SENTRY_DSN := secret("SENTRY_DSN"):
    send_errors(SENTRY_DSN, service=SERVICE, version=VERSION)

# Language, time, texts.
LANGUAGE_CODE = "en-gb"
LANGUAGES = [("en-gb", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "UTC"
USE_TZ = True
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
CRISPY_TEMPLATE_PACK = "bootstrap5"
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"

# Static files come from our own folder and from wheels; names carry a hash of the content.
STATIC_URL = "/static/"
STATIC_ROOT = Path(env.str("STATIC_ROOT", default=str(BASE_DIR / "staticfiles")))
STATICFILES_DIRS = [BASE_DIR / "static", ("bootstrap", Path(bootstrap_wrapper.__file__).parent.parent / "bootstrap")]
# In development, files are served from their sources.
if DEBUG:
    STATIC_STORAGE = "django.contrib.staticfiles.storage.StaticFilesStorage"
elif EMBEDDED:
    STATIC_STORAGE = "config.static_files.QuicklyCompressedStorage"
else:
    STATIC_STORAGE = "whitenoise.storage.CompressedManifestStaticFilesStorage"
STORAGES = {
    "default": {"BACKEND": "reports.storage.DurableFileSystemStorage"},
    "staticfiles": {"BACKEND": STATIC_STORAGE},
}

# Security headers. The embedded default serves plain HTTP on this machine only.
SECURE_SSL_REDIRECT = not EMBEDDED
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
SECURE_HSTS_SECONDS = 0 if EMBEDDED else 63_072_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = not EMBEDDED
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not EMBEDDED
SESSION_COOKIE_NAME = "evenkeel-session" if EMBEDDED else "__Host-session"
CSRF_COOKIE_NAME = "evenkeel-csrf" if EMBEDDED else "__Host-csrf"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "accounts.refused.pages.too_old"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "object-src": [NONE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1_000
