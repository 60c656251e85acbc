"""Settings: one file, production by default; every variable is explained in `.env.example`."""

import datetime as dt
import os
import re
from email.utils import formataddr
from importlib.metadata import distribution
from pathlib import Path
from urllib.parse import urlsplit

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from . import branding, databases, services, version

BASE_DIR = Path(__file__).resolve().parent.parent

env = environ.Env()
# No setting: where they are, for what works in another database than this clone's.
ENV_FILE = os.environ.get("ENV_FILE", BASE_DIR / ".env")
# It says so when there is none, and in a container there is none. One that may not be read is no such.
if os.path.lexists(ENV_FILE):
    environ.Env.read_env(ENV_FILE)
# Agents, the doctor, Prometheus and Sentry are told.
VERSION = version.read(BASE_DIR)

# --- Where we run -----------------------------------------------------------------------------

DEBUG = env.bool("DEBUG", default=False)


def required_in_production(name: str, while_developing: str) -> str:
    """A variable that has no safe default. Raises ImproperlyConfigured if it is missing."""
    value: str = env.str(name, default=while_developing if DEBUG else "")
    if not value:
        raise ImproperlyConfigured(f"{name} manque : donnez-le dans .env (voir .env.example).")
    return value


SECRET_KEY = required_in_production("SECRET_KEY", "development-only")
# What the former ones signed is still believed: sessions, links, letters.
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
# Retired keys verify nothing; they only recognise the pupil numbers of erased children (accounts.erasure).
SECRET_KEY_RETIRED = env.list("SECRET_KEY_RETIRED", default=[])
# They seal the IBANs of organismes (payments.iban_keys): the first one is in force. Any long strings.
IBAN_KEYS = env.list("IBAN_KEYS", default=[])
# Where families reach us, without a path: QR codes and e-mails lead there.
SITE_URL = required_in_production("SITE_URL", "http://127.0.0.1:8000").rstrip("/")
# Without TLS nobody is served for real, and neither cookies nor redirections can be strict. Such a trial
# answers by any of its machine's addresses.
HTTPS = SITE_URL.startswith("https://") and not DEBUG
ALLOWED_HOSTS = [urlsplit(SITE_URL).hostname or ""] if HTTPS else ["*"]
# The proxy in front says whether the family came by TLS, and from which address; believed only when told so.
SECURE_PROXY = env.bool("SECURE_PROXY", default=False)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SECURE_PROXY else None
# Families read that the service comes back soon; agents still reach the administration.
MAINTENANCE = env.bool("MAINTENANCE", default=False)
# Acts that move much money or many people wait for a second agent. Off only for a team of one.
SECOND_AGENT = env.bool("SECOND_AGENT", default=True)
# How a pupil number is written: 9 for a digit, X for a digit or a letter; empty, as `accounts.identity` says.
PUPIL_NUMBER_FORMAT = env.str("PUPIL_NUMBER_FORMAT", default="")
if not re.fullmatch("[0-9A-Z]{0,20}", PUPIL_NUMBER_FORMAT):
    raise ImproperlyConfigured("PUPIL_NUMBER_FORMAT : des 9, des X et des capitales, 20 au plus.")
# Opens /metrics to who has it; nobody without.
METRICS_TOKEN = env.str("METRICS_TOKEN", default="")
if METRICS_TOKEN and len(METRICS_TOKEN) < 20:
    raise ImproperlyConfigured("METRICS_TOKEN : au moins 20 caractères (voir .env.example).")

# --- What it is made of -----------------------------------------------------------------------

INSTALLED_APPS = [
    "passplus",
    "demo",
    "operations",
    "backoffice",
    "privacy",
    "content",
    "applications",
    "payments",
    "tickets",
    "partners",
    "wallets",
    "accounts",
    "core",
    "passplus.apps.AdministrationConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.sessions",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
    "csp",
    "django_otp",
    "django_otp.plugins.otp_static",
    "django_otp.plugins.otp_totp",
    "post_office",
    "django_tasks",
    "django_tasks_db",
]
# Its worker is ours, and the queues are named there (core.tasks).
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["mail", "files"]}}

