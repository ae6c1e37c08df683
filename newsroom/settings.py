"""All settings, read from the environment; deploy/README.md ("Settings") lists the variables."""

from pathlib import Path

from csp.constants import NONCE, NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _
from js_asset import static_lazy

from . import env
from .serving import log_settings

BASE_DIR = Path(__file__).resolve().parent.parent

DEBUG = env.flag("DEBUG")
SECRET_KEY = env.required_in_production("SECRET_KEY", DEBUG, "insecure-key-for-one-machine-only")
ALLOWED_HOSTS = env.comma_separated("ALLOWED_HOSTS")
if not ALLOWED_HOSTS and not DEBUG:
    raise ImproperlyConfigured("ALLOWED_HOSTS is not set. Give the site's host names, separated by commas.")
CSRF_TRUSTED_ORIGINS = env.comma_separated("CSRF_TRUSTED_ORIGINS")

# Size in bytes of the page cache of each process; off in development by default.
PAGE_CACHE = env.size("PAGE_CACHE", default=0 if DEBUG else 32 * 1024 * 1024, on=32 * 1024 * 1024)

INSTALLED_APPS = [
    "newsroom",
    "articles",
    "contacts",
    "newsroom.apps.NewsroomAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_filters",
    "django_prose_editor",
    "drf_spectacular_sidecar",
    "csp",
    "axes",
]

MIDDLEWARE = [
    "newsroom.middleware.outermost",
    *(["newsroom.pagecache.middleware.PageCache"] if PAGE_CACHE else []),
    "newsroom.middleware.security_headers",
    "django.middleware.security.SecurityMiddleware",
    *([] if DEBUG else ["whitenoise.middleware.WhiteNoiseMiddleware"]),  # runserver serves its own
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "newsroom.middleware.Language",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "newsroom.login.middleware.UserOfSession",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "axes.middleware.AxesMiddleware",
    "newsroom.addresses.one_spelling",
]

ROOT_URLCONF = "newsroom.urls"
WSGI_APPLICATION = "newsroom.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "newsroom.templatetags.site_frame.for_all_templates",
            ],
        },
    },
]

# Database: DATABASE_URL, or SQLite beside the code. With IMMEDIATE a transaction takes SQLite's one write lock when it
# starts, so that a writer waits instead of failing half-way. ATOMIC_REQUESTS must stay off: every reader would take
# that lock.
DATABASE_URL = env.text("DATABASE_URL") or f"sqlite:///{BASE_DIR / 'db.sqlite3'}"
DATABASES = {"default": env.database("DATABASE_URL", DATABASE_URL, conn_max_age=env.number("CONN_MAX_AGE", 60))}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
else:
    OPTIONS = DATABASES["default"].setdefault("OPTIONS", {})
    OPTIONS.setdefault("connect_timeout", 5)  # seconds; readers get the 503 page after them
    # PostgreSQL plans a query anew each time, unless it was prepared on the same connection. A pooler that gives
    # each transaction another connection (pgbouncer, pool_mode=transaction) allows neither that nor cursors that stay.
    if env.flag("TRANSACTION_POOLING"):
        DATABASES["default"]["DISABLE_SERVER_SIDE_CURSORS"] = True
    else:
        OPTIONS.update(server_side_binding=True, prepare_threshold=2)
