"""What the demo shows of press lists: journalists of several languages, two lists, one sending that is done."""

from datetime import timedelta

from django.db.models import Count, Q
from django.utils import timezone

from articles.models import Article, Journalist, PressDelivery, PressList, Sending, Topic
from articles.press_lists import confirming, journalists, mails, planning, versions
from contacts.models import Region

# name, outlet, e-mail address, languages, regions, topics
PEOPLE = [
    ("Amina Osei", "The Lakes Courier", "amina.osei@lakescourier.example", "en", ["africa"], ["floods"]),
    ("Jonas Lindqvist", "Norrland Radio", "jonas@norrlandradio.example", "en", ["europe"], ["drought"]),
    ("Sofía Prado", "Agencia Ribera", "sprado@ribera.example", "es", ["latin-america-and-caribbean"], []),
    ("Moussa Traoré", "Radio Fleuve", "m.traore@radiofleuve.example", "fr en", ["africa"], []),
    ("Leïla Haddad", "Le Canal", "l.haddad@lecanal.example", "fr ar", ["africa"], []),
    ("سلمى النجار", "النهر", "salma@alnahr.example", "ar fr", ["africa"], ["floods"]),
    ("Ольга Речная", "Волна", "rechnaya@volna.example", "ru", ["europe"], []),
    ("江晓雨", "江河周刊", "jiang@jianghe.example", "zh", ["asia-pacific"], ["floods"]),
    ("Priya Nadkarni", "Delta Daily", "priya@deltadaily.example", "en", ["asia-pacific"], ["floods"]),
    (
        "Tomás Arroyo",
        "Cuenca Televisión",
        "tarroyo@cuencatv.example",
        "es en",
        ["latin-america-and-caribbean"],
        ["drought"],
    ),
    ("Ingrid Voss", "Wasser und Wetter", "voss@wasserundwetter.example", "en", ["europe"], []),
    ("Kwame Bediako", "Harbour FM", "kwame@harbourfm.example", "en", ["africa"], []),
]
WITHOUT_CONSENT, ENDED = "voss@wasserundwetter.example", "jonas@norrlandradio.example"
PICKED = ["amina.osei@lakescourier.example", ENDED, "sprado@ribera.example", "salma@alnahr.example"]


def make(users):
    today = timezone.localdate()
    for number, (name, outlet, email, languages, regions, topics) in enumerate(PEOPLE):
        first, *others = languages.split()
        consent = {
            "consent_on": today - timedelta(days=200 - 7 * number),
            "consent_source": "E-mail to the press office",
        }
        row = Journalist.objects.create(
            name=name, outlet=outlet, email=email, language=first, other_languages=others,
            **({} if email == WITHOUT_CONSENT else consent),
        )  # fmt: skip
        row.regions.set(Region.objects.filter(code__in=regions))
        row.topics.set(Topic.objects.filter(code__in=topics))
        if row.consent_on:
            journalists.note_consent(row, users["edna"])
    picked = PressList.objects.create(name="River basins")
    picked.journalists.set(Journalist.objects.filter(email__in=PICKED))
    rule = PressList.objects.create(name="Africa", kind=PressList.Kind.RULE)
    rule.regions.set(Region.objects.filter(code="africa"))
    _send(users["aziz"], [picked, rule])


def _send(by, press_lists):
    """A sending of some days ago; its mails count as sent."""
    translated = Count("translations", filter=Q(translations__listed_at__lte=timezone.now()))
    story = (
        Article.objects.live().filter(translation_of=None).alias(number=translated).order_by("-number", "pk").first()
    )
    if story is None:
        return
    sending = Sending.objects.create(article=story, kind=Sending.Kind.PUBLIC, created_by=by)
    sending.lists.set(press_lists)
    sending.texts = {
        code: {"subject": mails.default_subject(sending.kind, one.article), "note": ""}
        for code, one in versions.versions(sending, by).items()
    }
    sending.save(update_fields=["texts"])
    confirming.confirm(sending, by, planning.plan(sending, by).fingerprint)
    at = timezone.now() - timedelta(days=2)
    sending.deliveries.update(due_at=at, sent_at=at + timedelta(minutes=1), edition=1)
    Sending.objects.filter(pk=sending.pk).update(created_at=at, confirmed_at=at)
    ended = sending.deliveries.filter(journalist__email=ENDED)
    ended.update(ended_at=at + timedelta(hours=3))
    jonas = Journalist.objects.get(email=ENDED)
    journalists.end_consent(jonas, None, "by the link in a mail")
    last = sending.deliveries.order_by("pk").last()
    PressDelivery.objects.filter(pk=last.pk).update(sent_at=None, edition=0, left_out=PressDelivery.LeftOut.REFUSED)
