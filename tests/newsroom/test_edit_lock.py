"""Two people open one form: nobody's change is undone without having been told, whatever the row is."""

import pytest
from django.contrib import admin
from django.contrib.messages import get_messages

from contacts.admin.edit_lock import EditLock
from contacts.admin.inlines import InlineFormSet
from newsroom.models import Page
from tests.cast import make_article, make_country, make_office, make_region, make_topic, make_user
from tests.forms import errors, filled
from tests.newsroom.two_editors import TOLD, address, browser_of, contact_with_two_numbers, numbers, save

STORED_ROWS_CHANGED = "Somebody else has changed these rows."


@pytest.fixture
def ada(db):
    return browser_of("ada")


@pytest.fixture
def bela(db):
    return browser_of("bela")


@pytest.fixture
def contact(db):
    return contact_with_two_numbers()


def test_every_form_of_the_admin_that_can_be_saved_has_the_lock():
    read_only = {"axes", "importrun", "deletedarticle", "quote", "subscription", "delivery", "sending", "invitation"}
    for model, registered in admin.site._registry.items():
        if not read_only & {model._meta.app_label, model._meta.model_name}:
            assert isinstance(registered, EditLock), model
        for inline in registered.inlines:
            assert issubclass(inline.formset, InlineFormSet), inline


def test_the_second_of_two_is_told_and_the_next_save_keeps_both(ada, bela, contact):
    opened = filled(
        bela.get(address(contact)),
        **{"translations-0-job_title": "Spokesperson", "phones-0-display": "+41 22 555 01 99"},
    )
    save(ada, contact, email="new@example.org")
    answer = bela.post(address(contact), opened)
    told = errors(answer)
    assert TOLD in told["__all__"][0]
    assert "Nothing was saved." in told["__all__"][0]
    assert told["email"] == ["Changed by somebody else. Before: media@example.org"]
    assert numbers(contact) == ["+41 22 555 01 50", "+41 22 555 01 51"]
    assert bela.post(address(contact), filled(answer)).status_code == 302
    contact.refresh_from_db()
    assert contact.email == "new@example.org"
    assert contact.translations.get().job_title == "Spokesperson"
    assert numbers(contact) == ["+41 22 555 01 99", "+41 22 555 01 51"]


def test_nobody_is_told_to_correct_what_others_have_changed(ada, bela, contact):
    opened = filled(bela.get(address(contact)), **{"translations-0-job_title": "Spokesperson"})
    save(ada, contact, email="new@example.org")
    page = bela.post(address(contact), opened).content.decode()
    assert "Please correct the error" not in page
    assert page.count(TOLD) == 1
    assert "<title>Error: " in page
    wrong = filled(bela.get(address(contact)), email="nobody")
    assert "Please correct the error" in bela.post(address(contact), wrong).content.decode()


def test_of_one_field_that_both_changed_both_values_are_shown(ada, bela, contact):
    opened = filled(bela.get(address(contact)), email="bela@example.org", purpose="general")
    save(ada, contact, email="ada@example.org", office=make_office("nairobi", "Nairobi").pk)
    told = errors(bela.post(address(contact), opened))
    assert told["email"] == ["Now stored: ada@example.org"]
    assert told["office"] == ["Changed by somebody else. Before: Geneva Office"]


def test_a_form_that_was_only_looked_at_overwrites_nothing(ada, bela, contact):
    opened = filled(bela.get(address(contact)))
    save(ada, contact, **{"email": "new@example.org", "phones-0-DELETE": "on", "phones-2-display": "+41 22 555 01 77"})
    answer = bela.post(address(contact), opened)
    assert answer.status_code == 302
    assert [str(message) for message in get_messages(answer.wsgi_request)] == ["Nothing was changed."]
    contact.refresh_from_db()
    assert contact.email == "new@example.org"
    assert numbers(contact) == ["+41 22 555 01 51", "+41 22 555 01 77"]


def test_a_row_that_was_added_meanwhile_survives(ada, bela, contact):
    opened = filled(bela.get(address(contact)), **{"phones-2-display": "+41 22 555 01 88"})
    save(ada, contact, **{"phones-2-display": "+41 22 555 01 77"})
    answer = bela.post(address(contact), opened)
    assert STORED_ROWS_CHANGED in errors(answer)["phones"][0]
    assert "Added: " in errors(answer)["phones"][0]
    assert "+41 22 555 01 77" in errors(answer)["phones"][0]
    assert bela.post(address(contact), filled(answer)).status_code == 302
    assert numbers(contact)[2:] == ["+41 22 555 01 77", "+41 22 555 01 88"]


def test_a_row_that_was_removed_meanwhile_stays_removed(ada, bela, contact):
    opened = filled(bela.get(address(contact)), email="bela@example.org")
    save(ada, contact, **{"phones-0-DELETE": "on"})
    answer = bela.post(address(contact), opened)
    assert "Removed: " in errors(answer)["phones"][0]
    assert bela.post(address(contact), filled(answer)).status_code == 302
    assert numbers(contact) == ["+41 22 555 01 51"]


def test_words_typed_into_a_row_that_was_removed_come_back(ada, bela, contact):
    opened = filled(bela.get(address(contact)), **{"phones-0-display": "+41 22 555 01 99"})
    save(ada, contact, **{"phones-0-DELETE": "on"})
    answer = bela.post(address(contact), opened)
    assert any("If you save, it is added again." in text for text in errors(answer)["phones"])
    assert bela.post(address(contact), filled(answer)).status_code == 302
    assert numbers(contact) == ["+41 22 555 01 51", "+41 22 555 01 99"]


