"""`/privacy` and `/terms`: true to the settings in use, for anybody, the practice's own words first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import requests
from sanic import Sanic

from bot.settings import Settings, settings
from bot.sign_in import install
from bot.web.notice_pages import paragraphs, stores
from bot.web.what_is_kept import Kept, Stores, what_is_kept
from services_directory.practice import SAMPLE_FILE, Notices, load_practice
from services_directory.yaml_files import DirectoryFileError
from tests.bot.pages_server import Parsed, directory_of, served

PRACTICE = load_practice(SAMPLE_FILE)
OWN = """
notices:
  privacy: |
    Ask <b>reception</b> for our privacy notice,
    or read it in the waiting room.

    Write to us about what we hold of you.
  terms: For staff of this practice.
"""
SETTLED = """
end_of_day: "17:15"
idle_minutes: 7
referrals:
  keep_drafts_days: 3
  keep_after_end_days: 4
  keep_at_most_days: 55
governance:
  data_controller: The partners of Fernbank
  dpia_reference: DPIA-1
  safety_case_version: "1.0"
  clinical_safety_officer:
    role: GP partner
    date: 2026-11-01
"""
NEEDED = """
name: Fernbank Surgery
ods_code: Y99999
address: 1 Example Street
reply_address: fernbank@example.invalid
safety_pathway: Tell the duty doctor.
"""


def build(app: Sanic, found: Settings) -> None:
    # As the server has it: what asks for a sign-in is there too.
    install(app, found)
    directory_of(app, found)


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.setenv("FINGERPOST_VAR", str(tmp_path / "var"))
    monkeypatch.setenv("FINGERPOST_PRACTICE", str(tmp_path / "practice.yml"))
    (tmp_path / "practice.yml").write_text(NEEDED)
    with served(build=build) as url:
        yield url


def read(address: str) -> Parsed:
    answer = requests.get(address, timeout=20)
    assert answer.status_code == 200
    assert not answer.cookies and "<script" not in answer.text
    return Parsed(answer.text)


def test_in_training_it_says_what_is_kept_and_that_patients_are_invented(site: str) -> None:
    page = read(f"{site}/privacy")
    for told in (
        "Fernbank Surgery", "Training mode: invented patients only", "No data controller is named",
        "end of the working day (19:00), once nothing was said for 10 minutes",
        "Any other draft: 14 days", "30 days after it was declined", "at most 180 days",
        "The browser", "12 hours", "366 days", "this server sends none itself",
    ):  # fmt: skip
        assert told in page.text, told
    assert "Microsoft" not in page.text and "Redis" not in page.text
    assert {"/terms", "/privacy"} <= set(page.links())


def test_it_follows_the_practices_settings(site: str, tmp_path: Path) -> None:
    (tmp_path / "practice.yml").write_text(NEEDED + SETTLED + OWN)
    page = read(f"{site}/privacy")
    for told in (
        "Data controller: The partners of Fernbank.", "(17:15), once nothing was said for 7 minutes",
        "Any other draft: 3 days", "4 days after it was declined", "at most 55 days",
    ):  # fmt: skip
        assert told in page.text, told
    assert "invented patients" not in page.text


def test_the_practices_own_words_come_first_and_are_words_only(site: str, tmp_path: Path) -> None:
    assert "From the practice" not in read(f"{site}/privacy").text
    (tmp_path / "practice.yml").write_text(NEEDED + OWN)
    page = read(f"{site}/privacy")
    own = "Ask <b>reception</b> for our privacy notice, or read it in the waiting room."
    assert own in page.text and "Write to us about what we hold of you." in page.text
    assert page.text.index(own) < page.text.index("What is kept, where and how long")
    terms = read(f"{site}/terms").text
    assert "For staff of this practice." in terms and own not in terms
    assert "No clinical advice" in terms and "no screen for risk" in terms


def test_nothing_of_this_server_is_in_it(
    site: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(
        "FINGERPOST_REFERRALS_URL", "postgresql+psycopg2://who:secret@inside.example/x"
    )
    page = requests.get(f"{site}/privacy", timeout=20).text
    assert "A PostgreSQL database that the practice has named, encrypted field by field" in page
    for secret in ("secret", "inside.example", str(tmp_path), "127.0.0.1"):
        assert secret not in page


def test_every_address_that_the_pages_name_is_there(site: str) -> None:
    for name in ("privacy", "terms", "directory"):
        for address in read(f"{site}/{name}").links():
            if address.startswith("/") and len(address) < 20:
                assert requests.get(site + address, timeout=20).status_code == 200, address


def rows(**changes: str | bool) -> dict[str, Kept]:
    where = Stores(conversations="sqlite:///a", counts="sqlite:///b", referrals="sqlite:///c")
    return {one.name: one for one in what_is_kept(PRACTICE, replace(where, **changes))}  # type: ignore[arg-type]


def test_channels_and_engines_that_are_not_set_up_are_not_told() -> None:
    plain, teams, redis = rows(), rows(teams="sqlite:///d"), rows(queue=True)
    assert len(teams) == len(plain) + 4 and len(redis) == len(plain) + 1
    assert teams["Teams: messages"].how_long == "2 days"
    assert teams["Teams: cards"].how_long.endswith("30 days")
    assert redis["Queue"].how_long == "Seconds"


def test_teams_is_told_where_it_is_set_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = settings(environ={"FINGERPOST_VAR": str(tmp_path)})
    assert stores(found).teams is None
    monkeypatch.setenv("FINGERPOST_TEAMS_ANONYMOUS", "1")
    assert stores(found).teams is not None


def test_empty_lines_part_paragraphs() -> None:
    assert paragraphs(" a\nb \n\n \n c\n") == ("a b", "c")
    assert paragraphs("") == ()


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("notices: words", "privacy, terms"),
        ("notices:\n  privcy: x", "privcy"),
        ("notices: [a]", "privacy, terms"),
    ],
)
def test_a_slip_in_the_settings_is_told(tmp_path: Path, text: str, says: str) -> None:
    path = tmp_path / "practice.yml"
    path.write_text(f"{NEEDED}{text}\n")
    with pytest.raises(DirectoryFileError, match=says):
        load_practice(path)
    assert PRACTICE.notices == Notices()
