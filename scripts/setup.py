"""Set up the checkout: the virtual environment `.venv`, its packages, and the trained model.

    python3 scripts/setup.py             everything that is out of date
    python3 scripts/setup.py --no-train  the packages only
    python3 scripts/setup.py --train     train, whether or not anything changed

Reads `requirements.lock` and `pyproject.toml`. Writes `.venv/`, `.bootstrap/` (the installer `uv`)
and `models/`, all in the checkout. Exits with 0, or with 1 and one line that says what to do.

Needs only the standard library of any Python from 3.8, for it runs before anything is installed,
and on machines whose own Python is too new for Rasa.

How it stays safe:

- A step is done when its stamp holds the hash of all that the step was made from, so a second run
  does nothing, and a changed lock or training sentence repeats just that step.
- `.bootstrap/unfinished` exists while `.venv` is being changed. Found at the start, it means that
  the last install was cut off, and `.venv` is built again (the downloads are still in uv's cache).
- One lock file keeps a second run waiting. The installer inherits it: if this script is killed,
  the lock stays held until the installer is gone too.
"""

from __future__ import annotations

import argparse
import contextlib
import fcntl
import hashlib
import os
import platform
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from types import FrameType
from typing import IO, NoReturn

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
VENV_PYTHON = VENV / "bin" / "python"
BOOTSTRAP = ROOT / ".bootstrap"
UV = BOOTSTRAP / "venv" / "bin" / "uv"
UNFINISHED = BOOTSTRAP / "unfinished"
MODELS = ROOT / "models"

LOCK_FILE = ROOT / "requirements.lock"
BOOTSTRAP_FILE = ROOT / "requirements-bootstrap.txt"

PLACE_STAMP = VENV / ".place"
INSTALLED_STAMP = VENV / ".stamp"
UV_STAMP = BOOTSTRAP / "venv" / ".stamp"
MODEL_STAMP = MODELS / ".stamp"

SUPPORTED = ((3, 11), (3, 10))  # best first

# All that a trained model depends on. The lock, because a model is read by the Rasa that wrote it.
MODEL_SOURCES = (
    "config.yml",
    "domain.yml",
    "domain",
    "data",
    "bot/nlu",
    "bot/train.py",
    "understanding",
    "services_directory/vocabulary",
    "requirements.lock",
)


# Compiled when installed, about 10 seconds: what the command that reads a message imports.
COMPILED = (
    *(
        "blis",
        "catalogue",
        "confection",
        "cymem",
        "markdown_it",
        "murmurhash",
        "numpy",
        "packaging",
    ),
    *("preshed", "pydantic", "pygments", "pyparsing", "rapidfuzz", "rich", "smart_open", "spacy"),
    *("srsly", "stdnum", "thinc", "tqdm", "typer", "wasabi", "yaml", "requests", "urllib3"),
    *("certifi", "charset_normalizer", "idna", "click", "typing_extensions.py", "six.py"),
)


class SetupError(Exception):
    """A reason to stop; its message is one line that tells the user what to do."""


# --- What is on this machine ----------------------------------------------------------------------


def check_machine() -> None:
    """Raise `SetupError` where nothing could work: another platform, no git, no venv."""
    if sys.platform != "linux" or platform.machine() not in ("x86_64", "AMD64"):
        raise SetupError(
            f"Fingerpost installs on Linux x86-64 only (this is {platform.system()} "
            f"{platform.machine()}): use a virtual machine or a container."
        )
    if shutil.which("git") is None:
        raise SetupError("git is missing: sudo apt-get install git")
    try:
        import ensurepip  # noqa: F401 - Debian keeps it, and so a working venv, in a package of its own
        import venv  # noqa: F401
    except ImportError:
        raise SetupError("python3-venv is missing: sudo apt-get install python3-venv") from None


def supported_python() -> Path | None:
    """Return a Python 3.10 or 3.11 of this machine, the `python3` in use first; `None` if none."""
    names = [sys.executable] + [f"python{major}.{minor}" for major, minor in SUPPORTED]
    # The base prefix, because `python3` may be that of an active virtual environment, even our own.
    probe = "import sys; print(*sys.version_info[:2], sys.base_prefix)"
    for name in names:
        path = shutil.which(name)
        if path is None:
            continue
        answer = subprocess.run([path, "-c", probe], capture_output=True, text=True, check=False)
        if answer.returncode != 0:  # a pyenv shim, for one, exists for versions that are not active
            continue
        major, minor, prefix = answer.stdout.strip().split(" ", 2)
        if (int(major), int(minor)) in SUPPORTED:
            base = Path(prefix) / "bin" / f"python{major}.{minor}"
            return base if base.exists() else Path(path)
    return None


# --- Small tools ----------------------------------------------------------------------------------


def say(text: str) -> None:
    """Print one line of progress, at once even into a pipe."""
    print(text, flush=True)


