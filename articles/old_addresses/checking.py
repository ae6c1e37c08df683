"""Checks what somebody enters into the table of old addresses, by hand or from a file."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.urls import Resolver404, get_script_prefix, resolve, reverse
from django.utils.translation import get_language_from_path, override
from django.utils.translation import gettext as _

from contacts.validators import parts_of

from ..media.serving import media
from ..models import OldAddress
from ..models.moving_in import spelling
from ..pages import redirects
from .finding import asked, found

FOUND = (200, 301, 302, 410)


def refuse_own_address(request, address):
    """Raise ValidationError for an address at which this site has a page, because readers get that page."""
    desk = spelling.one_spelling(reverse("admin:index"))
    if address == desk or address.startswith((f"{desk}/", f"{desk}?")):
        raise ValidationError(_("This is an address of the desk."))
    if spelling.is_pattern(address):
        return
    path, _mark, query = address.partition("?")
    prefix = get_script_prefix().removesuffix("/")
    for text in (path, f"{path}/"):
        if path != "/" and asked(request, f"{prefix}{text}{'?' if query else ''}{query}")[0] in FOUND:
            raise ValidationError(_("This site has a page at this address: readers are not led on from there."))


def target(request, text, must_exist=True):
    """(article or None, path) for the address of a page of this site, as somebody pasted it.

    Raises ValidationError if it is on another site, if nothing public is there, or if it is an old address itself.
    With `must_exist=False` the page may be published later.
    """
    path = _own_path(request, text)
    spelling.validate_target(path)
    if spelling.is_pattern(path):
        if not _is_page(spelling.WILDCARD.sub("x", path)):
            raise ValidationError(_("This site has no pages of this kind: %(path)s") % {"path": path})
        return None, path
    status, address = asked(request, get_script_prefix() + path.removeprefix("/"))
    if status in FOUND:
        return (article, "") if (article := _article(address)) else (None, path)
    if found(path):
        raise ValidationError(_("This is an old address itself. Enter where that one leads."))
    if must_exist:
        raise ValidationError(_("This site has no public page at %(path)s") % {"path": path})
    return None, path


def _own_path(request, text):
    """The path with its query, without a host of this site."""
    text = text.strip()
    own = {request.get_host(), parts_of(settings.NEWSROOM_BASE_URL).netloc, *settings.ALLOWED_HOSTS}
    given = parts_of(text)
    if given.netloc and given.scheme in ("http", "https"):
        if given.netloc not in own:
            raise ValidationError(
                _("%(host)s is another site: old addresses lead to this one.") % {"host": given.netloc}
            )
        text = text.partition(given.netloc)[2] or "/"
    return text.partition("#")[0].replace(" ", "%20")


def _is_page(path):
    with override(get_language_from_path(path)):
        try:
            called = resolve(path.partition("?")[0])
        except Resolver404:
            return False
    return hasattr(called.func, "parameters") or called.func is media


def _article(address):
    """The readable article whose page this is, or None."""
    path = "/" + address.partition("?")[0].removeprefix(get_script_prefix())
    language = get_language_from_path(path)
    with override(language):
        try:
            called = resolve(path)
        except Resolver404:
            return None
    return redirects.current(language, called.kwargs["slug"]) if called.view_name == "articles:article" else None


def row(request, address, text, note, find_target):
    """A row that is not stored, checked: {field: [sentences]} in ValidationError if it is refused.

    `find_target(text)`: as `target` above.
    """
    checked, faults = OldAddress(address=spelling.one_spelling(address), note=note), {}
    for name, check in (
        ("address", lambda: _checked_address(request, checked)),
        ("path", lambda: _set_target(checked, find_target(text))),
    ):
        try:
            check()
        except ValidationError as error:
            faults[name] = error.messages
    if not faults:
        checked.clean()
    if faults:
        raise ValidationError(faults)
    return checked


def _checked_address(request, row):
    row._meta.get_field("address").clean(row.address, row)
    refuse_own_address(request, row.address)


def _set_target(row, found):
    row.article, row.path = found
