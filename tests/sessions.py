"""Sessions of the tests' database that threads of the live server have left open."""

from django.db import connection


def end_other_sessions():
    """PostgreSQL neither copies nor drops a database that anybody else is connected to."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
