"""Who may talk to the page's server: method, path, headers -> a refusal, or none.

The server listens on 127.0.0.1 only, but any page in the browser can send requests there, and a name that resolves to
127.0.0.1 makes such a page look like ours (DNS rebinding). So: our own host name, our own origin, and for all that
reads or does anything a header that no other page can set or know.
"""

from __future__ import annotations

import hmac
from typing import Protocol
from urllib.parse import urlsplit


class Headers(Protocol):
    """Headers by name, whatever its case."""

    def get(self, name: str, /) -> str | None:
        """One header's value."""


HOSTS = frozenset({"127.0.0.1", "localhost"})
GUARD_HEADER = "X-Playground-Token"
LARGEST_POST = 100_000  # bytes of a body
POLICY_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; "
        "trusted-types 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}


def refusal(method: str, path: str, headers: Headers, token: str) -> tuple[int, str] | None:
    """The status and reason to refuse a request with; None if it may pass.

    Args:
        method: GET or POST.
        path: without its query.
        headers: of the request.
        token: what this server's own page knows.
    """
    host = headers.get("Host") or ""
    if urlsplit(f"//{host}").hostname not in HOSTS:
        return 421, "this server only answers to the names 127.0.0.1 and localhost"
    if (origin := headers.get("Origin")) is not None and origin != f"http://{host}":
        return 403, "only this server's own page may send requests"
    if not same_site(path, headers):
        return 403, "only this server's own page may send requests"
    if path.startswith("/api/"):
        return without_token(method, headers, token)
    return None if method == "GET" else (405, "only GET is allowed here")


def same_site(path: str, headers: Headers) -> bool:
    """Whether the browser says that our own page, or no page, sends this; following a link to `/` is allowed."""
    site = headers.get("Sec-Fetch-Site")
    return site in (None, "none", "same-origin") or (path == "/" and headers.get("Sec-Fetch-Mode") == "navigate")


def without_token(method: str, headers: Headers, token: str) -> tuple[int, str] | None:
    """The refusal of what does not prove that it comes from our page, or is too large."""
    if not hmac.compare_digest((headers.get(GUARD_HEADER) or "").encode(), token.encode()):
        return 403, "the playground was restarted: reload the page"
    if method == "POST" and (headers.get("Content-Type") or "").partition(";")[0] != "application/json":
        return 415, "the body must be JSON"
    length = headers.get("Content-Length") or "0"
    if method == "POST" and (not length.isdecimal() or int(length) > LARGEST_POST):
        return 413, f"the body may have at most {LARGEST_POST} bytes"
    return None
