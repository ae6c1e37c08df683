"""Decides what is removed: remote pictures, embedded objects, forms, programs, comments, hidden text, shortcodes."""

import re

from . import styles
from .allowed import is_own_image
from .tree import elements, excerpt, has_content, texts

# Markup of programs, without anything to read.
SILENT = set("style title head meta link base param source track template col colgroup xml datalist".split())
EMBEDS = {"iframe", "frame", "embed", "object", "applet", "math", "canvas", "portal", "oembed"}
FORM_FIELDS = {"input", "select", "textarea", "button"}
SHORTCODES = (
    "gallery embed audio video playlist youtube vimeo soundcloud tweet instagram googlemaps googleapps slideshare"
    " contact-form contact-form-7 gravityform ninja_form wpforms rev_slider slideshow ngg_images su_button vc_row"
    " vc_column vc_column_text et_pb_section et_pb_row et_pb_text"
).split()

# Pictures and films as Drupal and Joomla write them into texts.
TOKENS = (
    r"\[\[\{[^\[\]]*\}\]\]"
    r"|\{(?:youtube|vimeo|mp3|audio|video|gallery|slider|loadposition|loadmodule|modulepos)\b[^{}]*\}"
    r"(?:[^{}]*\{/(?:youtube|vimeo|mp3|audio|video|gallery|slider)\})?"
)
_token = re.compile(TOKENS)
_any_shortcode = re.compile(rf"\[/?(?:{'|'.join(SHORTCODES)}|(?:wp_)?caption)[\s\]/]|\[\[\{{|\{{[a-z]")
_shortcode = re.compile(rf"\[/?(?:{'|'.join(SHORTCODES)})(?=[\s\]/])[^\[\]]*\]")
_caption = re.compile(r"\[(/?)(?:wp_)?caption(?=[\s\]])[^\[\]]*\]")
_comment_class = re.compile(r"\bMsoComment(?:Text|Subject)\b|\bmsocomtxt\b|\bMsoCommentText\b", re.IGNORECASE)


def has_shortcodes(html):
    """Whether the HTML may hold shortcodes or WordPress's [caption]."""
    return ("[" in html or "{" in html) and _any_shortcode.search(html) is not None


def with_figures(html):
    """HTML in which WordPress's [caption] is a figure."""
    return _caption.sub(r"<\1figure>", html) if "caption" in html else html


class LeftOut:
    """Decides for each element, and notes what is left out."""

    def __init__(self, findings):
        self.findings = findings

    def takes(self, element, style):
        """Whether an element is left out with its content."""
        tag = element.tag
        if tag in SILENT or (":" in tag and tag.startswith(("w:", "m:", "v:shapetype"))):
            return True
        if self._is_comment(element, style) or self._is_hidden(element, style):
            return True
        if tag == "script":
            self.findings.add("script", element.get("src") or excerpt(element))
        elif tag in EMBEDS or ("-" in tag and not has_content(element.children)):
            self.findings.add("embed", _name(element) or excerpt(element) or tag)
        elif tag in ("video", "audio", "bgsound"):
            self.findings.add("media", _name(element) or excerpt(element))
        elif tag in FORM_FIELDS:
            if element.get("type") != "hidden":
                words = element.get("placeholder") or element.get("value") or element.get("name") or excerpt(element)
                self.findings.add("form", words)
        elif tag in ("img", "svg", "image", "v:imagedata"):
            if tag == "img" and is_own_image(element.get("src")):
                return False
            if element.get("width") in ("0", "1") and element.get("height") in ("0", "1"):
                return True  # it counts who opens a mail
            self.findings.add(
                "remote_picture", element.get("alt") or _file_name(element.get("src")) or excerpt(element)
            )
        else:
            return False
        return True

    def _is_hidden(self, element, style):
        if not styles.is_hidden(element, style):
            return False
        if has_content(element.children):
            self.findings.add("hidden_text", excerpt(element))
        return True

    def _is_comment(self, element, style):
        """Comments of Word and Google Docs, and the marks in the text that lead to them."""
        kind = style.get("mso-element", "") if style else ""
        if kind == "comment-list":
            for child in elements(element):
                if not self.takes(child, styles.read(child)):
                    self.findings.add("comment", excerpt(child))
            return True
        if kind == "comment" or _comment_class.search(element.get("class")) or _is_google_comment(element):
            if has_content(element.children):
                self.findings.add("comment", excerpt(element))
            return True
        if "mso-special-character" in style and "comment" in style["mso-special-character"]:
            return True
        if element.tag == "a":
            return element.get("href").startswith(("#_msocom", "#cmnt"))
        return "MsoCommentReference" in element.get("class")

    def without_shortcodes(self, text):
        if "{" in text:
            text = _token.sub(self._token_left_out, text)
        if "[" not in text:
            return text
        return _shortcode.sub(self._shortcode_left_out, text)

    def _token_left_out(self, found):
        self.findings.add("embed", found[0])
        return ""

    def _shortcode_left_out(self, found):
        if not found[0].startswith("[/"):
            self.findings.add("shortcode", found[0])
        return ""

    @staticmethod
    def word_label(element):
        """Removes and returns the number or bullet that Word shows before a paragraph of a list."""
        found, waiting = "", [element]
        while waiting:
            parent = waiting.pop()
            for child in elements(parent):
                if "mso-list" in child.get("style") and styles.read(child).get("mso-list") == "ignore":
                    found = "".join(texts(child)).strip()
                    parent.children.remove(child)
                    return found
            waiting += [child for child in elements(parent) if child.tag in ("span", "font", "b", "i", "strong", "em")]
        return found


def _name(element):
    """What tells people which object it is: its words, or its address."""
    return element.get("alt") or element.get("title") or _address(element)


def _address(element):
    """The address of an embedded object, or of its first source."""
    own = element.get("src") or element.get("data") or element.get("url") or element.get("href")
    return own or next((_address(child) for child in elements(element)[:9] if child.tag in ("source", "embed")), "")


def _file_name(address):
    return "" if address.startswith("data:") else address.rstrip("/").rpartition("/")[2] or address


def _is_google_comment(element):
    """Whether this is the block of a comment: it begins with the link back to the text."""
    at = element
    for _ in range(3):
        children = elements(at)
        if not children or element.tag not in ("div", "p"):
            return False
        at = children[0]
        if at.tag == "a":
            return at.get("href").startswith("#cmnt_ref")
    return False
