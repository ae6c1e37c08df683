"""HTML that a program encoded once more than it should have is read as it was meant."""

import pytest

from articles.html import clean
from articles.importing.tables.values import html_of

pytestmark = pytest.mark.one_database


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ("<p>R&amp;amp;D, caf&amp;eacute;&amp;nbsp;!</p>", "<p>R&amp;D, café&nbsp;!</p>"),
        ("<p>5 &amp;lt; 6, &amp;#8217;, AT&amp;T; &amp;bogus;</p>", "<p>5 &lt; 6, ’, AT&amp;T; &amp;bogus;</p>"),
        ("<p>&amp;<u></u>lt;</p>", "<p>&lt;</p>"),
        ("<p>\x93Yes\x94 \x96 he said</p>", "<p>“Yes” – he said</p>"),
        ("<p>The ministerâ€™s visit, l’Ã©tÃ©</p>", "<p>The minister’s visit, l’été</p>"),
        ("<![CDATA[<p>One</p>]]>", "<p>One</p>"),
        (
            "&lt;p class=&quot;x&quot;&gt;One &lt;a href=&quot;https://example.org/&quot;&gt;two&lt;/a&gt;&lt;/p&gt;",
            '<p>One <a href="https://example.org/" rel="noopener">two</a></p>',
        ),
        ("<p>The tag &lt;p&gt; begins one</p>", "<p>The tag &lt;p&gt; begins one</p>"),
        (
            "&lt;script&gt;x&lt;/script&gt; &lt;p onclick=&quot;x&quot;&gt;y&lt;/p&gt;",
            "<p>&lt;script&gt;x&lt;/script&gt;</p><p>y</p>",
        ),
    ],
)
def test_it_is_read_as_it_was_meant(given, wanted):
    assert clean(given) == wanted
    assert clean(wanted) == wanted


def test_a_cell_of_a_table_too():
    assert clean(html_of("&lt;p&gt;One&lt;/p&gt;&lt;p&gt;Two&lt;/p&gt;")) == "<p>One</p><p>Two</p>"
    assert clean(html_of("Caf&eacute; &amp; bar, 5 < 6")) == "<p>Café &amp; bar, 5 &lt; 6</p>"


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        (
            '<table width="600" border="0" cellpadding="0"><tr><td><p>One</p><p>Two</p></td></tr><tr><td>Three</td></tr></table>',
            "<p>One</p><p>Two</p><p>Three</p>",
        ),
        ('<table role="presentation"><tr><td>One</td></tr></table>', "<p>One</p>"),
        (
            '<table role="presentation"><caption>Levels</caption><tr><td>One</td></tr></table>',
            "<table><caption>Levels</caption><tbody><tr><td>One</td></tr></tbody></table>",
        ),
        (
            '<table border="1" cellpadding="0"><tr><td>One</td></tr></table>',
            "<table><tbody><tr><td>One</td></tr></tbody></table>",
        ),
        (
            '<table width="600"><tr><td>One</td><td>Two</td></tr></table>',
            "<table><tbody><tr><td>One</td><td>Two</td></tr></tbody></table>",
        ),
    ],
)
def test_a_table_that_only_holds_a_text_in_its_place_is_none(given, wanted):
    assert clean(given) == wanted
