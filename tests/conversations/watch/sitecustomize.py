"""Loaded by the server under test before anything else: notes every address that it looks up or calls.

`FINGERPOST_TEST_CALLS` names the file, one line each: the audit event and the address.
"""

import os
import sys

WATCHED = ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto")


def _note(event, arguments):
    if event in WATCHED:
        address = arguments[1] if event in ("socket.connect", "socket.sendto") else arguments[0]
        with open(os.environ["FINGERPOST_TEST_CALLS"], "a", encoding="utf-8") as file:
            file.write(f"{event} {address!r}\n")


if os.environ.get("FINGERPOST_TEST_CALLS"):
    sys.addaudithook(_note)
