"""Taking the port, before anything slow is loaded."""

from __future__ import annotations

import errno
import socket


class StartError(Exception):
    """A reason not to start; its message is one line that says what to do."""


def claim(host: str, port: int) -> socket.socket:
    """Return a listening socket. Raises `StartError` where the port is taken or not ours to take."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    sock = socket.socket(family, socket.SOCK_STREAM)
    # Connections of a server that has just stopped do not keep the next one waiting.
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        sock.bind((host, port))
    except OSError as error:
        sock.close()
        if error.errno == errno.EADDRINUSE:
            raise StartError(
                f"port {port} is taken, perhaps by another fingerpost; "
                "stop that one, or choose another with --port."
            ) from None
        raise StartError(f"cannot listen on {host}:{port}: {error.strerror}.") from None
    except OverflowError:
        sock.close()
        raise StartError(f"there is no port {port}; choose one from 1 to 65535.") from None
    sock.listen(100)
    sock.setblocking(False)
    return sock
