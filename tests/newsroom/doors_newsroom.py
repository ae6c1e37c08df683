"""The newsroom of `test_admin_doors.py`: people of every role, and rows of every kind, own, foreign and limited."""

import re
import time
from contextlib import nullcontext
from http.cookies import SimpleCookie
from io import BytesIO

from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone
from fido2.utils import websafe_encode

from articles.models import (
    Article,
    Banner,
    Boilerplate,
    Enquiry,
    GlossaryTerm,
    ImportRun,
    PressList,
    Remark,
    Sending,
    Subscriber,
    WaitingTable,
    Webhook,
)
from articles.personal_links import passes, review_links
from articles.publishing import limiting, revisions
from articles.publishing.afterwards import deleted_copy
from articles.publishing.workflow import move
from articles.translating import source_states
from contacts.admin.unsaved import autosave
from newsroom.login import invitations
from newsroom.login.models import Invitation, Passkey
from newsroom.login.steps import PROVED
from newsroom.models import Page, Theme
from tests import files
from tests.cast import (
    create_attachment,
    create_image,
    create_recording,
    make_contact,
    make_country,
    make_journalist,
    make_office,
    make_ready_article,
    make_region,
    make_topic,
    make_user,
)

from .admin_doors import CENTRAL, PARTS, ROLES, UNSAVED
from .login.device import Device
from .undrawn_forms import undrawn_forms

PARAMETER = re.compile(r"<(?:int|path|slug)?:?(?:pk|object_id|id)>|<int:content_type_id>/<int:object_id>")
WRITES = re.compile(
    r'(?:INSERT INTO|UPDATE|DELETE FROM) "(?!django_session|newsroom_opensession|axes_|django_admin_log)(\w+)"'
)
OF_ARTICLES = {
    "article", "pin", "image", "attachment", "recording", "translation", "withdrawn", "deletedarticle", "quote",
    "coverage", "presslist", "oldaddress", "sending",
}  # fmt: skip
FILES_OF = ("own", "foreign", "limited")
SECRETS = {"foreign": b"FOREIGN-SECRET", "limited": b"LIMITED-SECRET"}


