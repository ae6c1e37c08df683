"""Choosing related rows in the article's form without scripts, and what the form weighs."""

import gzip
import json
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

from articles.models import Article
from tests import files
from tests.cast import (
    create_image,
    make_article,
    make_contact,
    make_country,
    make_office,
    make_ready_article,
    make_region,
    make_topic,
    make_user,
)
from tests.forms import filled, read

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

ADD = "/admin/articles/article/add/"
MOST_BYTES = 400_000


@pytest.fixture
def edna(client):
    user = make_user("edna", "editor")
    client.force_login(user)
    return user


def offers(response, name):
    """The labels that a list of the form offers, without the empty one."""
    control = next(one for one in read(response).controls if one.name == name)
    found = re.search(rf'<select name="{name}".*?</select>', response.content.decode(), re.DOTALL)[0]
    labels = re.findall(r"<option[^>]*>\s*(.*?)\s*</option>", found, re.DOTALL)
    assert len(labels) == len(control.options)
    return [label for label in labels if label]


def test_without_scripts_a_word_fills_the_lists_and_nothing_is_lost(client, edna):
    make_region("africa", "Africa"), make_region("asia", "Asia"), make_contact("desk", "Africa Desk")
    found = client.post(ADD, filled(client.get(ADD), headline="Rain", _words="a\0fr", _find=""))
    assert found.status_code == 200
    assert not Article.objects.exists()
    assert offers(found, "region_rows-0-region") == ["Africa"]
    assert offers(found, "contact_rows-0-contact") == ["Africa Desk"]
    assert "The lists have what was found for “afr”." in found.content.decode()
    assert found.context["adminform"].form["headline"].value() == "Rain"
    region = next(one for one in read(found).controls if one.name == "region_rows-0-region").options[-1][0]
    client.post(ADD, filled(found, **{"region_rows-0-region": region}, office="", _continue=""))
    article = Article.objects.get()
    assert [row.region.code for row in article.region_rows.all()] == ["africa"]
    assert article.headline == "Rain"


def test_without_a_word_the_lists_have_everything(client, edna):
    make_country("KEN", "Kenya"), make_country("TCD", "Chad"), make_topic("floods", "Floods")
    article = make_ready_article()
    page = client.get(f"/admin/articles/article/{article.pk}/change/")
    found = client.post(page.request["PATH_INFO"], filled(page, _find=""))
    assert offers(found, "dateline_country") == ["Chad", "Kenya", "Switzerland"]
    assert "Floods" in offers(found, f"topic_rows-{article.topic_rows.count()}-topic")


def test_it_offers_only_what_the_user_may_choose(client):
    nairobi, geneva = make_office("nairobi", "Nairobi Office"), make_office()
    hidden = create_image(files.picture(), "A. Otieno", alt={"en": "A secret picture"})
    make_article(state="draft", office=geneva, lead_image=hidden)
    client.force_login(make_user("walt", "writer", office=nairobi))
    found = client.post(ADD, filled(client.get(ADD), _find=""))
    assert offers(found, "office") == ["Nairobi Office"]
    assert "A secret picture" not in found.content.decode()


def test_a_list_of_thousands_asks_no_more_queries(client, edna, django_assert_max_num_queries):
    counts = []
    for batch in ("a", "b"):
        for number in range(10):
            make_contact(f"{batch}{number}", f"Desk {batch}{number}")
        page = filled(client.get(ADD), _find="")
        with django_assert_max_num_queries(200) as asked:
            client.post(ADD, page)
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_the_form_weighs_less_than_400_kb_when_nothing_is_cached(client, edna):
    html = client.get(ADD).content.decode()
    assert "jquery" not in html
    assert "select2" not in html
    paths = set(re.findall(r'"/static/([^"]+)"', html.replace("&quot;", '"')))
    assert "newsroom/js/article-picker.js" in paths
    static = {path: Path(finders.find(path)).read_bytes() for path in paths}
    fonts = {url for path, css in static.items() if path.endswith(".css") for url in fonts_of(path, css.decode())}
    weight = len(html) + sum(len(gzip.compress(body)) for body in static.values())
    assert weight + sum(Path(finders.find(font)).stat().st_size for font in fonts) < MOST_BYTES


def fonts_of(path, css):
    return {f"{Path(path).parent.parent}/{name}" for name in re.findall(r'url\("\.\./([^"]+\.woff2)"\)', css)}


def test_every_icon_of_the_editor_is_in_its_font():
    css = Path(finders.find("newsroom/css/editor-icons.css")).read_text()
    script = Path(finders.find("django_prose_editor/editor.js")).read_text()
    used = set(re.findall(r'material\("([a-z_]+)"', script))
    assert len(used) > 10
    assert used <= set(re.findall(r"[a-z_]+", css.split("*/")[0]))


def test_the_answer_of_the_search_has_the_picture(client, edna):
    create_image(files.picture(), "A. Otieno", alt={"en": "The sea"})
    query = {"term": "sea", "app_label": "articles", "model_name": "article", "field_name": "lead_image"}
    (found,) = json.loads(client.get("/admin/autocomplete/", query).content)["results"]
    assert found["text"] == "The sea"
    assert found["thumbnail"].startswith("/media/")
