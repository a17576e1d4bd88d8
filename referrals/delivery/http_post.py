"""One POST to a receiver: encrypted, to that address and no other, with limits on time and size.

https everywhere but on this machine; the certificate is always checked; a redirect is not followed, because
whoever can redirect could send a patient's data elsewhere; proxies and passwords that happen to stand in the
environment are not used.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timezone
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlsplit

import requests
import urllib3

from referrals.delivery.model import Never, NotYet, Parcel
from referrals.delivery.settings import DeliverySettings, is_loopback

CONNECT_SECONDS = 5.0
READ_SECONDS = 20.0
LARGEST_ANSWER = 256 * 1024

NOT_HTTPS = "The receiver's address is not https, so nothing was sent. Its directory entry has to be mended."
CERTIFICATE = (
    "The receiver's certificate cannot be trusted, so nothing was sent. Tell the receiver; if this "
    "machine's network replaces certificates, set ca_file in delivery.yml."
)
NO_CONNECTION = "The receiver cannot be reached; nothing was sent."
NO_ANSWER = "The receiver did not answer in time. It may have the referral all the same."
BROKEN_OFF = "The receiver broke the connection off. It may have the referral all the same."
TOO_LONG = "The receiver answered at too great a length to be a receipt."
MOVED = (
    "The receiver's address points elsewhere ({status}). Nothing follows it: ask the receiver for its new "
    "address, have it changed in the directory, and test it."
)
NOT_LET_IN = (
    "The receiver does not let us in ({status}). Check its token in delivery.yml, then send again."
)
REFUSED = "The receiver refused the referral as it is ({status}). Ask it why; send it another way."
TROUBLE = "The receiver is in trouble ({status})."
BUSY = "The receiver asked to be left alone for a while ({status})."
# 408 and 425: come again; 409: an earlier attempt is still being worked on; 429: too many.
_COME_AGAIN = {408, 409, 425, 429}


@dataclass(frozen=True)
class Answer:
    """A 2xx answer. ``body`` is at most ``LARGEST_ANSWER`` bytes."""

    status: int
    headers: Mapping[str, str] = field(repr=False)
    body: bytes = field(repr=False)

    def json(self) -> Any:
        """Return the body read as JSON, or ``None`` where it is none."""
        try:
            return json.loads(self.body.decode("utf-8"))
        except (ValueError, RecursionError):
            return None


def usable(address: str) -> bool:
    """Say whether anything may be posted to ``address``."""
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
        # Reading the port checks it.
        if parts.port == 0 or parts.username is not None or parts.password is not None:
            return False
    except ValueError:
        return False
    return bool(host) and (
        parts.scheme == "https" or (parts.scheme == "http" and is_loopback(host))
    )


def post(
    parcel: Parcel, settings: DeliverySettings, extra: Mapping[str, str]
) -> Answer | NotYet | Never:
    """Post ``parcel`` with its headers and the ``extra`` ones; return what was answered. Raises nothing
    that a receiver can cause."""
    if not usable(parcel.address):
        return Never(NOT_HTTPS)
    session = requests.Session()
    session.trust_env = False
    try:
        with session.post(
            parcel.address,
            data=parcel.body,
            headers={"Accept-Encoding": "identity", **dict(parcel.headers), **extra},
            timeout=(CONNECT_SECONDS, READ_SECONDS),
            verify=str(settings.ca_file) if settings.ca_file else True,
            allow_redirects=False,
            stream=True,
        ) as response:
            return _read(response)
    except requests.exceptions.SSLError:
        return NotYet(CERTIFICATE)
    except requests.exceptions.ConnectTimeout:
        return NotYet(NO_CONNECTION)
    except (requests.exceptions.Timeout, urllib3.exceptions.TimeoutError):
        return NotYet(NO_ANSWER)
    except requests.exceptions.ConnectionError as error:
        return NotYet(NO_CONNECTION if _never_connected(error) else BROKEN_OFF)
    except (requests.exceptions.RequestException, urllib3.exceptions.HTTPError, OSError):
        return NotYet(BROKEN_OFF)
    finally:
        session.close()


def _never_connected(error: requests.exceptions.ConnectionError) -> bool:
    """Tell a connection that was never made from one that broke off."""
    reason = getattr(error.args[0] if error.args else None, "reason", None)
    return isinstance(reason, urllib3.exceptions.NewConnectionError)


def _read(response: requests.Response) -> Answer | NotYet | Never:
    status = response.status_code
    if 200 <= status < 300:
        body = response.raw.read(LARGEST_ANSWER + 1, decode_content=False)
        if len(body) > LARGEST_ANSWER:
            return NotYet(TOO_LONG)
        return Answer(status, response.headers, body)
    if status in _COME_AGAIN:
        return NotYet(BUSY.format(status=status), _asked(response.headers))
    if 300 <= status < 400:
        return Never(MOVED.format(status=status))
    if status in (401, 403, 407):
        return Never(NOT_LET_IN.format(status=status))
    if 400 <= status < 500:
        return Never(REFUSED.format(status=status))
    return NotYet(TROUBLE.format(status=status), _asked(response.headers))


def _asked(headers: Mapping[str, str]) -> float | None:
    """Return the seconds of ``Retry-After`` (RFC 9110, 10.2.3: seconds, or a date), if it can be read."""
    text = headers.get("Retry-After", "").strip()
    if text.isascii() and text.isdigit():
        return float(text[:9])
    try:
        until = parsedate_to_datetime(text)
    except (ValueError, TypeError):
        return None
    if until.tzinfo is None:
        until = until.replace(tzinfo=timezone.utc)
    return max(0.0, (until - datetime.now(timezone.utc)).total_seconds())
