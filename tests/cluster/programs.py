"""The programs that the cluster is made of: found on this machine, or installed by apt-get as root."""

import os
import shutil
import subprocess

# {program: Debian's package}; PostgreSQL and the object storage come with the packages of the tests.
PACKAGES = {"redis-server": "redis-server", "nginx": "nginx-light", "varnishd": "varnish", "pgbouncer": "pgbouncer"}
SBIN = "/usr/sbin"
# The packages would start what they install.
NO_SERVICES = "/usr/sbin/policy-rc.d"


def find_or_install(left_out=(), may_install=True):
    """The names of programs that are left out, or not there and cannot be installed: the table says so."""
    if SBIN not in os.environ["PATH"].split(os.pathsep):
        os.environ["PATH"] += os.pathsep + SBIN
    missing = _missing(left_out)
    if missing and may_install and os.geteuid() == 0 and shutil.which("apt-get"):
        print(f"Installing {', '.join(missing)} …", flush=True)
        _install([PACKAGES[program] for program in missing])
    return [*left_out, *_missing(left_out)]


def _missing(left_out):
    return [program for program in PACKAGES if program not in left_out and not shutil.which(program)]


def _install(packages):
    is_ours = not os.path.exists(NO_SERVICES)
    if is_ours:
        with open(NO_SERVICES, "w") as script:
            script.write("#!/bin/sh\nexit 101\n")
        os.chmod(NO_SERVICES, 0o755)
    options = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "timeout": 300}
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    try:
        for command in (["update"], ["install", "-y", "--no-install-recommends", *packages]):
            subprocess.run(["apt-get", "-qq", *command], env=environment, check=False, **options)
    except subprocess.TimeoutExpired:
        pass  # what is missing is left out
    finally:
        if is_ours:
            os.unlink(NO_SERVICES)
