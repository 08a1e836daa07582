"""The one settings file. Every difference between machines is an environment variable.

`MUNGCHI_ENV` is `production` or `development`. Development is what a checkout gives: it has a
database of its own (see devtools.postgres), a fixed key that is worth nothing, and e-mail in files.
Production has no defaults for secrets and refuses to start without them.
"""

from importlib.util import find_spec
from pathlib import Path
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from config import env

BACKEND = Path(__file__).resolve().parent.parent
PROJECT = BACKEND.parent

HAS_DEVTOOLS = find_spec("devtools") is not None
ENVIRONMENT = env.text("MUNGCHI_ENV", "development" if HAS_DEVTOOLS else "production")
if ENVIRONMENT not in {"development", "production"}:
    raise ImproperlyConfigured("MUNGCHI_ENV must be development or production")
PRODUCTION = ENVIRONMENT == "production"

DEBUG = env.flag("DJANGO_DEBUG", False) and not PRODUCTION
SECRET_KEY = env.text(
    "SECRET_KEY", None if PRODUCTION else "development-only-" + "key-worth-nothing-" * 3
)
# Earlier keys: what was signed or encrypted with them can still be read.
SECRET_KEY_FALLBACKS = env.words("SECRET_KEY_FALLBACKS")
PUBLIC_URL = env.text("PUBLIC_URL", None if PRODUCTION else "http://localhost:8000").rstrip("/")
PUBLIC_HOST = urlsplit(PUBLIC_URL).hostname
if not PUBLIC_URL.startswith(("http://", "https://")) or PUBLIC_HOST is None:
    raise ImproperlyConfigured("PUBLIC_URL must be an address such as https://mungchi.example")
TLS = PUBLIC_URL.startswith("https://")
ALLOWED_HOSTS = env.words(
    "ALLOWED_HOSTS", PUBLIC_HOST if PRODUCTION else "localhost,127.0.0.1,[::1]"
)
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]
# How many proxies stand before the API, each adding to X-Forwarded-For: the sign-in limits count by
# the address that the outermost of them saw. The frontend's server is always one.
ALLAUTH_TRUSTED_PROXY_COUNT = env.number("TRUSTED_PROXY_COUNT", 1)

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "mungchi.common.apps.OperatorsSiteConfig",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.headless",
    "rest_framework",
    "django_filters",
    "drf_spectacular",
    "procrastinate.contrib.django",
    "mungchi.common",
    "mungchi.accounts",
    "mungchi.catalog",
    "mungchi.demand",
    "mungchi.campaigns",
    "mungchi.pricelists",
    "mungchi.orders",
    "mungchi.payments",
    "mungchi.deliveries",
    "mungchi.outreach",
    "mungchi.notifications",
    "mungchi.reports",
]
if HAS_DEVTOOLS and not PRODUCTION:
    INSTALLED_APPS += ["devtools.demo"]

MIDDLEWARE = [
    "mungchi.common.request_log.RequestLogMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "mungchi.accounts.middleware.SeenMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "mungchi.common.wall.WallMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BACKEND / "mungchi" / "notifications" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]


def _database_url() -> str:
    given = env.text("DATABASE_URL", "")
    if given:
        return given
    if PRODUCTION or not HAS_DEVTOOLS:
        raise ImproperlyConfigured("the environment variable DATABASE_URL is not set")
    from devtools.postgres import database_url  # noqa: PLC0415 - absent in production

    return database_url()


DATABASES = {"default": env.database(_database_url())}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# Sign-in limits are counted in the cache, so every process must see the same one.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "common_cache",
        # Attempts to sign in and codes that were used are counted here: with the 300 rows that are
        # usual, whoever fills them would have those of others forgotten. What has run out goes
        # every hour (mungchi.pipeline.tidy).
        "OPTIONS": {"MAX_ENTRIES": 500_000},
    }
}

LANGUAGE_CODE = "ko"
LANGUAGES = [("ko", "한국어"), ("en", "English")]
LANGUAGE_COOKIE_NAME = "language"
TIME_ZONE = "UTC"
USE_TZ = True
USE_I18N = True
USE_THOUSAND_SEPARATOR = True

STATIC_URL = "/static/"
# Production serves what collectstatic gathered; development serves from the packages themselves.
STATIC_ROOT = env.text("STATIC_ROOT", str(PROJECT / "static")) if PRODUCTION else None
WHITENOISE_USE_FINDERS = not PRODUCTION
WHITENOISE_AUTOREFRESH = False
WHITENOISE_ALLOW_ALL_ORIGINS = False
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
# An import file: 100,000 lines are about 10 MB as CSV; see common.sheets.
IMPORT_MAX_BYTES = env.number("IMPORT_MAX_BYTES", 40 * 1024 * 1024)

