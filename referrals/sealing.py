"""Sealing what says something about a patient: each field by itself, encrypted and bound to its place.

Keys (32 random bytes as base64) come from FINGERPOST_REFERRALS_KEY or the file FINGERPOST_REFERRALS_KEY_FILE,
the newest first, with commas or new lines between them: the first seals, all unseal. With neither set,
training mode makes a key of its own in FINGERPOST_VAR, unless the record holds what another key sealed; in
service the room refuses to hold anything.
"""

from __future__ import annotations

import base64
import binascii
import hmac
import logging
import os
import secrets
from collections.abc import Sequence
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from referrals.records.engine import database_file, reading, records, var_folder
from referrals.records.sealed_values import any_sealed
from services_directory.practice import practice_settings

logger = logging.getLogger(__name__)

KEY_VARIABLE = "FINGERPOST_REFERRALS_KEY"
KEY_FILE_VARIABLE = "FINGERPOST_REFERRALS_KEY_FILE"
TRAINING_KEY_FILE = "referrals.key"
KEY_BYTES = 32
# A name can hold no such character, so a place and its text cannot be shifted against each other.
_BETWEEN = "\x00"


class SealingError(RuntimeError):
    """There is no key, or it does not fit. ``str()`` says what to do, and never repeats a key or a text."""


class Sealer:
    """Seals and unseals with ``keys`` (Fernet keys, newest first; at least one)."""

    def __init__(self, keys: Sequence[bytes]) -> None:
        self._fernets = [Fernet(key) for key in keys]
        self._all = MultiFernet(self._fernets)
        self._mark_keys = [_derived(key) for key in keys]

    def seal(self, place: str, text: str) -> str:
        """Return ``text`` sealed for ``place``, such as ``field/FP-…/goal``: nowhere else it unseals."""
        return self._all.encrypt(f"{place}{_BETWEEN}{text}".encode()).decode("ascii")

    def unseal(self, place: str, sealed: str) -> str:
        """Return what was sealed for ``place``. Raises ``SealingError`` for another key, place or text."""
        try:
            opened = self._all.decrypt(sealed.encode("ascii")).decode()
        except (InvalidToken, UnicodeError):
            raise SealingError(
                "A sealed value does not open with the keys that are set: either it was changed, or the key "
                f"it was sealed with is missing from {KEY_VARIABLE}."
            ) from None
        found, _, text = opened.partition(_BETWEEN)
        if found != place:
            raise SealingError("A sealed value stands where it was not written; it is not used.")
        return text

    def is_newest(self, sealed: str) -> bool:
        """Say whether ``sealed`` was sealed with the newest key."""
        try:
            self._fernets[0].decrypt(sealed.encode("ascii"))
        except (InvalidToken, UnicodeError):
            return False
        return True

    def rotated(self, sealed: str) -> str:
        """Return the same, sealed with the newest key. Raises ``SealingError`` where no key opens it."""
        try:
            return self._all.rotate(sealed.encode("ascii")).decode("ascii")
        except (InvalidToken, UnicodeError):
            raise SealingError("A sealed value opens with none of the keys that are set.") from None

    def marks(self, text: str) -> tuple[str, ...]:
        """Return keyed hashes of ``text``, one a key, the newest first: equals are known, none is read."""
        return tuple(hmac.new(key, text.encode(), sha256).hexdigest() for key in self._mark_keys)


def _derived(key: bytes) -> bytes:
    """Return a key of its own for marks, so that no key serves two purposes."""
    return HKDF(SHA256(), KEY_BYTES, salt=None, info=b"fingerpost patient mark").derive(key)


def new_key() -> str:
    """Return a new key as it is written in the environment or a file."""
    return base64.urlsafe_b64encode(secrets.token_bytes(KEY_BYTES)).decode("ascii")


def read_keys(text: str) -> tuple[bytes, ...]:
    """Return the keys that ``text`` lists. Raises ``SealingError`` for one that is none."""
    found = []
    for number, word in enumerate(text.replace(",", " ").split(), start=1):
        try:
            raw = base64.b64decode(word.replace("-", "+").replace("_", "/"), validate=True)
        except (binascii.Error, ValueError):
            raw = b""
        if len(raw) != KEY_BYTES:
            raise SealingError(
                f"Key {number} is not {KEY_BYTES} bytes in base64. `fingerpost referrals rotate-key --new` "
                "prints one that is."
            )
        found.append(base64.urlsafe_b64encode(raw))
    return tuple(found)


def sealer() -> Sealer:
    """Return the sealer of this instance. Raises ``SealingError`` where there is no usable key.

    Where a key for training has to be made, the record is looked into first; its errors pass
    (``sqlalchemy.exc.SQLAlchemyError``, ``OSError``).
    """
    return _sealer(_key_text())


@lru_cache(maxsize=4)
def _sealer(text: str) -> Sealer:
    keys = read_keys(text)
    if not keys:
        raise SealingError(f"{KEY_VARIABLE} or the file it stands in is empty; set a key.")
    return Sealer(keys)


def _key_text() -> str:
    if set_here := os.environ.get(KEY_VARIABLE):
        return set_here
    if named := os.environ.get(KEY_FILE_VARIABLE):
        return _read(Path(named))
    file = var_folder() / TRAINING_KEY_FILE
    if not practice_settings().training_mode:
        raise SealingError(
            f"No key is set, so nothing about a patient is kept. Set {KEY_VARIABLE} or {KEY_FILE_VARIABLE} "
            "(`fingerpost referrals rotate-key --new` prints a key)."
        )
    if file.exists():
        return _read(file)
    # Of several processes another may have made the key, and sealed with it, while this one looked.
    if _record_is_sealed() and not file.exists():
        raise SealingError(
            f"The key file {file} is missing, and the record of referrals holds what it sealed: a new key "
            f"could open none of it, so none was made. Put the file back, or set {KEY_VARIABLE} to its "
            f"content. If it is lost, so is what it sealed: {_start_again()}"
        )
    return _made(file)


def _record_is_sealed() -> bool:
    file = database_file()
    if file is not None and not file.exists():
        return False
    with reading(records()) as connection:
        return any_sealed(connection)


def _start_again() -> str:
    file = database_file()
    how = f"move {file} and its -wal and -shm out of the way" if file else "name a new database"
    return f"{how}; the next referral begins a new record, with a new key."


def _read(file: Path) -> str:
    try:
        return file.read_text(encoding="ascii")
    except (OSError, UnicodeError):
        raise SealingError(f"The key file {file} cannot be read; make it readable.") from None


def _made(file: Path) -> str:
    """Make a key for training in ``file``, for its owner alone; of two processes one makes it."""
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    key = new_key()
    draft = file.with_name(f"{file.name}.{os.getpid()}.{secrets.token_hex(4)}")
    handle = os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    try:
        os.write(handle, key.encode("ascii"))
        os.fsync(handle)
    finally:
        os.close(handle)
    try:
        # A link fails where the name is taken, and nobody ever sees half a key.
        os.link(draft, file)
    except FileExistsError:
        return _read(file)
    finally:
        draft.unlink()
    logger.warning(
        "a key for training was made: %s; what it seals opens with nothing else, so keep it", file
    )
    return key
