"""The files of deploy/: every command, option, setting and path that they name exists.

`python -m tests.cluster` runs nginx.conf, varnish.vcl, pgbouncer.ini and the commands of the units. Tests need no engine
for containers: Containerfile and compose.yaml are read, and what they name is looked up.
"""

import re
import shlex
import shutil
import subprocess
import sys

import pytest
import yaml
from django.core.management import get_commands, load_command_class

from newsroom import env
from newsroom.serving.server import STOP_SECONDS
from tests.cluster.deployed import DEPLOY, deployed, starts

pytestmark = pytest.mark.one_database

ROOT = DEPLOY.parent
UNITS = sorted(path.name for path in DEPLOY.glob("newsroom*.*") if path.suffix in (".service", ".timer"))
COMPOSE = yaml.safe_load((DEPLOY / "compose.yaml").read_text())
CONTAINER = re.sub(r"\\\n", " ", (DEPLOY / "Containerfile").read_text())


def commands():
    """(file, words after manage.py) of every command."""
    for unit in UNITS:
        yield from ((unit, words[2:]) for words in starts((DEPLOY / unit).read_text()))
    for name, service in COMPOSE["services"].items():
        for words in re.findall(r"python manage\.py ([^&]+)", " ".join(service.get("command", []))):
            yield f"compose.yaml {name}", words.split()
    for line in re.findall(r"^deploy/manage (.+)$", (ROOT / "README.md").read_text(), re.M):
        yield "README", shlex.split(line, comments=True)
    for line in re.findall(r"python manage\.py (.+)", CONTAINER):
        yield "Containerfile", shlex.split(line)
    yield "Containerfile", re.findall(r'"([^"]+)"', re.search("CMD (.+)", CONTAINER)[1])[2:]


@pytest.mark.parametrize(
    ("file", "words"), [pytest.param(*one, id=f"{one[0]}: {' '.join(one[1])}") for one in commands()]
)
def test_a_command_exists_and_takes_its_options(file, words):
    name, *options = words
    command = load_command_class(get_commands()[name], name)
    command.create_parser("manage.py", name).parse_args(options)


def test_no_option_of_a_unit_goes_before_a_setting_of_the_machine():
    assert [words[2:] for words in starts((DEPLOY / "newsroom.service").read_text())] == [["serve"]]


def test_settings_reach_manage_as_they_are(tmp_path):
    (tmp_path / "env").write_text("# A=comment\n\nNAME=Example Organization\nSTORE=s3://a?b=$1&c='\"x\\n\"'\nLAST=end")
    values = {
        "runuser -u newsroom -- ": "",
        "!= 0 ]": '!= "" ]',  # nobody else runs it here
        "/etc/newsroom.env": tmp_path / "env",
        ".venv/bin/python manage.py": "/usr/bin/env",
    }
    script = tmp_path / "manage"
    script.write_text(deployed("manage", values))
    told = subprocess.run(["sh", script], env={}, capture_output=True, text=True, check=True).stdout.splitlines()
    found = dict(line.split("=", 1) for line in told)
    assert {"NAME": "Example Organization", "STORE": "s3://a?b=$1&c='\"x\\n\"'", "LAST": "end"}.items() <= found.items()
    assert "# A" not in found


def settings_of(text):
    return dict(re.findall(r"^([A-Z_]+)=(.*)$", text, re.M))


def test_settings_exist_and_are_read(monkeypatch):
    given = settings_of((DEPLOY / "newsroom.env").read_text())
    table = set(re.findall(r"`([A-Z_]+)`", (ROOT / "deploy" / "README.md").read_text()))
    assert set(given) - table == set()
    read = subprocess.run(
        [
            sys.executable,
            "-c",
            "from newsroom import settings as s; print(s.PURGE, sorted(s.DATABASES), s.MEDIA_STORAGE)",
        ],
        cwd=ROOT,
        env=given,
        capture_output=True,
        text=True,
    )
    assert read.stderr == ""
    assert "[('varnish', '', '127.0.0.1:6081')] ['default', 'replica'] {'bucket_name': 'newsroom'" in read.stdout


def test_the_containers_have_what_the_settings_name():
    given = settings_of((DEPLOY / "newsroom.env").read_text())
    services = COMPOSE["services"]
    primary, store = services["primary"]["environment"], services["store"]["environment"]
    account = f"{primary['POSTGRES_USER']}:{primary['POSTGRES_PASSWORD']}@"
    assert account in given["DATABASE_URL"]
    assert account in given["DATABASE_REPLICA_URL"]
    assert f"//{store['MINIO_ROOT_USER']}:{store['MINIO_ROOT_PASSWORD']}@newsroom?" in given["MEDIA_STORAGE"]
    ports = {words[words.index("--port") + 1] for name in ("first", "second") if (words := services[name]["command"])}
    assert ports == set(re.findall(r'\.port = "(\d+)"', (DEPLOY / "varnish.vcl").read_text()))
    assert ports == set(re.findall(r"127\.0\.0\.1:(\d+) backup", (DEPLOY / "nginx.conf").read_text()))
    for service in services.values():
        assert set(service.get("depends_on", {})) <= set(services)
        for volume in service.get("volumes", []):
            source = volume.partition(":")[0]
            assert source in COMPOSE["volumes"] or source == "./tls" or (DEPLOY / source).is_file()
        if "build" in service:
            assert (DEPLOY / service["build"]["context"] / service["build"]["dockerfile"]).is_file()


