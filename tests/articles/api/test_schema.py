"""The OpenAPI document says what the API answers, and its page loads nothing from elsewhere."""

import re

import jsonschema
import pytest
from django.urls import get_resolver

from articles.api import urls
from articles.api.base import PublicAPIView
from articles.models import Correction
from tests.cast import make_article, make_topic

from .test_articles import full_article

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.fixture
def document(client):
    response = client.get("/api/v1/schema/")
    assert response.status_code == 200
    return response.json()


def views():
    for pattern in urls.urlpatterns:
        view = getattr(pattern.callback, "view_class", None)
        if view is not None and view.serializer_class is not None:
            yield pattern.name, view


def test_every_resource_parameter_field_and_answer_is_documented(document):
    assert document["openapi"].startswith("3.1")
    documented = {path: one["get"] for path, one in document["paths"].items()}
    assert len(documented) == len(list(views()))
    for operation in documented.values():
        view = next(one for _, one in views() if one.__name__.removesuffix("Detail") in operation["operationId"]
                    and ("Detail" in one.__name__) == operation["operationId"].startswith("get"))  # fmt: skip
        named = {one["name"] for one in operation["parameters"] if one["in"] == "query"}
        assert named == view.parameters
        fields = next(one for one in operation["parameters"] if one["name"] == "fields")
        assert fields["schema"]["items"]["enum"] == list(view.serializer_class().fields)
        assert {"200", "400", "405", "429", "503"} <= operation["responses"].keys()
        for status, answer in operation["responses"].items():
            assert answer["description"]
            assert list(answer["content"]) == ["application/json" if status == "200" else "application/problem+json"]


@pytest.mark.parametrize("name", ["articles", "corrections", "topics", "regions", "countries", "offices", "contacts"])
def test_answers_are_as_documented(client, document, name, settings):
    settings.NEWSROOM_BASE_URL = "https://news.example.org"
    article = full_article()
    make_article(language="fr", translation_of=article)
    make_topic("sub", parent=make_topic("above"))
    Correction.objects.create(article=article, edition=2, wrong="Nine.", now="Eleven.")
    schema = document["paths"][f"/api/v1/{name}/"]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
    answer = client.get(f"/api/v1/{name}/").json()
    assert answer["results"]
    jsonschema.validate(answer, schema | {"components": _closed(document["components"])})


def _closed(part):
    """Schemas of objects with properties allow no others, so that nothing undocumented is answered."""
    if isinstance(part, dict):
        found = {key: _closed(value) for key, value in part.items()}
        return found | ({"additionalProperties": False} if "properties" in part else {})
    return [_closed(one) for one in part] if isinstance(part, list) else part


def test_every_address_below_the_api_is_a_view_of_the_api():
    found = [pattern for pattern in get_resolver().url_patterns if str(pattern.pattern) == "api/v1/"]
    for pattern in found[0].url_patterns:
        view = getattr(pattern.callback, "view_class", None)
        assert pattern.name == "docs" or issubclass(view, PublicAPIView)


def test_the_page_to_try_it_works_without_others_and_says_all_without_scripts(client):
    response = client.get("/api/v1/", headers={"accept-language": "ar"})
    page = response.content.decode()
    assert '<html lang="en" dir="ltr"' in page
    for name in ("articles", "corrections", "topics", "regions", "countries", "offices", "contacts", "schema"):
        assert f'href="/api/v1/{name}/"' in page
    loaded = re.findall(r'<(?:script|link rel="stylesheet"|img)[^>]*(?:src|href)="([^"]+)"', page)
    assert all(address.startswith("/") and not address.startswith("//") for address in loaded)
    assert "unsafe" not in response["Content-Security-Policy"]
