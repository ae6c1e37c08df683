"""`python -m tests.supply_chain`: licences and known vulnerabilities of the locks; `--sbom FILE` writes what is in a release."""

import argparse
import json
import sys
from pathlib import Path

from . import advisories, licences, sbom
from .locks import LOCKS, packages


def main(arguments=None, service=advisories.SERVICE):
    """The exit code: 1 for a licence that is not allowed or a known vulnerability; 0 if nobody could be asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sbom", type=Path, metavar="FILE", help="write the bill of materials, and nothing else")
    parser.add_argument("--licences", action="store_true", help="list the licence of every package, and nothing else")
    options = parser.parse_args(arguments)
    in_use, tested = (packages(lock) for lock in LOCKS)
    everything = list((in_use | tested).values())
    if options.sbom:
        options.sbom.write_text(json.dumps(sbom.bill(), indent=2) + "\n", encoding="utf-8")
        print(f"{options.sbom}: {len(in_use)} packages")
        return 0
    if options.licences:
        for one in everything:
            print(f"{one.name} {one.version}: {licences.licence(one.name)}")
        return 0
    faults = [(one.name, fault) for one in everything if (fault := licences.fault(one.name, one.name not in in_use))]
    faults += [(package, ", ".join(ids)) for package, ids in _vulnerable(everything, service).items()]
    for name, fault in faults:
        print(f"{name}: {fault}")
    if not faults:
        print(f"The licences of {len(everything)} packages are allowed.")
    return int(bool(faults))


def _vulnerable(everything, service):
    try:
        found = advisories.ask(everything, service)
    except advisories.NoAnswer as error:
        print(f"NOT CHECKED for known vulnerabilities: {service} could not be asked ({error}).")
        return {}
    if not found:
        print(f"No known vulnerabilities in {len(everything)} packages.")
    return found


if __name__ == "__main__":
    sys.exit(main())