if env.text("DATABASE_REPLICA_URL"):
    DATABASES["replica"] = env.replica("DATABASE_REPLICA_URL", DATABASES["default"])
    DATABASE_ROUTERS = ["newsroom.cluster.replica.Router"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHE_URL = env.text("CACHE_URL")
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
if CACHE_URL.startswith(("redis://", "rediss://")):
    CACHES["default"] = {"BACKEND": "newsroom.cluster.shared_cache.SharedCache", "LOCATION": CACHE_URL}
elif CACHE_URL not in ("", "locmem://"):
    raise ImproperlyConfigured("CACHE_URL is neither locmem:// nor redis://… .")

# Caches in front of the site, which are purged after each publication: newsroom/cluster/purge.py.
PURGE = env.caches_in_front("PURGE_URL")

# The service that drafts translations, if there is one: articles/translating/machine_service.py.
TRANSLATION = env.translation_service("TRANSLATION_URL")

# Languages of content and interface: the six of the United Nations. CONTRIBUTING says how to add one.
LANGUAGE_CODE = "en"
LANGUAGES = [
    ("en", _("English")),
    ("fr", _("French")),
    ("es", _("Spanish")),
    ("ar", _("Arabic")),
    ("ru", _("Russian")),
    ("zh", _("Chinese")),
]
LOCALE_PATHS = [BASE_DIR / "newsroom" / "locale"]
FORMAT_MODULE_PATH = ["newsroom.formats"]
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "static/"
STATIC_ROOT = Path(env.text("STATIC_ROOT") or BASE_DIR / "staticfiles")
MEDIA_URL = "media/"
MEDIA_ROOT = Path(env.text("MEDIA_ROOT") or BASE_DIR / "media")
# Several machines share their media files by an object storage; without one they are in MEDIA_ROOT.
MEDIA_STORAGE = env.object_storage("MEDIA_STORAGE")
STORAGES = {
    "default": {"BACKEND": "newsroom.cluster.object_storage.ObjectStorage", "OPTIONS": MEDIA_STORAGE}
    if MEDIA_STORAGE
    else {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "admin:login"
LOGIN_REDIRECT_URL = "admin:index"
CSRF_FAILURE_VIEW = "newsroom.views.csrf_failure"
PASSWORD_RESET_TIMEOUT = 4 * 60 * 60  # seconds
# Users who must have a second factor: administrators, approvers, editors, translators, writers, everybody.
SECOND_FACTOR = env.some_of("SECOND_FACTOR", env.SECOND_FACTOR)
# Single sign-on by OpenID Connect: newsroom/login/sso. Without OIDC_ISSUER there is none.
vars().update(env.single_sign_on(is_secure=not DEBUG))
# Wrong passwords: newsroom/login/limits.py has the limits.
AXES_ENABLE_ADMIN = False  # its lists are English in several languages; `manage.py axes_reset` unlocks
AXES_HANDLER = "newsroom.login.limits.Handler"
AXES_FAILURE_LIMIT = 10
AXES_COOLOFF_TIME = 0.25  # hours
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False  # or anybody could make an owner wait for ever
AXES_RESET_ON_SUCCESS = True
AXES_SENSITIVE_PARAMETERS = ["_kept", "csrfmiddlewaretoken", "code", "passkey"]  # axes stores the beginning of the post
AXES_LOCKOUT_PARAMETERS = "newsroom.login.limits.lockout_parameters"
AXES_USERNAME_CALLABLE = "newsroom.login.limits.counted_name"
AXES_CLIENT_IP_CALLABLE = "contacts.visitors.addresses.client_address"
AXES_CLIENT_STR_CALLABLE = "newsroom.login.limits.client_for_the_log"
AXES_LOCKOUT_CALLABLE = "newsroom.views.locked_out"

# Security. TRUST_PROXY_HEADERS=1 trusts the X-Forwarded-Proto of a proxy that terminates TLS; TRUSTED_PROXIES is the
# number of proxies that append to X-Forwarded-For.
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not DEBUG
SECURE_SSL_REDIRECT = env.flag("SECURE_SSL_REDIRECT", default=not DEBUG)
SECURE_HSTS_SECONDS = env.number("SECURE_HSTS_SECONDS", 0 if DEBUG else 31_536_000)
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = env.flag("SECURE_HSTS_INCLUDE_SUBDOMAINS", default=not DEBUG)
TRUSTED_PROXIES = env.number("TRUSTED_PROXIES", int(env.flag("TRUST_PROXY_HEADERS")))
if TRUSTED_PROXIES < 0:
    raise ImproperlyConfigured("TRUSTED_PROXIES is less than 0.")
if env.flag("TRUST_PROXY_HEADERS") or TRUSTED_PROXIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:"],
        "media-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
    }
}

EMAIL_URL = env.text("EMAIL_URL")
if EMAIL_URL:
    vars().update(env.email(EMAIL_URL))
elif DEBUG:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = BASE_DIR / "mail"
else:
    EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
# The operators, who get a mail when something that is due does not happen: newsroom/doctor/alarm.py.
ALARM_EMAIL = env.mail_addresses("ALARM_EMAIL")
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.text("DEFAULT_FROM_EMAIL", "newsroom@localhost")

# The organisation's name on public pages.
NEWSROOM_NAME = env.text("NEWSROOM_NAME", "Newsroom")
# Its name in one language, where it differs: NEWSROOM_NAME_FR and so on.
NEWSROOM_NAMES = {code: env.text(f"NEWSROOM_NAME_{code.upper()}") for code, _ in LANGUAGES}
NEWSROOM_BASE_URL = env.text("NEWSROOM_BASE_URL")
# What feeds, sitemaps and records say for programs of others.
NEWSROOM_RIGHTS = env.text("NEWSROOM_RIGHTS")
NEWSROOM_LICENCE = env.web_address("NEWSROOM_LICENCE")
WEBSUB_HUB = env.web_address("WEBSUB_HUB")
SECURITY_CONTACT = env.uris("SECURITY_CONTACT")
SECURITY_POLICY = env.web_address("SECURITY_POLICY")
SHARE_FONTS = env.text("SHARE_FONTS", "/usr/share/fonts")
# Nobody approves an article that they wrote or submitted. An office of one person may switch it off.
FOUR_EYES = env.flag("FOUR_EYES", default=not DEBUG)
# Trusted writers approve the articles of their own office, also those that they wrote.
TRUSTED_PUBLISH = env.flag("TRUSTED_PUBLISH")
# How often pages are opened is counted, without cookies and without anything of the reader.
READER_FIGURES = env.flag("READER_FIGURES", True)
# After so many days names, addresses and words of enquiries are deleted; the contact page says so.
ENQUIRY_DAYS = env.number("ENQUIRY_DAYS", 180)
if ENQUIRY_DAYS < 1:
    raise ImproperlyConfigured("ENQUIRY_DAYS is less than 1.")
ARTICLE_KINDS = []
FIXTURE_APPS = ["contacts", "articles", "newsroom"]  # the apps whose models fixtures may contain
ARTICLES_PER_PAGE = 20
IMAGE_MAX_PIXELS = 40_000_000
IMAGE_MAX_BYTES = 20 * 1024 * 1024
ATTACHMENT_MAX_BYTES = 50 * 1024 * 1024
RECORDING_MAX_BYTES = env.number("RECORDING_MAX_MEGABYTES", 200) * 1024 * 1024  # video and audio
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "articles.media.uploads.UploadHandler",
]
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024  # of a form without its files