MIDDLEWARE = [
    "passplus.middleware.request_log.log_requests",
    "passplus.middleware.no_body.answer_head_without_a_body",
    # What says no headers of its own, such as a refusal by one of the next, has these.
    "passplus.middleware.browser_features.permissions_policy",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # Safe with secrets in the page: Django masks its tokens anew, and varies the length (BREACH).
    "django.middleware.gzip.GZipMiddleware",
    "passplus.middleware.probes.answer_probes",
    "passplus.middleware.methods.refuse_other_methods",
    "passplus.middleware.maintenance.close_for_maintenance",
    "passplus.middleware.nul_characters.refuse_nul_characters",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    # What it does comes after all of them have said who is there.
    "passplus.middleware.bodies.CheckBody",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "passplus.middleware.sign_in.LogInFirst",
    "passplus.middleware.caches.keep_personal_pages_out_of_caches",
    "django.contrib.messages.middleware.MessageMiddleware",
    "passplus.middleware.idle_sessions.end_idle_sessions",
    "passplus.middleware.waiting.TooManyAttemptsPage",
]

ROOT_URLCONF = "passplus.urls"
WSGI_APPLICATION = "passplus.wsgi.application"

CONTEXT_PROCESSORS = [
    "django.template.context_processors.request",
    "django.contrib.auth.context_processors.auth",
    "django.contrib.messages.context_processors.messages",
]
TEMPLATES = [
    # The pages of families, their e-mails and their PDFs.
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "environment": "passplus.jinja.environment",
            "context_processors": [*CONTEXT_PROCESSORS, "passplus.context.frame"],
        },
    },
    # The administration, which is Django's (backoffice/templates).
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["django.templatetags.static", "passplus.templatetags.passplus"],
            "context_processors": CONTEXT_PROCESSORS,
        },
    },
]
FORM_RENDERER = "passplus.form_renderer.FormRenderer"

# --- Data -------------------------------------------------------------------------------------

# PgBouncer stands between, in transaction mode, where an address is given that goes past it: each transaction
# may be another connection of PostgreSQL's.
DATABASE_POOLER = bool(env.str("DATABASE_DIRECT_URL", default=""))

# SQLite for a trial; PostgreSQL for a production (operations.deployment refuses another).
DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{BASE_DIR / 'var' / 'passplus.sqlite3'}")}
# A copy that is a moment behind. The directory asks it, by this name; nothing else does.
REPLICA = "default"
# Past the pooler, or as who may remake the tables; the pages have no such way.
own_way = [name for name in databases.ADDRESSES[databases.current] if env.str(name, default="")]
if own_way:
    DATABASES, DATABASE_POOLER = {"default": env.db(own_way[0])}, False
elif env.str("DATABASE_REPLICA_URL", default=""):
    REPLICA = "replica"
    DATABASES[REPLICA] = env.db("DATABASE_REPLICA_URL") | {"TEST": {"MIRROR": "default"}}
