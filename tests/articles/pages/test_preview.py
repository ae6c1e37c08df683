"""An editor sees a draft on the public template; nobody else does, and no cache keeps it."""

import pytest
from django.urls import reverse

from tests.cast import make_article, make_office, make_ready_article, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def preview(client, article):
    return client.get(reverse("admin:articles_article_preview", args=[article.pk]))


def test_a_draft_reads_as_it_will_in_public(client):
    article = make_ready_article(headline="Rivers agree", language="fr", publish_at=None)
    client.force_login(make_user("edna", "editor"))
    response = preview(client, article)
    page = response.content.decode()
    assert "<h1>Rivers agree</h1>" in page
    assert '<html lang="fr"' in page
    assert 'name="robots" content="noindex"' in page
    assert {"private", "no-store"} <= set(response["Cache-Control"].split(", "))
    assert response["X-Robots-Tag"] == "noindex"


def test_visitors_and_other_offices_do_not_see_it(client):
    article = make_ready_article()
    assert preview(client, article).status_code == 302
    client.force_login(make_user("walt", "writer", office=make_office("lima", "Lima Office")))
    assert preview(client, article).status_code == 404


def test_the_form_leads_to_the_preview_until_the_article_is_public(client):
    client.force_login(make_user("edna", "editor"))
    draft, live = make_ready_article(), make_article()
    for article, address in (
        (draft, reverse("admin:articles_article_preview", args=[draft.pk])),
        (live, live.get_absolute_url()),
    ):
        form = client.get(reverse("admin:articles_article_change", args=[article.pk]))
        assert f'href="{address}"' in form.content.decode()


def test_the_form_of_a_gone_article_leads_nowhere(client):
    client.force_login(make_user("edna", "editor"))
    gone = make_article(state="gone")
    response = client.get(reverse("admin:articles_article_change", args=[gone.pk]))
    assert response.context["absolute_url"] is None
    assert gone.get_absolute_url() not in response.content.decode()
