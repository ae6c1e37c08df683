"""Turns a confirmed reading into what a browser posts from the form of a new article, or of a new contact."""

from html import escape

from django.http import QueryDict
from django.utils.text import slugify

from ...html import paragraphs, plain
from ...models import ArticleContact, ArticleRegion, ArticleTopic, Quote, RelatedLink

SAME = 0.5  # of the words of a passage must be left for a field to be a correction of it


def posted_article(article_admin, request, form):
    """The QueryDict of a new article, with its rows in the inlines of `article_admin`."""
    values, reading = form.cleaned_data, form.reading
    contacts = dict.fromkeys(values[f"contact-{number}"] for number in range(len(reading.contacts)))
    links = dict.fromkeys(number for number in range(len(reading.links)) if values[f"link-{number}-take"])
    rows = {
        Quote: [_quote(values, number) for number in range(len(reading.quotes)) if values[f"quote-{number}-take"]],
        ArticleRegion: [{"region": values["region"].pk}] if values["region"] else [],
        ArticleTopic: [{"topic": topic.pk} for topic in values["topics"]],
        ArticleContact: [{"contact": key} for key in contacts if key],
        RelatedLink: [
            {"url": reading.links[number].value, "title": values[f"link-{number}-title"]} for number in links
        ],
    }
    posted = {
        "language": values["draft_language"], "kind": values["kind"], "headline": values["headline"],
        "summary": values["summary"], "body": body(form), "notes_to_editors": reading.notes,
        "dateline_place": values["dateline_place"], "dateline_country": _key(values["dateline_country"]),
        "office": _key(values["office"]), "publish_at": f"{values['day']:%Y-%m-%d}T00:00" if values["day"] else "",
    }  # fmt: skip
    inlines = [(inline.get_formset(request).get_default_prefix(), inline.model) for inline in _inlines(article_admin)]
    return _query(request, posted, {prefix: rows.get(model, []) for prefix, model in inlines}, _continue="1")


def posted_contact(person, match, language):
    """{name: [texts]} of the form of a new contact, for `show_again`: nothing is stored."""
    name = person.name.value if person.name else ""
    is_unit = person.kind is not None and person.kind.value == "unit"
    names = {"language": language, "job_title": person.role.value if person.role else ""}
    names |= {"unit_name": name} if is_unit else {"display_name": name}
    posted = {
        "code": slugify(name)[:80], "kind": "unit" if is_unit else "person", "purpose": "media",
        "email": person.email.value if person.email else "", "languages": language,
        "office": match.row.pk if match.row else "", "is_public": "on",
    }  # fmt: skip
    phones = [{"kind": "landline", "display": phone.value, "order": at} for at, phone in enumerate(person.phones)]
    return {key: [str(text)] for key, text in _flat(posted, {"translations": [names], "phones": phones}).items()}


def body(form):
    """The HTML of the text: without what is in a field now, and with what no field has."""
    reading, values = form.reading, form.cleaned_data
    in_fields = {_plain_words(values[name]) for name in ("headline", "summary")} - {""}
    kept = (
        [html for html in paragraphs(reading.body) if _plain_words(plain(html)) not in in_fields]
        if reading.body
        else []
    )
    first = reading.headline.end if reading.headline else 0
    above, below = [], []
    for number, passage in enumerate(reading.left_out):
        if values[f"out-{number}"]:
            (above if passage.start < first else below).append(passage.value)
    above += [
        found.value
        for name, found in (("headline", reading.headline), ("summary", reading.standfirst))
        if found and not _is_correction(values[name], found.value) and _plain_words(found.value) not in in_fields
    ]
    for number, person in enumerate(reading.contacts):
        if values[f"contact-{number}"] is None:
            below.append("\n".join(lines_of(person)))
    return "\n".join([*map(_paragraph, above), *kept, *map(_paragraph, below)])


def lines_of(person):
    """The lines of a contact that stays in the text."""
    found = [person.name, person.role, person.office, *person.phones, person.email]
    return [one.value for one in found if one]


def _paragraph(text):
    return f"<p>{escape(text, quote=False)}</p>".replace("\n", "<br>")


def _plain_words(text):
    return " ".join(text.split()).casefold()


def _is_correction(typed, read):
    """Whether a field still has the words of its passage; if not, the passage goes back into the text."""
    if " " not in read:  # Chinese: characters
        old, new = set(read), set(typed)
    else:
        old, new = set(_plain_words(read).split()), set(_plain_words(typed).split())
    return len(old & new) >= SAME * len(old)


def _quote(values, number):
    return {name: values[f"quote-{number}-{name}"] for name in ("text", "speaker", "role")}


def _key(row):
    return row.pk if row else ""


def _inlines(model_admin):
    return [kind(model_admin.model, model_admin.admin_site) for kind in model_admin.inlines]


def _query(request, posted, rows, **buttons):
    query = QueryDict(mutable=True)
    query.update({name: str(value) for name, value in (_flat(posted, rows) | buttons).items()})
    query["csrfmiddlewaretoken"] = request.POST.get("csrfmiddlewaretoken", "")
    return query


def _flat(posted, rows):
    """{name: text} of fields and of inlines: {prefix: [{field: value}]}."""
    flat = dict(posted)
    for prefix, found in rows.items():
        flat |= {f"{prefix}-TOTAL_FORMS": len(found), f"{prefix}-INITIAL_FORMS": 0}
        for number, row in enumerate(found):
            flat |= {f"{prefix}-{number}-{name}": value for name, value in row.items()}
            flat.setdefault(f"{prefix}-{number}-order", number)
    return flat