DATABASES = {
    name: databases.as_sqlite(facts)
    if facts["ENGINE"].endswith("sqlite3")
    else databases.as_postgresql(
        facts,
        process=databases.current,
        pooler=DATABASE_POOLER,
    )
    for name, facts in DATABASES.items()
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Where `manage.py backup` puts its copies: the one place that the service may write (deploy/systemd), and in
# containers a volume.
BACKUP_DIR = "/var/backups/passplus"
# The page « Données personnelles » says it.
BACKUP_DAYS = 30
# Who reads them: public keys of age. What signs them: Ed25519, in base64.
BACKUP_KEYS = env.list("BACKUP_KEYS", default=[])
BACKUP_SIGNING_KEY = env.str("BACKUP_SIGNING_KEY", default="")

# --- Whom it asks -----------------------------------------------------------------------------

SERVICES = services.read(BASE_DIR / "services.toml", is_trial=DEBUG)

# --- Who comes in -----------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["accounts.backends.ThrottledBackend"]
LOGIN_URL = "accounts:login"
LOGIN_REDIRECT_URL = "passplus:start"
LOGOUT_REDIRECT_URL = "accounts:login"
PASSWORD_HASHERS = ["accounts.hashers.Argon2id", "django.contrib.auth.hashers.PBKDF2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {"NAME": "accounts.validators.MaximumLengthValidator"},
    {"NAME": "partners.password_validator.LocalPasswordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("username", "first_name", "last_name", "email")},
    },
]
PASSWORD_RESET_TIMEOUT = 60 * 60 * 24
# A letter is printed, handed out, laid aside and found again.
ACCESS_CODE_TIMEOUT = 60 * 60 * 24 * 60
SESSION_ENGINE = "accounts.sessions"
REMEMBERED_FOR = 60 * 60 * 24 * 30
# Without « Restez connecté » a session ends with the browser, or after so many seconds without a visit.
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
# A shared computer, at the library or at school, is left to somebody else within the hour.
SESSION_IDLE = 60 * 60
# However busy, it ends after so long; a remembered one after REMEMBERED_FOR.
SESSION_LONGEST = 60 * 60 * 24

# What one account may ask for: many times what a family does, and little for the service
# (docs/decisions.md). No variable of the environment raises it; the proofs have settings of their own.
# Of orders, and as many of cancellations.
ORDERS_AT_ONCE, ORDERS_WITHIN = 60, dt.timedelta(hours=1)
PDFS_AT_ONCE = 20
# Of what happens to a child's tickets, so many messages come alone; then one in ten minutes tells the rest.
NOTICES_ALONE = 3

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_NAME = "__Host-sessionid" if HTTPS else "sessionid"
CSRF_COOKIE_NAME = "__Host-csrftoken" if HTTPS else "csrftoken"
DEVICE_COOKIE_NAME = "__Host-device" if HTTPS else "device"
# No script of ours reads it: forms carry their token.
CSRF_COOKIE_HTTPONLY = True
MESSAGE_STORAGE = "core.message_storage.Storage"
NOTES_COOKIE_NAME = "__Host-messages" if HTTPS else "messages"
REFUSED_COOKIE_NAME = "__Host-refus" if HTTPS else "refus"
POSITION_COOKIE_NAME = "__Host-position" if HTTPS else "position"
CSRF_FAILURE_VIEW = "passplus.views.faults.csrf_failure"
SECURE_SSL_REDIRECT = HTTPS
# To us, whatever Host the one who asked in clear has claimed.
SECURE_SSL_HOST = urlsplit(SITE_URL).netloc
# What watches over this machine asks it in clear, from beside it.
SECURE_REDIRECT_EXEMPT = ["^(healthz|readyz|metrics)$"]
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
# Where browsers tell what they held back (operations.violations.view).
VIOLATIONS_URL = "/violations/"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        # A form that logs out goes on to the provider by which its session began.
        "form-action": [SELF, *services.openid_origins(SERVICES)],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        # The name is given by a header (passplus.middleware.browser_features); browsers that know no names
        # ask the address.
        "report-to": "csp",
        "report-uri": VIOLATIONS_URL,
    }
}

# Where the pictures of the map come from, once somebody asks for it: the State's own (Géoplateforme, IGN),
# free to use. Without them the map has a plain ground, and no visitor asks anybody else for anything.
MAP_TILES = (
    (
        "https://data.geopf.fr/wmts?SERVICE=WMTS&VERSION=1.0.0&REQUEST=GetTile"
        "&LAYER=GEOGRAPHICALGRIDSYSTEMS.PLANIGNV2&STYLE=normal&FORMAT=image/png"
        "&TILEMATRIXSET=PM&TILEMATRIX={z}&TILEROW={y}&TILECOL={x}"
    )
    if env.bool("MAP_TILES", default=True)
    else ""
)
MAP_TILES_ATTRIBUTION = "© IGN, Plan IGN"

# --- How long it remembers people -------------------------------------------------------------


