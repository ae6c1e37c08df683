"""PostgreSQL for the cluster: a primary, a replica that streams from it, and a pooler in front of the primary."""

import os
import secrets
import subprocess

import psycopg

from tests import postgres

from .processes import Part

# A server that is killed must keep what it has confirmed; only the machine itself does not fail here.
KEEPS = ("-c", "fsync=off", "-c", "wal_keep_size=256MB", "-c", "max_connections=60")
STANDBY = ("-c", "hot_standby_feedback=on", "-c", "wal_retrieve_retry_interval=200ms")


class Servers:
    """The primary and its replica, in folders of their own below `folder`."""

    def __init__(self, folder):
        self.folder, self.user = folder / "postgresql", postgres.server_user()
        self.folder.mkdir()
        self.binaries = postgres.readable_by_all(postgres.binaries(), self.folder) if self.user else postgres.binaries()
        self.password = secrets.token_urlsafe(24)
        (self.folder / "password").write_text(self.password)
        self._give(self.folder)
        self._give(self.folder / "password")
        self.port, self.replica_port = postgres.free_port(), postgres.free_port()

    def _give(self, path):
        if self.user:
            os.chown(path, self.user["user"], self.user["group"])

    def start_primary(self):
        data = self.folder / "primary"
        postgres.initialise(self.binaries, self.folder, data, self.user)
        self.primary = self._part("PostgreSQL primary", data, self.port)
        return self.primary.start()

    def start_replica(self):
        data = self.folder / "replica"
        command = [self.binaries / "pg_basebackup", "-D", data, "-R", "-c", "fast", "--no-sync"]
        subprocess.run(
            [*command, "-d", self.url(self.port, "postgres")],
            check=True,
            capture_output=True,
            cwd=self.folder,
            **self.user,
        )
        self.replica = self._part("PostgreSQL replica", data, self.replica_port, *STANDBY)
        return self.replica.start()

    def _part(self, name, data, port, *options):
        command = [self.binaries / "postgres", "-D", data, "-p", port, "-h", "127.0.0.1", "-k", "", *KEEPS, *options]
        return Part(name, command, self.folder.parent, lambda: self.answers(port), user=self.user)

    def url(self, port, database="newsroom"):
        return f"postgres://postgres:{self.password}@127.0.0.1:{port}/{database}"

    def ask(self, port, sql, *values, database="newsroom"):
        """The rows of a query."""
        with psycopg.connect(self.url(port, database), connect_timeout=2, autocommit=True) as connection:
            cursor = connection.execute(sql, values or None)
            return cursor.fetchall() if cursor.description else []

    def answers(self, port, database="postgres"):
        try:
            return bool(self.ask(port, "SELECT 1", database=database))
        except psycopg.Error:
            return False


def pooler(servers, folder):
    """pgbouncer in transaction mode, by deploy/pgbouncer.ini, in front of the primary. (part, port)"""
    from .deployed import deployed

    port, own = postgres.free_port(), folder / "pgbouncer"
    own.mkdir()
    (own / "users").write_text(f'"postgres" "{servers.password}"\n')
    values = {
        "host=db1.example.org port=5432 dbname=newsroom user=newsroom password=secret": (
            f"host=127.0.0.1 port={servers.port} dbname=newsroom user=postgres password={servers.password}"
        ),
        "listen_port = 6432": f"listen_port = {port}",
        "/etc/pgbouncer/userlist.txt": own / "users",
        "/var/log/pgbouncer/pgbouncer.log": own / "log",
        "/run/pgbouncer/pgbouncer.pid": own / "pid",
    }
    (own / "pgbouncer.ini").write_text(deployed("pgbouncer.ini", values))
    for path in (own, *own.iterdir()):
        if servers.user:
            os.chown(path, servers.user["user"], servers.user["group"])
    command = ["pgbouncer", own / "pgbouncer.ini"]
    return Part("pgbouncer", command, folder, lambda: servers.answers(port, "newsroom"), user=servers.user), port