# Open event streams (mungchi.live) that one process takes, and one person may have.
LIVE_MOST_STREAMS = env.number("LIVE_MOST_STREAMS", 2000)
LIVE_MOST_STREAMS_EACH = env.number("LIVE_MOST_STREAMS_EACH", 30)

# Where the status of business numbers is looked up (docs/operating.md); nowhere unless told.
TAX_STATUS_URL = env.text("TAX_STATUS_URL", "")
TAX_STATUS_KEY = env.text("TAX_STATUS_KEY", "")
if TAX_STATUS_URL and not TAX_STATUS_URL.startswith(("https://", "http://")):
    raise ImproperlyConfigured("TAX_STATUS_URL must begin with https://")

# Whether providers are asked to move money, or in their test mode, in which none moves: keys of the
# other mode are refused. Test mode is not for an installation that is used in earnest.
PROVIDERS_LIVE = env.flag("PROVIDERS_LIVE", PRODUCTION)
# Stands before every key that a provider is given, and in what a charge is found by: two
# installations that share an account (a copy for trying things out) do not answer for each other.
INSTALLATION = env.text("INSTALLATION", "mungchi")

# Where Stripe is asked; nowhere else unless told, and then payments are simulated and say so.
STRIPE_API_BASE = env.text("STRIPE_API_BASE", "")
if STRIPE_API_BASE and not STRIPE_API_BASE.startswith(("https://", "http://")):
    raise ImproperlyConfigured("STRIPE_API_BASE must be an address such as http://127.0.0.1:8115")
if STRIPE_API_BASE and PRODUCTION:
    raise ImproperlyConfigured("STRIPE_API_BASE is for development: unset it in production")
# Seconds to wait for an answer; a call is tried three times at most.
STRIPE_TIMEOUT = env.number("STRIPE_TIMEOUT", 20)
if STRIPE_TIMEOUT < 1:
    raise ImproperlyConfigured("STRIPE_TIMEOUT must be at least 1 second")

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
ACCOUNT_ADAPTER = "mungchi.accounts.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGIN_ON_PASSWORD_RESET = False
ACCOUNT_RATE_LIMITS = {
    "login": "60/m/ip",
    # The sixth failure within five minutes for one address is refused.
    "login_failed": "30/m/ip,5/300s/key",
    "signup": "30/m/ip",
    "reset_password": "20/m/ip,5/m/key",
    "confirm_email": "1/60s/key",
}
# Owners, offices and operators do nothing without a second factor (accounts.access). Not so in
# development, where the people of the demonstration have none.
SECOND_FACTOR_REQUIRED = env.flag("SECOND_FACTOR_REQUIRED", PRODUCTION)
MFA_ADAPTER = "mungchi.accounts.adapter.FactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_TOTP_ISSUER = "Mungchi"
# The code before and the one after count as well: people type slowly, and clocks differ.
MFA_TOTP_TOLERANCE = 1
HEADLESS_ONLY = True
HEADLESS_CLIENTS = ("browser",)
HEADLESS_FRONTEND_URLS = {
    "account_confirm_email": f"{PUBLIC_URL}/verify-email/{{key}}",
    "account_reset_password": f"{PUBLIC_URL}/reset-password",
    "account_reset_password_from_key": f"{PUBLIC_URL}/reset-password/{{key}}",
    "account_signup": f"{PUBLIC_URL}/sign-up",
}
LOGIN_URL = "/sign-in"
LOGIN_REDIRECT_URL = "/admin/"

SESSION_ENGINE = "mungchi.accounts.models.sessions"
SESSION_COOKIE_NAME = "__Host-session" if TLS else "session"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = TLS
SESSION_COOKIE_AGE = 14 * 24 * 3600
CSRF_COOKIE_NAME = "csrftoken"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SECURE = TLS
CSRF_FAILURE_VIEW = "mungchi.common.problems.csrf_failure"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TLS else None
SECURE_SSL_REDIRECT = TLS
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = 31_536_000 if TLS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = TLS
SECURE_HSTS_PRELOAD = TLS
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if PRODUCTION and not TLS:
    # A deliberate choice of an installation behind its own terminator on a private network.
    SILENCED_SYSTEM_CHECKS = ["security.W004", "security.W008", "security.W012", "security.W016"]

