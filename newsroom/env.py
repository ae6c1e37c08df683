"""Reads environment variables as typed values. A wrong value raises ImproperlyConfigured with one clear sentence."""

import os
from urllib.parse import unquote, urlsplit

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

TRUE = {"1", "true", "yes", "on"}
FALSE = {"", "0", "false", "no", "off"}
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


def choice(name, default, allowed):
    value = text(name).upper() or default
    if value not in allowed:
        raise ImproperlyConfigured(f"{name}={value} is none of {', '.join(allowed)}.")
    return value


def required_in_production(name, debug, default):
    """The variable's value. If it is missing: `default` in development, ImproperlyConfigured in production."""
    value = text(name)
    if value:
        return value
    if debug:
        return default
    raise ImproperlyConfigured(f"{name} is not set. Set it, or DEBUG=1 on your own machine.")


DATABASE_SCHEMES = ("sqlite", "postgres", "postgresql")


def database(name, url, **options):
    """Django's settings for the database. Error messages never repeat the address, which may hold a password."""
    parts = urlsplit(url)
    if parts.scheme not in DATABASE_SCHEMES or (parts.scheme != "sqlite" and len(parts.path) < 2):
        raise ImproperlyConfigured(f"{name} is neither postgres://user:password@host/database nor sqlite:///path.")
    try:
        return dj_database_url.parse(url, conn_health_checks=True, **options)
    except ValueError:
        raise ImproperlyConfigured(f"{name} cannot be read: is its port a number?") from None


EMAIL_SCHEMES = {"smtp": {}, "smtp+tls": {"EMAIL_USE_TLS": True}, "smtps": {"EMAIL_USE_SSL": True}}


def email(url):
    """Django's e-mail settings from `smtp+tls://user:password@host:587`, or `console://`."""
    parts = urlsplit(url)
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