class Newsroom:
    """The people and, for every kind of row, {whose: row}: own, of a foreign office, limited to others."""

    def __init__(self):
        geneva, lima = make_office("geneva"), make_office("lima", "Lima Office")
        here = {"writer", "translator", "editor", "approver"}
        self.users = {role: make_user(role, role, office=geneva) for role in ROLES if role in here}
        self.users["chief"] = make_user("chief", "approver")
        self.users["admin"] = make_user("admin", is_staff=True, is_superuser=True)
        other = make_user("other", "approver", office=geneva)
        articles = self._articles(geneva, lima, other)
        self.picture = files.picture(20, 10)
        self.rows = self._rows(geneva, lima, other, articles)
        self.rows["shown"] = {"own": make_ready_article(state="approved", office=geneva)}
        self.rows["withdrawn"] = {
            whose: make_ready_article(
                state="withdrawn", withdrawal_note="Wrong.", first_published_at=timezone.now(), office=office
            )
            for whose, office in (("own", geneva), ("foreign", lima))
        }
        self.rows["translation"] = {
            "own": self._translation(self.live, geneva), "foreign": self._translation(articles["foreign"], lima)
        }  # fmt: skip
        self.rows["deletedarticle"] = {
            whose: deleted_copy.keep_deleted_copy(articles[whose], other) for whose in FILES_OF
        }
        self.numbers = {article.pk: self._numbers(article, other) for article in articles.values()}
        for label, (role, key) in UNSAVED.items():
            row = articles["own"].pk if label == "articles.article" else 0
            autosave.keep(self.users[role], label, row, key, '[["headline", "Mine"]]', False)
        self.clients = {role: Client(raise_request_exception=False) for role in ROLES}
        for role, user in self.users.items():
            self.clients[role].force_login(user)
            session = self.clients[role].session
            session[PROVED] = time.time()
            session.save()

    def _rows(self, geneva, lima, other, articles):
        return {
            "article": articles,
            **self._rows_of(articles),
            "office": {"own": geneva, "foreign": lima},
            "contact": {"own": make_contact(office=geneva), "foreign": make_contact("lima", office=lima)},
            "user": {"own": other},
            "membership": {"own": other.memberships.get()},
            "topic": {"own": make_topic()},
            "region": {"own": make_region()},
            "country": {"own": make_country()},
            "enquiry": {"own": Enquiry.objects.create(language="en", question="Why?")},
            "journalist": {"own": make_journalist()},
            "presslist": {
                whose: PressList.objects.create(name=SECRETS.get(whose, b"Own").decode(), office=office)
                for whose, office in (("own", geneva), ("foreign", lima))
            },
            "banner": {"own": Banner.objects.create(code="floods")},
            "glossaryterm": {"own": GlossaryTerm.objects.create(code="crest")},
            "boilerplate": {
                whose: Boilerplate.objects.create(code=f"about-{office.code}", office=office)
                for whose, office in (("own", geneva), ("foreign", lima))
            },
            "webhook": {"own": self._webhook()},
            **self._alert(articles["own"]),
            "passkey": {"own": self._passkey()},
            "invitation": {
                "own": Invitation.objects.create(email="new@example.org", expires_at=invitations.until(timezone.now()))
            },
            "page": {"own": Page.objects.create(code="about")},
            "theme": {"own": Theme.objects.create(code="blue")},
            "group": {"own": Group.objects.create(name="Library")},
            "importrun": {"own": ImportRun.objects.create(source="x.json", sha256="0" * 64)},
            "waitingtable": {"own": WaitingTable.objects.create(name="a.csv", data=b"title\nx\n", by=other)},
        }

    def _rows_of(self, articles):
        return {
            "pin": {whose: articles[whose].pins.create() for whose in FILES_OF},
            "coverage": {whose: self._report(articles[whose], whose) for whose in FILES_OF},
            "oldaddress": {whose: self._old_address(whose, articles[whose]) for whose in FILES_OF},
            "sending": {whose: self._sending(articles[whose]) for whose in FILES_OF},
            "quote": {
                whose: articles[whose].quotes.create(
                    speaker=SECRETS.get(whose, b"Ann").decode(), text="Yes.", language="en"
                )
                for whose in FILES_OF
            },
            "image": {whose: self._image(whose, articles[whose], size) for size, whose in enumerate(FILES_OF, 10)},
            "recording": {whose: self._recording(whose, articles[whose]) for whose in FILES_OF},
            "attachment": {whose: self._file(whose, articles[whose]) for whose in FILES_OF},
        }

    def _old_address(self, whose, article):
        return article.old_addresses.create(address=f"/{whose}", note=SECRETS.get(whose, b"Own").decode())

    def _sending(self, article):
        return Sending.objects.create(article=article, kind="public", texts={"en": {"subject": "x"}})

    def _articles(self, geneva, lima, other):
        limited = make_ready_article(office=geneva, headline="LIMITED-SECRET", created_by=other)
        limiting.limit(limited, [other])
        live = make_ready_article(office=geneva, state="approved", first_published_at=timezone.now())
        copy = move(live, "revise", other)
        text = {"headline": "LIMITED-SECRET copy", "body": "<p>LIMITED-SECRET of the copy.</p>"}
        Article.objects.filter(pk=copy.pk).update(**text, state="in_review")
        copy.refresh_from_db()
        revisions.record(copy, other)
        limiting.limit(copy, [other])
        self.live = live
        own = make_ready_article(office=geneva, headline="Own story")
        french = make_ready_article(office=geneva, language="ar", translation_of=own, headline="LIMITED-SECRET Arabic")
        limiting.limit(french, [other])
        foreign = make_ready_article(office=lima, headline="FOREIGN-SECRET")
        return {"own": own, "foreign": foreign, "limited": limited, "limited copy": copy, "limited Arabic": french}

    def _translation(self, source, office):
        french = make_ready_article(office=office, language="fr", translation_of=source, headline="Une traduction")
        source_states.begin(french, self.users["chief"])
        return french

    def _numbers(self, article, other):
        """{part of a route: the number of what belongs to the article}"""
        revision = revisions.record(article, other)
        remark = Remark.objects.create(
            article=article, revision=revision, paragraph=0, paragraph_text=article.headline, text="Why?", by=other
        )
        story = (article.revises or article).source
        given = {"name": "Joe", "outlet": "Daily", "email": f"{article.pk}@example.org"}
        return {
            "history/<int:number>": revision.pk,
            "remarks/<int:number>": remark.pk,
            "passes/<int:given>": passes.make(story, other, [given], ["en"])[0][0].pk,
            "review-links/<int:link>": review_links.make(revision, other, name="Joe")[0].pk,
            "?old={history}": revision.pk,
        }

    def _webhook(self):
        webhook = Webhook.objects.create(name="Partner", address="https://partner.example.org/", secret="whsec_YQ==")
        webhook.messages.create(pk=1, event="webhook.test", at=timezone.now())
        return webhook

    def _passkey(self):
        credential = websafe_encode(Device().credential())
        return Passkey.objects.create(user=self.users["editor"], name="Phone", credential=credential)

    def _alert(self, article):
        subscriber = Subscriber.objects.create(email="reader@example.org")
        subscription = subscriber.subscriptions.create(language="en")
        told = {"announcement": article.announcements.create(kind="published"), "due_at": timezone.now()}
        delivery = subscriber.deliveries.create(subscription=subscription, **told)
        return {"subscription": {"own": subscription}, "delivery": {"own": delivery}}

    def _report(self, article, whose):
        words = {"outlet": "The Daily", "title": SECRETS.get(whose, b"Own").decode(), "language": "en"}
        return article.coverage.create(address="https://example.org/", published_on=timezone.now().date(), **words)

    def _image(self, whose, article, size):
        image = create_image(files.picture(size * 2, size), credit=SECRETS.get(whose, b"Own").decode(), alt={"en": "x"})
        Article.objects.filter(pk=article.pk).update(lead_image=image)
        return image

    def _recording(self, whose, article):
        name = dict(zip(FILES_OF, ("tiny.mp4", "tiny.ogg", "tiny.mp3"), strict=True))[whose]
        recording = create_recording(name, texts={"en": {"title": SECRETS.get(whose, b"Own").decode()}})
        article.recordings.set([recording])
        return recording

    def _file(self, whose, article):
        title = SECRETS.get(whose, b"Own").decode()
        file = create_attachment(f"a,b\n1,{whose}\n".encode(), title=title, language="en", name="a.csv")
        article.attachments.set([file])
        return file

    def address(self, route, row, extra):
        for part, value in PARTS.items():
            route = route.replace(part, value)
        if row is not None:
            kind = f"{ContentType.objects.get_for_model(row).pk}/{row.pk}"
            route = PARAMETER.sub(lambda found: kind if "content_type" in found[0] else str(row.pk), route)
        route = route.lstrip("^").replace("<path:content_type_id>/<path:object_id>", "x/y") + extra
        for part, number in self.numbers.get(row.pk, {}).items() if isinstance(row, Article) else ():
            route = route.replace(part, re.sub("[<{].*", str(number), part))
        return "/admin/" + route

    def sent(self, door, role, row):
        articles = self.rows["article"].values()
        values = {
            "{all}": [row.pk for row in articles],
            "{versions}": [f"{row.pk}:1" for row in articles],
            "{topic}": self.rows["topic"]["own"].pk,
            "{me}": getattr(self.users.get(role), "pk", 0),
            "{other}": self.rows["user"]["own"].pk,
            "{shown}": self.rows["shown"]["own"].pk,
            "{row}": getattr(row, "pk", 0),
        }
        if "{text of source}" in door.sent.values():
            source = row.translation_of if isinstance(row, Article) else None
            values["{text of source}"] = source_states.text_of(source).pk if source else 0
        if "{picture}" in door.sent.values():
            values["{picture}"] = BytesIO(self.picture)
            values["{picture}"].name = "a.jpg"
        return {
            name: values.get(value, value) if isinstance(value, str) else value for name, value in door.sent.items()
        }

    def ask(self, role, method, address, sent):
        """The answer, and the tables that it wrote to. What it did is taken back.

        A form that was posted with an error is not drawn: it shows what the form that was opened shows.
        """
        client, written = self.clients[role], set()
        cookies = {name: cookie.value for name, cookie in client.cookies.items()}

        def watch(execute, sql, params, many, context):
            written.update(found[1] for found in WRITES.finditer(sql))
            return execute(sql, params, many, context)

        is_form = method == "post" and address.endswith(("/add/", "/change/"))
        with transaction.atomic(), connection.execute_wrapper(watch), undrawn_forms() if is_form else nullcontext():
            answer = getattr(client, method)(address, sent)
            transaction.set_rollback(True)
        client.cookies = SimpleCookie(cookies)  # who was logged out is logged in again: the session is back, too
        return answer, written

    def reaches(self, role, whose, kind):
        """Whether the role may see the row at all."""
        if kind not in OF_ARTICLES:
            return True
        return whose == "own" or (whose == "foreign" and role in CENTRAL)
