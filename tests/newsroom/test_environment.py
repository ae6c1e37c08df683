"""Odd or missing values stop the start with one clear line; production is safe when little is set."""

import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.one_database

ROOT = Path(__file__).parents[2]
PRODUCTION = {"SECRET_KEY": "x" * 40 + "0123456789", "ALLOWED_HOSTS": "news.example.org"}


def start(code="import newsroom.wsgi", **environment):
    """A new process with nothing in its environment but this."""
    command = [sys.executable, "-c", code]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60)


@pytest.mark.parametrize(
    ("environment", "message"),
    [
        ({}, "SECRET_KEY is not set. Set it, or DEBUG=1 on your own machine."),
        ({"SECRET_KEY": "k"}, "ALLOWED_HOSTS is not set. Give the site's host names, separated by commas."),
        ({"DEBUG": "perhaps"}, "DEBUG='perhaps' is neither true nor false (use 1 or 0)."),
        ({**PRODUCTION, "CONN_MAX_AGE": "soon"}, "CONN_MAX_AGE='soon' is not a whole number."),
        (
            {**PRODUCTION, "DATABASE_URL": "mysql://root:secret@host/news"},
            "DATABASE_URL is neither postgres://user:password@host/database nor sqlite:///path.",
        ),
        (
            {**PRODUCTION, "DATABASE_URL": "postgres://host"},
            "DATABASE_URL is neither postgres://user:password@host/database nor sqlite:///path.",
        ),
        (
            {**PRODUCTION, "DATABASE_URL": "postgres://u:secret@host:x/news"},
            "DATABASE_URL cannot be read: is its port a number?",
        ),
        (
            {**PRODUCTION, "WEBSUB_HUB": "hub.example.org"},
            "WEBSUB_HUB=hub.example.org is no address that begins with https:// or http://.",
        ),
        (
            {**PRODUCTION, "SECURITY_CONTACT": "security@example.org,example.org/report"},
            "SECURITY_CONTACT: example.org/report is neither a mail address nor begins with https: or tel:.",
        ),
        ({**PRODUCTION, "CACHE_URL": "memcached://x"}, "CACHE_URL is neither locmem:// nor redis://… ."),
        (
            {**PRODUCTION, "DATABASE_REPLICA_URL": "postgres://u:secret@host/news"},
            "DATABASE_REPLICA_URL needs PostgreSQL, there and in DATABASE_URL.",
        ),
        (
            {**PRODUCTION, "MEDIA_STORAGE": "s3://id:secret@bucket?endpoint=https://store&speed=high"},
            "MEDIA_STORAGE is not s3://id:key@bucket/folder?endpoint=https://host&region=name.",
        ),
        (
            {**PRODUCTION, "MEDIA_STORAGE": "s3://id:secret@bucket?endpoint=store"},
            "MEDIA_STORAGE: the endpoint does not begin with https:// or http://.",
        ),
        (
            {**PRODUCTION, "PURGE_URL": "varnish://cache:6081,fastly://secret"},
            "PURGE_URL is none of varnish://host:port, fastly://token@service, cloudflare://token@zone.",
        ),
        *(
            ({**PRODUCTION, name: "https://secret@[host/x"}, f"{name} is no address: its host has one bracket.")
            for name in ("WEBSUB_HUB", "DATABASE_URL", "MEDIA_STORAGE", "EMAIL_URL")
        ),
        ({**PRODUCTION, "EMAIL_URL": "smtp://host:x"}, "EMAIL_URL has a port that is no number."),
        (
            {**PRODUCTION, "EMAIL_URL": "https://host"},
            "EMAIL_URL is none of smtp://, smtp+tls://, smtps://, console:// with a host.",
        ),
        ({**PRODUCTION, "ALARM_EMAIL": "ops@example.org,ops"}, "ALARM_EMAIL: ops is no mail address."),
        ({**PRODUCTION, "LOG_FORMAT": "xml"}, "LOG_FORMAT=XML is none of LINE, JSON."),
        (
            {**PRODUCTION, "METRICS_TOKEN": "short"},
            "METRICS_TOKEN needs 16 characters or more: letters and digits, no spaces.",
        ),
        ({**PRODUCTION, "TRUSTED_PROXIES": "-1"}, "TRUSTED_PROXIES is less than 0."),
        ({**PRODUCTION, "LOG_LEVEL": "loud"}, "LOG_LEVEL=LOUD is none of DEBUG, INFO, WARNING, ERROR, CRITICAL."),
    ],
)
def test_the_server_refuses_to_start_in_one_line(environment, message):
    done = start(**environment)
    assert done.returncode == 1
    assert done.stderr == f"newsroom: {message}\n"
    assert "secret" not in done.stderr


