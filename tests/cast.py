"""A small cast and the rows they need: every test says only what it is about."""

from datetime import timedelta
from functools import partial
from io import BytesIO
from itertools import count, cycle
from pathlib import Path

from django.contrib.auth import get_user_model
from django.utils import timezone

from articles.facets import Criteria
from articles.media import attachments, images, renditions
from articles.media.recordings import checking as recordings
from articles.models import Article, Attachment, Image, Journalist, Recording, Topic, list_changes
from articles.publishing.revisions import digest
from articles.publishing.workflow import move
from articles.search import indexing
from articles.search.find import CAP, find
from contacts.models import Contact, Country, Membership, Office, Region

NOW = timezone.now
RECORDINGS = Path(__file__).parent / "articles/media/recordings"  # of a second or two
_numbers = count(1)
_m49 = cycle(f"{number:03}" for number in range(895, 999))  # no country has these, so tests may use real ones


def make_region(code="europe", name="Europe", **changes):
    region, _ = Region.objects.get_or_create(code=code, defaults=changes)
    region.translations.get_or_create(language="en", defaults={"name": name})
    list_changes.note_names()
    return region


def make_country(iso3="CHE", name="Switzerland", region=None, **changes):
    defaults = {"iso2": iso3[:2], "m49": next(_m49), "region": region or make_region()} | changes
    country, _ = Country.objects.get_or_create(iso3=iso3, defaults=defaults)
    country.translations.get_or_create(language="en", defaults={"name": name})
    list_changes.note_names()
    return country


def make_topic(code="diaspora", name="Diaspora", **changes):
    topic, _ = Topic.objects.get_or_create(code=code, defaults=changes)
    topic.translations.get_or_create(language="en", defaults={"name": name})
    list_changes.note_names()
    return topic


def make_office(code="geneva", name="Geneva Office", **changes):
    defaults = {"host_country": changes.pop("host_country", None) or make_country(), "timezone": "Europe/Zurich"}
    office, _ = Office.objects.get_or_create(code=code, defaults=defaults | changes)
    office.translations.get_or_create(language="en", defaults={"name": name, "city": "Geneva"})
    list_changes.note_names()
    return office


def make_contact(code="media-unit", name="Media Unit", **changes):
    defaults = {"kind": "unit", "office": changes.pop("office", None) or make_office(), "email": "media@example.org"}
    contact, _ = Contact.objects.get_or_create(code=code, defaults=defaults | changes)
    contact.translations.get_or_create(language="en", defaults={"unit_name": name})
    return contact


def make_article(**changes):
    """A live English news item, unless said otherwise; `regions`, `topics` … take lists of rows."""
    number = next(_numbers)
    lists = {
        name: changes.pop(name)
        for name in ("regions", "countries", "topics", "contacts", "gallery", "recordings", "attachments")
        if name in changes
    }
    values = {
        "language": "en",
        "slug": f"story-{number}",
        "headline": f"Story {number}",
        "body": "<p>Text.</p>",
        "state": "approved",
        "publish_at": NOW() - timedelta(hours=1),
    } | changes
    article = Article.objects.create(**values)
    for name, rows in lists.items():
        getattr(article, name).set(rows)
    indexing.keep([article.pk])
    list_changes.note([article.pk])
    return article


def make_ready_article(**changes):
    """A draft with all that approval asks for: region, topic, contact, date; the checks find nothing."""
    contact = make_contact()
    values = {
        "headline": "A story",
        "summary": "What it is about.",
        "state": "draft",
        "office": contact.office,
        "regions": [make_region()],
        "topics": [make_topic()],
        "contacts": [contact],
    }
    return make_article(**(values | changes))


def create_image(file, credit, name="", alt=None, **fields):
    """The row of a new picture (a file or bytes), or the one that has these bytes. `alt` is {language: text}."""
    checked = images.check(file, name)
    if known := Image.objects.filter(sha256=checked.sha256).first():
        images.store(checked)
        return known
    image = images.fill(Image(credit=credit, **fields), checked)
    image.full_clean(exclude=["file"])
    image.save()
    for language, text in (alt or {}).items():
        image.translations.create(language=language, alt=text)
    return image


def make_copies(*images):
    """Make all smaller copies that are missing. Returns what `make_due` does."""
    renditions.mark_incomplete()
    result = renditions.make_due()
    for image in images:
        image.refresh_from_db()
    return result


def create_attachment(file, title, language, name=""):
    """The row of a new attachment (a file or bytes), or the one that has these bytes."""
    checked = attachments.check(file, name)
    if known := Attachment.objects.filter(sha256=checked.sha256).first():
        attachments.store(checked)
        return known
    attachment = attachments.fill(Attachment(title=title, language=language), checked)
    attachment.full_clean(exclude=["file"])
    attachment.save()
    return attachment


def create_recording(file="tiny.mp4", credit="O. Filmer", texts=None, **fields):
    """The row of a new recording: a file of tests/articles/media/recordings, or bytes. `texts`: {language: fields}."""
    checked = recordings.check(BytesIO(file) if isinstance(file, bytes) else partial(open, RECORDINGS / file, "rb"))
    recording = recordings.fill(Recording(credit=credit, **fields), checked)
    recording.full_clean(exclude=["file"])
    recording.save()
    for language, words in (texts or {"en": {"title": "The river"}}).items():
        recording.translations.create(language=language, **words)
    return recording


def make_journalist(email="ann@example.org", name="Ann Reed", outlet="The Daily", **changes):
    """A journalist with consent who reads English; `regions`, `countries`, `topics` take lists of rows."""
    lists = {name: changes.pop(name) for name in ("regions", "countries", "topics") if name in changes}
    values = {"language": "en", "consent_on": NOW().date() - timedelta(days=30), "consent_source": "By e-mail"}
    row = Journalist.objects.create(email=email, name=name, outlet=outlet, **(values | changes))
    for name, rows in lists.items():
        getattr(row, name).set(rows)
    return row


def approve_for(article, by, at):
    """Approve it for publication at that moment; returns what `move` does."""
    article.publish_at = at
    return move(article, "approve", by)


def chain_is_whole(article):
    """Whether the digest of every edition fits its content and the edition before it."""
    before = ""
    for edition in article.revisions.exclude(edition=None).order_by("edition"):
        if edition.previous_sha256 != before or edition.sha256 != digest(edition):
            return False
        before = edition.sha256
    return True


def make_user(username="walt", role=None, office=None, trust="to-review", **changes):
    """Walt the writer, Edna the editor, Tara the translator, Aziz the approver: `make_user("edna", "editor")`."""
    user = get_user_model().objects.create_user(username, f"{username}@example.org", "a long password", **changes)
    if role:
        user.is_staff = True
        user.save(update_fields=["is_staff"])
        Membership.objects.create(user=user, role=role, office=office, trust=trust)
    return user


def search(words, language="en", by="date", at_most=CAP, criteria=None):
    """Headlines of what is found now, in order."""
    hits = find(words, [criteria or Criteria(language)], by, at_most)[0]
    return [Article.objects.get(pk=pk).headline for pk in hits.ids]
