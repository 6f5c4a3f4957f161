"""A certificate that a device made for itself, as office devices do."""

from __future__ import annotations

import hashlib
import ssl
import subprocess
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class SelfSigned:
    """A certificate with its SHA-256."""

    context: ssl.SSLContext
    fingerprint: str


def make_certificate(folder: Path) -> SelfSigned:
    """Makes one for a name that is not the host's, long expired names being usual on devices."""
    key, certificate = folder / "key.pem", folder / "certificate.pem"
    subprocess.run(
        [
            *("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"),
            *("-subj", "/CN=mfp.invalid", "-keyout", str(key), "-out", str(certificate)),
        ],
        check=True,
        capture_output=True,
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    der = ssl.PEM_cert_to_DER_cert(certificate.read_text())
    return SelfSigned(context=context, fingerprint=hashlib.sha256(der).hexdigest())