def test_the_image_has_all_that_the_site_is_made_of():
    copied = {word for line in re.findall(r"^COPY (.+) \S+$", CONTAINER, re.M) for word in line.split()}
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split(
        "\n"
    )
    packages = {name.partition("/")[0] for name in tracked if name.endswith("/__init__.py")} - {"tests"}
    assert {"manage.py", "templates", "deploy/requirements.lock"} | packages <= copied
    assert all((ROOT / name).exists() for name in copied)


def test_nothing_else_of_a_working_copy_can_get_into_the_image():
    kept, *others = (DEPLOY / "Containerfile.dockerignore").read_text().split()
    allowed = {line[1:] for line in others if line.startswith("!")}
    copied = {word for line in re.findall(r"^COPY (.+) \S+$", CONTAINER, re.M) for word in line.split()}
    assert kept == "*"
    assert allowed == copied
    assert set(others) - {f"!{name}" for name in allowed} == {"**/__pycache__"}


def test_the_image_and_the_readme_install_the_same_fonts():
    installed = set(re.search(r"apt-get install .*?recommends (.+?) +&&", CONTAINER)[1].split())
    shown = set(re.search(r"^apt-get install (.+)$", (ROOT / "README.md").read_text(), re.M)[1].split())
    assert installed - {"postgresql-client"} == {"fonts-noto-core", "fonts-noto-cjk", "libfribidi0"} <= shown


def test_the_containers_can_be_stopped_and_write_nowhere_else():
    for service in (COMPOSE["services"][name] for name in ("first", "second", "work")):
        assert int(service["stop_grace_period"].removesuffix("s")) > STOP_SECONDS
        assert service["read_only"]
        assert service["tmpfs"] == "/tmp"


def test_only_nginx_can_be_reached_from_other_machines():
    for name, service in COMPOSE["services"].items():
        command = " ".join([*service.get("entrypoint", []), *service.get("command", [])])
        addresses = re.findall(
            r"(?<!\S)(?:--host|--bind|--address|--console-address|-a|listen_addresses)[ =](\S+)", command
        )
        listens = name not in ("migrate", "work", "nginx")
        assert bool(addresses) == listens, name
        assert all(address.startswith("127.0.0.1") for address in addresses), name


def test_the_image_has_the_versions_of_the_other_lock():
    def versions(path):
        return set(re.findall(r"^([\w.-]+==[\w.]+)", path.read_text(), re.M))

    assert versions(ROOT / "requirements.lock") <= versions(DEPLOY / "requirements.lock")
    assert versions(DEPLOY / "requirements.lock") - {"async-timeout==5.0.1"} <= versions(
        ROOT / "requirements-test.lock"
    )


def test_units_are_understood(tmp_path):
    """By systemd itself where it is installed; its directives are few, and known here."""
    values = {
        "/srv/newsroom/.venv/bin/python": sys.executable,
        "/srv/newsroom": str(ROOT),
        "User=newsroom": "User=root",
    }
    paths = []
    for unit in UNITS:
        text = (DEPLOY / unit).read_text()
        paths.append(tmp_path / unit)
        paths[-1].write_text(deployed(unit, {old: new for old, new in values.items() if old in text}))
        names = set(re.findall(r"^(\w+)=", text, re.M))
        assert names <= KNOWN, unit
    timers = {name.removesuffix(".timer") for name in UNITS if name.endswith(".timer")}
    assert {f"{name}.service" for name in timers} <= set(UNITS)
    if program := shutil.which("systemd-analyze"):
        done = subprocess.run([program, "verify", "--man=no", *paths], capture_output=True, text=True)
        assert [line for line in done.stderr.splitlines() if str(tmp_path) in line or "newsroom" in line] == []


KNOWN = set(
    "Description After Wants Type User WorkingDirectory EnvironmentFile ExecStart ExecReload Restart RestartSec "
    "TimeoutStopSec KillMode LimitNOFILE StateDirectory NoNewPrivileges PrivateTmp ProtectHome ProtectSystem Nice "
    "WantedBy OnCalendar RandomizedDelaySec Persistent".split()
)


def test_the_upload_limit_of_nginx_is_that_of_the_server():
    limit = int(re.search(r"client_max_body_size (\d+)m", (DEPLOY / "nginx.conf").read_text())[1])
    assert limit * 1024 * 1024 >= (env.number("RECORDING_MAX_MEGABYTES", 200) + 50) * 1024 * 1024
