"""Names, headlines and addresses hold what can be read, whoever typed, pasted or imported them."""

import html

import pytest
from django.apps import apps
from django.db import models
from hypothesis import given
from hypothesis import strategies as st

from articles.fields import HTMLField
from contacts.models.text_fields import TidyField
from contacts.plain_text import email_address, lines, one_line, web_address
from tests.cast import make_topic

pytestmark = pytest.mark.one_database

ONE_LINE = [
    ("Food &amp; water: the minister&#8217;s <em>first</em> visit", "Food & water: the minister’s first visit"),
    ("5 < 6 and AT&T", "5 < 6 and AT&T"),
    ("a <b and c> d, x<y", "a <b and c> d, x<y"),
    ("Fish &amp;amp; chips", "Fish & chips"),
    ("&lt;em&gt;First&lt;/em&gt; visit", "First visit"),
    ("R&D; &bogus; &copy", "R&D; &bogus; &copy"),
    ("<p>The first.</p><p>The&nbsp;second<br>and third.</p>", "The first. The second and third."),
    ("CO<sub>2</sub> <a href='https://example.org/?a=1&amp;b=2' target=_blank>here</a>", "CO2 here"),
    ("Dose of 10<sup>6</sup> in 5 m<SUP>3</SUP>, 1<sup>er</sup>", "Dose of 10⁶ in 5 m³, 1er"),
    ("The ministerâ€™s visit â€“ l\u2019Ã©tÃ© Ã\xa0 GenÃ¨ve, 5Â\xa0km, Â«ouiÂ»", "The minister’s visit – l’été à Genève, 5\u00a0km, «oui»"),
    ("The ﬁrst oﬃce’s ﬂoods", "The first office’s floods"),
    ("Ð¡ÑƒÐ´Ð°Ð½, Ø§Ù„Ø³ÙˆØ¯Ø§Ù†", "Судан, السودان"),
    ("“IRMÃ”, «MANHÃ», Â«OUIÂ», dÃ»", "“IRMÃ”, «MANHÃ», «OUI», dû"),
    ("LE CAFÉ», SÃO PAULO, ÂGE, Âge, ÐÑ, château", "LE CAFÉ», SÃO PAULO, ÂGE, Âge, ÐÑ, château"),
    ("<del>5</del> 7 million for <s class=x>nine</s>ten", "7 million for ten"),
    ("The minister\x92s \x93visit\x94 \x96 today\x81", "The minister’s “visit” – today"),
    ("One<script>alert(1)</script> two<!-- note -->", "One two"),
    ("<![if !x]> <o:p></o:p>x", "<![if !x]> x"),
    ("Floods\nin the\tdelta\u2028today\x0bnow", "Floods in the delta today now"),
    ("\u200b", ""),
    ("\u2060\ufeff\u00a0\u3000\u00ad\u2800\u3164", ""),
    ("Report \u202e3202 annual", "Report 3202 annual"),
    ("\u202bThe fund\u200f", "The fund"),
    ("Zero\u200bwidth", "Zerowidth"),
    ("Que faire\u00a0? 3\u202f000\u00a0km, «\u00a0oui\u00a0»", "Que faire\u00a0? 3\u202f000\u00a0km, «\u00a0oui\u00a0»"),
    ("one\u00a0two", "one two"),
    ("Cafe\u0301", "Café"),
    ("می\u200cخواهم", "می\u200cخواهم"),
    ("می\u200c", "می"),
    ("a\u200cb", "ab"),
    ("سلام\u200f! Nairobi", "سلام\u200f! Nairobi"),
    ("Nairobi\u200f!", "Nairobi!"),
    ("في \u2066Nairobi (1)\u2069 اليوم", "في \u2066Nairobi (1)\u2069 اليوم"),
    ("في \u2066Nairobi", "في Nairobi"),
    ("ไทย\u200bแลนด์", "ไทย\u200bแลนด์"),
    ("Waters 🌊👩🏽\u200d🔬 rise ❤\ufe0f", "Waters 🌊👩🏽\u200d🔬 rise ❤\ufe0f"),
    ("🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f", "🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f"),
    ("x\U000e0041\U000e0042", "x"),
]  # fmt: skip


@pytest.mark.parametrize(("typed", "wanted"), ONE_LINE)
def test_a_line_is_what_can_be_read(typed, wanted):
    assert one_line(typed) == wanted
    assert one_line(wanted) == wanted


