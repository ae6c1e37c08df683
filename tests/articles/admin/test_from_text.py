"""“New article from a text”: what is confirmed becomes an ordinary draft; nothing is stored before, nothing is lost."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from articles.models import Article
from contacts.models import Contact
from tests.cast import make_contact, make_country, make_office, make_region, make_topic, make_user
from tests.forms import filled, read

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

PAGE = reverse("admin:articles_article_from_text")
TEXT = """Press release
Africa

A boat with two classrooms reaches Mopti

It will teach 140 children.

Geneva, 3 May 2024 – The boat was built by carpenters of the town, and carries solar panels. The diaspora paid for it.

“My pupils used to forget in summer what they had learnt,” said Awa Traoré, head teacher of the boat.

For more information visit https://boats.example or contact:
Media Unit
media@example.org

Oumar Keita
o.keita@example.org
+223 20 22 01 50
"""


@pytest.fixture
def rows(db):
    make_region("africa", "Africa")
    make_country()
    make_topic()
    return make_contact()


@pytest.fixture
def edna(client, rows):
    user = make_user("edna", "editor", rows.office)
    client.force_login(user)
    client.user = user
    return client


def reading(client, text=TEXT, **more):
    return client.post(PAGE, {"text": text, "language": "", **more})


def test_the_page_shows_what_was_read_and_stores_nothing(edna):
    page = reading(edna)
    html = page.content.decode()
    form = page.context["form"]
    assert form.initial["headline"] == "A boat with two classrooms reaches Mopti"
    assert form.initial["office"] == Contact.objects.get().office_id
    assert '<mark class="sure" id="p-headline">' in html
    assert "No contact has this address, number or name." in html  # of Oumar Keita
    assert not Article.objects.exists()


def test_the_confirmed_fields_become_an_ordinary_draft(edna, rows):
    page = reading(edna)
    response = edna.post(
        PAGE, filled(page, make="1", topics=[str(page.context["form"].fields["topics"].choices[0][0])])
    )
    article = Article.objects.get()
    assert response.url == reverse("admin:articles_article_change", args=[article.pk])
    assert (article.state, article.language, article.kind) == ("draft", "en", "press-release")
    assert (article.headline, article.summary) == (
        "A boat with two classrooms reaches Mopti",
        "It will teach 140 children.",
    )
    assert (article.dateline_place, article.slug) == ("Geneva", "a-boat-with-two-classrooms-reaches-mopti")
    assert (article.office, article.created_by) == (rows.office, edna.user)
    assert article.publish_at.isoformat() == "2024-05-02T22:00:00+00:00"  # midnight in Zurich
    assert [region.code for region in article.regions.all()] == ["africa"]
    assert [topic.code for topic in article.topics.all()] == ["diaspora"]
    assert list(article.contacts.all()) == [rows]
    quote = article.quotes.get()
    assert (quote.speaker, quote.role) == ("Awa Traoré", "head teacher of the boat")
    assert article.related_links.get().url == "https://boats.example"
    assert article.body.startswith("<p>The boat was built by carpenters")
    # Nobody chose a row for him, so his lines stay.
    assert "Oumar Keita<br>+223 20 22 01 50<br>o.keita@example.org" in article.body
    assert "media@example.org" not in article.body


def test_what_is_corrected_counts_and_a_replaced_headline_stays_in_the_text(edna):
    edna.post(PAGE, filled(reading(edna), make="1", headline="Schools afloat", **{"quote-0-take": ""}))
    article = Article.objects.get()
    assert article.headline == "Schools afloat"
    assert article.body.startswith("<p>A boat with two classrooms reaches Mopti</p>")
    assert not article.quotes.exists()


def test_a_writer_makes_drafts_of_the_own_office_only(rows):
    other = make_office("dakar", "Dakar Office")
    browser = Client()
    browser.force_login(make_user("walt", "writer", other))
    page = reading(browser)
    offered = dict(page.context["form"].fields["office"].choices)
    assert set(offered) == {"", other.pk}
    refused = browser.post(PAGE, filled(page, make="1", tampered={"office": rows.office_id}))
    assert refused.status_code == 200
    assert not Article.objects.exists()
    browser.post(PAGE, filled(page, make="1"))
    assert Article.objects.get().office == other


def test_a_translator_makes_none(rows):
    browser = Client()
    browser.force_login(make_user("tess", "translator", rows.office))
    assert browser.get(PAGE).status_code == 403
    assert reading(browser).status_code == 403


def test_html_is_cleaned_as_in_any_form(edna):
    html = f"<h1>A boat reaches the town of Mopti</h1><p>Geneva – {'It carries books. ' * 9}<b onclick=x>Now</b></p><script>1</script>"
    edna.post(PAGE, filled(reading(edna, html), make="1"))
    article = Article.objects.get()
    assert article.headline == "A boat reaches the town of Mopti"
    assert article.body.endswith("<strong>Now</strong></p>")


def test_a_file_is_read(edna):
    page = reading(edna, "", file=SimpleUploadedFile("release.txt", TEXT.encode()))
    assert page.context["form"].initial["dateline_place"] == "Geneva"
    refused = reading(edna, "", file=SimpleUploadedFile("release.txt", b"caf\xe9"))
    assert "This is no text in UTF-8" in refused.content.decode()


@pytest.mark.parametrize(
    ("text", "told"),
    [("", "Paste a text"), ("a" * 204_801, "larger than 200"), ("<div>" * 40_000, "of tags within tags")],
)
def test_what_cannot_be_read_is_refused_with_a_sentence(edna, text, told):
    assert told in reading(edna, text).content.decode()


def test_a_new_contact_is_proposed_and_not_stored(edna):
    form = edna.post(PAGE, filled(reading(edna), propose="1"))
    sent = read(form).sent()
    assert (sent["translations-0-display_name"], sent["email"]) == ("Oumar Keita", "o.keita@example.org")
    assert sent["phones-0-display"] == "+223 20 22 01 50"
    assert "nothing is saved yet" in form.content.decode()
    assert Contact.objects.count() == 1


def test_the_sample_is_read_with_certainty(edna):
    text = read_sample(edna)
    form = reading(edna, text).context["form"]
    found = form.reading
    assert all(one and one.sure for one in (found.label, found.region, found.headline, found.standfirst, found.place))
    assert len(found.quotes) == 2
    assert len(found.contacts) == 2


def read_sample(client):
    return client.get(f"{PAGE}?sample=1").context["form"].initial["text"]


def test_an_embargo_is_pointed_out(edna):
    sentence = "EMBARGOED until 6 May 2024, 10:00"
    page = reading(edna, f"{sentence}\n\n{TEXT}")
    html = page.content.decode()
    assert "The text names an embargo:" in html
    assert page.context["form"].initial["day"] == ""
    response = edna.post(PAGE, filled(page, make="1"))
    article = Article.objects.get()
    assert article.publish_at is None
    assert f"The text names an embargo: {sentence}" in article.remarks.get().text
    assert sentence in edna.get(response.url).content.decode()


def test_a_line_that_may_be_an_embargo_leaves_the_date_empty_too(edna):
    text = TEXT.replace("The diaspora paid", "Not for publication before Monday, said the town. The diaspora paid")
    page = reading(edna, text)
    assert page.context["form"].doubts.get("embargo")
    assert page.context["form"].initial["day"] == ""


def test_lines_with_hyphens_are_a_list_and_what_is_said_with_dashes_is_none(edna):
    lines = "\n- 214 wells\n- 12 laboratories & more\n- see https://wells.example\n\n– Who paid?\n– The diaspora.\n- Alone.\n"
    edna.post(PAGE, filled(reading(edna, TEXT.replace("\nFor more", f"{lines}\nFor more")), make="1"))
    body = Article.objects.get().body
    assert "<ul><li>214 wells</li><li>12 laboratories &amp; more</li><li>see <a href=" in body
    assert "<li>Who" not in body
    assert "<li>Alone" not in body


def test_what_was_overlooked_is_named_with_its_passage(edna):
    text = TEXT.replace("Press release\nAfrica", "Tidings of the boats\nAfrica").replace(
        "The diaspora paid", "“I saw it,” he said. The diaspora paid"
    )
    html = reading(edna, text).content.decode()
    assert "This stands above the text and is in no field: <bdi>Tidings of the boats</bdi>" in html
    assert "This may be a quote, and is none of those below: <bdi>“I saw it,”</bdi>" in html
    assert '<mark class="unsure" id="p-doubt-0">' in html
