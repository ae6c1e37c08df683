"""What Drupal, Joomla, SharePoint, PDF files and mailings write into texts is not published."""

import pytest

from articles.html import clean, clean_with_report

pytestmark = pytest.mark.one_database


@pytest.mark.parametrize(
    ("token", "place"),
    [
        ('[[{"fid":"12","view_mode":"default"}]]', '[[{"fid":"12","view_mode":"default"}]]'),
        ("{youtube}abc{/youtube}", "{youtube}abc{/youtube}"),
        ("{loadposition sidebar}", "{loadposition sidebar}"),
    ],
)
def test_a_token_for_a_picture_or_film_is_left_out_and_told(token, place):
    cleaned = clean_with_report(f"<p>Before {token} after</p>")
    assert cleaned.html == "<p>Before  after</p>"
    assert [(found.code, found.places) for found in cleaned.findings] == [("embed", [place])]


@pytest.mark.parametrize("text", ["A [[note]] of ours", "{name} and {x}", "[1] {2}", "{youtubers}"])
def test_other_brackets_are_text(text):
    assert clean(f"<p>{text}</p>") == f"<p>{text}</p>"


def test_a_pixel_that_counts_readers_is_no_picture():
    cleaned = clean_with_report('<p>A</p><img src="https://example.org/open.php" width="1" height="1">')
    assert (cleaned.html, cleaned.findings) == ("<p>A</p>", [])


def test_a_paragraph_of_invisible_characters_is_none():
    assert clean("<p>\u200b<strong>A</strong></p><p>\u200b</p><p>B\ufeff</p>") == "<p><strong>A</strong></p><p>B</p>"
    assert clean("<p>The ﬁrst oﬃce</p>") == "<p>The first office</p>"


def test_words_that_were_divided_at_the_end_of_a_line_are_whole():
    text = (
        "The organisation for the shared waters of the basin gave five mil-\n"
        "lion euros to the countries of the basin for their long-term and long-\n"
        "term work on water, which is more than it has given to them before now.\n\nEnd."
    )
    assert clean(text).startswith("<p>The organisation for the shared waters of the basin gave five million euros")
    assert "long-term and long-term work" in clean(text)
