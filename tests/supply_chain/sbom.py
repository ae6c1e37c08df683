"""The bill of materials of a release: what is installed with it, with licences and dependencies (CycloneDX 1.5, JSON).

https://cyclonedx.org/docs/1.5/json/
"""

import json
import tomllib
import uuid

from .licences import licence
from .locks import OURSELVES, ROOT, packages


def bill(lock="requirements.lock"):
    """The bill as a dictionary; the same for the same lock."""
    found, project = packages(lock), tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    ourselves = f"pkg:pypi/{OURSELVES}@{project['version']}"
    refs = {OURSELVES: ourselves} | {name: one.purl for name, one in found.items()}
    needs = {name: [] for name in refs}
    for name, one in found.items():
        for other in one.needed_by:
            needs[other].append(refs[name])
    content = {
        "metadata": {
            "component": {
                "type": "application",
                "bom-ref": ourselves,
                "name": OURSELVES,
                "version": project["version"],
                "purl": ourselves,
                "licenses": [{"license": {"id": project["license"]}}],
            }
        },
        "components": [_component(one) for one in found.values()],
        "dependencies": [{"ref": refs[name], "dependsOn": sorted(needs[name])} for name in sorted(refs)],
    }
    number = uuid.uuid5(uuid.NAMESPACE_URL, json.dumps(content))
    head = {"bomFormat": "CycloneDX", "specVersion": "1.5", "serialNumber": f"urn:uuid:{number}", "version": 1}
    return head | content


def _component(package):
    expression = licence(package.name)
    return {
        "type": "library",
        "bom-ref": package.purl,
        "name": package.name,
        "version": package.version,
        "purl": package.purl,
        **({"licenses": [{"expression": expression}]} if expression else {}),
    }
