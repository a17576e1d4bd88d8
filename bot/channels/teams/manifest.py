"""The app package that a Teams administrator uploads: manifest and icons in a zip.

The manifest follows the newest schema that Microsoft's own package `@microsoft/app-manifest` holds (1.30 in
its release 1.1.2); the tests check it against that schema.
"""

from __future__ import annotations

import io
import json
import re
import zipfile
from typing import Any
from uuid import UUID

from bot.channels.teams.icons import colour_icon, outline_icon

SCHEMA_VERSION = "1.30"
SCHEMA = f"https://developer.microsoft.com/json-schemas/teams/v{SCHEMA_VERSION}/MicrosoftTeams.schema.json"
ACCENT = "#005E4D"
SHORT = "Finds work-and-health services for a patient and prepares the referral."
FULL = (
    "For the staff of a GP practice. From one sentence about a patient, Fingerpost finds the work-and-health "
    "services that fit, says why and what is not known, and prepares the referral. Patients are discussed in "
    "the private chat only, one at a time. What names a patient is typed on the referral's own page, which "
    "needs a sign-in of its own, and never in the chat, which your organisation keeps. No clinical advice, "
    "no advice on benefits, and no screen for risk."
)
COMMANDS = (
    ("new patient", "Forget this patient and begin with the next"),
    ("summary", "What is known, offered and prepared"),
    ("referral status", "Where this patient's referral stands, or yours"),
    ("worklist", "What is to be done about the practice's referrals"),
    ("undo", "Take back the last change"),
    ("help", "What can be typed"),
)
_DOMAIN = re.compile(r"(?=.{4,253}$)([a-z0-9](-?[a-z0-9])*\.)+[a-z]{2,}", re.IGNORECASE)
_VERSION = re.compile(r"\d{1,5}\.\d{1,5}\.\d{1,5}")


class ManifestError(ValueError):
    """Something that no app package can be made of; its text says what was expected."""


def manifest(
    app_id: str,
    domain: str,
    developer: str,
    version: str,
    *,
    privacy_url: str | None = None,
    terms_url: str | None = None,
) -> dict[str, Any]:
    """Return the manifest.

    `app_id`: the bot's app id; `domain`: where the server is reached, such as `fingerpost.example.nhs.uk`;
    `developer`: who answers for it, at most 32 characters; `version`: to be raised with each upload; the
    addresses: of a privacy notice and of terms of use, unless those of the server are to do
    (`bot.web.notice_pages`). Raises `ManifestError`.
    """
    try:
        own_id = str(UUID(app_id))
    except ValueError:
        raise ManifestError("--app-id must be the id of the app registration, a UUID.") from None
    if not _DOMAIN.fullmatch(domain):
        raise ManifestError("--domain must be a name such as fingerpost.example.nhs.uk.")
    if not 1 <= len(developer) <= 32:
        raise ManifestError("--developer must have 1 to 32 characters.")
    if not _VERSION.fullmatch(version):
        raise ManifestError("--app-version must be three numbers, such as 1.0.0.")
    for address in filter(None, (privacy_url, terms_url)):
        if not address.startswith("https://"):
            raise ManifestError("The addresses of notices must begin with https://.")
    site = f"https://{domain}"
    commands = [{"title": title, "description": told} for title, told in COMMANDS]
    return {
        "$schema": SCHEMA,
        "manifestVersion": SCHEMA_VERSION,
        "version": version,
        "id": own_id,
        "developer": {
            "name": developer,
            "websiteUrl": f"{site}/",
            "privacyUrl": privacy_url or f"{site}/privacy",
            "termsOfUseUrl": terms_url or f"{site}/terms",
        },
        "name": {"short": "Fingerpost", "full": "Fingerpost: work-and-health services"},
        "description": {"short": SHORT, "full": FULL},
        "icons": {"color": "color.png", "outline": "outline.png"},
        "accentColor": ACCENT,
        "bots": [
            {
                "botId": own_id,
                "scopes": ["personal", "groupChat", "team"],
                "isNotificationOnly": False,
                "supportsFiles": False,
                "commandLists": [{"scopes": ["personal"], "commands": commands}],
            }
        ],
        "permissions": ["identity", "messageTeamMembers"],
        "validDomains": [domain],
        "defaultInstallScope": "personal",
    }


def package(made: dict[str, Any]) -> bytes:
    """Return the zip with a manifest and the icons. The same manifest gives the same bytes."""
    files = {
        "manifest.json": json.dumps(made, indent=2).encode() + b"\n",
        "color.png": colour_icon(),
        "outline.png": outline_icon(),
    }
    zipped = io.BytesIO()
    with zipfile.ZipFile(zipped, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), content)
    return zipped.getvalue()