# The public API: articles/api. It knows no users, and its answers are JSON. How many answers that no cache has one
# IP address gets in a minute; 0: any number.
API_PER_MINUTE = env.number("API_PER_MINUTE", 120)
REST_FRAMEWORK = {"UNAUTHENTICATED_USER": None, "UNAUTHENTICATED_TOKEN": None, "DATETIME_FORMAT": "iso-8601"}
SPECTACULAR_SETTINGS = {
    "OAS_VERSION": "3.1.0",
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "SERVE_INCLUDE_SCHEMA": False,
    "POSTPROCESSING_HOOKS": ["articles.api.schema.without_marks"],  # enumerations stay where they are used
    "COMPONENT_NO_READ_ONLY_REQUIRED": True,  # clients may leave any field of a resource out
    "ENUM_GENERATE_CHOICE_DESCRIPTION": False,
}

# Webhooks go to public addresses by https. Only tests let them go to this machine.
WEBHOOKS_ALLOW_PRIVATE = False

# Clients with it may read /metrics; without it there is no such page, and nothing is counted.
METRICS_TOKEN = env.secret("METRICS_TOKEN")

# Errors are reported to a Sentry-compatible service: newsroom/serving/reporting.py.
SENTRY_DSN = env.web_address("SENTRY_DSN")
LOG_SLOW_QUERIES = env.number("LOG_SLOW_QUERIES", 0)  # milliseconds; 0: none

# Logs go to stderr, requests that were answered with an error included.
LOG_FORMAT = env.choice("LOG_FORMAT", "LINE", ("LINE", "JSON"))
LOGGING = log_settings.to_stderr(LOG_FORMAT.lower(), env.choice("LOG_LEVEL", "INFO", env.LOG_LEVELS))

# Our extensions of the rich text editor; those with a name that it has itself take the place of its own.
# The forms clean HTML with articles.html: nothing is added to the editor's allow-list.
DJANGO_PROSE_EDITOR_EXTENSIONS = [
    {"js": [static_lazy(f"newsroom/js/{file}")], "extensions": dict.fromkeys(names, lambda config, shared: None)}
    for file, names in {
        "prose-language.js": ["OwnLanguage"],
        "prose-figure.js": ["Figure", "FigureGroup", "Caption", "Image"],
        "prose-html.js": ["KeepHTML", "ListItem", "Table", "TableHeader", "TableRow"],
        "prose-link.js": ["Link"],
        "prose-marks.js": ["Bdi", "Bold", "Italic", "Span", "Strike"],
        "prose-paste.js": ["Cleaner", "HTML"],
        "prose-selection.js": ["KeepSelected"],
    }.items()
]
