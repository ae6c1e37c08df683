"""Whatever two people change, in whatever order they open and save: only values that the saver had seen are replaced."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contacts.models import Contact
from tests.cast import make_office
from tests.forms import errors, filled, read
from tests.newsroom.two_editors import address, browser_of

pytestmark = pytest.mark.django_db

STEPS = st.lists(
    st.tuples(
        st.sampled_from(["ada", "bela"]),
        st.sampled_from(["email", "row", "row", "add", "remove", "save", "save"]),
        st.integers(0, 2),
    ),
    min_size=3,
    max_size=8,
)


def stored(contact):
    contact.refresh_from_db()
    return {"email": contact.email} | {f"phone {phone.pk}": phone.display for phone in contact.phones.all()}


class Editor:
    """What one of them sees (`seen`: what is stored, as of the page) and wants (`wanted`: {key: value, None: gone})."""

    def __init__(self, client, contact):
        self.client, self.contact = client, contact
        self.open()

    def open(self):
        self.page, self.seen = self.client.get(address(self.contact)), stored(self.contact)
        self.changes, self.wanted, self.rows = {}, {}, read(self.page).sent()

    def edit(self, action, at, value):
        key = f"phone {self.rows.get(f'phones-{at}-id')}"
        is_stored = at < int(self.rows["phones-INITIAL_FORMS"])
        if action == "email":
            self.changes["email"] = self.wanted["email"] = f"mail{value}@example.org"
        elif action == "add":
            row = self.rows["phones-INITIAL_FORMS"]
            self.changes[f"phones-{row}-display"] = self.wanted[f"new {row}"] = number(value)
        elif action == "row" and is_stored:
            self.changes[f"phones-{at}-display"] = self.wanted[key] = number(value)
        elif action == "remove" and is_stored:
            self.changes[f"phones-{at}-DELETE"], self.wanted[key] = "on", None
            self.changes.pop(f"phones-{at}-display", None)

    def save(self):
        before = stored(self.contact)
        answer = self.client.post(address(self.contact), filled(self.page, **self.changes))
        after = stored(self.contact)
        if answer.status_code == 200:
            self.refused(answer, before, after)
            return
        for key in before | after:
            if before.get(key) != after.get(key):
                assert self.seen.get(key) == before.get(key), "a value was replaced that the saver had not seen"
        for key, value in self.wanted.items():
            if value is None:
                assert key not in after
            else:
                assert value in after.values()
        self.open()

    def refused(self, answer, before, after):
        assert errors(answer)["__all__"], "a refusal is told"
        assert before == after
        self.page, self.seen, self.changes, self.rows = answer, after, {}, read(answer).sent()
        texts = list(self.rows.values())
        assert all(value in texts for value in self.wanted.values() if value), "words were lost"


def number(value):
    return f"+41 22 555 {value // 100:02} {value % 100:02}"


@settings(max_examples=settings().max_examples // 25)
@given(steps=STEPS)
def test_no_change_is_lost_without_a_refusal_that_tells_it(steps):
    Contact.objects.all().delete()
    contact = Contact.objects.create(code="media", kind="unit", office=make_office(), email="mail@example.org")
    contact.translations.create(language="en", unit_name="Media")
    for value in range(2):
        contact.phones.create(display=number(value), order=value)
    editors = {name: Editor(client, contact) for name, client in browsers().items()}
    for value, (name, action, at) in enumerate([*steps, ("ada", "save", 0), ("bela", "save", 0)], 10):
        if action == "save":
            editors[name].save()
        else:
            editors[name].edit(action, at, value)
    for editor in editors.values():  # the second click saves
        editor.save()


def browsers():
    from django.contrib.auth.models import User

    User.objects.filter(username__in=("ada", "bela")).delete()
    return {name: browser_of(name) for name in ("ada", "bela")}
