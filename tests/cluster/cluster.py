"""All parts of the cluster: what is shared, the two machines with their workers, and what stands in front of them."""

import json
import os
import secrets
import shutil
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

from tests.articles.alerts.mailserver import MailServer
from tests.postgres import free_port

from . import content, databases, object_store
from .deployed import deployed, starts
from .processes import NotStarted, Part, is_listening
from .readers import connection, read

ROOT = Path(__file__).parents[2]
MACHINES = ("a", "b")
FRONT_SECONDS = 30
BEHIND_TLS = {"X-Forwarded-Proto": "https"}


class Cluster:
    """`missing`: programs that are not on this machine; their parts are left out. `is_small`: filled without commands
    of operators, and background work in a process of its own on one machine only; `serve` does it on both.
    """

    def __init__(self, folder, missing, say, is_small):
        self.folder, self.missing, self.say, self.is_small = folder, missing, say, is_small
        self.serve, self.work = {}, {}
        self.redis = self.varnish = self.nginx = self.pooler = None
        self.mails = None
        self.secret = secrets.token_urlsafe(60)
        self.ports = {name: free_port() for name in (*MACHINES, "varnish", "nginx")}

    def has(self, program):
        return program not in self.missing

    # What is shared

    def start_shared(self):
        """All but the replica: it copies the primary, which takes a while."""
        self.say("PostgreSQL, Redis, object storage, mail server")
        self.store_port = free_port()
        self.store = self._store()
        if self.has("redis-server"):
            self.redis_port = free_port()
            options = ["--port", self.redis_port, "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
            ready = is_listening(self.redis_port)
            self.redis = Part("Redis", ["redis-server", *options, "--dir", self.folder], self.folder, ready)
            self.redis.start(wait=False)
        self.start_mail()
        self.servers = databases.Servers(self.folder)
        self.servers.start_primary()
        self.servers.ask(self.servers.port, "CREATE DATABASE newsroom", database="postgres")
        self.database_port = self.servers.port
        if self.has("pgbouncer"):
            self.pooler, self.database_port = databases.pooler(self.servers, self.folder)
            self.pooler.start(wait=False)

    def _store(self):
        command = object_store.command(self.store_port)
        return Part("object storage", command, self.folder, is_listening(self.store_port)).start(wait=False)

    def start_mail(self):
        self.mail = MailServer(port=self.mail.port if self.mails is not None else 0)
        self.mails = self.mails if self.mails is not None else []
        self.mail.taken = self.mails
        self.mail.__enter__()

    def stop_mail(self):
        self.mail.__exit__()

    # The site

    def environment(self, past_the_pooler=False):
        front = f"https://127.0.0.1:{self.ports['nginx']}" if "nginx" in self.ports else "https://127.0.0.1"
        port = self.servers.port if past_the_pooler else self.database_port
        found = {
            "DEBUG": "0",
            "SECRET_KEY": self.secret,
            "ALLOWED_HOSTS": "127.0.0.1",
            "NEWSROOM_BASE_URL": front,
            "DATABASE_URL": self.servers.url(port),
            "TRANSACTION_POOLING": "1" if self.pooler and not past_the_pooler else "0",
            "MEDIA_STORAGE": object_store.setting(self.store_port),
            "EMAIL_URL": f"smtp://127.0.0.1:{self.mail.port}",
            "STATIC_ROOT": str(self.folder / "static"),
            "TRUST_PROXY_HEADERS": "1",
            "API_PER_MINUTE": "100000",  # all readers have one address
            "PYTHONPATH": str(ROOT),
            "DATABASE_REPLICA_URL": self.servers.url(self.servers.replica_port),
        }
        if self.has("varnishd"):
            found["PURGE_URL"] = f"varnish://127.0.0.1:{self.ports['varnish']}"
        return found | ({"CACHE_URL": f"redis://127.0.0.1:{self.redis_port}/0"} if self.redis else {})

    def manage(self, *words, settings="newsroom.settings"):
        """Run a command of manage.py; its output."""
        environment = os.environ | self.environment(past_the_pooler=True) | {"DJANGO_SETTINGS_MODULE": settings}
        return self._run([sys.executable, str(ROOT / "manage.py"), *words], environment)

    def _run(self, command, environment):
        done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=300)
        if done.returncode:
            raise RuntimeError(f"{' '.join(command[1:4])}: {(done.stderr or done.stdout)[-1500:]}")
        return done.stdout

    def fill(self, subscribers):
        """The replica; tables, static files, an import, people and drafts. Returns what `content` prints."""
        with ThreadPoolExecutor(1) as beside:
            make = partial(self._content, "--from-nothing") if self.is_small else self._as_operators_do
            made = beside.submit(make, str(subscribers))
            self.servers.start_replica()
            object_store.create_bucket(self.store_port)
            return json.loads(made.result().splitlines()[-1])

    def _content(self, *words):
        environment = os.environ | self.environment(past_the_pooler=True)
        return self._run([sys.executable, "-m", "tests.cluster.content", *words], environment)

    def _as_operators_do(self, subscribers):
        self.say("migrate, collectstatic")
        with ThreadPoolExecutor(1) as beside:
            static = beside.submit(self.manage, "collectstatic", "--noinput", "-v0", settings=content.SETTINGS)
            self.manage("migrate", "-v0")
            static.result()
        self.say("import_fixture, accounts, drafts, subscribers")
        self.manage("import_fixture", content.EXAMPLE)
        return self._content(subscribers)

    def start_site(self):
        """The two machines, each with a worker and folders of its own; waits until all is ready, the front, too."""
        self.say("two machines with a worker each")
        for name in MACHINES:
            own = self.folder / f"machine-{name}"
            (own / "tmp").mkdir(parents=True)
            environment = self.environment() | {"TMPDIR": str(own / "tmp"), "MEDIA_ROOT": str(own / "media")}
            port = self.ports[name]
            serve = [*_command("newsroom.service"), "--port", str(port), "--workers", "1"]
            self.serve[name] = Part(f"serve {name}", serve, self.folder, self._is_ready(port), environment)
            self.serve[name].start(wait=False)
            if not (self.is_small and self.work):
                work = _command("newsroom-work.service")
                self.work[name] = Part(f"work {name}", work, self.folder, lambda: True, environment)
                self.work[name].start(wait=False)
        for part in Part.known:
            part.wait()
        # Varnish asks each second whether a machine is there again.
        until = time.monotonic() + FRONT_SECONDS
        while read(connection(self.front, self.is_tls), "/readyz", self.headers).status != 200:
            if time.monotonic() > until:
                raise NotStarted("Nobody answers in front of the machines.")
            time.sleep(0.1)

    def _is_ready(self, port):
        return lambda: read(connection(port, is_tls=False), "/readyz").status == 200

    # In front of it

    def start_front(self):
        """`front`: the port that readers know. Without nginx they are told there what nginx would tell."""
        first, second = (str(self.ports[name]) for name in MACHINES)
        if self.has("varnishd"):
            vcl = self.folder / "varnish.vcl"
            vcl.write_text(deployed("varnish.vcl", {'.port = "8000"': f'.port = "{first}"', '"8001"': f'"{second}"'}))
            port = self.ports["varnish"]
            command = ["varnishd", "-F", "-a", f"127.0.0.1:{port}", "-f", vcl, "-s", "malloc,64M"]
            command += ["-n", self.folder / "varnish", "-T", "none"]
            self.varnish = Part("Varnish", command, self.folder, is_listening(port)).start(wait=False)
        if self.has("nginx"):
            self._start_nginx()
        self.front = self.ports["nginx" if self.nginx else "varnish" if self.varnish else MACHINES[-1]]
        self.is_tls = self.nginx is not None
        self.headers = {} if self.is_tls else BEHIND_TLS

    def _start_nginx(self):
        own = self.folder / "nginx"
        own.mkdir()
        os.chmod(own, 0o755)
        command = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
        command += ["-days", "1", "-subj", "/CN=127.0.0.1", "-keyout", own / "key.pem", "-out", own / "fullchain.pem"]
        subprocess.run(command, check=True, capture_output=True)
        first, second = (self.ports[name] for name in MACHINES)
        values = {
            "pid /run/nginx.pid": f"pid {own}/pid",
            "/var/log/nginx": own,
            "access_log off;": f"access_log off; client_body_temp_path {own}/body; proxy_temp_path {own}/proxy;",
            "/etc/ssl/newsroom": own,
            "listen 80 ": f"listen 127.0.0.1:{free_port()} ",
            "listen 443 ": f"listen 127.0.0.1:{self.ports['nginx']} ",
            "127.0.0.1:8000 backup": f"127.0.0.1:{first} backup",
            "127.0.0.1:8001 backup": f"127.0.0.1:{second} backup",
            "127.0.0.1:6081": f"127.0.0.1:{self.ports['varnish'] if self.varnish else first}",
        }
        if os.geteuid() != 0:
            values["user www-data;"] = ""
        (own / "nginx.conf").write_text(deployed("nginx.conf", values))
        command = ["nginx", "-c", own / "nginx.conf", "-e", own / "error.log", "-g", "daemon off;"]
        subprocess.run([*map(str, command[:5]), "-t"], check=True, capture_output=True)
        self.nginx = Part("nginx", command, self.folder, is_listening(self.ports["nginx"])).start(wait=False)

    def places(self):
        """{place: (an open connection to it, headers)}: where readers may see something."""
        found = {f"serve {name}": (connection(self.ports[name], is_tls=False), BEHIND_TLS) for name in MACHINES}
        if self.front in (self.ports["varnish"], self.ports["nginx"]):
            found["through the proxies"] = connection(self.front, self.is_tls), self.headers
        return found

    def end(self):
        if self.mails is not None:
            self.stop_mail()


def _command(unit):
    """What a unit of systemd starts, on this machine."""
    python, manage = "/srv/newsroom/.venv/bin/python", " manage.py "
    text = deployed(unit, {python: sys.executable, manage: f" {ROOT / 'manage.py'} "})
    return starts(text)[0]


def remove(folder):
    shutil.rmtree(folder, ignore_errors=True)
