"""The locked packages, as uv writes them: versions, and who needs them."""

import re
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path

ROOT = Path(__file__).parents[2]
LOCKS = ("requirements.lock", "requirements-test.lock")
OURSELVES = "newsroom"


@dataclass
class Package:
    """`needed_by`: names of packages, OURSELVES among them where pyproject.toml names it."""

    name: str
    version: str
    needed_by: list = field(default_factory=list)

    @property
    def purl(self):
        """https://github.com/package-url/purl-spec, type pypi"""
        return f"pkg:pypi/{self.name}@{self.version}"


def packages(lock):
    """{name: Package} of a file of LOCKS."""
    found, package, follows = {}, None, False
    for line in (ROOT / lock).read_text(encoding="utf-8").splitlines():
        if start := re.match(r"([a-z0-9-]+)==(\S+)", line):
            package, follows = Package(*start.groups()), False
            found[package.name] = package
        elif via := re.match(r"    # via ?(.*)|    #   (.+)", line):
            follows = follows or line.startswith("    # via")
            for name in filter(None, via.groups()):
                if follows and not name.startswith("-c "):
                    package.needed_by.append(name.split(" ")[0])
    return found


def installed(name):
    """The metadata of an installed package; None if the lock has it for other systems only."""
    try:
        return metadata(name)
    except PackageNotFoundError:
        return None
