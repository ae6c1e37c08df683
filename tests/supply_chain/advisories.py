"""Known vulnerabilities of the locked packages, asked of OSV (https://google.github.io/osv.dev/post-v1-querybatch/).

No advisories that are kept up to date come as a package (safety-db ends in 2021), and pip-audit would bring twenty
packages of its own for this one question.
"""

import json
import urllib.request

SERVICE = "https://api.osv.dev/v1/querybatch"
SECONDS = 20
# {id: why it does not concern us}; take a line out when its package is updated.
ACCEPTED = {}


class NoAnswer(Exception):
    """The service could not be asked."""


def ask(packages, service=SERVICE):
    """{package's name: [ids]} of these packages ([Package]). Raises NoAnswer."""
    queries = [{"package": {"purl": one.purl}} for one in packages]
    headers = {"Content-Type": "application/json", "User-Agent": "newsroom supply_chain"}
    request = urllib.request.Request(service, json.dumps({"queries": queries}).encode(), headers)
    try:
        with urllib.request.urlopen(request, timeout=SECONDS) as answer:
            results = json.load(answer)["results"]
    except (OSError, ValueError, KeyError) as error:
        raise NoAnswer(f"{type(error).__name__}: {error}") from error
    if len(results) != len(packages):
        raise NoAnswer(f"{len(results)} answers to {len(packages)} questions")
    found = {}
    for one, result in zip(packages, results, strict=True):
        ids = [known["id"] for known in (result or {}).get("vulns", ()) if known["id"] not in ACCEPTED]
        if ids:
            found[one.name] = ids
    return found
