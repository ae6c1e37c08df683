"""An export of WordPress becomes a fixture: articles, terms, pictures, files, translations, addresses."""

import pytest

from tests import files

from .exports import SITE, category, converted, item, picture

pytestmark = pytest.mark.one_database

UPLOADS = f"{SITE}/wp-content/uploads"


def test_an_article_keeps_what_the_newsroom_has_a_place_for(tmp_path):
    terms = [("category", "floods", "Floods"), ("post_tag", "kenya", "Kenya"), ("category", "uncategorized", "None")]
    found = converted(tmp_path, item(1, terms=terms, excerpt="<p>In <b>short</b>.</p>", title="Rain &amp; wind"))
    assert found.code == 0
    assert found.article("story-1") == {
        "language": "en",
        "slug": "story-1",
        "headline": "Rain & wind",
        "summary": "In short.",
        "body": "<p>Text.</p>",
        "external_source": "old.example",
        "external_id": "1",
        "kind": "news",
        "topics": [["floods"], ["kenya"]],
        "gallery": [],
        "office": ["oslo"],
        "regions": [["north"]],
        "attachments": [],
        "created_by_name": "Ada Ek",
        "state": "approved",
        "publish_at": "2020-03-02T09:00:00Z",
    }
    assert found.lost() == []
    assert "ada@old.example" not in found.output.read_text()


def test_terms_are_nested_in_two_levels_and_deeper_ones_are_told(tmp_path):
    tree = [category("water", "Water"), category("sea", "Sea", "water"), category("tide", "Tide", "sea")]
    found = converted(tmp_path, *tree, item(1, terms=[("category", "tide", "Tide"), ("category", "sea", "Sea")]))
    assert found.of("topic") == [
        {"code": "water"},
        {"code": "tide", "parent": ["water"]},
        {"code": "sea", "parent": ["water"]},
    ]
    assert [(field, what) for field, _kind, what in found.lost()] == [("topics", "Water / Sea / Tide")]


def test_descriptions_of_terms_and_terms_without_an_article_are_told(tmp_path):
    told = "<wp:category_description>About the sea.</wp:category_description>"
    sea = category("sea", "Sea").replace("</wp:category>", f"{told}</wp:category>")
    found = converted(tmp_path, sea, category("hills", "Hills"), item(1, terms=[("category", "sea", "Sea")]))
    assert found.lost() == [
        ("", "description of a topic left out", "About the sea."),
        ("", "category or tag left out: no article has it", "hills"),
    ]


def test_a_term_in_another_script_gets_a_code(tmp_path):
    code = "%d0%bc%d0%be%d1%80%d0%b5"
    found = converted(tmp_path, category(code, "Море"), item(1, terms=[("category", code, "Море")]))
    (topic,) = found.of("topic")
    assert topic["code"].startswith("topic-")
    assert found.of("topictranslation")[0]["name"] == "Море"


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"status": "draft"}, ""),
        ({"status": "private"}, "private article comes as a draft"),
        ({"status": "future"}, "scheduled article comes as a draft"),
        ({"post_password": "x"}, "password-protected article comes as a draft"),
        ({"post_date_gmt": "0000-00-00 00:00:00"}, "article without a date and time zone stays a draft"),
        ({"title": ""}, "article without a title stays a draft: the first words of its text stand for it"),
    ],
)
def test_what_was_not_public_comes_as_a_draft_and_is_told(tmp_path, values, told):
    found = converted(tmp_path, item(1, **values))
    assert found.article("story-1")["state"] == "draft"
    assert [kind for _field, kind, _what in found.lost()] == [told] * bool(told)


def test_without_office_and_region_articles_stay_drafts(tmp_path):
    found = converted(tmp_path, item(1), office="", region="")
    assert found.article("story-1")["state"] == "draft"
    assert [field for field, _kind, _what in found.lost()] == ["office", "regions"]


def test_pictures_come_in_full_size_with_what_the_export_says_of_them(tmp_path):
    meta = [
        ("_wp_attachment_image_alt", "The sea"),
        ("_wp_attachment_metadata", 'a:1:{s:10:"image_meta";a:1:{s:6:"credit";s:6:"Ada Ek";}}'),
    ]
    body = f"""[caption id="a" width="300"]<a href="{UPLOADS}/2020/sea.jpg"><img class="wp-image-5"
     src="{UPLOADS}/2020/sea-300x200.jpg" alt=""></a> Low water[/caption]"""
    found = converted(tmp_path, picture(5, meta=meta, excerpt="Low water"), item(1, body, meta=[("_thumbnail_id", 5)]))
    address = f"{UPLOADS}/2020/sea.jpg"
    assert f'<img src="{address}" alt="The sea">' in found.article("story-1")["body"]
    assert "<a " not in found.article("story-1")["body"]
    assert found.article("story-1")["lead_image"] == [address]
    assert found.of("image") == [{"file": address, "credit": "Ada Ek"}]
    texts = {"image": [address], "language": "en", "alt": "The sea", "caption": "Low water"}
    assert found.of("imagetranslation") == [texts]
    assert found.lost() == []


