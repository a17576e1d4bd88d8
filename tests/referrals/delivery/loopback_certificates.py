"""An authority and certificates made for one test, for peers on this machine."""

from __future__ import annotations

import ipaddress
import ssl
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID


@dataclass(frozen=True)
class Authority:
    """``file`` holds the authority's certificate; ``server`` makes a context for a peer."""

    file: Path
    folder: Path
    key: ec.EllipticCurvePrivateKey
    name: x509.Name

    def server(self, host: str = "localhost", days: int = 2) -> ssl.SSLContext:
        """Return the context of a server called ``host``; negative ``days``: one that has run out."""
        key = ec.generate_private_key(ec.SECP256R1())
        subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host)])
        names: list[x509.GeneralName] = [x509.DNSName(host)]
        if host == "localhost":
            names.append(x509.IPAddress(ipaddress.ip_address("127.0.0.1")))
        made = _builder(subject, self.name, key, days)
        made = made.add_extension(x509.SubjectAlternativeName(names), critical=False)
        file = self.folder / f"{host}{days}.pem"
        file.write_bytes(_pem(key) + made.sign(self.key, hashes.SHA256()).public_bytes(_PEM))
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(file)
        return context


_PEM = serialization.Encoding.PEM


def authority(folder: Path) -> Authority:
    """Make an authority whose files stand in ``folder``."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "An authority for tests")])
    made = _builder(name, name, key, 2).add_extension(
        x509.BasicConstraints(ca=True, path_length=None), critical=True
    )
    file = folder / "authority.pem"
    file.write_bytes(made.sign(key, hashes.SHA256()).public_bytes(_PEM))
    return Authority(file, folder, key, name)


def _builder(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePrivateKey, days: int
) -> x509.CertificateBuilder:
    now = datetime.now(timezone.utc)
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=3))
        .not_valid_after(now + timedelta(days=days))
    )


def _pem(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(_PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
