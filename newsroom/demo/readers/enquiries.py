"""What the demo shows of the log of enquiries: one that is new and due, one in hand, one answered."""

from datetime import timedelta

from django.utils import timezone

from articles.models import Article, Enquiry

VALLEY = "four-countries-agree-on-water-for-the-senegal-valley-until-the-next-rains"
HARBOURS = "lake-victoria-harbours-get-seven-day-level-forecasts-before-the-rains-peak"


def make(users):
    now = timezone.now().replace(minute=0, second=0, microsecond=0)
    articles = {row.slug: row for row in Article.objects.filter(language="en", slug__in=[VALLEY, HARBOURS])}
    Enquiry.objects.bulk_create(
        [
            Enquiry(
                name="Jonas Lindqvist",
                outlet="Norrland Radio",
                email="jonas@norrlandradio.example",
                telephone="+46 8 5550 1234",
                language="en",
                about="The agreement on the Senegal valley",
                article=articles.get(VALLEY),
                question="What happens if the rains are late again? May we record an interview this afternoon?",
                received_at=now - timedelta(hours=2),
                deadline=now + timedelta(hours=3),
            ),
            Enquiry(
                name="Sofía Prado",
                outlet="Agencia Ribera",
                email="sprado@ribera.example",
                language="es",
                about="Presas en el Paraná",
                question="¿Hay cifras del nivel del embalse en octubre?",
                received_at=now - timedelta(hours=20),
                deadline=now + timedelta(days=1),
                state=Enquiry.State.IN_HAND,
                owner=users["edna"],
            ),
            Enquiry(
                name="Amina Osei",
                outlet="The Lakes Courier",
                email="amina.osei@lakescourier.example",
                language="en",
                about="Level forecasts on Lake Victoria",
                article=articles.get(HARBOURS),
                question="May we reprint the table of gauges, and how is it to be credited?",
                received_at=now - timedelta(days=2),
                state=Enquiry.State.ANSWERED,
                owner=users["edna"],
                answer="Yes, with the credit that stands below it. The file is in the press kit.",
                outcome="Story of the next day, listed as coverage.",
            ),
        ]
    )
