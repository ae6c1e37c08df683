"""Small exports of WordPress, and what tests do with `convert`."""

import csv
import json
from io import StringIO

from django.core.management import CommandError, call_command

SITE = "https://old.example"
WXR = """<?xml version="1.0" encoding="UTF-8"?>
<!-- generator="WordPress/6.5" -->
<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"
 xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:wp="http://wordpress.org/export/1.2/">
<channel><title>Old site</title><link>https://old.example</link><language>en-US</language>
<wp:author><wp:author_login>ada</wp:author_login><wp:author_email>ada@old.example</wp:author_email>
<wp:author_display_name><![CDATA[Ada Ek]]></wp:author_display_name></wp:author>
{}
</channel></rss>
"""


def category(code, name, parent=""):
    return (
        f"<wp:category><wp:category_nicename>{code}</wp:category_nicename>"
        f"<wp:category_parent>{parent}</wp:category_parent><wp:cat_name><![CDATA[{name}]]></wp:cat_name></wp:category>"
    )


def item(number, content="<p>Text.</p>", terms=(), meta=(), more="", **values):
    """An item of an export; `terms`: (taxonomy, code, name), `meta`: pairs, `values`: other elements of `wp:`."""
    values = {
        "post_type": "post",
        "status": "publish",
        "post_name": f"story-{number}",
        "post_date_gmt": f"2020-03-0{number % 9 + 1} 09:00:00",
    } | values
    title = values.pop("title", f"Story {number}")
    excerpt = values.pop("excerpt", "")
    link = values.pop("link", f"{SITE}/2020/story-{number}/")
    parts = [f"<wp:{name}><![CDATA[{value}]]></wp:{name}>" for name, value in values.items()]
    parts += [f'<category domain="{one}" nicename="{code}"><![CDATA[{name}]]></category>' for one, code, name in terms]
    parts += [
        f"<wp:postmeta><wp:meta_key>{key}</wp:meta_key><wp:meta_value><![CDATA[{value}]]></wp:meta_value></wp:postmeta>"
        for key, value in meta
    ]
    return (
        f"<item><title><![CDATA[{title}]]></title><link>{link}</link><dc:creator>ada</dc:creator>"
        f"<content:encoded><![CDATA[{content}]]></content:encoded>"
        f"<excerpt:encoded><![CDATA[{excerpt}]]></excerpt:encoded><wp:post_id>{number}</wp:post_id>{''.join(parts)}{more}</item>"
    )


def picture(number, path="2020/sea.jpg", parent=0, meta=(), **values):
    values = {"title": "Sea", "post_type": "attachment", "status": "inherit", "post_parent": parent} | values
    address = f"{SITE}/wp-content/uploads/{path}"
    return item(number, "", meta=meta, link=f"{SITE}/?attachment_id={number}", attachment_url=address, **values)


class Conversion:
    """What a run of `convert` left: `code` and `err` of the command, its records, the lost things."""

    def __init__(self, folder, sources, output, options):
        self.output, report = folder / output, folder / "losses.csv"
        err = StringIO()
        try:
            call_command(
                "convert", *map(str, sources), output=str(self.output), report=str(report), stderr=err, **options
            )
            self.code = 0
        except CommandError as error:
            self.code = error.returncode
            err.write(str(error))
        self.err = err.getvalue()
        self.losses = _rows(report)
        fixture = self.output / "newsroom.jsonl" if self.output.is_dir() else self.output
        lines = fixture.read_text().splitlines() if fixture.suffix == ".jsonl" and fixture.exists() else ()
        self.records = [json.loads(line) for line in lines]

    def of(self, model):
        return [record["fields"] for record in self.records if record["model"] == f"articles.{model}"]

    def article(self, slug):
        return next(fields for fields in self.of("article") if fields["slug"] == slug)

    def addresses(self):
        """{old address: (language, slug)}"""
        return {fields["address"]: tuple(fields["article"]) for fields in self.of("oldaddress")}

    def lost(self):
        """[(field, kind, what)]"""
        return [(row["field"], row["kind"], row["what"]) for row in self.losses]


def convert(folder, *sources, output="news.jsonl", **options):
    return Conversion(folder, sources, output, {"office": "oslo", "region": "north"} | options)


def converted(folder, *items, **options):
    """The Conversion of a WordPress export with these items and terms."""
    source = folder / "export.xml"
    source.write_text(WXR.format("\n".join(items)))
    return convert(folder, source, **options)


def _rows(path):
    if not path.exists():
        return []
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))
