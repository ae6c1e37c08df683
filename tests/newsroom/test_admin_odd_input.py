"""Whatever stands in an address or a form of the desk: it is refused or ignored, never a fault of ours."""

from urllib.parse import quote, urlencode

import pytest
from django.contrib import admin
from django.contrib.admin.utils import quote as quoted_key

from tests.cast import make_contact, make_office, make_ready_article, make_user
from tests.forms import errors, filled

pytestmark = pytest.mark.django_db

# Text, what overflows in SQLite (2**63), a number that is no row, what no database can hold.
ODD = ["abc", "99999999999999999999", "-1", "\0"]
OURS = ("articles", "contacts", "newsroom", "auth")
NAMES = sorted(model._meta.label_lower.replace(".", "/") for model in admin.site._registry)
NAMES = [name for name in NAMES if name.startswith(OURS)]


# What each list understands by itself: asked of one list of each make.
OF_ALL_LISTS = [
    "id__in", "pk", "p", "o", "e", "q", "_to_field", "nothing", "published_on__year", "published_on__gte"
]  # fmt: skip
MAKES = ("articles/article", "articles/image", "articles/importrun", "auth/user", "contacts/contact", "newsroom/page")


@pytest.fixture(scope="module")
def ada(shared_rows):
    """And rows in most tables."""
    make_ready_article()
    return make_user("ada", is_staff=True, is_superuser=True)


@pytest.fixture
def desk(ada, client, db):
    """A client that tells 500 instead of raising."""
    client.force_login(ada)
    client.raise_request_exception = False
    return client


def mixed(names, values, first):
    """{name: one of the odd values}: each name has another one than its neighbour."""
    return {name: values[(first + number) % len(values)] for number, name in enumerate(names)}


def admin_of(name):
    return next(row for row in admin.site._registry.values() if row.opts.label_lower == name.replace("/", "."))


def relations(name):
    return [field.name for field in admin_of(name).opts.get_fields() if field.is_relation]


def asked(name):
    """The questions that the filters beside a list ask."""
    specs = admin_of(name).list_filter
    return [getattr(spec, "parameter_name", spec) for spec in specs]


@pytest.mark.parametrize("name", NAMES)
def test_a_key_in_an_address(desk, name):
    for odd in ODD:
        for view in ("change", "delete", "history"):
            response = desk.get(f"/admin/{name}/{quote(quoted_key(odd))}/{view}/")
            assert response.status_code in (302, 403, 404), (view, odd)


def test_a_number_with_more_digits_than_python_reads(desk):
    long = "9" * 5000
    for name in NAMES:
        assert desk.get(f"/admin/{name}/{long}/change/").status_code in (302, 403, 404), name
    text = "Wells open\n\nGeneva, 3 May 2026 – The wells are open.\n\nContact: Ann Lee, ann@example.org"
    sent = {"text": text, "language": "en", "propose": long}
    assert desk.post("/admin/articles/article/from-text/", sent).status_code == 200
    assert desk.post("/admin/articles/article/together/submit/", {"article": f"{long}:1"}).status_code == 302
    assert desk.post("/admin/account/sessions/end/", {"session": long}).status_code == 302
    article = f"/admin/articles/article/{make_ready_article().pk}"
    assert desk.get(f"{article}/press/?plan={long}").status_code == 200
    rows = urlencode(filled(desk.get(f"{article}/change/")) | {f"region_rows-{long}-region": "1", "_opened": ""})
    form = "application/x-www-form-urlencoded"  # a multipart form limits the length of a name
    assert desk.post(f"{article}/change/", rows, content_type=form).status_code in (200, 302)


@pytest.mark.parametrize("name", NAMES)
def test_an_answer_given_in_the_address_of_a_new_row(desk, name):
    for first in (0, 1):
        given = mixed([*relations(name), "id", "order", "publish_at"], ODD[:3], first)
        response = desk.get(f"/admin/{name}/add/", given)
        assert response.status_code in (200, 403), given


@pytest.mark.parametrize("name", NAMES)
def test_a_question_to_a_list(desk, name):
    questions = [f"{relation}__id__exact" for relation in relations(name)] + asked(name)
    questions += OF_ALL_LISTS if name in MAKES else ["q"]
    for question in questions:
        for odd in ODD[:2]:
            response = desk.get(f"/admin/{name}/", {question: odd})
            assert response.status_code in (200, 302, 400), (question, odd)


@pytest.mark.parametrize("name", NAMES)
def test_a_choice_in_a_form(desk, name):
    form = desk.get(f"/admin/{name}/add/")
    if form.status_code != 200:
        pytest.fail("no form") if form.status_code != 403 else None
        return
    picked = choices(form.context)
    for first in (1, 3):  # of the two values at which a database itself would fail, each form has both
        sent = mixed(picked, ODD, first)
        response = desk.post(f"/admin/{name}/add/", filled(form, tampered=sent))
        assert response.status_code == 200, sent
        assert not picked or errors(response), sent


def choices(context):
    """The names of all fields of a form and its rows that choose other rows."""
    forms = [context["adminform"].form]
    forms += [form for inline in context["inline_admin_formsets"] for form in inline.formset.forms]
    return [
        form.add_prefix(name) for form in forms for name, field in form.fields.items() if hasattr(field, "queryset")
    ]


def test_each_odd_choice_is_told_beside_its_field(desk):
    make_office()
    for odd in ODD:
        article = {"dateline_country": odd, "lead_image": odd, "region_rows-0-region": odd}
        form = filled(desk.get("/admin/articles/article/add/"), tampered=article)
        assert {"dateline_country", "lead_image", "region_rows"} <= set(
            errors(desk.post("/admin/articles/article/add/", form))
        )
        form = filled(desk.get("/admin/contacts/office/add/"), tampered={"host_country": odd})
        assert "host_country" in errors(desk.post("/admin/contacts/office/add/", form))


@pytest.mark.parametrize("part", ["term", "p", "page", "app_label", "model_name", "field_name"])
def test_autocompletion(desk, part):
    make_contact()
    right = {"app_label": "articles", "model_name": "article", "field_name": "office", "term": "gen"}
    for odd in ODD:
        assert desk.get("/admin/autocomplete/", right | {part: odd}).status_code in (200, 400, 403, 404), odd


@pytest.mark.parametrize(
    "question",
    ["headline__regex=(", "slug__iregex=(a%2B)%2B$", "q=%00", "%00=1", "office__id__exact=%00", "q=" + "a+" * 2000],
)
def test_what_no_database_should_be_asked_is_refused(desk, question):
    assert desk.get(f"/admin/articles/article/?{question}").status_code == 400


@pytest.mark.parametrize(
    "question", ["state=zzz", "state__exact=zzz", "office=abc", "office=99999999", "region=x", "author=0"]
)
def test_a_value_that_nobody_knows_is_told(desk, question):
    response = desk.get(f"/admin/articles/article/?{question}")
    assert (response.status_code, response["Location"]) == (302, "/admin/articles/article/?e=1")


@pytest.mark.parametrize("question", ["contacts/contact/?kind=zzz", "contacts/region/?kind__exact=zzz"])
def test_the_same_in_the_other_lists(desk, question):
    assert desk.get(f"/admin/{question}")["Location"].endswith("?e=1")


@pytest.mark.parametrize("question", ["state=draft", "state__exact=draft", "language=en", "kind=news", "contacts=1"])
def test_a_known_value_is_answered(desk, question):
    assert desk.get(f"/admin/articles/article/?{question}").status_code == 200