def test_an_address_keeps_its_lines():
    assert lines("Main street&nbsp;1<br />Box 2\r\n\r\n\r\n\r\n  Geneva ") == "Main street 1\nBox 2\n\nGeneva"
    assert lines("<p>One</p><p>Two</p>") == "One\n\nTwo"
    assert lines("One\n\nTwo") == "One\n\nTwo"


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("mailto:a@example.org", "a@example.org"),
        ("Press <a@example.org>", "a@example.org"),
        ("<a@example.org>;", "a@example.org"),
        ("a @ example.org", "a@example.org"),
        ("\u200ea@example.org\u200b", "a@example.org"),
        ("a(at)example.org", "a@example.org"),
        ("a@example.org.", "a@example.org"),
        ("A.B@Example.org", "A.B@Example.org"),
        ("MAILTO:a@example.org?subject=Hello", "a@example.org"),
        ("a [AT] example [dot] org", "a@example.org"),
        ("a{at}example(dot)org", "a@example.org"),
        ("a＠example。org", "a@example.org"),
        ("E-mail : a@example.org", "a@example.org"),
        ("البريد: a@example.org", "a@example.org"),
        ("• Mail: a@example.org", "a@example.org"),
        ("Gmail: a@example.org", "Gmail: a@example.org"),  # refused by the field, rather than another address
        ("邮箱：a@example.org", "a@example.org"),
        ("a@example.org (Press)", "a@example.org"),
        ('<a class="x" href="mailto:a@example.org?subject=x">Press</a>', "a@example.org"),
        ("a and b@example.org", "a and b@example.org"),
        ("a@example.org; b@example.org", "a@example.org; b@example.org"),
    ],
)
def test_an_e_mail_address_is_found_in_what_people_paste(typed, wanted):
    assert email_address(typed) == wanted


def test_the_address_of_a_page_has_no_invisible_characters():
    assert web_address(" https://example.org/?a=1&amp;b=2\u200b ") == "https://example.org/?a=1&b=2"
    assert web_address("https://example.org/a b") == "https://example.org/a%20b"


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("<b>A</b> &amp; B", {"tags_removed": 2, "entities_decoded": 1}),
        ("A\u200bB\u200f", {"invisible_removed": 2}),
        ("A  B\n", {}),
    ],
)
def test_what_was_removed_is_told(typed, told):
    found = {}
    one_line(typed, lambda code, number: found.update({code: found.get(code, 0) + number}))
    assert found == told


PIECES = [
    "&amp;",
    "&lt;",
    "b&gt;",
    "<b>",
    "</b>",
    "<br>",
    "amp;",
    "&#",
    "8203;",
    " ",
    "\n",
    "\u00a0",
    ":",
    "3",
    "م",
    "ก",
]
PIECES += [
    "\u200b",
    "\u200c",
    "\u200d",
    "\u200e",
    "\u200f",
    "\u2066",
    "\u2069",
    "\u202e",
    "\u0301",
    "e",
    "👩",
    "\ufe0f",
    "🏴",
]
PIECES += ["\U000e0067", "<script>", "</script>", "<!--", "-->", "<", ">", "@", "mailto:", "\ud800", "(at)"]
TEXTS = st.lists(st.sampled_from(PIECES) | st.text(max_size=5), max_size=12).map("".join)


@given(TEXTS)
def test_tidying_twice_changes_nothing(text):
    for tidy in (one_line, lines):
        tidied = tidy(text)
        assert tidy(tidied) == tidied
        tidied.encode()
        assert tidied == tidied.strip()
    assert len(one_line(text).splitlines()) < 2


@given(st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=20))
def test_letters_and_digits_stay(text):
    assert one_line(html.escape(text)) == one_line(text)


# Texts that the software writes or keeps as they are, and codes that have rules of their own.
WRITTEN_BY_SOFTWARE = """Revision Move SlugHistory ImportRun ImportRecord SearchEntry Subscription Delivery DeletedArticle BackgroundJob
    Alarm BrokenLink Notice PassOpening Scratch OpenForm FormerFile WebhookAttempt ReaderCount WaitingTable
    AuthenticatorApp RecoveryCode OpenSession OutsideAccount AccountMail MachineDraft""".split()
CODES = """contacts.Office.timezone contacts.Country.iso2 contacts.Country.iso3 contacts.Country.m49 articles.Pin.place
    articles.Remark.paragraph_text newsroom.Passkey.credential_id newsroom.Passkey.credential
    newsroom.Invitation.username""".split()


@pytest.mark.parametrize("label", ["contacts", "articles", "newsroom"])
def test_every_plain_text_that_people_write_is_tidied(label):
    untidy = [
        f"{model._meta.label}.{field.name}"
        for model in apps.get_app_config(label).get_models()
        for field in model._meta.fields
        if isinstance(field, models.CharField | models.TextField)
        and field.editable
        and not field.choices
        and not isinstance(field, HTMLField | TidyField | models.SlugField)
        and model.__name__ not in WRITTEN_BY_SOFTWARE
    ]
    assert set(untidy) <= set(CODES)


@pytest.mark.django_db
def test_scripts_store_tidy_texts_and_lookups_take_a_text_as_it_is():
    topic = make_topic(name="Floods &amp; <b>droughts</b>\u200b")
    assert topic.translations.get().name == "Floods & droughts"
    words = topic.translations.get()
    words.name = "Dust &amp;\nwind"
    words.save()
    assert words.name == "Dust & wind"  # without reading it again
    topic.translations.update(name="Rain\n")
    assert topic.translations.filter(name__startswith="Rain ").count() == 0
    assert topic.translations.filter(name="Rain").count() == 1
