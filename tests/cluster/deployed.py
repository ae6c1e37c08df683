"""The files of `deploy/` as the cluster runs them: the same, but for ports, names and paths of this machine."""

import re
import shlex
from pathlib import Path

DEPLOY = Path(__file__).parents[2] / "deploy"


def deployed(name, values):
    """The text of a file in which each of these values was replaced; an error if one does not occur in it."""
    text = (DEPLOY / name).read_text(encoding="utf-8")
    for written, used in values.items():
        if written not in text:
            raise ValueError(f"deploy/{name} does not contain “{written}”.")
        text = text.replace(written, str(used))
    return text


def starts(text):
    """The words of each command that a unit of systemd starts, from its text."""
    return [shlex.split(line) for line in re.findall(r"^ExecStart=-?(.+)$", text, re.M)]