def content_hash(paths: Iterable[Path], *more: str) -> str:
    """Hash the names and bytes of files, and of all files in folders, with further words.

    What is absent counts as absent. Compiled Python is left out, as it changes by being run.
    """
    digest = hashlib.sha256()
    for path in paths:
        files = sorted(path.rglob("*")) if path.is_dir() else [path]
        for file in files:
            if "__pycache__" in file.parts or not file.is_file():
                continue
            data = file.read_bytes()
            digest.update(f"{file.relative_to(ROOT)}\0{len(data)}\0".encode())
            digest.update(data)
    for word in more:
        digest.update(f"{word}\0".encode())
    return digest.hexdigest()


def read_stamp(stamp: Path) -> str:
    """Return what a stamp says, empty if there is none."""
    try:
        return stamp.read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        return ""


def write_stamp(stamp: Path, text: str) -> None:
    """Write a stamp so that it is there whole or not at all."""
    draft = stamp.with_name(f"{stamp.name}.draft")
    draft.write_text(f"{text}\n", encoding="utf-8")
    os.replace(draft, stamp)


def remove(path: Path) -> None:
    """Remove a file or a folder, if it is there."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


class Runner:
    """Runs commands of the setup in the checkout, with the setup's lock in their hands."""

    def __init__(self, lock: IO[str]) -> None:
        """`lock` is the open, locked file; it stays locked while any command runs."""
        self._lock = lock

    def ok(self, command: Sequence[object], quiet: bool = False) -> bool:
        """Run a command; return whether it succeeded. `quiet` hides what it prints."""
        environment = dict(os.environ, RASA_TELEMETRY_ENABLED="false", PYTHONUNBUFFERED="1")
        # An active environment of the user's must not draw packages to itself.
        for name in ("VIRTUAL_ENV", "PYTHONPATH", "PYTHONHOME", "PIP_TARGET", "PIP_USER"):
            environment.pop(name, None)
        hidden = subprocess.DEVNULL if quiet else None
        result = subprocess.run(
            [str(word) for word in command],
            cwd=ROOT,
            env=environment,
            check=False,
            pass_fds=(self._lock.fileno(),),
            stdout=hidden,
            stderr=hidden,
        )
        return result.returncode == 0


# --- The steps ------------------------------------------------------------------------------------


def have_uv(run: Runner) -> bool:
    """Put the installer `uv` into `.bootstrap/`; return whether it can be had."""
    wanted = content_hash([BOOTSTRAP_FILE], str(ROOT), sys.version)
    if UV.exists() and read_stamp(UV_STAMP) == wanted:
        return True
    say("Fetching the installer (uv) ...")
    folder = UV.parent.parent
    remove(folder)
    pip = [folder / "bin" / "python", "-m", "pip", "--disable-pip-version-check", "-qq"]
    # Wheels only: where there is none for this machine, building one would need a Rust compiler.
    options = ["--require-hashes", "--only-binary=:all:", "-r", BOOTSTRAP_FILE]
    if not run.ok([sys.executable, "-m", "venv", folder]):
        return False
    if not run.ok([*pip, "install", *options]):
        return False
    write_stamp(UV_STAMP, wanted)
    return True


def make_venv(run: Runner, uv: bool) -> None:
    """Create `.venv` on Python 3.10 or 3.11. Raises `SetupError` if there is none to be had."""
    remove(VENV)
    _make_venv(run, uv)
    write_stamp(PLACE_STAMP, str(ROOT))


def _make_venv(run: Runner, uv: bool) -> None:
    python = supported_python()
    if python is None:
        here = ".".join(map(str, sys.version_info[:2]))
        say(f"This machine's python3 is {here}; Rasa needs 3.10 or 3.11. Fetching 3.11 ...")
        if uv and run.ok([UV, "venv", "--quiet", "--managed-python", "--python", "3.11", VENV]):
            return
        raise SetupError(
            f"Python 3.10 or 3.11 is needed beside this machine's {here}, and could not be "
            "fetched: install python3.11 (from your distribution or with pyenv) and run this again."
        )
    say(f"Creating .venv on {python} ...")
    command = [UV, "venv", "--quiet", "--python", python] if uv else [python, "-m", "venv"]
    if not run.ok([*command, VENV]):
        raise SetupError(f"{python} could not make .venv: is its venv package installed?")


def install_packages(run: Runner, uv: bool) -> None:
    """Make `.venv` hold just what the lock names, and the product itself. Raises `SetupError`."""
    say("Installing the packages of requirements.lock (0.6 GB to download, the first time) ...")
    if uv:
        into = ["--python", VENV_PYTHON]
        if run.ok([UV, "pip", "sync", *into, LOCK_FILE]):
            say("Installing fingerpost itself, to run from the checkout ...")
            # The build tools are in the lock; isolation would fetch them again, unpinned.
            own = ["--quiet", "--no-deps", "--no-build-isolation", "--editable", ROOT]
            if run.ok([UV, "pip", "install", *into, *own]):
                return
        # A hospital's registry mirror is often set up for pip alone.
        say("uv could not install; trying pip, which is slower ...")
    if not run.ok([VENV_PYTHON, "-m", "ensurepip"], quiet=True):
        raise SetupError("pip could not be put into .venv: sudo apt-get install python3-venv")
    pip = [VENV_PYTHON, "-m", "pip", "--disable-pip-version-check", "install", "--no-deps"]
    # Rasa says that it needs Python before 3.11; pyproject.toml tells why it may be overruled.
    lock = ["--require-hashes", "--ignore-requires-python", "-r", LOCK_FILE]
    if not run.ok([*pip, *lock]):
        raise SetupError(
            "The packages could not be installed (see above); run this again to resume."
        )
    say("Installing fingerpost itself, to run from the checkout ...")
    if not run.ok([*pip, "--quiet", "--no-build-isolation", "--editable", ROOT]):
        raise SetupError("fingerpost itself could not be installed (see above).")


