"""The app package: as Microsoft's schema wants it, and with icons of the right size."""

from __future__ import annotations

import json
import struct
import zipfile
import zlib
from pathlib import Path

import pytest
import requests
from jsonschema import Draft4Validator

from bot.channels.teams.icons import colour_icon, outline_icon
from bot.channels.teams.manifest import SCHEMA_VERSION, ManifestError, manifest, package
from cli.main import main
from tests.conversations.server import Server
from tests.teams.fake_connector import APP_ID
from tests.teams.npm import node_modules

DOMAIN = "fingerpost.example.nhs.uk"


def made(path: Path) -> zipfile.ZipFile:
    words = ["teams", "manifest", "--app-id", APP_ID, "--domain", DOMAIN, "--out", str(path)]
    assert main(words) == 0
    return zipfile.ZipFile(path)


def pixels(png: bytes) -> tuple[int, int, bytes]:
    """Return width, height and the rows of a PNG of ours, each behind the number of its filter."""
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    width, height, depth, colours = struct.unpack(">IIBB", png[16:26])
    assert (depth, colours) == (8, 6)
    length = struct.unpack(">I", png[33:37])[0]
    return width, height, zlib.decompress(png[41 : 41 + length])


@pytest.mark.system
def test_the_manifest_is_what_microsofts_schema_wants(tmp_path: Path) -> None:
    schemas = node_modules() / "@microsoft/app-manifest/build/json-schemas/teams"
    versions = [p.name for p in schemas.iterdir() if p.name[1:].replace(".", "").isdigit()]
    newest = max(versions, key=lambda name: [int(part) for part in name[1:].split(".")])
    assert newest == f"v{SCHEMA_VERSION}"
    schema = json.loads((schemas / newest / "MicrosoftTeams.schema.json").read_text("utf-8"))
    validator = Draft4Validator(schema)
    found = json.loads(made(tmp_path / "app.zip").read("manifest.json"))
    assert [error.message for error in validator.iter_errors(found)] == []
    assert list(validator.iter_errors({**found, "id": "x", "unknown": 1}))


def test_the_package_holds_three_files(tmp_path: Path) -> None:
    archive = made(tmp_path / "sub" / "app.zip")
    assert sorted(archive.namelist()) == ["color.png", "manifest.json", "outline.png"]
    found = json.loads(archive.read("manifest.json"))
    assert found["bots"][0]["botId"] == found["id"] == APP_ID
    assert found["validDomains"] == [DOMAIN]
    assert found["developer"]["privacyUrl"] == f"https://{DOMAIN}/privacy"
    assert found["developer"]["termsOfUseUrl"] == f"https://{DOMAIN}/terms"
    assert archive.read("color.png") == colour_icon()
    # As often as it is made.
    assert package(found) == (tmp_path / "sub" / "app.zip").read_bytes()


def test_the_icons_are_as_teams_wants_them() -> None:
    width, height, rows = pixels(colour_icon())
    assert (width, height) == (192, 192)
    assert all(rows[y * (192 * 4 + 1) + 4 :: 4][:192] == b"\xff" * 192 for y in (0, 95, 191))
    width, height, rows = pixels(outline_icon())
    assert (width, height) == (32, 32)
    shown = [rows[y * 129 + 1 + x * 4 : y * 129 + 5 + x * 4] for y in range(32) for x in range(32)]
    assert {one[:3] for one in shown} == {b"\xff\xff\xff"}
    assert any(one[3] == 0 for one in shown) and any(one[3] == 255 for one in shown)


def test_what_the_server_is_told_need_not_be_told_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["teams", "manifest", "--out", str(tmp_path / "app.zip")]
    monkeypatch.delenv("FINGERPOST_TEAMS_APP_ID", raising=False)
    monkeypatch.delenv("FINGERPOST_BASE_URL", raising=False)
    assert main(words) == 1
    assert "--app-id" in capsys.readouterr().err
    monkeypatch.setenv("FINGERPOST_TEAMS_APP_ID", APP_ID)
    assert main(words) == 1
    assert "--domain" in capsys.readouterr().err
    monkeypatch.setenv("FINGERPOST_BASE_URL", f"https://{DOMAIN}/")
    assert main(words) == 0
    with zipfile.ZipFile(tmp_path / "app.zip") as archive:
        found = json.loads(archive.read("manifest.json"))
    assert (found["id"], found["validDomains"]) == (APP_ID, [DOMAIN])


@pytest.mark.parametrize(
    ("app_id", "domain", "developer", "version"),
    [
        ("not an id", DOMAIN, "A practice", "1.0.0"),
        (APP_ID, "https://example.org", "A practice", "1.0.0"),
        (APP_ID, "example", "A practice", "1.0.0"),
        (APP_ID, DOMAIN, "", "1.0.0"),
        (APP_ID, DOMAIN, "x" * 33, "1.0.0"),
        (APP_ID, DOMAIN, "A practice", "1.0"),
    ],
)
def test_what_no_package_can_be_made_of_is_told(
    app_id: str, domain: str, developer: str, version: str
) -> None:
    with pytest.raises(ManifestError):
        manifest(app_id, domain, developer, version)


def test_what_the_manifest_names_is_served_without_a_sign_in(teams_server: Server) -> None:
    developer = manifest(APP_ID, DOMAIN, "A practice", "1.0.0")["developer"]
    for name in ("websiteUrl", "privacyUrl", "termsOfUseUrl"):
        path = developer[name].removeprefix(f"https://{DOMAIN}")
        answer = requests.get(teams_server.url + path, timeout=30)
        assert answer.status_code == 200, name
    privacy = requests.get(f"{teams_server.url}/privacy", timeout=30).text
    assert "Teams: the chat itself" in privacy


def test_the_practice_may_have_notices_elsewhere() -> None:
    own = {"privacy_url": "https://gp.example/p", "terms_url": "https://gp.example/t"}
    developer = manifest(APP_ID, DOMAIN, "A practice", "1.0.0", **own)["developer"]
    assert (developer["privacyUrl"], developer["termsOfUseUrl"]) == tuple(own.values())


def test_notices_must_be_safe_addresses() -> None:
    with pytest.raises(ManifestError):
        manifest(APP_ID, DOMAIN, "A practice", "1.0.0", privacy_url="http://example.org")
