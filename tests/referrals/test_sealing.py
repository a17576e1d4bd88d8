"""Sealing: nothing is read without the key, nothing moved, and keys can be exchanged."""

from __future__ import annotations

import base64
import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from record_cases import LIVE

from referrals import sealing
from referrals.sealing import Sealer, SealingError, new_key, read_keys, sealer

OLD, NEW = new_key(), new_key()


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FINGERPOST_VAR", str(tmp_path / "var"))
    monkeypatch.delenv(sealing.KEY_VARIABLE, raising=False)
    monkeypatch.delenv(sealing.KEY_FILE_VARIABLE, raising=False)


@given(st.text(max_size=60))
def test_what_is_sealed_opens_and_shows_nothing(text: str) -> None:
    one = Sealer(read_keys(OLD))
    sealed = one.seal("identity/c1/name", text)
    assert one.unseal("identity/c1/name", sealed) == text
    assert len(text) < 4 or text not in sealed
    assert one.seal("identity/c1/name", text) != sealed, "equal texts look different"


def test_a_value_moved_to_another_place_is_refused() -> None:
    one = Sealer(read_keys(OLD))
    sealed = one.seal("identity/c1/name", "Test Zebra")
    with pytest.raises(SealingError, match="stands where it was not written"):
        one.unseal("identity/c2/name", sealed)


@pytest.mark.parametrize("wrong", ["", "x", "gAAAA", "é"])
def test_what_was_changed_is_refused_without_repeating_it(wrong: str) -> None:
    with pytest.raises(SealingError) as told:
        Sealer(read_keys(OLD)).unseal("p", wrong)
    assert not wrong or wrong == "x" or wrong not in str(told.value)


def test_keys_are_exchanged() -> None:
    before, both, after = (Sealer(read_keys(k)) for k in (OLD, f"{NEW},{OLD}", NEW))
    sealed = before.seal("p", "Test Zebra")
    assert both.unseal("p", sealed) == "Test Zebra" and not both.is_newest(sealed)
    again = both.rotated(sealed)
    assert both.is_newest(again) and after.unseal("p", again) == "Test Zebra"
    with pytest.raises(SealingError):
        after.unseal("p", sealed)
    assert before.marks("a")[0] == both.marks("a")[1] != both.marks("a")[0]
    assert before.marks("a") != before.marks("b")


@pytest.mark.parametrize("wrong", ["short", base64.b64encode(b"1" * 31).decode(), "!" * 44])
def test_a_key_of_another_size_is_told(wrong: str) -> None:
    with pytest.raises(SealingError, match="Key 2 is not 32 bytes") as told:
        read_keys(f"{NEW}\n{wrong}")
    assert wrong not in str(told.value)


def test_plain_base64_is_a_key_too() -> None:
    raw = b"\xfb\xff" * 16
    assert read_keys(base64.b64encode(raw).decode()) == (base64.urlsafe_b64encode(raw),)


def test_a_file_or_the_environment_names_the_key(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "keys"
    file.write_text(f"{OLD}\n")
    monkeypatch.setenv(sealing.KEY_FILE_VARIABLE, str(file))
    sealed = sealer().seal("p", "x")
    monkeypatch.setenv(sealing.KEY_VARIABLE, f"{NEW},{OLD}")
    assert sealer().unseal("p", sealed) == "x"
    monkeypatch.delenv(sealing.KEY_VARIABLE)
    monkeypatch.setenv(sealing.KEY_FILE_VARIABLE, str(tmp_path / "none"))
    with pytest.raises(SealingError, match="cannot be read"):
        sealer()


def test_training_makes_a_key_once_for_its_owner_alone(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        sealed = list(pool.map(lambda n: sealer().seal("p", str(n)), range(16)))
    assert [sealer().unseal("p", s) for s in sealed] == [str(n) for n in range(16)]
    assert [f.name for f in (tmp_path / "var").iterdir()] == ["referrals.key"]
    assert (tmp_path / "var" / "referrals.key").stat().st_mode & 0o077 == 0


def test_in_service_nothing_is_held_without_a_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sealing, "practice_settings", lambda: LIVE)
    with pytest.raises(SealingError, match="FINGERPOST_REFERRALS_KEY") as told:
        sealer()
    assert "nothing about a patient is kept" in str(told.value)
    assert not Path(os.environ["FINGERPOST_VAR"]).exists()
