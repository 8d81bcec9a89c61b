"""A certificate authority for one run. The audited browser trusts its key by fingerprint; nothing is installed anywhere."""

from __future__ import annotations

import base64
import hashlib
import ssl
import threading
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

VALID = timedelta(days=30)
LONGEST_COMMON_NAME = 64


class Authority:
    """Makes a certificate for any requested host. ``folder`` holds the keys; the caller deletes it after the run."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = threading.Lock()
        self._contexts: dict[str, ssl.SSLContext] = {}
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._leaf_key = ec.generate_private_key(ec.SECP256R1())
        self._name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "shariff_py audit sink")])
        self._own = self._certificate(self._name, self._key.public_key(), x509.BasicConstraints(ca=True, path_length=0))

    @property
    def fingerprint(self) -> str:
        """What Chromium's ``--ignore-certificate-errors-spki-list`` wants: base64 of the SHA-256 of the public key."""
        key = self._key.public_key()
        der = key.public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
        return base64.b64encode(hashlib.sha256(der).digest()).decode()

    @property
    def pem(self) -> bytes:
        """The authority's own certificate."""
        return self._own.public_bytes(serialization.Encoding.PEM)

    def context(self, host: str, *protocols: str) -> ssl.SSLContext:
        """What a server needs to be ``host``, or any host its client names. ``protocols`` are offered by ALPN, best first."""
        key = " ".join((host, *protocols))
        with self._lock:
            if key not in self._contexts:
                self._contexts[key] = self._context(host, protocols)
            return self._contexts[key]

    def _context(self, host: str, protocols: tuple[str, ...]) -> ssl.SSLContext:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        alternative: x509.GeneralName
        try:
            alternative = x509.IPAddress(ip_address(host))
        except ValueError:
            alternative = x509.DNSName(host)
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host[:LONGEST_COMMON_NAME])])
        leaf = self._certificate(name, self._leaf_key.public_key(), x509.SubjectAlternativeName([alternative]))
        file = self._folder / f"{hashlib.sha256(host.encode()).hexdigest()[:16]}.pem"
        private = self._leaf_key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        file.write_bytes(private + leaf.public_bytes(serialization.Encoding.PEM) + self.pem)
        context.load_cert_chain(file)
        if protocols:
            context.set_alpn_protocols(list(protocols))

        def named(connection: ssl.SSLSocket | ssl.SSLObject, server_name: str | None, _: ssl.SSLContext) -> None:
            if server_name and server_name != host:
                connection.context = self.context(server_name, *protocols)

        context.sni_callback = named
        return context

    def _certificate(
        self, subject: x509.Name, key: ec.EllipticCurvePublicKey, extension: x509.ExtensionType
    ) -> x509.Certificate:
        now = datetime.now(UTC)
        builder = (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(self._name)
            .public_key(key)
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - VALID)
            .not_valid_after(now + VALID)
            .add_extension(extension, critical=isinstance(extension, x509.BasicConstraints))
        )
        return builder.sign(self._key, hashes.SHA256())
