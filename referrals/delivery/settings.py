"""How this practice hands referrals over: what ``delivery.yml`` says. Without that file nothing leaves.

FINGERPOST_DELIVERY names another file; ``delivery.sample.yml`` shows every setting. Secrets stand in files of
their own, which the settings name; they are never shown or logged. FINGERPOST_BASE_URL is the address under
which receivers reach us.
"""

from __future__ import annotations

import ipaddress
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from services_directory.near_miss import did_you_mean
from services_directory.yaml_files import DirectoryFileError, read_yaml

ROOT = Path(__file__).resolve().parents[2]
FILE = ROOT / "delivery.yml"
FILE_VARIABLE = "FINGERPOST_DELIVERY"
BASE_URL_VARIABLE = "FINGERPOST_BASE_URL"
LINK_DAYS = 180
SECURITY = {"starttls": 587, "tls": 465}
SECRET_AT_LEAST = 24


class DeliverySettingsError(ValueError):
    """The settings cannot be used; ``str()`` says where and what to write instead."""


@dataclass(frozen=True)
class MailServer:
    """The server that takes our e-mail. ``security``: ``starttls`` or ``tls``; there is no third."""

    host: str
    port: int
    security: str
    sender: str
    user: str = ""
    password: str = field(default="", repr=False)


@dataclass(frozen=True)
class Receiver:
    """What we share with one receiver: the token that lets us in, the secret of its call-backs."""

    token: str = field(default="", repr=False)
    callback_secret: str = field(default="", repr=False)


@dataclass(frozen=True)
class DeliverySettings:
    """``sending`` False: nothing leaves (the default). ``receivers`` by service id.

    ``base_url`` is empty where receivers cannot reach us. ``ca_file``: authorities to trust besides the
    system's own.
    """

    sending: bool = False
    mail: MailServer | None = None
    approved_domains: frozenset[str] = frozenset()
    receivers: Mapping[str, Receiver] = field(default_factory=dict)
    link_days: int = LINK_DAYS
    ca_file: Path | None = None
    base_url: str = ""

    def receiver(self, service_id: str) -> Receiver:
        """Return what is shared with the receiver of that service; empty where nothing is."""
        return self.receivers.get(service_id, Receiver())


