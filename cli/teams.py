"""`fingerpost teams manifest`: write the app package that a Teams administrator uploads."""

from __future__ import annotations

import argparse
import os
from pathlib import Path
from urllib.parse import urlsplit

from bot.channels.teams.manifest import manifest, package


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the verb takes."""
    verbs = parser.add_subparsers(dest="what", required=True)
    made = verbs.add_parser("manifest", help="write the app package (docs/teams.md says what then)")
    made.add_argument("--app-id", help="the bot's app id (a UUID); default FINGERPOST_TEAMS_APP_ID")
    made.add_argument(
        "--domain",
        help="where the server is reached, without https://; default that of FINGERPOST_BASE_URL",
    )
    made.add_argument(
        "--developer", default="Fingerpost", help="who answers for it; default %(default)s"
    )
    made.add_argument(
        "--privacy-url", help="the practice's privacy notice; default the server's page /privacy"
    )
    made.add_argument("--terms-url", help="its terms of use; default the server's page /terms")
    made.add_argument("--app-version", default="1.0.0", help="raise it with each upload")
    made.add_argument("--out", type=Path, default=Path("fingerpost-teams.zip"))


def run(args: argparse.Namespace) -> int:
    """Write the zip, and say where it is."""
    app_id = args.app_id or os.environ.get("FINGERPOST_TEAMS_APP_ID") or ""
    reached = urlsplit(os.environ.get("FINGERPOST_BASE_URL") or "").hostname
    made = manifest(
        app_id,
        args.domain or reached or "",
        args.developer,
        args.app_version,
        privacy_url=args.privacy_url,
        terms_url=args.terms_url,
    )
    args.out.parent.mkdir(parents=True, exist_ok=True)
    args.out.write_bytes(package(made))
    print(f"{args.out} is ready to be uploaded; docs/teams.md says where.")
    return 0
