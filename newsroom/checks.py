"""System checks of the configuration. `manage.py check --deploy` runs them all."""

import os
from pathlib import Path

from django.conf import settings
from django.core.checks import Error, Info, Tags, Warning, register
from django.core.files.storage import default_storage
from django.http.request import split_domain_port, validate_host

from contacts.validators import parts_of

LOOPBACK = {"localhost", "127.0.0.1", "::1", "[::1]", ".localhost", "testserver"}
SECRET_LENGTH = 50


@register(Tags.security)
def debug_is_local(app_configs, **options):
    elsewhere = sorted(set(settings.ALLOWED_HOSTS) - LOOPBACK)
    if not settings.DEBUG or not elsewhere:
        return []
    hint = "On a server set SECRET_KEY and unset DEBUG; to develop, list only names of this machine in ALLOWED_HOSTS."
    return [Error(f"DEBUG is on, and the site answers as {', '.join(elsewhere)}.", hint=hint, id="newsroom.E001")]


@register(Tags.security)
def base_url_is_an_origin(app_configs, **options):
    if not settings.NEWSROOM_BASE_URL:
        return []
    parts = parts_of(settings.NEWSROOM_BASE_URL)
    if parts.scheme in ("http", "https") and parts.netloc and not (parts.path.strip("/") or parts.query):
        return []
    hint = "Give scheme and host only: NEWSROOM_BASE_URL=https://news.example.org"
    return [Error(f"NEWSROOM_BASE_URL={settings.NEWSROOM_BASE_URL} is not an origin.", hint=hint, id="newsroom.E002")]


@register(Tags.security)
def hub_gets_addresses(app_configs, **options):
    if not settings.WEBSUB_HUB or settings.NEWSROOM_BASE_URL:
        return []
    hint = "Set NEWSROOM_BASE_URL, or unset WEBSUB_HUB."
    return [
        Error("The hub is told addresses of feeds, and NEWSROOM_BASE_URL is not set.", hint=hint, id="newsroom.E006")
    ]


@register(Tags.security, deploy=True)
def secret_key_is_strong(app_configs, **options):
    key = settings.SECRET_KEY
    if len(key) >= SECRET_LENGTH and len(set(key)) >= 10:
        return []
    hint = 'Make one: python3 -c "import secrets; print(secrets.token_urlsafe(50))"'
    return [
        Error(
            f"SECRET_KEY is shorter than {SECRET_LENGTH} characters, or has fewer than 10 different ones.",
            hint=hint,
            id="newsroom.E003",
        )
    ]


@register(Tags.files, deploy=True)
def media_can_be_written(app_configs, **options):
    if settings.MEDIA_STORAGE:
        return _object_storage_answers()
    # The folder is created with the first upload: until then its nearest parent must be writable.
    folder = nearest(settings.MEDIA_ROOT)
    if folder.is_dir() and os.access(folder, os.W_OK | os.X_OK):
        return []
    hint = "Set MEDIA_ROOT to a folder that the server's user may write to."
    return [Error(f"MEDIA_ROOT cannot be written: {folder}.", hint=hint, id="newsroom.E004")]


def nearest(folder):
    """The folder, or its nearest parent that exists and that this user may look into."""
    folder = Path(folder).absolute()
    while not os.path.exists(folder):  # Path.exists() raises PermissionError
        folder = folder.parent
    return folder


def _object_storage_answers():
    """Without the bucket nothing can be stored. A storage that is away may come back: readers are served meanwhile."""
    try:
        default_storage.look()
    except FileNotFoundError:
        hint = "Create it, private, and give the key of MEDIA_STORAGE the rights to list, read, write and delete."
        bucket = settings.MEDIA_STORAGE["bucket_name"]
        return [Error(f"The object storage has no bucket “{bucket}”.", hint=hint, id="newsroom.E004")]
    except OSError as error:
        hint = "See MEDIA_STORAGE: endpoint, region, and the rights of the key."
        return [Warning(f"Media files cannot be stored: {error.strerror}.", hint=hint, id="newsroom.W003")]
    return []


@register(Tags.staticfiles, deploy=True)
def static_files_are_collected(app_configs, **options):
    if settings.DEBUG or (settings.STATIC_ROOT / "staticfiles.json").is_file():
        return []
    hint = "Run manage.py collectstatic, with the same STATIC_ROOT as the server's."
    return [Error("No static files in STATIC_ROOT: pages would fail.", hint=hint, id="newsroom.E005")]


@register(deploy=True)
def base_url_is_set(app_configs, **options):
    if settings.NEWSROOM_BASE_URL:
        return []
    hint = "NEWSROOM_BASE_URL=https://news.example.org"
    return [
        Warning("Full addresses in pages and vCards use the host name of the request.", hint=hint, id="newsroom.W001")
    ]


@register(deploy=True)
def base_url_is_answered(app_configs, **options):
    host = split_domain_port(parts_of(settings.NEWSROOM_BASE_URL).netloc)[0]  # of IPv6 with its brackets
    if not host or validate_host(host, settings.ALLOWED_HOSTS):
        return []
    hint = f"Add {host} to ALLOWED_HOSTS, unless the proxy gives the site another host name."
    return [
        Warning(f"The site refuses requests for {host}, which is its NEWSROOM_BASE_URL.", hint=hint, id="newsroom.W005")
    ]


@register(deploy=True)
def email_is_set(app_configs, **options):
    if settings.EMAIL_URL:
        return []
    hint = "EMAIL_URL=smtp+tls://user:password@host:587"
    return [Warning("E-mail is written to the log and not sent.", hint=hint, id="newsroom.W002")]


@register(Tags.security, deploy=True)
def a_password_alone_does_not_approve(app_configs, **options):
    """A hint and no finding: small newsrooms may decide otherwise."""
    asked = set(settings.SECOND_FACTOR)
    approve = {"administrators", "approvers"} | ({"writers"} if settings.TRUSTED_PUBLISH else set())
    if "everybody" in asked or approve <= asked:
        return []
    hint = f"SECOND_FACTOR={','.join(sorted(approve | asked))}"
    return [Info("Some who can approve articles need no second factor.", hint=hint, id="newsroom.I001")]


@register(deploy=True)
def replica_is_read(app_configs, **options):
    if "replica" not in settings.DATABASES or settings.PAGE_CACHE:
        return []
    hint = "Unset PAGE_CACHE, or DATABASE_REPLICA_URL."
    return [Warning("Only the page cache reads the replica, and it is off.", hint=hint, id="newsroom.W004")]
