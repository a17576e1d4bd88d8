"""Name the Debian packages that the tests marked `system` want.

    python3 scripts/system_packages.py --check    exit 1 with one line if any is missing
    python3 scripts/system_packages.py --missing  print the missing ones, one a line

Standard library only. A package counts as there when its programs are, however they were installed.
"""

from __future__ import annotations

import argparse
import shutil
import sys
from pathlib import Path

# Debian package: (a program it brings, folders to look in beside PATH)
PACKAGES: dict[str, tuple[str, str]] = {
    "chromium": ("chromium", ""),
    "nodejs": ("node", ""),
    "npm": ("npm", ""),
    # Debian keeps the server's programs off PATH, a folder a version.
    "postgresql": ("initdb", "/usr/lib/postgresql/*/bin"),
    "redis-server": ("redis-server", ""),
}


def missing() -> list[str]:
    """Return the packages whose program is not on this machine."""
    return [name for name, (program, folders) in PACKAGES.items() if not _found(program, folders)]


def _found(program: str, folders: str) -> bool:
    if shutil.which(program):
        return True
    return bool(folders) and any(Path("/").glob(f"{folders.lstrip('/')}/{program}"))


def main() -> int:
    """Run the command; returns the exit code."""
    parser = argparse.ArgumentParser(description="The Debian packages that `make test-all` wants.")
    choice = parser.add_mutually_exclusive_group(required=True)
    choice.add_argument("--check", action="store_true", help="exit 1 if any is missing")
    choice.add_argument("--missing", action="store_true", help="print the missing ones")
    options = parser.parse_args()
    names = missing()
    if options.missing:
        print("\n".join(names), end="\n" if names else "")
        return 0
    if names:
        wanted = " ".join(names)
        print(f"test-all wants Debian packages: sudo apt-get install {wanted}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
