"""The form renderer writes what Django's own templates write, to the letter."""

from datetime import date

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates, get_default_renderer
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy, override
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.models import Article
from newsroom.formats.quick_widgets import WRITTEN, Renderer
from tests.newsroom import filled_tables

texts = st.text("<>&\"'\n {}%é١あ12")
values = st.one_of(
    texts, texts.map(mark_safe), st.sampled_from([None, True, False, 0, 1234567, 1.5, gettext_lazy("Yes")])
)
attributes = st.dictionaries(st.sampled_from(["id", "class", "required", "data-x"]), values)
CHOICES = [(None, "-"), (1, "<b>"), ("", ""), ("Group & more", [("a", mark_safe("<i>")), (1234567, 1234567)])]
WIDGETS = [
    forms.TextInput, forms.NumberInput, forms.EmailInput, forms.URLInput, forms.HiddenInput, forms.CheckboxInput,
    forms.PasswordInput, forms.DateInput, forms.TimeInput, forms.Textarea, forms.MultipleHiddenInput, forms.FileInput,
]  # fmt: skip
CHOOSERS = [
    forms.Select,
    forms.SelectMultiple,
    forms.NullBooleanSelect,
    forms.RadioSelect,
    forms.CheckboxSelectMultiple,
]


def is_the_same(widget, name, value, attrs=None):
    ours, django = (widget.render(name, value, attrs, renderer=one) for one in (Renderer(), DjangoTemplates()))
    assert ours == django


@pytest.mark.parametrize("widget", WIDGETS)
@settings(max_examples=settings().max_examples // 5)
@given(value=values, attrs=attributes, name=texts)
def test_a_widget_is_what_django_writes(widget, value, attrs, name):
    is_the_same(widget(attrs), name, [value] if widget is forms.MultipleHiddenInput else value, {"id": "id_<"})


@pytest.mark.parametrize("widget", CHOOSERS)
@settings(max_examples=settings().max_examples // 5)
@given(value=st.sampled_from([None, "", 1, "a", 1234567, "more"]), attrs=attributes, name=texts)
def test_a_choice_is_what_django_writes(widget, value, attrs, name):
    choices = {} if widget is forms.NullBooleanSelect else {"choices": CHOICES}
    is_the_same(widget(attrs, **choices), name, [value] if "Multiple" in widget.__name__ else value)


class Form(forms.Form):
    name = forms.CharField(label="<Name>", help_text="x")
    day = forms.DateField(required=False, initial=date(2026, 3, 1), label=mark_safe("<b>Day</b>"))
    number = forms.IntegerField(label=gettext_lazy("Yes"), error_messages={"required": "Say & <more>"})


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("sent", [None, {}, {"name": "<", "day": "x", "number": "1"}])
def test_a_form_with_labels_and_errors_is_what_django_writes(language, sent):
    with override(language):
        assert Form(sent, renderer=Renderer()).as_p() == Form(sent, renderer=DjangoTemplates()).as_p()
        assert Form(sent, renderer=Renderer()).as_div() == Form(sent, renderer=DjangoTemplates()).as_div()


@pytest.mark.django_db
def test_the_form_of_an_article_is_what_django_writes(admin_client, monkeypatch):
    """Every widget, label and list of errors of a full form, with the templates of the admin between them."""
    filled_tables.fill()
    seen, ours = set(), Renderer.render

    def compared(self, name, context, request=None):
        text = ours(self, name, context, request)
        assert text == DjangoTemplates.render(self, name, context, request), name
        seen.add(name)
        return text

    assert isinstance(get_default_renderer(), Renderer)
    monkeypatch.setattr(Renderer, "render", compared)
    article = Article.objects.get(slug="live", revises=None)
    for address in (f"/admin/articles/article/{article.pk}/change/", "/admin/articles/article/"):
        assert admin_client.get(address).status_code == 200
    assert len(seen & set(WRITTEN)) > 6