def kept_for(name: str, days: int) -> dt.timedelta:
    """How long something about people is kept. Raises ImproperlyConfigured: not at all is a mistake."""
    number = env.int(name, default=days)
    if number < 1:
        raise ImproperlyConfigured(f"{name} : un nombre de jours, au moins 1 (voir .env.example).")
    return dt.timedelta(days=number)


# `manage.py purge` keeps to them, and the page « Données personnelles » says them.
KEEP_FAMILIES = kept_for("KEEP_FAMILIES", 2 * 365)
KEEP_JOURNAL = kept_for("KEEP_JOURNAL", 3 * 365)
# The CNIL asks for six months to a year (délibération 2021-122, on logs).
KEEP_SIGN_INS = KEEP_SECURITY_LOG = dt.timedelta(days=365)
# No longer than they serve: who had which message, what an import refused, whom a family proposed.
KEEP_EMAILS = dt.timedelta(days=90)
KEEP_IMPORTS = dt.timedelta(days=30)
KEEP_SUGGESTIONS = dt.timedelta(days=365)

# --- What it says -----------------------------------------------------------------------------

LANGUAGE_CODE = "fr"
FORMAT_MODULE_PATH = "passplus.formats"
TIME_ZONE = "Europe/Paris"
USE_TZ = True
BRAND = branding.read(BASE_DIR / "brand.toml")
# The name that an agent's telephone gives to the codes of the second factor.
# How often one may try is counted by core.throttle; theirs would refuse a right code for hours.
OTP_TOTP_THROTTLE_FACTOR = OTP_STATIC_THROTTLE_FACTOR = 0
OTP_TOTP_ISSUER = f"{BRAND['name']} administration"
# What the texts that staff write may name between braces: dates, amounts, how to reach us.
CONTENT_FACTS = "content.placeholders.known"

# --- E-mails ----------------------------------------------------------------------------------

EMAIL_TIMEOUT = 20
vars().update(environ.Env.email_url_config(required_in_production("EMAIL_URL", "consolemail://")))
# No page talks to a mail server: what is sent is a row of the outbox, and a task sends it.
POST_OFFICE = {
    "BACKENDS": {"default": vars()["EMAIL_BACKEND"]},
    # The same when a message is sent again, so that whoever received it twice sees it once.
    "MESSAGE_ID_ENABLED": True,
    "MESSAGE_ID_FQDN": urlsplit(SITE_URL).hostname,
}
EMAIL_BACKEND = "core.outbox.OutboxBackend"
# Whoever looks after the machine: told of a command that failed, and of what the doctor finds.
ALERT_EMAIL = env.str("ALERT_EMAIL", default="")
_SENDER = formataddr((BRAND["name"], "ne-pas-repondre@passplus.example"))
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default=_SENDER)

# --- Static files -----------------------------------------------------------------------------

STATIC_URL = "static/"
STATIC_ROOT = str(BASE_DIR / "var" / "static")
# Leaflet comes in a package; its Django app would do what ours does.
LEAFLET = str(distribution("django-leaflet").locate_file("leaflet/static/leaflet"))
STATICFILES_DIRS = [BASE_DIR / "static", ("leaflet", LEAFLET)]
# Served at the root of the site: browsers ask for /favicon.ico unasked, beside a PDF for instance.
WHITENOISE_ROOT = BASE_DIR / "static" / "root"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# --- Logs -------------------------------------------------------------------------------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        # For the eyes of who develops: it hides nothing.
        "plain": {"format": "%(levelname)s %(message)s"},
        "json": {"()": "operations.logs.Json"},
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain" if DEBUG else "json"}},
    # A line a page; a trial's terminal is for its e-mails.
    "root": {"handlers": ["console"], "level": "INFO" if HTTPS else "WARNING"},
    "loggers": {
        # They tell every step of every PDF.
        "weasyprint": {"level": "ERROR"},
        "fontTools": {"level": "WARNING"},
        # What it says inside a worker may carry an address.
        "gunicorn.error": {"handlers": ["console"], "propagate": False},
    },
}

# Faults are told there too, if it is given.
SENTRY_DSN = env.str("SENTRY_DSN", default="")
