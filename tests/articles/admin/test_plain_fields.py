"""Whatever is typed or pasted into a plain field of any form is stored as what can be read."""

import pytest
from django.contrib.messages import get_messages

from tests.articles.admin.test_form import save
from tests.cast import create_image, make_article, make_contact, make_country, make_office, make_topic
from tests.files import picture
from tests.forms import errors, filled

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def stored(row):
    row.refresh_from_db()
    return row


def test_headline_standfirst_and_place_of_an_article(client, edna):
    article = make_article(state="draft", publish_at=None)
    response = save(
        client,
        article,
        headline="Food &amp; water:\r\n <em>first</em>\u200b visit",
        summary="<p>One.</p>\r\n<p>Two.</p>",
        dateline_place="Ge\u200bneva ",
    )
    assert response.status_code == 302
    found = stored(article)
    assert (found.headline, found.summary, found.dateline_place) == ("Food & water: first visit", "One. Two.", "Geneva")


def told(response):
    return [str(message) for message in get_messages(response.wsgi_request) if message.level_tag == "warning"]


def test_a_form_says_what_a_plain_text_has_lost(client, edna):
    article = make_article(state="draft", publish_at=None)
    response = save(
        client,
        article,
        headline="Use &lt;title&gt; and &amp; zero\u200bwidth ",
        summary="One.\r\nTwo.",
        dateline_place="Ulm",
    )
    assert stored(article).headline == "Use and & zerowidth"
    assert told(response) == [
        "Headline: 3 HTML character codes were decoded. 1 HTML tag was removed. 1 invisible character was removed."
    ]
    assert told(save(client, article, summary="One. Two.")) == []


def test_rows_and_lists_say_what_they_have_lost(client, edna):
    office, topic, country = make_office(), make_topic(), make_country()
    address = f"/admin/articles/topic/{topic.pk}/change/"
    response = post(client, address, **{"translations-0-name": "Rain <b>and</b> hail"})
    assert told(response) == ["Name: 2 HTML tags were removed."]
    response = post(client, f"/admin/contacts/country/{country.pk}/change/", aliases="Helvetia &amp; Co\r\nSuisse")
    assert told(response) == ["Other names: 1 HTML character code was decoded."]
    response = post(
        client, f"/admin/contacts/office/{office.pk}/change/", **{"phones-0-display": "+41 22 555\u200b 01 50"}
    )
    assert told(response) == ["Number as typed: 1 invisible character was removed."]


def test_a_headline_that_nobody_sees_is_missing(client, edna):
    article = make_article(state="draft", publish_at=None, headline="Rain")
    path = f"/admin/articles/article/{article.pk}/change/"
    form = client.get(path)
    for typed in ("\u200b", "\u2060\ufeff", "&nbsp;", "<br>", "\u202b\u200f"):
        answer = client.post(path, filled(form, headline=typed))
        assert errors(answer) == {"headline": ["This field is required."]}, ascii(typed)
    assert stored(article).headline == "Rain"


def post(client, path, **changes):
    return client.post(path, filled(client.get(path), **changes))


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("mailto:a@example.org", "a@example.org"),
        ("Press <a@example.org>", "a@example.org"),
        ("\u200ea@example.org\u200b", "a@example.org"),
    ],
)
def test_the_e_mail_address_of_a_contact(client, chief, typed, wanted):
    contact = make_contact()
    assert post(client, f"/admin/contacts/contact/{contact.pk}/change/", email=typed).status_code == 302
    assert stored(contact).email == wanted


def test_what_is_no_e_mail_address_is_told(client, chief):
    path = f"/admin/contacts/contact/{make_contact().pk}/change/"
    form = client.get(path)
    for typed in ("a@example.org; b@example.org", "a@localhost", "a b@example.org"):
        response = client.post(path, filled(form, email=typed))
        assert errors(response) == {"email": ["Enter a valid email address."]}, typed


def test_names_and_addresses_in_rows(client, chief):
    office, topic = make_office(), make_topic()
    image = create_image(picture(), "A. Lens", alt={"en": "A river."})
    prefix = "translations-0-"
    changes = {f"{prefix}name": "Geneva &amp; Bern", f"{prefix}address": "Pier 1<br>\r\n\r\n\r\nGeneva\u200b"}
    assert post(client, f"/admin/contacts/office/{office.pk}/change/", **changes).status_code == 302
    found = office.translations.get()
    assert (found.name, found.address) == ("Geneva & Bern", "Pier 1\n\nGeneva")
    response = post(client, f"/admin/articles/topic/{topic.pk}/change/", **{f"{prefix}name": "<b>Floods</b>\u00a0"})
    assert response.status_code == 302
    assert topic.translations.get().name == "Floods"
    changes = {"credit": "A.&nbsp;Lens", f"{prefix}alt": "A\nriver", f"{prefix}caption": "The <i>river</i>"}
    assert post(client, f"/admin/articles/image/{image.pk}/change/", **changes).status_code == 302
    texts = image.translations.get()
    assert (stored(image).credit, texts.alt, texts.caption) == ("A. Lens", "A river", "The river")
