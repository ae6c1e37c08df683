"""`python -m tests`: every test on SQLite, then on PostgreSQL. Arguments go to pytest as they are.

What is missing is found or installed (chromium.py, postgres.py); what cannot be is a failure.
"""

import os
import signal
import subprocess
import sys

from . import chromium, postgres


def run(database, url, arguments):
    print(f"\n=== {database} ===", flush=True)
    return subprocess.call([sys.executable, "-m", "pytest", *arguments], env=os.environ | {"DATABASE_URL": url})


def main(arguments):
    os.environ["CHROMIUM"] = chromium.find_or_install()
    with postgres.server() as url:
        codes = {"SQLite": run("SQLite", "", arguments), "PostgreSQL": run("PostgreSQL", url, arguments)}
    failed = [database for database, code in codes.items() if code]
    return f"Failed on {' and on '.join(failed)}." if failed else 0


if __name__ == "__main__":
    # A `kill` unwinds like Ctrl-C does, so that no server is left behind.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        sys.exit(main(sys.argv[1:]))
    except (chromium.NotFound, postgres.NotFound) as error:
        sys.exit(f"tests: {error}")
    except KeyboardInterrupt:
        sys.exit(130)