def test_manage_py_refuses_in_the_same_line():
    command = [sys.executable, "manage.py", "check"]
    environment = {"SECRET_KEY": "k"}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert done.stderr.startswith("newsroom: ALLOWED_HOSTS is not set.")


def test_production_is_safe_by_default():
    names = "DEBUG SESSION_COOKIE_SECURE CSRF_COOKIE_SECURE SECURE_SSL_REDIRECT SECURE_HSTS_SECONDS FOUR_EYES".split()
    done = start(f"from newsroom import settings as s; print([getattr(s, name) for name in {names}])", **PRODUCTION)
    assert done.stdout.strip() == "[False, True, True, True, 31536000, True]"


def test_proxy_headers_are_trusted_only_when_asked():
    code = "from newsroom import settings as s; print(getattr(s, 'SECURE_PROXY_SSL_HEADER', None))"
    assert start(code, **PRODUCTION).stdout == "None\n"
    assert "HTTP_X_FORWARDED_PROTO" in start(code, **PRODUCTION, TRUST_PROXY_HEADERS="1").stdout


def test_a_replica_is_connected_to_as_the_primary_is():
    code = (
        "from newsroom import settings as s; replica = s.DATABASES['replica'];"
        "names = ('server_side_binding', 'connect_timeout', 'application_name');"
        "print(replica['HOST'], replica['PORT'], [replica['OPTIONS'].get(name) for name in names])"
    )
    urls = {
        "DATABASE_URL": "postgres://u:p@one/news",
        "DATABASE_REPLICA_URL": "postgres://u:p@two:5433/news?application_name=x",
    }
    assert start(code, **PRODUCTION, **urls).stdout.strip() == "two 5433 [True, 2, 'x']"


def test_queries_are_prepared_on_postgresql_unless_a_pooler_does_not_allow_it():
    code = (
        "from newsroom.settings import DATABASES; default = DATABASES['default'];"
        "names = ('server_side_binding', 'prepare_threshold');"
        "print([default['OPTIONS'].get(name) for name in names], default.get('DISABLE_SERVER_SIDE_CURSORS', False))"
    )
    url = {"DATABASE_URL": "postgres://me@db.example.org/news"}
    assert start(code, **PRODUCTION, **url).stdout == "[True, 2] False\n"
    assert start(code, **PRODUCTION, **url, TRANSACTION_POOLING="1").stdout == "[None, None] True\n"


def test_an_email_url_says_all_of_it():
    code = (
        "from newsroom import settings as s; print(s.EMAIL_HOST, s.EMAIL_PORT, s.EMAIL_USE_TLS, s.EMAIL_HOST_PASSWORD)"
    )
    done = start(code, **PRODUCTION, EMAIL_URL="smtp+tls://me:p%40ss@mail.example.org")
    assert done.stdout == "mail.example.org 587 True p@ss\n"


@pytest.mark.parametrize(
    ("environment", "backend"),
    [
        ({"DEBUG": "1"}, "filebased"),
        ({"DEBUG": "1", "EMAIL_URL": "console://"}, "console"),
        ({"DEBUG": "1", "EMAIL_URL": "smtp://mail.example.org"}, "smtp"),
        (PRODUCTION, "console"),
    ],
)
def test_without_a_mail_server_mails_are_files_in_development_and_in_the_log_in_production(environment, backend):
    done = start("from newsroom import settings; print(settings.EMAIL_BACKEND)", **environment)
    assert done.stdout == f"django.core.mail.backends.{backend}.EmailBackend\n"