def test_a_row_is_not_removed_with_what_somebody_has_just_typed(ada, bela, contact):
    opened = filled(bela.get(address(contact)), **{"phones-0-DELETE": "on"})
    save(ada, contact, **{"phones-0-display": "+41 22 555 01 99"})
    answer = bela.post(address(contact), opened)
    assert "Changed by somebody else. Before: +41 22 555 01 50" in errors(answer)["phones"]
    assert len(numbers(contact)) == 2
    assert bela.post(address(contact), filled(answer)).status_code == 302
    assert numbers(contact) == ["+41 22 555 01 51"]


def test_both_added_the_same_language(ada, bela, contact):
    new = {"translations-1-language": "fr", "translations-1-unit_name": "Service de presse"}
    opened = filled(bela.get(address(contact)), **new)
    save(ada, contact, **new | {"translations-1-unit_name": "Unité média"})
    answer = bela.post(address(contact), opened)
    assert answer.status_code == 200
    again = bela.post(address(contact), filled(answer))
    assert again.status_code == 200  # it cannot be stored twice, and says so
    assert contact.translations.get(language="fr").unit_name == "Unité média"


def test_the_empty_row_that_nobody_touched_is_none(ada, bela, contact):
    """It proposes the next language; once somebody has added this language, it would look filled in."""
    opened = filled(bela.get(address(contact)), email="bela@example.org")
    save(ada, contact, **{"translations-1-unit_name": "Service de presse"})
    answer = bela.post(address(contact), opened)
    assert bela.post(address(contact), filled(answer)).status_code == 302
    assert sorted(contact.translations.values_list("language", flat=True)) == ["en", "fr"]


def test_rows_of_an_article_that_others_added_or_removed_survive(ada, bela):
    article = make_article(
        state="draft", regions=[make_region()], topics=[make_topic(), make_topic("labour", "Labour")]
    )
    opened = filled(
        bela.get(address(article)), headline="By Bela", **{"topic_rows-1-topic": make_topic("law", "Law").pk}
    )
    save(ada, article, **{"topic_rows-0-DELETE": "on", "region_rows-1-region": make_region("asia", "Asia").pk})
    answer = bela.post(address(article), opened)
    assert errors(answer)["topic_rows"]
    assert bela.post(address(article), filled(answer)).status_code == 302
    article.refresh_from_db()
    assert article.headline == "By Bela"
    assert list(article.topic_rows.values_list("topic__code", flat=True)) == ["law"]
    assert list(article.region_rows.values_list("region__code", flat=True)) == ["europe", "asia"]


@pytest.mark.parametrize(
    "name", ["region", "country", "topic", "office", "page", "image", "attachment", "membership", "user", "group"]
)
def test_so_it_is_for_every_kind_of_row(ada, bela, office_rows, name):
    row, theirs, mine = office_rows[name]
    opened = filled(bela.get(address(row)), **mine)
    save(ada, row, **theirs)
    before = stored(row)
    answer = bela.post(address(row), opened)
    assert answer.status_code == 200
    assert any(TOLD in text for text in errors(answer)["__all__"])
    assert stored(row) == before
    assert bela.post(address(row), filled(answer)).status_code == 302
    after = stored(row)
    assert {key: after[key] for key in theirs if key in after} == {key: before[key] for key in theirs if key in after}
    assert after != before


def stored(row):
    held = {key: str(value) for key, value in type(row)._default_manager.filter(pk=row.pk).values().get().items()}
    if hasattr(row, "permissions"):
        held["permissions"] = str(list(row.permissions.values_list("pk", flat=True)))
    if hasattr(row, "translations"):
        held["translations"] = str(list(row.translations.order_by("pk").values()))
    return held


@pytest.fixture
def office_rows(db):
    from django.contrib.auth.models import Group

    from contacts.models import Membership
    from tests.cast import create_attachment, create_image
    from tests.files import PDF, picture

    page = Page.objects.create(code="about")
    page.translations.create(language="en", title="About", body="<p>Text.</p>")
    edna = make_user("edna", "editor")
    name = {"translations-0-name": "Another name"}
    return {
        "region": (make_region(), {"order": "7"}, name),
        "country": (make_country(), {"aliases": "Helvetia"}, name),
        "topic": (make_topic(), {"order": "7"}, name),
        "office": (make_office(), {"email": "new@example.org"}, {"website": "https://example.org/"}),
        "page": (page, {"order": "7"}, {"translations-0-body": "<p>Mine.</p>"}),
        "image": (create_image(picture(), "Ada", alt={"en": "A"}), {"credit": "New"}, {"translations-0-alt": "B"}),
        "attachment": (create_attachment(PDF, "Report", "en", "a.pdf"), {"title": "New"}, {"language": "fr"}),
        "membership": (Membership.objects.get(user=edna), {"role": "approver"}, {"trust": "trusted"}),
        "user": (edna, {"email": "new@example.org"}, {"first_name": "Edna"}),
        "group": (Group.objects.create(name="Guests"), {"name": "Visitors"}, {"permissions": ["1"]}),
    }


def test_a_file_that_was_replaced_meanwhile_is_told(ada, bela, office_rows):
    from django.core.files.uploadedfile import SimpleUploadedFile

    from tests.files import picture

    image = office_rows["image"][0]
    pages = [client.get(address(image)) for client in (ada, bela)]
    for client, page, width in zip((ada, bela), pages, (500, 600), strict=True):
        upload = SimpleUploadedFile("a.jpg", picture(width))
        answer = client.post(address(image), filled(page) | {"file": upload})
    assert any(text.startswith("Now stored: ") for text in errors(answer)["file"])
    assert 'name="kept_upload"' in answer.content.decode()
    image.refresh_from_db()
    assert image.width == 500