def test_galleries_become_galleries(tmp_path):
    block = (
        f'<!-- wp:gallery --><figure><img class="wp-image-6" src="{UPLOADS}/b-1x1.jpg"></figure><!-- /wp:gallery -->'
    )
    pictures = [picture(5, "a.jpg", parent=1), picture(6, "b.jpg"), picture(7, "c.jpg", parent=2)]
    items = [item(1, 'Text [gallery ids="6,5,9"]'), item(2, "Text [gallery]"), item(3, f"<p>Text</p>{block}")]
    found = converted(tmp_path, *items, *pictures)
    shown = {fields["slug"]: [key for (key,) in fields["gallery"]] for fields in found.of("article")}
    assert shown == {
        "story-1": [f"{UPLOADS}/b.jpg", f"{UPLOADS}/a.jpg"],
        "story-2": [f"{UPLOADS}/c.jpg"],
        "story-3": [f"{UPLOADS}/b.jpg"],
    }
    assert found.lost() == [("gallery", "picture of a gallery left out: the export does not hold it", "9")]


def test_a_link_to_a_file_of_the_library_becomes_an_attachment(tmp_path):
    body = f'<p>Read <a href="{UPLOADS}/report.pdf">the report</a>.</p>'
    found = converted(tmp_path, picture(5, "report.pdf", title="Report"), item(1, body))
    assert found.article("story-1")["body"] == "<p>Read the report.</p>"
    assert found.article("story-1")["attachments"] == [[f"{UPLOADS}/report.pdf"]]
    assert found.of("attachment")[0]["title"] == "Report"


def test_files_that_the_newsroom_does_not_take_are_told(tmp_path):
    long = f"{'x' * 250}.jpg"
    body = f'<p><a href="{UPLOADS}/a.zip">zip</a> <img src="{UPLOADS}/b.svg"></p>'
    pictures = [picture(5, "a.zip"), picture(6, "b.svg"), picture(7, long, excerpt="Low water")]
    found = converted(tmp_path, *pictures, item(1, body, meta=[("_thumbnail_id", 7)]))
    assert sorted((field, kind.partition(":")[0]) for field, kind, _what in found.lost()) == [
        ("", "picture or file of the media library left out"),
        ("body", "link still leads to the former site"),
        ("body", "picture left out"),
        ("lead_image", "file left out"),
    ]
    assert "svg" not in found.article("story-1")["body"]


POLYLANG = [("language", "{}", "-"), ("post_translations", "pll_1", "pll_1")]


def in_language(code):
    return [(taxonomy, nicename.format(code), name) for taxonomy, nicename, name in POLYLANG]


def test_pairs_of_polylang_are_translations(tmp_path):
    items = [item(2, terms=in_language("fr")), item(1, terms=in_language("en")), item(3, terms=in_language("de"))]
    found = converted(tmp_path, *items)
    translated = found.article("story-2")
    assert (translated["language"], translated["translation_of"]) == ("fr", ["en", "story-1"])
    assert "office" not in translated
    assert found.lost() == [("", "article left out: its language is none of this newsroom's", "")]


@pytest.mark.parametrize("of_source", [[], [("_wpml_import_source_language_code", "")]])
def test_pairs_of_wpml_are_translations(tmp_path, of_source):
    def meta(code):
        return [("_wpml_import_language_code", code), ("_wpml_import_translation_group", "7")]

    english = item(1, meta=[*meta("en"), ("_wpml_import_source_language_code", "fr")])
    found = converted(tmp_path, english, item(2, meta=[*meta("fr"), *of_source]))
    assert found.article("story-1")["translation_of"] == ["fr", "story-2"]


def test_links_between_articles_lead_to_their_new_addresses(tmp_path):
    body = f'<p><a href="/2020/story-2/#end">two</a> <a href="{SITE}/about/">about</a> <a href="https://a.example/">x</a></p>'
    found = converted(tmp_path, item(1, body), item(2, meta=[("_wp_old_slug", "second")]))
    html = found.article("story-1")["body"]
    assert 'href="/en/' in html
    assert 'story-2/#end">two</a>' in html
    assert found.lost() == [("body", "link still leads to the former site", f"{SITE}/about/")]
    assert found.addresses() == {
        "/2020/story-1": ("en", "story-1"),
        "/2020/story-2": ("en", "story-2"),
        "/2020/second": ("en", "story-2"),
    }


def test_an_old_address_that_cannot_lead_to_an_article_is_told(tmp_path):
    links = ["/?p=1", "/", "/a*b/", "/2020/same/", "/2020/SAME", "/en/news/story-6/"]
    found = converted(tmp_path, *(item(number, link=SITE + link) for number, link in enumerate(links, 1)))
    assert found.addresses() == {"/?p=1": ("en", "story-1"), "/2020/same": ("en", "story-4")}
    assert [(kind[:21], what) for _field, kind, what in found.lost()] == [
        ("old address left out:", "/"),
        ("old address left out:", "/a*b"),
        ("old address left out:", "/2020/same"),
    ]


