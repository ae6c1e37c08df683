"""The admin as a whole: every page opens, HTML of pages is cleaned, the policy needs no exception."""

import ast
import inspect
import textwrap

import pytest
from django.contrib import admin
from django.contrib.auth.models import Permission
from django.urls import reverse

from newsroom.models import Page
from tests.cast import make_office, make_user
from tests.forms import errors, filled

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada(client):
    user = make_user("ada", is_staff=True, is_superuser=True)
    client.force_login(user)
    return user


@pytest.mark.parametrize("model", sorted(admin.site._registry, key=str), ids=str)
def test_every_list_and_form_opens(client, ada, model):
    name = f"{model._meta.app_label}_{model._meta.model_name}"
    assert client.get(reverse(f"admin:{name}_changelist")).status_code == 200
    expected = 200 if admin.site._registry[model].has_add_permission(request_of(ada)) else 403
    assert client.get(reverse(f"admin:{name}_add")).status_code == expected


def request_of(user):
    return type("Request", (), {"user": user})


def test_the_text_of_a_page_is_cleaned(client, ada):
    add = "/admin/newsroom/page/add/"
    words = {"translations-0-title": "Who we are", "translations-0-body": "<p>We</p><script>x()</script>"}
    assert client.post(add, filled(client.get(add), code="who-we-are", **words)).status_code == 302
    assert Page.objects.get().translations.get().body == "<p>We</p>"


def test_the_only_inline_scripts_and_styles_carry_the_nonce(client, ada):
    for address in ("/admin/", "/admin/articles/article/", "/admin/articles/article/add/", "/admin/newsroom/page/add/"):
        response = client.get(address)
        nonce = response.headers["Content-Security-Policy"].split("'nonce-")[1].split("'")[0]
        html = response.content.decode()
        assert " style=" not in html
        assert " onclick=" not in html
        for tag in [part.split(">")[0] for part in html.split("<") if part.startswith(("script", "style"))]:
            assert "src=" in tag or f'nonce="{nonce}"' in tag, (address, tag)


def test_what_names_the_editor_is_loaded_before_the_editor(client, ada):
    """Deferred scripts run in their order; one that came later would sometimes miss that an editor is ready."""
    html = client.get("/admin/articles/article/add/").content.decode()
    assert 0 < html.index("js/admin-editor.js") < html.index("configurable.js")


def test_the_desk_speaks_the_language_that_was_chosen(client, ada):
    response = client.post("/i18n/setlang/", {"language": "ar", "next": "/admin/"}, follow=True)
    assert '<html lang="ar" dir="rtl">' in response.content.decode()


def test_a_person_gets_a_membership_on_the_form_of_the_user(client, ada):
    walt = make_user("walt")
    at = f"/admin/auth/user/{walt.pk}/change/"
    response = client.post(at, filled(client.get(at), is_staff="on", **{"memberships-0-role": "writer"}))
    assert response.status_code == 302
    assert walt.memberships.get().role == "writer"


def test_a_person_has_each_role_once_in_each_place(client, ada):
    """In the database two empty offices differ, so it is the form that compares them."""
    walt, geneva, lima = make_user("walt"), make_office(), make_office("lima", "Lima Office")
    at = f"/admin/auth/user/{walt.pk}/change/"
    twice = {"memberships-0-role": "writer", "memberships-1-role": "writer"}
    refused = client.post(at, filled(client.get(at), **twice))
    assert errors(refused) == {"memberships": ["Membership with this User, Role and Office already exists."]}
    assert not walt.memberships.exists()
    form = client.get(at)
    walt.memberships.create(role="writer", office=geneva)  # by somebody else meanwhile
    elsewhere = {"memberships-0-role": "writer", "memberships-0-office": lima.pk}
    refused = client.post(at, filled(form, **elsewhere))
    assert list(errors(refused)) == ["__all__"], "the form has changed, but these are two rows"
    assert client.post(at, filled(refused)).status_code == 302
    assert walt.memberships.count() == 2
    walt.memberships.all().delete()
    both = twice | {"memberships-0-office": geneva.pk, "memberships-1-office": lima.pk, "memberships-2-role": "writer"}
    assert client.post(at, filled(client.get(at), **both)).status_code == 302
    assert walt.memberships.count() == 3
    changed = filled(client.get(at), **{"memberships-0-office": "", "memberships-1-office": ""})
    assert list(errors(client.post(at, changed))) == ["memberships"]
    assert walt.memberships.filter(office=None).count() == 1


def test_staff_who_are_not_superusers_cannot_give_memberships(client):
    client.force_login(make_user("edna", "editor"))
    assert client.get("/admin/contacts/membership/add/").status_code == 403
    assert client.get("/admin/auth/user/").status_code == 403


def test_who_may_add_memberships_and_not_change_them_leaves_the_others(client):
    grace, person = make_user("grace", is_staff=True), make_user("person", "writer")
    person.memberships.create(role="translator")
    rights = ["view_user", "change_user", "view_membership", "add_membership"]
    grace.user_permissions.set(Permission.objects.filter(codename__in=rights))
    client.force_login(grace)
    at = f"/admin/auth/user/{person.pk}/change/"
    before = list(person.memberships.values())
    sent = filled(client.get(at), **{"memberships-2-role": "editor"})
    assert client.post(at, sent).status_code == 302
    assert list(person.memberships.exclude(role="editor").values()) == before
    assert person.memberships.filter(role="editor").exists()


def test_an_admin_keeps_nothing_of_a_request():
    """All threads share the one object of each class."""
    classes = {cls for row in admin.site._registry.values() for cls in type(row).__mro__}
    ours = [cls for cls in classes if cls.__module__.startswith(("articles.", "contacts.", "newsroom."))]
    assert len(ours) > 50
    for cls in ours:
        for method in ast.walk(ast.parse(textwrap.dedent(inspect.getsource(cls)))):
            targets = method.targets if isinstance(method, ast.Assign) else []
            kept = [one for target in targets for one in ast.walk(target) if isinstance(one, ast.Attribute)]
            assert not [one.attr for one in kept if ast.unparse(one.value) == "self"], cls
