"""The listener's certificate. It is loaded again when its file has changed, as renewals do."""

import ssl
from pathlib import Path
from typing import Self


class Certificate:
    """A certificate with its key. Raises OSError or ssl.SSLError where they cannot be used."""

    def __init__(self, certificate: Path, key: Path) -> None:
        self._certificate = certificate
        self._key = key
        self._context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        self._changed = self._load()

    @classmethod
    def of(cls, certificate: str, key: str) -> Self | None:
        """Return the certificate in these files, None without."""
        return cls(Path(certificate), Path(key)) if certificate else None

    def context(self) -> ssl.SSLContext:
        """Return what a new connection is encrypted with. A renewal that cannot be read leaves the old one in use."""
        if self._stamps() != self._changed:
            try:
                self._changed = self._load()
            except (OSError, ssl.SSLError):
                self._changed = self._stamps()
        return self._context

    def _load(self) -> tuple[int, ...]:
        stamps = self._stamps()
        self._context.load_cert_chain(self._certificate, self._key)
        return stamps

    def _stamps(self) -> tuple[int, ...]:
        return tuple(path.stat().st_mtime_ns if path.exists() else 0 for path in (self._certificate, self._key))