def compile_packages(run: Runner) -> None:
    """Compile what `fingerpost understand` imports: where Python may not write, it never would be.

    Only a matter of speed (a second at each start), so nothing is said where it fails.
    """
    libraries = VENV.glob("lib/python3.*/site-packages")
    wanted = [
        library / name for library in libraries for name in COMPILED if (library / name).exists()
    ]
    own = [ROOT / name for name in ("cli", "services_directory", "understanding")]
    run.ok([VENV_PYTHON, "-m", "compileall", "-q", "-j", "0", *wanted, *own], quiet=True)


def venv_works() -> bool:
    """Tell whether `.venv` can be changed in place: not moved, its Python there and right."""
    # Scripts in a virtual environment name its place, so a move breaks them.
    if not VENV_PYTHON.exists() or read_stamp(PLACE_STAMP) != str(ROOT):
        return False
    probe = [str(VENV_PYTHON), "-c", "import sys; print(*sys.version_info[:2])"]
    answer = subprocess.run(probe, capture_output=True, text=True, check=False)
    return answer.stdout.split() in [[str(a), str(b)] for a, b in SUPPORTED]


def install(run: Runner) -> bool:
    """Bring `.venv` up to date; return whether there was anything to do. Raises `SetupError`."""
    wanted = content_hash([LOCK_FILE, ROOT / "pyproject.toml"], str(ROOT))
    finished = not UNFINISHED.exists()
    if finished and VENV_PYTHON.exists() and read_stamp(INSTALLED_STAMP) == wanted:
        return False
    uv = have_uv(run)
    if not uv:
        say("uv cannot be had here; using pip.")
    write_stamp(UNFINISHED, "the last install was cut off")
    remove(INSTALLED_STAMP)
    if not finished or not venv_works():
        make_venv(run, uv)
    install_packages(run, uv)
    compile_packages(run)
    write_stamp(INSTALLED_STAMP, wanted)
    remove(UNFINISHED)
    return True


def train(run: Runner, force: bool) -> bool:
    """Train the model if what it learns from has changed, or if forced; return whether it did."""
    if not (ROOT / "bot" / "train.py").exists():
        say("No bot/train.py yet: nothing to train.")
        return False
    wanted = content_hash([ROOT / source for source in MODEL_SOURCES])
    have_model = any(MODELS.glob("*.tar.gz"))
    if not force and have_model and read_stamp(MODEL_STAMP) == wanted:
        return False
    say("Training the model ...")
    remove(MODEL_STAMP)
    if not run.ok([VENV_PYTHON, "-m", "bot.train"]):
        raise SetupError("The model could not be trained (see above).")
    MODELS.mkdir(exist_ok=True)
    write_stamp(MODEL_STAMP, wanted)
    return True


# --- The whole ------------------------------------------------------------------------------------


@contextlib.contextmanager
def only_one() -> Iterator[IO[str]]:
    """Hold the checkout's setup lock, after waiting for whoever has it; gives the locked file."""
    BOOTSTRAP.mkdir(exist_ok=True)
    with (BOOTSTRAP / "lock").open("w", encoding="utf-8") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("Another setup of this checkout is running; waiting for it ...")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield lock


def _stop(signum: int, frame: FrameType | None) -> NoReturn:
    """Turn a polite kill into an exception, so that the command being run is ended too."""
    raise SystemExit(128 + signum)


def main(argv: Sequence[str] | None = None) -> int:
    """Run the setup; `argv` as in the module's docstring. Returns the exit code."""
    parser = argparse.ArgumentParser(description="Set up this checkout.")
    choice = parser.add_mutually_exclusive_group()
    choice.add_argument("--no-train", action="store_true", help="install the packages only")
    choice.add_argument("--train", action="store_true", help="train even if nothing has changed")
    options = parser.parse_args(argv)

    signal.signal(signal.SIGTERM, _stop)
    signal.signal(signal.SIGHUP, _stop)
    begun = time.monotonic()
    try:
        check_machine()
        with only_one() as lock:
            run = Runner(lock)
            changed = install(run)
            if not options.no_train:
                changed = train(run, options.train) or changed
    except SetupError as error:
        print(f"setup: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nsetup: interrupted; run it again to go on.", file=sys.stderr)
        return 130
    if changed:
        say(f"Set up in {time.monotonic() - begun:.0f} s.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
