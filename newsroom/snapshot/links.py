"""The links of a page: where they lead, and how a snapshot writes them."""

import posixpath
import re
from html import escape, unescape
from urllib.parse import quote, urljoin, urlsplit

from .addresses import INDEX, Address, file_name

TAG = re.compile(r'<[a-zA-Z](?:[^<>"]|"[^"]*")*>')
ATTRIBUTE = re.compile(r'(\s(href|src|srcset|poster|action|formaction|content)=")([^"]*)(")')
IN_STYLES = re.compile(r"""url\(\s*["']?([^"')]+)["']?\s*\)""")
IN_XML = re.compile(r"<(?:loc|image:loc)>([^<]+)</")
IN_ROBOTS = re.compile(r"(?m)^Sitemap: (\S+)\n")
FORMS = ("action", "formaction")  # only the site itself answers them


class Links:
    """`site`: the site's own address; `host`: that of the snapshot, or "" for links that are relative."""

    def __init__(self, site, host, rules):
        self.site, self.host, self.rules = site, host, rules

    def own(self, url):
        """The Address within the site of a full address, or None."""
        is_own = url == self.site or url.startswith(f"{self.site}/")
        return Address.of(url.removeprefix(self.site)) if is_own else None

    def rewritten(self, here, text):
        """(a page of this Address with its links for the snapshot, the Addresses that it leads to)"""
        found = []

        def in_tag(match):
            return ATTRIBUTE.sub(in_attribute, match[0])

        def in_attribute(match):
            name, value = match[2], unescape(match[3])
            if name == "srcset":
                new = ", ".join(" ".join([one(name, part[0]), *part[1:]]) for part in map(str.split, value.split(",")))
            else:
                new = one(name, value)
            return match[0] if new == value else f"{match[1]}{escape(new)}{match[4]}"

        def one(name, value):
            new, address = self._link(here, name, value)
            if address is not None:
                found.append(address)
            return new

        return TAG.sub(in_tag, text), found

    def link(self, here, value):
        """(what one link of a page becomes, [the Address that it leads to])"""
        new, address = self._link(here, "href", value)
        return new, [address] if address is not None else []

    def _link(self, here, name, value):
        """(what a link becomes, the Address in the snapshot that it leads to or None)"""
        is_full = value.startswith(f"{self.site}/")
        if not value or value.startswith("#") or (name == "content" and not is_full):
            return value, None
        try:
            full = urljoin(f"{self.site}{here}", value)
            address, fragment = self.own(full.partition("#")[0]), urlsplit(full).fragment
        except ValueError:  # an address that nobody can read
            return value, None
        if address is None:
            return value, None
        if name in FORMS or not self.rules.keeps(address):
            return full, None
        tail = f"#{fragment}" if fragment else ""
        if self.host:
            return self.host + "/" + quote(file_name(address).removesuffix(INDEX), safe="/=,") + tail, address
        return (value if is_full else self._relative(here, address) + tail), address

    def _relative(self, here, address):
        return quote(posixpath.relpath(file_name(address), posixpath.dirname(file_name(here)) or "."), safe="/=,")

    def in_styles(self, here, text):
        return self._among(here, IN_STYLES.findall(text))

    def in_xml(self, here, text):
        return self._among(here, map(unescape, IN_XML.findall(text)))

    def _among(self, here, values):
        addresses = (self.own(urljoin(f"{self.site}{here}", value).partition("#")[0]) for value in values)
        return [address for address in addresses if address is not None and self.rules.keeps(address)]

    def in_robots(self, text):
        """robots.txt names the sitemaps that the snapshot has."""

        def line(match):
            address = self.own(match[1])
            return match[0] if address is None or self.rules.keeps(address) else ""

        return IN_ROBOTS.sub(line, text)

    def for_host(self, text):
        """Feeds, sitemaps and records have full addresses: those of the snapshot's host."""
        return text.replace(f"{self.site}/", f"{self.host}/") if self.host else text
