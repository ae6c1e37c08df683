"""The licences of the locked packages, as SPDX expressions, and which of them we may use and pass on."""

from .locks import installed

# Anybody may use and pass on what has one of these; the last three ask for changes of the package itself to be published.
ALLOWED = set(
    "0BSD Apache-2.0 BSD-2-Clause BSD-3-Clause CNRI-Python ISC MIT MIT-0 MIT-CMU PSF-2.0 Unlicense Zlib"
    " LGPL-3.0-only LGPL-3.0-or-later MPL-2.0".split()
)
# Tools of development: nothing of them is passed on.
ALLOWED_IN_TESTS = {"djlint": "GPL-3.0-or-later"}
# Packages that do not say it in their metadata, or are locked for other systems only; their files say it.
KNOWN = {
    "async-timeout": "Apache-2.0",
    "axe-playwright-python": "MIT",
    "colorama": "BSD-3-Clause",
    "django-filter": "BSD-3-Clause",
    "promql-parser": "MIT",
    "sqlparse": "BSD-3-Clause",
    "tzdata": "Apache-2.0",
}
# What older metadata says instead of an expression.
MEANT = {
    "Apache 2.0": "Apache-2.0",
    "BSD": "BSD-3-Clause",
    "BSD 3-Clause OR Apache-2.0": "BSD-3-Clause OR Apache-2.0",
    "BSD License": "BSD-3-Clause",
    "Dual License": "Apache-2.0 OR BSD-3-Clause",
    "MIT License": "MIT",
    "MIT, BSD": "MIT AND BSD-3-Clause",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "Apache Software License": "Apache-2.0",
    "Python Software Foundation License": "PSF-2.0",
}


def licence(name):
    """The SPDX expression of a package; "" if it is not known."""
    if name in KNOWN:
        return KNOWN[name]
    data = installed(name)
    if data is None:
        return ""
    if expression := data.get("License-Expression"):
        return expression
    text = (data.get("License") or "").strip()
    classes = [line.split(" :: ")[-1] for line in data.get_all("Classifier") or () if line.startswith("License ::")]
    for given in (text, *classes):
        if given in MEANT or given in ALLOWED or (set(given.split()) <= ALLOWED | {"AND", "OR"} and given):
            return MEANT.get(given, given)
    return ""


def fault(name, in_tests):
    """Why a package may not be used, "" if it may. `in_tests`: only the tests use it."""
    found = licence(name)
    if not found:
        return "no known licence: look into its files, and add it to KNOWN"
    if in_tests and ALLOWED_IN_TESTS.get(name) == found:
        return ""
    ways = ({part.strip("() ") for part in way.split(" AND ")} for way in found.split(" OR "))
    return "" if any(way <= ALLOWED for way in ways) else f"{found} is not among ALLOWED"
