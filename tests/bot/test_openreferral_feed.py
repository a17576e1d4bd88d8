"""The Open Referral feed as it is served: headers, errors, and who may read it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import requests

from services_directory.exchange.schemas import faults
from tests.bot.pages_server import served


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    with served() as url:
        yield url


@pytest.fixture(autouse=True)
def own_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("FINGERPOST_VAR", str(tmp_path))
    monkeypatch.setenv("FINGERPOST_AS_OF", "2026-11-22")


def test_the_feed_is_json_that_may_be_kept_for_a_while(site: str) -> None:
    answer = requests.get(f"{site}/openreferral/services", timeout=10)
    assert faults("services", answer.json()) == []
    assert answer.headers["Content-Type"] == "application/json"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.headers["Cache-Control"] == "public, max-age=300"
    again = requests.get(answer.url, headers={"If-None-Match": answer.headers["ETag"]}, timeout=10)
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize("path", ["", "/", "/services/access-to-work", "/taxonomies"])
def test_each_path_of_the_feed_answers(site: str, path: str) -> None:
    assert requests.get(f"{site}/openreferral{path}", timeout=10).status_code == 200


@pytest.mark.parametrize(
    ("path", "status"), [("services?page=99", 404), ("services?day=MO", 400), ("a/b/c", 404)]
)
def test_errors_of_the_feed_are_json_and_not_kept(site: str, path: str, status: int) -> None:
    answer = requests.get(f"{site}/openreferral/{path}", timeout=10)
    assert answer.status_code == status and answer.json()["error"]["message"]
    assert answer.headers["Cache-Control"] == "no-store"


def test_other_websites_may_read_the_feed_of_a_public_server_and_nothing_else() -> None:
    with served("0.0.0.0") as url:
        other = {"Origin": "https://finder.example"}
        for path, status in (
            ("/openreferral/services", 200),
            ("/openreferralx", 403),
            ("/directory", 403),
        ):
            assert requests.get(url + path, headers=other, timeout=10).status_code == status
        assert (
            requests.post(f"{url}/openreferral/services", headers=other, timeout=10).status_code
            == 403
        )


def test_on_a_clinician_s_own_machine_other_websites_may_read_nothing(site: str) -> None:
    other = {"Origin": "https://finder.example"}
    assert requests.get(f"{site}/openreferral", headers=other, timeout=10).status_code == 403
