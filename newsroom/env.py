"""Reads environment variables as typed values. A wrong value raises ImproperlyConfigured with one clear sentence."""

import os
from importlib.util import find_spec
from typing import NamedTuple
from urllib.parse import parse_qsl, unquote, urlsplit

import dj_database_url
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.core.validators import validate_email

TRUE = {"1", "true", "yes", "on"}
FALSE = {"", "0", "false", "no", "off"}
SECOND_FACTOR = ("administrators", "approvers", "editors", "translators", "writers", "everybody")
LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")


def text(name, default=""):
    return os.environ.get(name, default).strip()


def flag(name, default=False):
    raw = os.environ.get(name)
    if raw is None:
        return default
    value = raw.strip().lower()
    if value not in TRUE | FALSE:
        raise ImproperlyConfigured(f"{name}={raw!r} is neither true nor false (use 1 or 0).")
    return value in TRUE


def number(name, default):
    raw = os.environ.get(name)
    if raw is None or not raw.strip():
        return default
    try:
        return int(raw)
    except ValueError:
        raise ImproperlyConfigured(f"{name}={raw!r} is not a whole number.") from None


UNITS = {"": 1, "k": 1024, "m": 1024**2, "g": 1024**3}


def size(name, default, on):
    """A number of bytes, such as `64M`; 1 and "on" mean `on` bytes, 0 and "off" none."""
    raw = text(name).lower()
    if not raw or raw in TRUE | FALSE:
        return {True: on, False: 0}[raw in TRUE] if raw else default
    number, unit = (raw, "") if raw[-1].isdecimal() else (raw[:-1], raw[-1])
    if not (number.isascii() and number.isdecimal()) or unit not in UNITS:
        raise ImproperlyConfigured(f"{name}={raw} is neither a number of bytes (64M) nor off.")
    return int(number) * UNITS[unit]


def comma_separated(name, default=()):
    """A list from comma-separated text: `ALLOWED_HOSTS=news.example.org,www.example.org`."""
    raw = os.environ.get(name)
    if raw is None:
        return list(default)
    return [word.strip() for word in raw.split(",") if word.strip()]


def setting_parts(name, address):
    """`urlsplit` of a setting; the refusal does not repeat it, since it may hold a password."""
    try:
        return urlsplit(address)
    except ValueError:
        raise ImproperlyConfigured(f"{name} is no address: its host has one bracket.") from None


def web_address(name):
    """An address of the web, or nothing."""
    raw = text(name)
    parts = setting_parts(name, raw)
    if raw and (parts.scheme not in ("http", "https") or not parts.hostname):
        raise ImproperlyConfigured(f"{name}={raw} is no address that begins with https:// or http://.")
    return raw


def uris(name):
    """Addresses of any kind, separated by commas; an e-mail address may come without its `mailto:`."""
    found = [f"mailto:{one}" if "@" in one and ":" not in one else one for one in comma_separated(name)]
    for one in found:
        if setting_parts(name, one).scheme not in ("mailto", "tel", "https"):
            raise ImproperlyConfigured(f"{name}: {one} is neither a mail address nor begins with https: or tel:.")
    return found


def mail_addresses(name):
    """E-mail addresses, separated by commas."""
    found = comma_separated(name)
    for one in found:
        try:
            validate_email(one)
        except ValidationError:
            raise ImproperlyConfigured(f"{name}: {one} is no mail address.") from None
    return found


def choice(name, default, allowed):
    value = text(name).upper() or default
    if value not in allowed:
        raise ImproperlyConfigured(f"{name}={value} is none of {', '.join(allowed)}.")
    return value


def some_of(name, allowed):
    """A list of words from comma-separated text, each one of those that are allowed."""
    words = [word.lower() for word in comma_separated(name)]
    if unknown := [word for word in words if word not in allowed]:
        raise ImproperlyConfigured(f"{name}: {unknown[0]} is none of {', '.join(allowed)}.")
    return words


def required_in_production(name, debug, default):
    """The variable's value. If it is missing: `default` in development, ImproperlyConfigured in production."""
    value = text(name)
    if value:
        return value
    if debug:
        return default
    raise ImproperlyConfigured(f"{name} is not set. Set it, or DEBUG=1 on your own machine.")


SECRET_LENGTH = 16


def secret(name):
    """A secret, or nothing. One that is short can be guessed."""
    value = text(name)
    if value and (len(value) < SECRET_LENGTH or not value.isascii() or not value.isprintable() or " " in value):
        raise ImproperlyConfigured(f"{name} needs {SECRET_LENGTH} characters or more: letters and digits, no spaces.")
    return value


DATABASE_SCHEMES = ("sqlite", "postgres", "postgresql")


def database(name, url, **options):
    """Django's settings for the database. Error messages never repeat the address, which may hold a password."""
    parts = setting_parts(name, url)
    if parts.scheme not in DATABASE_SCHEMES or (parts.scheme != "sqlite" and len(parts.path) < 2):
        raise ImproperlyConfigured(f"{name} is neither postgres://user:password@host/database nor sqlite:///path.")
    try:
        return dj_database_url.parse(url, conn_health_checks=True, **options)
    except ValueError:
        raise ImproperlyConfigured(f"{name} cannot be read: is its port a number?") from None


# A replica that hangs must cost a reader less than one that is away: the primary is asked instead.
REPLICA_OPTIONS = {"connect_timeout": 2, "tcp_user_timeout": 3000}  # seconds; milliseconds


