"""Name the Debian packages that the tests marked `system` want.

    python3 scripts/system_packages.py --check    exit 1 with one line if any is missing
    python3 scripts/system_packages.py --missing  print the missing ones, one a line

Standard library only. A package counts as there when what it brings is, however it was installed.
"""

from __future__ import annotations

import argparse
import shutil
import sys
from pathlib import Path

# Debian package: a program on PATH, or a pattern of paths, that shows it is there.
PACKAGES: dict[str, str] = {
    "chromium": "chromium",
    # Without a font, Chromium draws pages without words.
    "fonts-liberation": "/usr/share/fonts/truetype/liberation*",
    "nodejs": "node",
    # Signs commits, for the test that only signed ones are taken.
    "openssh-client": "ssh-keygen",
    "npm": "npm",
    # Debian keeps the server's programs off PATH, in a folder for each version.
    "postgresql": "/usr/lib/postgresql/*/bin/initdb",
    "redis-server": "redis-server",
}


def missing() -> list[str]:
    """Return the packages that this machine shows no sign of."""
    return [name for name, sign in PACKAGES.items() if not _found(sign)]


def _found(sign: str) -> bool:
    if sign.startswith("/"):
        return any(Path("/").glob(sign.lstrip("/")))
    return shutil.which(sign) is not None


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
