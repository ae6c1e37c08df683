"""A small newsroom with a row for every form of the admin, with several rows of every kind within it."""

import re
from contextlib import contextmanager
from datetime import date, time, timedelta

from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.contrib.auth.models import Group, Permission
from django.core.files.base import ContentFile
from django.db import connection

from articles.models import (
    Article,
    Banner,
    Boilerplate,
    DeletedArticle,
    GlossaryTerm,
    ImportRun,
    PressList,
    Subscriber,
    Webhook,
)
from articles.publishing import after_save, revisions
from articles.publishing.workflow import move
from newsroom.models import Page, Theme
from tests import files
from tests.cast import (
    NOW,
    create_attachment,
    create_image,
    create_recording,
    make_article,
    make_contact,
    make_country,
    make_journalist,
    make_office,
    make_region,
    make_topic,
    make_user,
)

WRITES = re.compile(r'(?:INSERT INTO|INSERT OR \w+ INTO|UPDATE|DELETE FROM) "(\w+)"')
LINES = "First line\nSecond line"
CAPTIONS = "WEBVTT\n\n00:00:00.500 --> 00:00:01.500\nThe sea rises."
BODY = "<p>First.</p>\n<h2>More</h2>\n<p>Second &amp; <strong>last</strong>.</p>"


def fill():
    """Every table that a form writes to has rows. Geneva is the office of those who have one office alone."""
    geneva = _directory()
    _library()
    _articles(geneva)
    _pages()
    _people(geneva)
    ImportRun.objects.create(source=LINES, sha256="0" * 64, by="ada", counts={"articles.article": {"created": 2}})
    DeletedArticle.objects.create(
        article=1, headline="Gone", language="en", office=geneva, author="Walt", content={"headline": "Gone"},
        history={"moves": [], "revisions": [], "remarks": []},
    )  # fmt: skip
    make_journalist(
        regions=[make_region()], topics=[make_topic()], notes=LINES, telephone="+41 22 555 00 00", other_languages=["fr"]
    )  # fmt: skip
    PressList.objects.create(name="Radio", kind="rule", outlet="Radio", languages=["en"], office=geneva)
    tried = {"ip_address": "192.0.2.1", "username": "ada", "user_agent": "x", "path_info": "/admin/login/"}
    AccessAttempt.objects.create(**tried, failures_since_start=1)
    AccessLog.objects.create(**tried)
    AccessFailureLog.objects.create(**tried)
    return geneva


def _translate(row, **words):
    for language in ("fr", "ar"):
        row.translations.create(language=language, **words)


def _directory():
    for code, parent in (("africa", None), ("east-africa", "africa"), ("europe", None)):
        region = make_region(code, code.title(), parent=parent and make_region(parent))
        _translate(region, name=code, intro=LINES)
    make_country(aliases=["Swiss Confederation", "Helvetia, old"])
    make_country("KEN", "Kenya", region=make_region("east-africa"))
    geneva = make_office(languages=["en", "fr"], latitude=46.2, longitude=6.1, website="https://example.org/")
    make_office("nairobi", "Nairobi Office", opened=date(2001, 2, 3), parent=geneva)
    for office in (geneva, make_office("nairobi")):
        _translate(office, name=office.code, city="Там", address=LINES, intro=LINES)
        for number in range(2):
            office.phones.create(display=f"+41 22 717 93 8{number}", order=number * 3)
            office.opening_hours.create(weekday=number, opens=time(9), closes=time(17, 30))
            office.closures.create(first_day=date(2026, 1, number + 1), last_day=date(2026, 1, number + 1))
            office.coverage.create(country=make_country(["CHE", "KEN"][number]))
        contact = make_contact(f"{office.code}-press", office=office, valid_from=date(2020, 1, 2), languages=["en"])
        _translate(contact, unit_name="Press", job_title="Chief")
        for number in range(2):
            contact.phones.create(display=f"+41 22 717 93 6{number}/ 7{number}", order=number + 2)
    for number, code in enumerate(("water", "floods")):
        topic = make_topic(code, code.title(), order=number)
        _translate(topic, name=code, description=LINES)
        for place, contact in enumerate(("geneva-press", "nairobi-press")):
            topic.contact_rows.create(contact=make_contact(contact), order=place * 4)
    make_topic("rivers", "Rivers", merged_into=make_topic("water"))
    return geneva


def _library():
    for number in range(3):
        picture = ContentFile(files.picture(80 + number, 60), "sea.jpg")
        image = create_image(picture, "A. Otieno", alt={"en": "The sea", "fr": "La mer"}, terms=LINES)
        image.translations.update(caption=LINES)
    for number in range(3):
        content = ContentFile(b"year,fish\n2025,%d\n" % number, f"{number}.csv")
        create_attachment(content, title=f"Figures {number}", language="en", name=f"{number}.csv")
    words = {"title": "The sea", "caption": LINES, "transcript": LINES, "captions": CAPTIONS}
    for number, name in enumerate(("tiny.mp4", "tiny.ogg", "tiny.webm")):
        create_recording(name, texts={"en": words}, tags="sea, tide", terms=LINES, poster=image if number else None)


