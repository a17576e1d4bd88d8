"""The practice's settings: what they mean, and what a person is told who got one wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from services_directory.practice import (
    SAMPLE_FILE,
    load_practice,
    practice_file,
    practice_settings,
)
from services_directory.yaml_files import DirectoryFileError

SETTLED = """
governance:
  data_controller: Fernbank Surgery
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


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "practice.yml"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_sample_is_an_invented_practice_in_training() -> None:
    sample = load_practice(SAMPLE_FILE)
    assert sample.training_mode
    assert sample.gp_area is None
    assert sample.end_of_day == "19:00"
    assert sample.idle_minutes == 10
    assert sample.safeguarding_lead.contact and sample.link_worker.contact
    assert "invented" in sample.name


def test_training_ends_when_all_four_are_settled(tmp_path: Path) -> None:
    assert not load_practice(written(tmp_path, NEEDED + SETTLED)).training_mode


@pytest.mark.parametrize(
    "missing", ["data_controller", "dpia_reference", "safety_case_version", "role", "date"]
)
def test_training_goes_on_while_one_is_missing(tmp_path: Path, missing: str) -> None:
    lines = [line for line in SETTLED.splitlines() if not line.strip().startswith(missing)]
    assert load_practice(written(tmp_path, NEEDED + "\n".join(lines))).training_mode


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ("end_of_day: 7pm", "a time such as 19:00"),
        ("area: oldam", "did you mean 'oldham'"),
        ("ods_code_: Y1", "did you mean 'ods_code'"),
        ("idle_minutes: soon", "a whole number"),
        ("local_contacts: none", "must be a list"),
        ("governance:\n  clinical_safety_officer:\n    date: 1st May", "a date such as"),
        ("safeguarding_lead:\n  phone: 201", "no setting of safeguarding_lead"),
    ],
)
def test_a_wrong_setting_is_told_with_its_line(tmp_path: Path, wrong: str, told: str) -> None:
    with pytest.raises(DirectoryFileError) as error:
        load_practice(written(tmp_path, NEEDED + wrong))
    assert told in str(error.value)
    assert error.value.line > 0


def test_what_every_document_needs_must_be_there(tmp_path: Path) -> None:
    with pytest.raises(DirectoryFileError, match="`address` is missing"):
        load_practice(written(tmp_path, NEEDED.replace("address: 1 Example Street\n", "", 1)))


def test_a_changed_file_is_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = written(tmp_path, NEEDED)
    monkeypatch.setenv("FINGERPOST_PRACTICE", str(path))
    assert practice_file() == path
    assert practice_settings().name == "Fernbank Surgery"
    path.write_text(NEEDED.replace("Fernbank", "Larkhill"), encoding="utf-8")
    assert practice_settings().name == "Larkhill Surgery"