def is_loopback(host: str) -> bool:
    """Say whether ``host`` is this machine."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def reachable(base_url: str) -> str:
    """Return ``base_url`` where receivers elsewhere can use it over https, else the empty text."""
    parts = urlsplit(base_url)
    outside = parts.scheme == "https" and parts.hostname and not is_loopback(parts.hostname)
    return base_url.rstrip("/") if outside else ""


def delivery_settings() -> DeliverySettings:
    """Return the settings in use, read again when the file has changed. Raises ``DeliverySettingsError``."""
    base_url = reachable(os.environ.get(BASE_URL_VARIABLE, ""))
    path = Path(os.environ.get(FILE_VARIABLE) or FILE)
    if not path.exists():
        if os.environ.get(FILE_VARIABLE):
            raise DeliverySettingsError(f"{FILE_VARIABLE} names {path}, which does not exist.")
        return DeliverySettings(base_url=base_url)
    return _cached(path, path.stat().st_mtime_ns, base_url)


@lru_cache(maxsize=8)
def _cached(path: Path, changed: int, base_url: str) -> DeliverySettings:
    return load(path, base_url)


def load(path: Path, base_url: str = "") -> DeliverySettings:
    """Return what the file at ``path`` says. Raises ``DeliverySettingsError``."""
    try:
        raw = read_yaml(path) or {}
    except DirectoryFileError as error:
        raise DeliverySettingsError(str(error)) from None
    return _Reader(path).settings(raw, base_url)


class _Reader:
    """Takes values out of the file, and says for a person what is wrong with one."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def settings(self, raw: Any, base_url: str) -> DeliverySettings:
        keys = (
            "send",
            "mail",
            "approved_domains",
            "receivers",
            "link_days",
            "ca_file",
        )
        found = self._mapping("the settings", raw, keys)
        domains = found.get("approved_domains") or []
        if not isinstance(domains, list):
            raise self._wrong("`approved_domains` must be a list (lines with `-`)")
        return DeliverySettings(
            sending=self._yes(found.get("send", False)),
            mail=self._mail(found.get("mail")),
            approved_domains=frozenset(str(domain).strip().lower() for domain in domains),
            receivers=self._receivers(found.get("receivers")),
            link_days=self._days("link_days", found, LINK_DAYS),
            ca_file=self._file("ca_file", found.get("ca_file")),
            base_url=base_url,
        )

    def _mail(self, raw: Any) -> MailServer | None:
        if raw is None:
            return None
        keys = ("server", "port", "security", "from", "user", "password_file")
        found = self._mapping("mail", raw, keys)
        for needed in ("server", "from"):
            if not found.get(needed):
                raise self._wrong(f"`mail` needs `{needed}`")
        security = str(found.get("security") or "starttls")
        if security not in SECURITY:
            raise self._wrong(
                f"`security` of the mail server must be starttls or tls, not `{security}`: "
                "referrals never leave unencrypted"
            )
        port = found.get("port") or SECURITY[security]
        if isinstance(port, bool) or not isinstance(port, int) or not 0 < port < 65536:
            raise self._wrong(f"`port` must be a port, such as {SECURITY[security]}")
        sender = str(found["from"])
        if sender.count("@") != 1:
            raise self._wrong("`from` must be one e-mail address")
        return MailServer(
            host=str(found["server"]),
            port=port,
            security=security,
            sender=sender,
            user=str(found.get("user") or ""),
            password=self._secret("password_file", found.get("password_file")),
        )

    def _receivers(self, raw: Any) -> dict[str, Receiver]:
        if raw is None:
            return {}
        if not isinstance(raw, dict):
            raise self._wrong("`receivers` must name service ids, each with its own lines")
        receivers = {}
        for service_id, value in raw.items():
            found = self._mapping(str(service_id), value, ("token_file", "callback_secret_file"))
            secret = self._secret("callback_secret_file", found.get("callback_secret_file"))
            if secret and len(secret) < SECRET_AT_LEAST:
                raise self._wrong(
                    f"the call-back secret of {service_id} is shorter than {SECRET_AT_LEAST} characters"
                )
            token = self._secret("token_file", found.get("token_file"))
            receivers[str(service_id)] = Receiver(token, secret)
        return receivers

    def _mapping(self, name: str, value: Any, known: tuple[str, ...]) -> Mapping[str, Any]:
        if value is None:
            return {}
        if not isinstance(value, dict):
            raise self._wrong(f"{name} must hold {', '.join(known)}, each on its own line")
        for key in value:
            if key not in known:
                hint = did_you_mean(str(key), known) or f"; known are {', '.join(known)}"
                raise self._wrong(f"`{key}` is no setting of {name}{hint}")
        return value

    def _yes(self, value: Any) -> bool:
        if not isinstance(value, bool):
            raise self._wrong("`send` must be true or false")
        return value

    def _days(self, key: str, found: Mapping[str, Any], default: int) -> int:
        value = found.get(key, default)
        if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= 366:
            raise self._wrong(f"`{key}` must be a whole number of days from 1 to 366")
        return value

    def _file(self, key: str, value: Any) -> Path | None:
        if not value:
            return None
        # A relative path is meant from where the settings stand.
        path = self.path.parent / str(value)
        if not path.is_file():
            raise self._wrong(f"`{key}` names {path}, which does not exist")
        return path

    def _secret(self, key: str, value: Any) -> str:
        path = self._file(key, value)
        if path is None:
            return ""
        try:
            return path.read_text(encoding="utf-8").strip()
        except (OSError, UnicodeError):
            raise self._wrong(f"`{key}` names {path}, which cannot be read") from None

    def _wrong(self, message: str) -> DeliverySettingsError:
        return DeliverySettingsError(f"{self.path}: {message}")
