"""`fingerpost train`: the model, if what it learns from has changed."""

from __future__ import annotations

import argparse
import subprocess
import sys

from bot.settings import ROOT


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the verb takes."""
    parser.add_argument("--force", action="store_true", help="train, whether or not it has changed")


def run(args: argparse.Namespace) -> int:
    """Train; the exit code is that of scripts/setup.py, which knows what the last model came from."""
    setup = [sys.executable, str(ROOT / "scripts" / "setup.py")]
    return subprocess.call([*setup, "--train"] if args.force else setup)
