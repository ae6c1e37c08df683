"""A Chromium for the browser tests: CHROMIUM's, one on the machine, or one that is installed now."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from .postgres import is_root

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
PLACES = (
    Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"),
    Path("/Applications/Chromium.app/Contents/MacOS/Chromium"),
    Path("C:/Program Files/Google/Chrome/Application/chrome.exe"),
)
NPM_PACKAGE = "@sparticuz/chromium"  # carries the browser in the package itself, compressed
UNPACK = f"import c from '{NPM_PACKAGE}'; console.log(await c.executablePath())"


class NotFound(Exception):
    pass


def arguments():
    """Chromium refuses its sandbox to root; the rest keeps it from asking the network for anything."""
    quiet = ["--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
    return ["--no-sandbox", *quiet] if is_root() else quiet


def find_or_install():
    """The browser's path. Installs, in this order: Debian's by apt when root, playwright's own, npm's."""
    found = find()
    for install in () if found else (_by_apt, _by_playwright, _by_npm):
        found = install() or find()
        if found:
            break
    if not found:
        raise NotFound(
            "no Chromium found, and none could be installed. Install Chromium or Chrome (Debian: apt-get install "
            "chromium), or set CHROMIUM to the path of one."
        )
    return found


def find():
    chosen = os.environ.get("CHROMIUM")
    if chosen:
        if not Path(chosen).is_file():
            raise NotFound(f"CHROMIUM={chosen} is no file.")
        return chosen
    for look in (_on_path, _in_known_places, _playwrights_own):
        found = look()
        if found:
            return found
    return None


def _on_path():
    return next(filter(None, map(shutil.which, NAMES)), None)


def _in_known_places():
    return next((str(place) for place in (*PLACES, _npm_folder() / "chromium") if place.is_file()), None)


def _playwrights_own():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).is_file() else None


def _run(*command, **options):
    print("$", *command, file=sys.stderr, flush=True)
    return subprocess.run(command, stdout=options.pop("stdout", sys.stderr), **options)


def _by_apt():
    if is_root() and shutil.which("apt-get"):
        quiet = {"env": os.environ | {"DEBIAN_FRONTEND": "noninteractive"}}
        _run("apt-get", "update", "-qq", **quiet)
        _run("apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium", **quiet)


def _by_playwright():
    _run(sys.executable, "-m", "playwright", "install", "chromium")


def _by_npm():
    npm, node = shutil.which("npm"), shutil.which("node")
    if not npm or not node:
        return None
    folder = _npm_folder()
    folder.mkdir(parents=True, exist_ok=True)
    if _run(npm, "install", "--no-save", "--no-audit", "--no-fund", NPM_PACKAGE, cwd=folder).returncode:
        return None
    unpacked = _run(node, "--input-type=module", "-e", UNPACK, cwd=folder, stdout=subprocess.PIPE, text=True)
    path = unpacked.stdout.strip()
    return shutil.copy(path, folder / "chromium") if unpacked.returncode == 0 and path else None


def _npm_folder():
    """Inside the virtual environment, and gone with it."""
    return Path(sys.prefix) / "chromium"
