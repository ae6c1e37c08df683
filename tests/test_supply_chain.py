"""The licences of all locked packages are allowed, known vulnerabilities fail CI, the bill of materials is valid."""

import json
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

from tests.supply_chain import licences, locks
from tests.supply_chain.__main__ import main

pytestmark = pytest.mark.one_database


class Advisories(BaseHTTPRequestHandler):
    """As OSV answers: for each package what is known of it."""

    def do_POST(self):
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))["queries"]
        purls = [query["package"]["purl"] for query in asked]
        found = [{"vulns": [{"id": "GHSA-1"}]} if purl.startswith(self.server.bad) else {} for purl in purls]
        self.send_response(200)
        self.end_headers()
        self.wfile.write(json.dumps({"results": found}).encode())

    def log_message(self, *args):
        pass


@pytest.fixture
def service():
    with HTTPServer(("127.0.0.1", 0), Advisories) as server:
        server.bad, server.address = "pkg:pypi/nothing@", f"http://127.0.0.1:{server.server_port}/"
        Thread(target=server.serve_forever, args=[0.01], daemon=True).start()
        yield server
        server.shutdown()


def test_all_licences_are_allowed_and_a_known_vulnerability_is_told(service, capsys):
    assert main([], service.address) == 0
    assert "No known vulnerabilities" in capsys.readouterr().out
    service.bad = "pkg:pypi/django@"
    assert main([], service.address) == 1
    assert "django: GHSA-1\n" in capsys.readouterr().out


def test_without_a_network_it_says_that_nothing_was_checked(capsys):
    assert main([], "http://127.0.0.1:9/") == 0
    assert "NOT CHECKED for known vulnerabilities" in capsys.readouterr().out


def test_a_licence_that_is_not_allowed_is_told(monkeypatch):
    monkeypatch.setitem(licences.KNOWN, "django", "AGPL-3.0-only")
    assert licences.fault("django", in_tests=False) == "AGPL-3.0-only is not among ALLOWED"
    assert licences.fault("not-installed", in_tests=False).startswith("no known licence")
    assert licences.fault("djlint", in_tests=False)
    assert not licences.fault("djlint", in_tests=True)
    monkeypatch.setitem(licences.KNOWN, "django", "AGPL-3.0-only OR MIT")
    assert not licences.fault("django", in_tests=False)


def test_the_bill_of_materials_is_valid_and_complete(tmp_path, capsys):
    path = tmp_path / "newsroom.cdx.json"
    assert main(["--sbom", str(path)]) == 0
    text = path.read_text(encoding="utf-8")
    assert JsonStrictValidator(SchemaVersion.V1_5).validate_str(text) is None
    bill = json.loads(text)
    assert {one["name"] for one in bill["components"]} == set(locks.packages("requirements.lock"))
    needs = {one["ref"].split("@")[0]: one["dependsOn"] for one in bill["dependencies"]}
    assert any(ref.startswith("pkg:pypi/sqlparse@") for ref in needs["pkg:pypi/django"])
    assert any(ref.startswith("pkg:pypi/django@") for ref in needs["pkg:pypi/newsroom"])
    assert all(one["licenses"] for one in bill["components"])
