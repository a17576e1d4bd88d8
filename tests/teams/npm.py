"""What the tests take from npm, installed once into a folder that git does not know.

`adaptivecards` is Microsoft's own renderer, `@microsoft/app-manifest` holds the schemas of the app package,
and `@microsoft/m365agentsplayground` is a client that speaks as Teams does. The last is under an evaluation
licence: it is installed for the run of the tests, and never passed on.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
from pathlib import Path

from tests.conversations.server import ROOT

HERE = Path(__file__).parent


def node_modules() -> Path:
    """Return the folder with the packages. Fails, saying so, where npm cannot fetch them."""
    lock = HERE / "package-lock.json"
    folder = ROOT / "var" / "npm" / hashlib.sha256(lock.read_bytes()).hexdigest()[:16]
    if not (folder / "done").exists():
        folder.mkdir(parents=True, exist_ok=True)
        for name in ("package.json", "package-lock.json"):
            shutil.copy(HERE / name, folder)
        command = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
        done = subprocess.run(command, cwd=folder, capture_output=True, timeout=300, check=False)
        assert done.returncode == 0, (
            f"npm could not fetch what the Teams tests need: {done.stderr.decode()[-500:]}"
        )
        (folder / "done").touch()
    return folder / "node_modules"


def node(script: Path, given: bytes, *args: str) -> str:
    """Run a script of this folder with the packages in reach; return what it prints."""
    environ = {**os.environ, "NODE_PATH": str(node_modules())}
    command = ["node", str(script), *args]
    done = subprocess.run(
        command, input=given, env=environ, capture_output=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr.decode()[-2000:]
    return done.stdout.decode()
