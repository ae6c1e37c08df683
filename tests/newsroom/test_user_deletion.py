"""The page that deletes a user names rows that have a page and counts others, but tells nothing of kept texts."""

import pytest
from django.contrib.auth.models import User

from articles.models import Recipient
from contacts.models import Scratch
from tests.cast import make_user


@pytest.mark.django_db
def test_kept_texts_go_unnamed(admin_client):
    user = make_user("wanda", "editor")
    Recipient.objects.get_or_create(user=user)
    for key, words in (("a" * 32, '[["headline", "Secret plans"]]'), ("b" * 32, "")):
        values = {"title": "Secret plans" if words else "", "sent_at": None if words else 0}
        Scratch.objects.create(user=user, model="articles.article", row=0, key=key, data=words, **values)
    for address, data in (
        (f"/admin/auth/user/{user.pk}/delete/", {}),
        ("/admin/auth/user/", {"action": "delete_selected", "_selected_action": [user.pk]}),
    ):
        page = (admin_client.post(address, data) if data else admin_client.get(address)).content.decode()
        assert "Membership: " in page
        assert "Memberships: 1" in page
        assert "ettings of mails: 1" in page
        assert str(user.recipient) not in page
        assert "cratch" not in page
        assert "Secret" not in page
    admin_client.post(f"/admin/auth/user/{user.pk}/delete/", {"post": "yes"})
    assert not User.objects.filter(username="wanda").exists()
    assert not Scratch.objects.with_saved().exists()
