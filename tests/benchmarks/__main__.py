"""Everything that newsroom says about its speed, measured on this machine by one command.

    python -m tests.benchmarks                    20,000 articles imported; lists and searches at 1,000 and 100,000
    python -m tests.benchmarks --million          lists and searches at 1,000,000 on PostgreSQL, too
    python -m tests.benchmarks --small            a minute's look, to see that it works

Only ratios within one run say anything: seconds depend on the machine and its mood. Run it when nothing else
runs. PostgreSQL is the server of DATABASE_URL, else a temporary one; wrk is used where it is installed.
"""

import argparse
import os
import subprocess
import sys
from contextlib import ExitStack

from tests import postgres

from .imports import ROOT

SIZES = ["1000", "100000"]
MILLION = "100000*10"


def run(module, *arguments, database=""):
    environment = os.environ | ({"DATABASE_URL": database} if database else {})
    command = [sys.executable, "-m", f"tests.benchmarks.{module}", *arguments]
    if status := subprocess.run(command, cwd=ROOT, env=environment).returncode:
        sys.exit(f"{' '.join(command[2:])} ended with {status}.")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--million", action="store_true")
    parser.add_argument("--small", action="store_true")
    parser.add_argument("--databases", nargs="+", default=["sqlite", "postgresql"], choices=["sqlite", "postgresql"])
    parser.add_argument("--empty", default="", help="with one database: one with empty tables, to start sooner")
    options = parser.parse_args()
    server = os.environ.pop("DATABASE_URL", "")
    with ExitStack() as stack:
        if "postgresql" in options.databases and not server.startswith("postgres"):
            server = stack.enter_context(postgres.server())
        _imports(options, server)
        if "sqlite" in options.databases:
            _serving(options)
        _reads(options, server)


def _imports(options, server):
    print("## Import\n", flush=True)
    size = ["--articles", "20", "--steps", "import"] if options.small else []
    address = ["--postgres", server] if "postgresql" in options.databases else []
    run("imports", *size, *address, "--databases", *options.databases, f"--empty={options.empty}")


def _serving(options):
    print("## Pages, against a bare Django view of the same size\n", flush=True)
    small = ["--articles", "40", "--seconds", "0.05", "--rounds", "1", "--mixed", "0", "--debug"]
    run("serving", *(small if options.small else []), f"--empty={options.empty}")


def _reads(options, server):
    print("\n## Lists, counts and searches\n", flush=True)
    sizes = [*(["60", "--repeats=1"] if options.small else SIZES), f"--empty={options.empty}"]
    if "sqlite" in options.databases:
        run("reads", *sizes, "--plans")
    if "postgresql" in options.databases:
        run("reads", *sizes, *([MILLION] if options.million else []), "--plans", database=server)


if __name__ == "__main__":
    main()
