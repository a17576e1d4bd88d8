"""`make setup`: does what is out of date, nothing else, and recovers from being cut off."""

from __future__ import annotations

import importlib.util
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType

import pytest

SCRIPT = Path(__file__).resolve().parents[2] / "scripts" / "setup.py"


class Commands:
    """Stands in for the runner: keeps the commands, and leaves behind what the real ones would."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.said: list[str] = []
        self.fail_at = "-"

    def ok(self, command: Sequence[object], quiet: bool = False) -> bool:
        line = " ".join(map(str, command))
        self.said.append(line)
        if self.fail_at in line.split():
            return False
        if " venv " in f"{line} ":
            (Path(str(command[-1])) / "bin").mkdir(parents=True, exist_ok=True)
            (Path(str(command[-1])) / "bin" / "python").touch()
        if "bot.train" in line:
            (self.root / "models").mkdir(exist_ok=True)
            (self.root / "models" / "a.tar.gz").touch()
        return True


@pytest.fixture
def setup(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """Return the script, working on an empty checkout instead of this one."""
    spec = importlib.util.spec_from_file_location("setup_script", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    old_root = script.ROOT
    for name, value in vars(script).items():
        if isinstance(value, Path) and value.is_relative_to(old_root):
            monkeypatch.setattr(script, name, tmp_path / value.relative_to(old_root))
    monkeypatch.setattr(script, "have_uv", lambda run: True)
    # The stand-in's Python is an empty file, which cannot be asked for its version.
    monkeypatch.setattr(script, "venv_works", lambda: script.VENV_PYTHON.exists())
    for name in ("requirements.lock", "pyproject.toml", "config.yml"):
        (tmp_path / name).write_text("first\n")
    (tmp_path / ".bootstrap").mkdir()
    (tmp_path / "bot").mkdir()
    (tmp_path / "bot" / "train.py").touch()
    return script


def test_a_second_install_does_nothing(setup: ModuleType, tmp_path: Path) -> None:
    run = Commands(tmp_path)
    assert setup.install(run)
    run.said.clear()
    assert not setup.install(run)
    assert run.said == []


def test_a_changed_lock_is_installed_into_the_same_venv(setup: ModuleType, tmp_path: Path) -> None:
    run = Commands(tmp_path)
    setup.install(run)
    run.said.clear()
    (tmp_path / "requirements.lock").write_text("second\n")
    assert setup.install(run)
    assert any("pip sync" in line for line in run.said)
    assert not any("venv --" in line for line in run.said)


def test_an_install_cut_off_is_begun_afresh(setup: ModuleType, tmp_path: Path) -> None:
    class Killed(Commands):
        def ok(self, command: Sequence[object], quiet: bool = False) -> bool:
            if "sync" in command:
                (tmp_path / ".venv" / "half a package").touch()
                raise KeyboardInterrupt
            return super().ok(command, quiet)

    with pytest.raises(KeyboardInterrupt):
        setup.install(Killed(tmp_path))
    assert setup.install(Commands(tmp_path))
    assert not (tmp_path / ".venv" / "half a package").exists()
    assert not (tmp_path / ".bootstrap" / "unfinished").exists()


def test_pip_takes_over_where_uv_fails(setup: ModuleType, tmp_path: Path) -> None:
    run = Commands(tmp_path)
    run.fail_at = "sync"
    assert setup.install(run)
    assert any("-m pip" in line and "--require-hashes" in line for line in run.said)


def test_training_follows_what_is_taught(setup: ModuleType, tmp_path: Path) -> None:
    run = Commands(tmp_path)
    assert setup.train(run, force=False)
    assert not setup.train(run, force=False)
    (tmp_path / "config.yml").write_text("second\n")
    assert setup.train(run, force=False)
    (tmp_path / "models" / "a.tar.gz").unlink()
    assert setup.train(run, force=False)
    assert setup.train(run, force=True)
    assert not setup.train(run, force=False)


def test_a_failed_training_is_tried_again(setup: ModuleType, tmp_path: Path) -> None:
    run = Commands(tmp_path)
    setup.train(run, force=False)
    run.fail_at = "bot.train"
    with pytest.raises(setup.SetupError):
        setup.train(run, force=True)
    run.fail_at = "-"
    assert setup.train(run, force=False)


def test_the_hash_sees_names_and_contents_but_not_compiled_python(
    setup: ModuleType, tmp_path: Path
) -> None:
    data = tmp_path / "data"
    (data / "__pycache__").mkdir(parents=True)
    (data / "a.yml").write_text("x")
    seen = [setup.content_hash([data])]
    (data / "a.yml").rename(data / "b.yml")
    seen.append(setup.content_hash([data]))
    (data / "b.yml").write_text("y")
    seen.append(setup.content_hash([data]))
    assert len(set(seen)) == 3
    (data / "__pycache__" / "b.pyc").write_text("z")
    assert setup.content_hash([data]) == seen[-1]
