"""Names come in the wanted language, else in the default one, else in any, else as the code."""

import pytest
from django.utils.translation import override

from contacts.models import Region
from tests.cast import make_country, make_region

pytestmark = pytest.mark.django_db


def test_the_name_follows_the_active_language():
    region = make_region("africa", "Africa")
    region.translations.create(language="fr", name="Afrique")
    with override("fr"):
        assert region.name == "Afrique"
    with override("ar"):
        assert region.name == "Africa"


def test_the_annotated_name_falls_back_the_same_way():
    region = make_region("africa", "Africa")
    region.translations.create(language="fr", name="Afrique")
    bare = Region.objects.create(code="bare")
    names = {language: Region.objects.with_name(language) for language in ("fr", "ar")}
    assert names["fr"].get(pk=region.pk).name == "Afrique"
    assert names["ar"].get(pk=region.pk).name == "Africa"
    assert names["ar"].get(pk=bare.pk).name == "bare"


def test_names_of_many_cost_one_query(django_assert_num_queries):
    for code in ("a", "b", "c"):
        make_region(code, code.upper())
    with django_assert_num_queries(1):
        assert [region.name for region in Region.objects.with_name("fr").order_by("local_name")] == ["A", "B", "C"]
    with django_assert_num_queries(2):
        assert [region.name for region in Region.objects.with_translations()] == ["A", "B", "C"]


def test_natural_keys_find_their_rows():
    country = make_country()
    translation = country.translations.get()
    assert type(country).objects.get_by_natural_key(*country.natural_key()) == country
    assert type(translation).objects.get_by_natural_key(*translation.natural_key()) == translation
