"""The settings: absent, nothing leaves; present, each mistake is told with its mend."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from cli.main import main
from referrals.delivery.settings import (
    FILE_VARIABLE,
    ROOT,
    DeliverySettingsError,
    delivery_settings,
    load,
)
from referrals.records import engine as opened

GOOD = """
send: true
mail: {server: smtp.example.invalid, from: a@practice.example.invalid, password_file: word}
approved_domains: [Receiver.Example.Invalid]
receivers:
  some-service: {token_file: token, callback_secret_file: secret}
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    for name, text in (("word", "hush\n"), ("token", "let me in"), ("secret", "s" * 24)):
        (tmp_path / name).write_text(text)
    monkeypatch.setenv("FINGERPOST_VAR", str(tmp_path / "var"))
    monkeypatch.setenv(FILE_VARIABLE, str(tmp_path / "delivery.yml"))
    opened._up_to_date.cache_clear()
    yield tmp_path
    opened._up_to_date.cache_clear()


def write(folder: Path, text: str) -> Path:
    (folder / "delivery.yml").write_text(text)
    return folder / "delivery.yml"


def test_without_a_file_nothing_leaves(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(FILE_VARIABLE, raising=False)
    monkeypatch.setattr("referrals.delivery.settings.FILE", Path("/nowhere/delivery.yml"))
    assert not delivery_settings().sending


def test_the_sample_can_be_read_and_sends_nothing() -> None:
    sample = load(ROOT / "delivery.sample.yml")
    assert not sample.sending and sample.mail is not None and sample.mail.port == 587


def test_what_is_set(folder: Path) -> None:
    found = load(write(folder, GOOD), "https://us.example.invalid")
    assert found.sending and found.approved_domains == {"receiver.example.invalid"}
    assert found.mail is not None and found.mail.password == "hush"
    assert found.receiver("some-service").token == "let me in"
    assert found.receiver("another").token == ""
    told = repr(found)
    assert not any(word in told for word in ("hush", "let me in", "ssss"))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("sned: true", "did you mean 'send'"),
        ("send: maybe", "must be true or false"),
        ("- send", "must hold send"),
        ("mail: {server: x}", "needs `from`"),
        ("mail: {server: x, from: y}", "one e-mail address"),
        ("mail: {server: x, from: a@b.invalid, security: none}", "never leave unencrypted"),
        ("mail: {server: x, from: a@b.invalid, password_file: nowhere}", "does not exist"),
        ("approved_domains: x.invalid", "must be a list"),
        ("receivers: [x]", "service ids"),
        ("receivers: {x: {callback_secret_file: word}}", "shorter than 24"),
        ("receivers: {x: {tokens: word}}", "known are token_file"),
        ("mail: {server: x, from: a@b.invalid, port: smtp}", "must be a port"),
        ("link_days: 0", "from 1 to 366"),
        ("link_days: true", "from 1 to 366"),
        ("ca_file: nowhere.pem", "does not exist"),
        ("send: [", "delivery.yml"),
    ],
)
def test_a_mistake_is_told(folder: Path, text: str, words: str) -> None:
    with pytest.raises(DeliverySettingsError) as told:
        load(write(folder, text))
    assert words in str(told.value) and str(folder) in str(told.value)


def test_a_change_is_read(folder: Path) -> None:
    with pytest.raises(DeliverySettingsError, match="does not exist"):
        delivery_settings()
    write(folder, "send: true")
    assert delivery_settings().sending
    write(folder, "send: false   # off again")
    assert not delivery_settings().sending


def test_the_verbs_of_the_terminal(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(folder, "send: false")
    assert main(["referrals", "deliver"]) == 0
    assert "switched off" in capsys.readouterr().out
    write(folder, "send: true  #")
    assert main(["referrals", "deliver"]) == 0
    assert "Tried: 0" in capsys.readouterr().out
    assert main(["referrals", "test-address"]) == 0
    assert "not confirmed" not in capsys.readouterr().out
    assert main(["referrals", "test-address", "no-such-service"]) == 1
    assert "There is no entry" in capsys.readouterr().err
    assert main(["referrals", "test-address", "access-to-work"]) == 1
    assert "whoever refers sends it" in capsys.readouterr().err
    assert main(["referrals", "tasks", "--role", "gp"]) == 0
    assert "0 to do" in capsys.readouterr().out
    assert main(["referrals", "tasks", "--role", "gp", "--done", "7"]) == 1


def test_a_record_that_cannot_be_opened_is_told(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    write(folder, "send: true")
    monkeypatch.setenv("FINGERPOST_REFERRALS_URL", f"sqlite:///{folder}")
    assert main(["referrals", "deliver"]) == 1
    assert "Nothing was lost" in capsys.readouterr().err