DEFAULT_FROM_EMAIL = env.text("DEFAULT_FROM_EMAIL", "뭉치 <no-reply@mungchi.example>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
# E-mails to people: so many on one connection, then a look whether anything else waits; and so many
# a minute at most (0: as fast as the server takes them).
MAIL_BATCH = env.number("MAIL_BATCH", 100)
MAIL_PER_MINUTE = env.number("MAIL_PER_MINUTE", 0)
# Development has files, and the mail view to look at them, unless a server is named.
EMAIL_TIMEOUT = env.number("EMAIL_TIMEOUT", 10)
if PRODUCTION or env.text("EMAIL_HOST", ""):
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    EMAIL_HOST = env.text("EMAIL_HOST", "localhost")
    EMAIL_PORT = env.number("EMAIL_PORT", 587)
    EMAIL_HOST_USER = env.text("EMAIL_HOST_USER", "")
    EMAIL_HOST_PASSWORD = env.text("EMAIL_HOST_PASSWORD", "")
    # Port 465 speaks TLS from the first byte (SSL here), port 587 after a question (TLS here).
    EMAIL_USE_SSL = env.flag("EMAIL_USE_SSL", False)
    EMAIL_USE_TLS = env.flag("EMAIL_USE_TLS", not EMAIL_USE_SSL)
else:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = env.text("EMAIL_FILE_PATH", str(PROJECT / ".local" / "mail"))

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "mungchi.accounts.access.KeyAuthentication",
        "mungchi.accounts.access.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["mungchi.accounts.access.HasCapability"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["mungchi.common.parsers.StrictJSONParser"],
    "DEFAULT_FILTER_BACKENDS": ["django_filters.rest_framework.DjangoFilterBackend"],
    "DEFAULT_PAGINATION_CLASS": "mungchi.common.pagination.CursorPages",
    "DEFAULT_SCHEMA_CLASS": "mungchi.common.schema.Schema",
    "EXCEPTION_HANDLER": "mungchi.common.problems.exception_handler",
    "COERCE_DECIMAL_TO_STRING": True,
    "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Mungchi API",
    "DESCRIPTION": (
        "Group purchasing for cooperatives of small firms. Amounts are integers in the minor unit "
        "of `currency`; unit prices are decimal strings in major units, VAT excluded; quantities "
        "are whole units of the item; date-times are UTC. Errors are application/problem+json."
    ),
    "VERSION": "1",
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "SERVE_INCLUDE_SCHEMA": False,
    "COMPONENT_SPLIT_REQUEST": True,
    "ENUM_GENERATE_CHOICE_DESCRIPTION": False,
    "ENUM_ADD_EXPLICIT_BLANK_NULL_CHOICE": False,
    "ENUM_NAME_OVERRIDES": {
        "KindEnum": ["firm", "cooperative", "platform"],
        "ListingKind": ["good", "service"],
        "ContactAnswer": ["interested", "later", "not_interested", "unreachable"],
        "ProposalAnswer": ["interested", "later", "not_interested"],
        "RationingEnum": ["uniform", "proportional", "first_come"],
        "DocumentKind": ["registration", "other"],
        "MailWay": ["now", "digest", "off"],
        "StateEnum": [
            "draft",
            "sourcing",
            "open",
            "filling",
            "closing",
            "settling",
            "ordered",
            "delivering",
            "completed",
            "failed",
            "cancelled",
        ],
        "HoldState": ["asked", "held", "refused", "withdrawn", "lapsed"],
        "ChangeState": ["waiting", "accepted", "refused", "withdrawn", "lapsed"],
        "OfferTerm": [
            "tiers",
            "differences",
            "pack_size",
            "capacity",
            "lead_time_days",
            "delivery_cost",
            "valid_until",
            "note",
        ],
    },
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "mungchi.common.schema.add_problems",
    ],
    "OAS_VERSION": "3.1.0",
}

PROCRASTINATE_IMPORT_PATHS = ["mungchi.pipeline"]
# Several jobs at once, so that a long import keeps neither a deadline nor the heartbeat waiting.
# What is due is looked for every second; at the end, jobs get time to finish.
PROCRASTINATE_WORKER_DEFAULTS = {
    "concurrency": 4,
    "fetch_job_polling_interval": 1.0,
    "shutdown_graceful_timeout": 20.0,
}
# Seconds after which a job of a vanished worker is put back, and a heartbeat counts as missing.
STALLED_JOB_SECONDS = 30
WORKER_HEARTBEAT_SECONDS = 60

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"request_id": {"()": "mungchi.common.request_log.RequestIdFilter"}},
    "formatters": {
        "json": {
            "()": "pythonjsonlogger.json.JsonFormatter",
            "format": "%(asctime)s %(levelname)s %(name)s %(message)s %(request_id)s",
            "rename_fields": {"asctime": "at", "levelname": "level", "name": "logger"},
        }
    },
    "handlers": {
        "stderr": {
            "class": "logging.StreamHandler",
            "formatter": "json",
            "filters": ["request_id"],
        }
    },
    "root": {"handlers": ["stderr"], "level": env.text("LOG_LEVEL", "INFO")},
    "loggers": {
        "django.server": {"level": "WARNING"},
        # RequestLogMiddleware has the line of every refused request already.
        "django.request": {"level": "ERROR"},
        "procrastinate": {"level": "WARNING"},
        # Two lines a call, which say nothing that a charge does not keep.
        "stripe": {"level": "WARNING"},
    },
}
