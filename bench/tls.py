"""The stand-in behind TLS, as Slack is: what a call costs beside its waiting shows only there.

Needs the program openssl, for a certificate of an hour's life.
"""

from __future__ import annotations

import os
import shutil
import ssl
import subprocess
import tempfile
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from srmbot.fake_slack import FakeSlack

SUBJECT = ("-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1")
LIKE_A_SYSTEM = 140  # certificates in a list of authorities, where the system has none to be read


def possible() -> bool:
    """Whether a certificate can be made."""
    return shutil.which("openssl") is not None


class SecureStandIn(FakeSlack):
    """A stand-in whose Web API is https; processes started meanwhile trust it, beside all that they trust anyway."""

    def __enter__(self) -> Self:
        super().__enter__()
        self.folder = tempfile.TemporaryDirectory()
        key, certificate = (Path(self.folder.name) / name for name in ("key.pem", "certificate.pem"))
        make = ("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1")
        subprocess.run([*make, "-keyout", key, "-out", certificate, *SUBJECT], check=True, capture_output=True)
        self.trusted_before = os.environ.get("SSL_CERT_FILE")
        os.environ["SSL_CERT_FILE"] = str(trusted(certificate, Path(self.folder.name) / "all.pem"))
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.context.load_cert_chain(certificate, key)
        self.accept = self.server.get_request
        self.server.get_request = self.secured  # type: ignore[method-assign]
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self.trusted_before is None:
            del os.environ["SSL_CERT_FILE"]
        else:
            os.environ["SSL_CERT_FILE"] = self.trusted_before
        super().__exit__(kind, error, at)
        self.folder.cleanup()

    @property
    def api_url(self) -> str:
        """The base for WebClient(base_url=…)."""
        return super().api_url.replace("http://", "https://")

    def secured(self) -> tuple[Any, Any]:
        """The next connection; the handshake is left to the thread that serves it."""
        plain, address = self.accept()
        return self.context.wrap_socket(plain, server_side=True, do_handshake_on_connect=False), address


def trusted(certificate: Path, to: Path) -> Path:
    """A list of authorities as long as a system's, with one certificate more."""
    known = ssl.get_default_verify_paths().cafile
    own = certificate.read_text()
    to.write_text((Path(known).read_text() if known else own * LIKE_A_SYSTEM) + own)
    return to
