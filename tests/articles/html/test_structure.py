"""Languages, directions, lines, headings and captions that HTML notes in a roundabout way keep their meaning."""

import pytest

from articles.html import clean

pytestmark = pytest.mark.one_database

CASES = {
    "language and direction of a container": (
        '<div dir="rtl" lang="ar"><p>أ</p>ب<ul><li>ج</ul><p dir="ltr" lang="en">x</p></div><p>y</p>',
        '<p dir="rtl" lang="ar">أ</p><p dir="rtl" lang="ar">ب</p><ul dir="rtl" lang="ar"><li>ج</li></ul>'
        '<p dir="ltr" lang="en">x</p><p>y</p>',
    ),
    "of a section": ('<section lang="fr"><h2>a</h2><hr></section>', '<h2 lang="fr">a</h2><hr>'),
    "the nearer container": (
        '<div lang="fr"><article lang="es"><p>a</p></article>b</div>',
        '<p lang="es">a</p><p lang="fr">b</p>',
    ),
    "of an item": ('<ul><li><div dir="rtl">أ</div></li></ul>', '<ul><li><p dir="rtl">أ</p></li></ul>'),
    "direction as a style": (
        '<div style="direction:rtl"><p>أ</p></div><p style="direction: rtl">ب</p>',
        '<p dir="rtl">أ</p><p dir="rtl">ب</p>',
    ),
    "direction of Word": ("<div dir=RTL><p dir=RTL>أ</p></div>", '<p dir="rtl">أ</p>'),
    "direction of a class": ('<style>.r{direction:rtl}</style><p class="r">أ</p>', '<p dir="rtl">أ</p>'),
    "a line by its style": ('<p>line<span style="display:block">next line</span></p>', "<p>line</p><p>next line</p>"),
    "a line in a heading": ('<h2>One<span style="display:block">Two</span></h2>', "<h2>One Two</h2>"),
    "a line in a heading by a tag": ("<h2>One<div>Two</div></h2>", "<h2>One Two</h2>"),
    "a link as a line": ('<p>a<a style="display:block" href="/x">b</a></p>', '<p>a</p><p><a href="/x">b</a></p>'),
    "cells": ("<p><span role=cell>a</span><span role=cell>b</span></p>", "<p> a b </p>"),
    "rows": ("<span role=row>a</span><span role=row>b</span>", "<p>a</p><p>b</p>"),
    "heading of Word Online": (
        '<p role="heading" aria-level="1">a</p><div role="heading" aria-level="3">b</div><p role=heading>c</p>',
        "<h2>a</h2><h3>b</h3><h2>c</h2>",
    ),
    "heading of Word": (
        "<p class=MsoTitle>a</p><p class=MsoHeading1><b>b</b></p><p class=MsoHeading3>c</p><p class=MsoNormal>d</p>",
        "<h2>a</h2><h2><strong>b</strong></h2><h3>c</h3><p>d</p>",
    ),
    "numbers of items": (
        '<ol><li>a</li><li value="9">b</li><li>c</li><li value="11">d</li><li value="x">e</li></ol>',
        '<ol><li>a</li></ol><ol start="9"><li>b</li><li>c</li><li>d</li><li>e</li></ol>',
    ),
    "number of the first item": (
        '<ol start="2" dir="rtl"><li value="4">a</li></ol><ul><li value="3">b</li></ul>',
        '<ol start="4" dir="rtl"><li>a</li></ol><ul><li>b</li></ul>',
    ),
    "number of an item in a list within": (
        '<ol><li>a<ol><li value="3">b</li></ol></li><li value="2">c</li></ol>',
        '<ol><li>a<ol start="3"><li>b</li></ol></li><li>c</li></ol>',
    ),
    "a late caption": (
        "<table><tbody><tr><td>a</td></tr></tbody><caption>C</caption></table>",
        "<table><caption>C</caption><tbody><tr><td>a</td></tr></tbody></table>",
    ),
    "two captions": (
        "<table><caption>C</caption><tbody><tr><td>a</td></tr></tbody><caption>D</caption></table>",
        "<p>D</p><table><caption>C</caption><tbody><tr><td>a</td></tr></tbody></table>",
    ),
    "a lone caption of a picture": ("<p>a</p><figcaption>The well</figcaption>", "<p>a</p><p>The well</p>"),
}


@pytest.mark.parametrize("case", CASES)
def test_structure_is_read(case):
    given, wanted = CASES[case]
    assert clean(given) == wanted
    assert clean(wanted) == wanted