def replica(name, primary):
    """Django's settings for a replica of the primary: another address, the same manner to connect."""
    found = database(name, text(name))
    if not found["ENGINE"] == primary["ENGINE"] == "django.db.backends.postgresql":
        raise ImproperlyConfigured(f"{name} needs PostgreSQL, there and in DATABASE_URL.")
    options = primary["OPTIONS"] | REPLICA_OPTIONS | found.get("OPTIONS", {})
    address = {part: found[part] for part in ("NAME", "USER", "PASSWORD", "HOST", "PORT")}
    return primary | address | {"OPTIONS": options, "TEST": {"MIRROR": "default"}}


def object_storage(name):
    """Options of the media storage from `s3://id:key@bucket/folder?endpoint=https://host&region=…`; {} without.

    Without id and key boto3 looks for them where Amazon's programs do (AWS_ACCESS_KEY_ID, the machine's role).
    """
    parts = setting_parts(name, text(name))
    if not parts.geturl():
        return {}
    if find_spec("storages") is None:
        raise ImproperlyConfigured(f"{name} needs the package django-storages[s3], which is not installed.")
    given = dict(parse_qsl(parts.query))
    endpoint, region = given.pop("endpoint", ""), given.pop("region", "")
    if parts.scheme != "s3" or not parts.hostname or given or bool(parts.username) != bool(parts.password):
        raise ImproperlyConfigured(f"{name} is not s3://id:key@bucket/folder?endpoint=https://host&region=name.")
    if endpoint and not (
        setting_parts(name, endpoint).scheme in ("http", "https") and setting_parts(name, endpoint).hostname
    ):
        raise ImproperlyConfigured(f"{name}: the endpoint does not begin with https:// or http://.")
    found = {
        "bucket_name": parts.hostname,
        "location": parts.path.strip("/"),
        "endpoint_url": endpoint,
        "region_name": region,
        "access_key": unquote(parts.username or ""),
        "secret_key": unquote(parts.password or ""),
    }
    return {option: value for option, value in found.items() if value}


CACHES_IN_FRONT = ("varnish", "fastly", "cloudflare")


def caches_in_front(name):
    """[(kind, token, where)] from `varnish://host:port`, `fastly://token@service` and `cloudflare://token@zone`.

    Names of services are kept as they are written: capitals count.
    """
    found = []
    for address in comma_separated(name):
        kind, _, rest = address.partition("://")
        token, _, where = rest.strip("/").rpartition("@")
        if kind not in CACHES_IN_FRONT or not where or "/" in where or bool(token) == (kind == "varnish"):
            raise ImproperlyConfigured(
                f"{name} is none of varnish://host:port, fastly://token@service, cloudflare://token@zone."
            )
        found.append((kind, unquote(token), where))
    return found


class TranslationService(NamedTuple):
    """`address` begins with https:// or http:// and ends without a slash; `key` is "" where none is needed."""

    kind: str
    address: str
    host: str
    key: str


TRANSLATION_SCHEMES = {
    "libretranslate": ("libretranslate", "https"),
    "libretranslate+http": ("libretranslate", "http"),
    "deepl": ("deepl", "https"),
}


def translation_service(name):
    """A TranslationService from `libretranslate://key@host`, `libretranslate+http://host:port` or `deepl://key@host`."""
    parts = setting_parts(name, text(name))
    if not parts.geturl():
        return None
    kind, scheme = TRANSLATION_SCHEMES.get(parts.scheme, ("", ""))
    key, _, where = parts.netloc.rpartition("@")
    if not kind or not parts.hostname or parts.query or parts.fragment or (kind == "deepl" and not key):
        raise ImproperlyConfigured(
            f"{name} is none of libretranslate://key@host, libretranslate+http://host:port, deepl://key@api.deepl.com."
        )
    return TranslationService(kind, f"{scheme}://{where}{parts.path.rstrip('/')}", parts.hostname, unquote(key))


EMAIL_SCHEMES = {"smtp": {}, "smtp+tls": {"EMAIL_USE_TLS": True}, "smtps": {"EMAIL_USE_SSL": True}}


def email(url):
    """Django's e-mail settings from `smtp+tls://user:password@host:587`, or `console://`."""
    parts = setting_parts("EMAIL_URL", url)
    try:
        port = parts.port
    except ValueError:
        raise ImproperlyConfigured("EMAIL_URL has a port that is no number.") from None
    if parts.scheme == "console":
        return {"EMAIL_BACKEND": "django.core.mail.backends.console.EmailBackend"}
    if parts.scheme not in EMAIL_SCHEMES or not parts.hostname:
        raise ImproperlyConfigured("EMAIL_URL is none of smtp://, smtp+tls://, smtps://, console:// with a host.")
    return EMAIL_SCHEMES[parts.scheme] | {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": port or {"smtps": 465}.get(parts.scheme, 587),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_TIMEOUT": 10,
    }


def single_sign_on(is_secure):
    """The settings of OpenID Connect, OIDC_…; without OIDC_ISSUER there is none."""
    issuer, client = web_address("OIDC_ISSUER"), text("OIDC_CLIENT_ID")
    if issuer and not client:
        raise ImproperlyConfigured("OIDC_ISSUER is set, and OIDC_CLIENT_ID is not.")
    if is_secure and issuer.startswith("http:"):
        raise ImproperlyConfigured("OIDC_ISSUER does not begin with https://.")
    return {
        "OIDC_ISSUER": issuer,
        "OIDC_CLIENT_ID": client,
        "OIDC_CLIENT_SECRET": text("OIDC_CLIENT_SECRET"),
        "OIDC_NAME": text("OIDC_NAME"),
        "OIDC_CLAIM": text("OIDC_CLAIM", "sub"),
        "OIDC_CREATE_ACCOUNTS": flag("OIDC_CREATE_ACCOUNTS"),
        "OIDC_SECOND_FACTOR": flag("OIDC_SECOND_FACTOR"),
    }
