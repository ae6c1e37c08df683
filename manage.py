#!/usr/bin/env python
"""The command line of newsroom. Without a SECRET_KEY it runs in development (DEBUG)."""

import os
import sys


def main():
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
    # A machine that has no SECRET_KEY is somebody's own: there commands run in DEBUG. A server that
    # starts through wsgi.py never passes here, and refuses to start without one.
    if not os.environ.get("SECRET_KEY"):
        os.environ.setdefault("DEBUG", "1")
    from django.conf import settings
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line
    from django.db import Error

    try:
        settings.INSTALLED_APPS  # noqa: B018 - reads the settings, so that a bad one is reported in one line
    except ImproperlyConfigured as error:
        sys.exit(f"newsroom: {error}")
    try:
        execute_from_command_line(sys.argv)
    except Error as error:
        from newsroom.serving import health

        line = health.in_one_line(error)
        if not line:
            raise
        sys.exit(f"newsroom: {line}")


if __name__ == "__main__":
    main()