def _rows():
    from articles.models import Attachment, Image, Recording, Topic
    from contacts.models import Contact, Country, Region

    tables = {"regions": Region, "countries": Country, "topics": Topic, "contacts": Contact}
    tables |= {"gallery": Image, "recordings": Recording, "attachments": Attachment}
    topics = Topic.objects.filter(merged_into=None)
    return {name: list(table.objects.order_by("-pk")[:2]) for name, table in tables.items()} | {"topics": list(topics)}


def _article(slug, **changes):
    words = {"headline": slug.title(), "summary": LINES, "body": BODY, "notes_to_editors": BODY, "change_note": LINES}
    values = words | {"slug": slug, "publish_at": NOW() - timedelta(days=2)} | changes
    article = make_article(**values)
    if not article.translation_of_id:
        for name, rows in _rows().items():
            getattr(article, name).set(rows)
        for rows in ("region_rows", "image_rows"):  # with gaps, as imports may leave them
            last = getattr(article, rows).last()
            getattr(article, rows).filter(pk=last.pk).update(order=7)
    for number in range(2):
        article.related_links.create(url=f"https://example.org/{number}", title="More", order=number * 2)
        article.quotes.create(speaker="Biira Masika", role="Farmer", text=LINES, language="fr" if number else "")
    after_save.sync(article)
    return article


def _articles(office):
    own = {"office": office}
    image = _rows()["gallery"][0]
    states = {
        "draft": {"state": "draft"},
        "reviewed": {"state": "in_review"},
        "scheduled": {"publish_at": NOW() + timedelta(days=2, microseconds=5)},
        "live": {"first_published_at": NOW() - timedelta(days=2)},
        "withdrawn": {"state": "withdrawn", "withdrawal_note": LINES, "first_published_at": NOW()},
        "gone": {"state": "gone", "first_published_at": NOW()},
    }
    for name, more in states.items():
        source = _article(name, lead_image=image, **own, **more)
        if name in ("draft", "scheduled", "live"):
            _article(f"{name}-ar", language="ar", translation_of=source, dateline_place="جنيف", **own, **more)
    _article("homeless", state="draft", publish_at=None)
    _article("elsewhere", state="draft", office=make_office("nairobi"))
    live = Article.objects.get(slug="live")
    live.pins.create(place="home", is_lead=True, until=NOW() + timedelta(days=1, microseconds=7))
    live.pins.create(place="africa", order=3)
    report = {"title": "Wells", "published_on": date(2026, 3, 4), "language": "fr", "is_public": True}
    live.coverage.create(outlet="The Daily", address="https://example.org/wells", **report)
    live.old_addresses.create(address="/node/7", note="Drupal")
    left = make_user("left")  # a former member of staff, who may not be chosen any more
    asked = {"name": "Ann", "outlet": "The Daily", "email": "ann@example.org", "question": LINES, "owner": left}
    live.enquiries.create(
        about="2026-00001", deadline=NOW() + timedelta(hours=3, microseconds=5), language="ar", **asked
    )
    # Of another sort than the first (test_admin_unchanged.SORTS), so that those of one office save it, too.
    make_article(office=make_office("nairobi")).enquiries.create(language="fr", **asked)
    _translate(Banner.objects.create(code="floods", link="https://example.org/"), text="Rain")
    partner = {"address": "https://partner.example.org/", "languages": ["fr"], "is_active": False}
    Webhook.objects.create(name="Partner", owner=left, **partner)
    reader = Subscriber.objects.create(email="reader@example.org")
    subscription = reader.subscriptions.create(language="en", confirmed_at=NOW())
    announcement = live.announcements.create(kind="published")
    reader.deliveries.create(subscription=subscription, announcement=announcement, due_at=NOW())
    revisions.publish_edition(live)
    move(live, "revise", make_user("starter", is_superuser=True))


def _pages():
    for office in (None, make_office()):
        text = Boilerplate.objects.create(code=f"about-{office.code if office else 'all'}", office=office)
        _translate(text, title="About us", body=BODY)
    _translate(GlossaryTerm.objects.create(code="crest", note=LINES), wording="flood crest", others=LINES)
    who = Page.objects.create(code="who-we-are")
    for code, parent in (("history", who), ("work", who)):
        page = Page.objects.create(code=code, parent=parent)
        _translate(page, title=code, intro=LINES, body=BODY)
    theme = Theme.objects.create(
        code="blue", brand="#123456", social_links="https://social.example.org/@us", is_used=True
    )
    _translate(theme, footer=LINES, licence=LINES, privacy=LINES)


def _people(office):
    group = Group.objects.create(name="Library")
    group.permissions.set(Permission.objects.filter(codename__in=["view_image", "change_image", "view_page"]))
    person = make_user("person", "writer", office=office)
    person.memberships.create(role="translator", office=make_office("nairobi"))
    person.memberships.create(role="editor")
    person.groups.add(group)


@contextmanager
def writes():
    """A set that gets the name of every table that is written to meanwhile."""
    written = set()

    def watch(execute, sql, params, many, context):
        written.update(WRITES.findall(sql))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        yield written


def stored(tables=None):
    """{table: its rows}, of the whole database or of these tables."""
    with connection.cursor() as cursor:
        found = {}
        for table in connection.introspection.table_names(cursor) if tables is None else tables:
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            found[table] = sorted(map(repr, cursor.fetchall()))
        return found