def test_everything_that_has_no_place_is_listed_one_by_one(tmp_path):
    comments = "<wp:comment><wp:comment_id>8</wp:comment_id></wp:comment>" * 2
    body = '<p>Text [sic] [chart id="3"] <iframe src="https://v.example/"></iframe></p><!-- wp:latest-posts /-->'
    terms = [("post_format", "post-format-aside", "Aside")]
    items = [
        item(1, body, terms=terms, more=comments, meta=[("colour", "red"), ("_edit_last", "1")], is_sticky=1),
        item(2, post_type="page", title="About"),
        item(3, post_type="page", title="Jobs"),
        picture(5, "unused.jpg"),
    ]
    found = converted(tmp_path, *items)
    assert sorted(found.lost()) == [
        ("", "comment of a reader left out", "8"),
        ("", "comment of a reader left out", "8"),
        ("", "custom field left out", "colour: red"),
        ("", "mark as sticky left out: pin the article instead", ""),
        ("", "page left out: not one of the types that become articles", ""),
        ("", "page left out: not one of the types that become articles", ""),
        ("", "picture or file of the media library left out: no article uses it", ""),
        ("", "post format left out", "Aside"),
        ("body", "WordPress shortcode left out", '[chart id="3"]'),
        ("body", "block that WordPress fills by itself left out", "latest-posts"),
        ("body", "embedded object left out", "https://v.example/"),
    ]
    assert "2 × page left out: not one of the types that become articles (" in found.err
    assert "11 losses and changes" in found.err
    assert "[sic]" in found.article("story-1")["body"]


def test_several_authors_and_tags_of_old_exports(tmp_path):
    terms = [("author", "cap-ada", "Ada Ek"), ("author", "cap-bo", "Bo Li"), ("tag", "sea", "Sea")]
    article = converted(tmp_path, item(1, terms=terms)).article("story-1")
    assert (article["created_by_name"], article["topics"]) == ("Ada Ek, Bo Li", [["sea"]])


def test_without_tags_only_categories_become_topics(tmp_path):
    terms = [("post_tag", "kenya", "Kenya"), ("category", "floods", "Floods")]
    found = converted(tmp_path, item(1, terms=terms), no_tags=True)
    assert found.article("story-1")["topics"] == [["floods"]]
    assert found.lost() == [("topics", "tag left out", "Kenya")]


def test_other_post_types_can_become_articles(tmp_path):
    found = converted(tmp_path, item(1, post_type="press_release"), item(2), type=["press_release"])
    assert [fields["slug"] for fields in found.of("article")] == ["story-1"]


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("One\ntwo\n\nthree", "<p>One<br>\ntwo</p>\n<p>three</p>"),
        ("One\n<ul>\n<li>a</li>\n</ul>\ntwo", "<p>One</p>\n<ul>\n<li>a</li>\n</ul>\n<p>two</p>"),
        ("<blockquote>One\n\ntwo</blockquote>", "<blockquote>\n<p>One</p>\n<p>two</p>\n</blockquote>"),
        ("<h2>Head</h2>\nOne", "<h2>Head</h2>\n<p>One</p>"),
        ("<div>One</div>two\n\nthree", "<div>\n<p>One</p>\n</div>\n<p>two</p>\n<p>three</p>"),
    ],
)
def test_classic_text_has_its_paragraphs(tmp_path, text, html):
    assert converted(tmp_path, item(1, text)).article("story-1")["body"] == html


def test_slugs_are_unique_and_those_of_other_scripts_are_readable(tmp_path):
    items = [item(1, post_name="sea"), item(2, post_name="sea"), item(3, post_name="%d0%bc%d0%be%d1%80%d0%b5")]
    found = converted(tmp_path, *items)
    assert [fields["slug"] for fields in found.of("article")] == ["sea", "sea-2", "море"]


def test_with_a_copy_of_the_uploads_pictures_lie_beside_the_fixture(tmp_path):
    (tmp_path / "uploads" / "2020").mkdir(parents=True)
    (tmp_path / "uploads" / "2020" / "sea.jpg").write_bytes(files.picture(60, 40))
    (tmp_path / "uploads" / "2020" / "bad.jpg").write_bytes(b"no picture")
    body = f'<p>T</p><figure><img src="{UPLOADS}/2020/sea.jpg"></figure><figure><img src="{UPLOADS}/2020/bad.jpg"></figure>'
    found = converted(tmp_path, item(1, body), output="out", media=str(tmp_path / "uploads"))
    assert '<img src="2020/sea.jpg"' in found.article("story-1")["body"]
    assert found.of("image") == [{"file": "2020/sea.jpg", "credit": "old.example"}]
    assert (found.output / "2020" / "sea.jpg").exists()
    assert not (found.output / "2020" / "bad.jpg").exists()
    assert [(row["field"], row["what"]) for row in found.losses] == [("body", "2020/bad.jpg"), ("", "2020/sea.jpg")]
