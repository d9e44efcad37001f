"""How Slack brings something to an app: an envelope -> a delivery, over HTTP here, over a socket in sockets.py."""

from __future__ import annotations

import hashlib
import hmac
import http.client
import json
import time
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol
from urllib.parse import urlencode, urlsplit

from .model import Json, Message

EnvelopeKind = Literal["events_api", "slash_commands", "interactive"]
Forgery = Literal["", "signature", "stale", "unsigned"]
FORM_TYPE = "application/x-www-form-urlencoded"


@dataclass(frozen=True, slots=True)
class Timing:
    """How long Slack waits. It retries at once, after a minute and after five; that is compressed here."""

    acknowledge: float = 3.0  # seconds
    retries: tuple[float, ...] = (0.0, 0.2, 0.5)
    latency: float = 0.0  # of every Web API call
    # Between two pings of a socket. Often: the SDK's client notices some things only when something comes in.
    pings: float = 0.2


@dataclass(frozen=True, slots=True)
class Envelope:
    """What is to be delivered, and which try it is."""

    kind: EnvelopeKind
    payload: Json
    retry: int = 0
    reason: str = ""  # of the retry: http_timeout, http_error …
    forgery: Forgery = ""


@dataclass(slots=True)
class Delivery:
    """What came of a delivery; `tries` has the later ones, if there had to be any."""

    status: int | None = None  # None: no answer, or none in time. A socket's acknowledgement is 200
    body: str = ""
    headers: dict[str, str] = field(default_factory=dict)  # names in lower case
    elapsed: float = 0.0
    timed_out: bool = False
    error: str = ""  # why there was no answer
    payload: Json = field(default_factory=dict)  # what was delivered
    message: Message | None = None  # what the response itself put before the user
    tries: list[Delivery] = field(default_factory=list)

    @property
    def acknowledged(self) -> bool:
        """Whether Slack is content with this try."""
        return self.status == 200 and not self.timed_out

    @property
    def reached(self) -> bool:
        """Whether any try was acknowledged."""
        return self.acknowledged or any(each.acknowledged for each in self.tries)

    @property
    def failure(self) -> str:
        """What Slack tells the person who asked, when something goes wrong; "" if all is well."""
        if self.acknowledged:
            return ""
        return "operation_timeout" if self.timed_out else "dispatch_failed"

    @property
    def json(self) -> Any:
        """The body, read as JSON; None if it is empty."""
        return json.loads(self.body) if self.body else None


class Door(Protocol):
    """A way to the app."""

    def send(self, envelope: Envelope) -> Delivery:
        """One try. Never raises."""


def deliver(door: Door, envelope: Envelope, timing: Timing) -> Delivery:
    """Deliver, and retry an event as Slack does until it is acknowledged or a response forbids it."""
    first = last = door.send(envelope)
    if envelope.kind != "events_api":
        return first
    for number, wait in enumerate(timing.retries, 1):
        if last.acknowledged or last.headers.get("x-slack-no-retry") == "1":
            break
        time.sleep(wait)
        last = door.send(Envelope(envelope.kind, envelope.payload, number, reason_of(last), envelope.forgery))
        first.tries.append(last)
    return first


def reason_of(failed: Delivery) -> str:
    """Why a try failed, in Slack's words."""
    if failed.timed_out:
        return "http_timeout"
    return failed.error if failed.status is None else "http_error"


class HttpDoor:
    """The app's request URL; each request is signed, and has three seconds."""

    def __init__(self, url: str, signing_secret: str, timeout: float) -> None:
        self.url = url
        self._secret = signing_secret
        self._timeout = timeout

    def send(self, envelope: Envelope) -> Delivery:
        """One POST. Never raises: what goes wrong is in the delivery."""
        body, kind = encode(envelope)
        headers = {"Content-Type": kind, "User-Agent": "Slackbot 1.0", **self.signed(body, envelope.forgery)}
        if envelope.retry:
            headers |= {"X-Slack-Retry-Num": str(envelope.retry), "X-Slack-Retry-Reason": envelope.reason}
        delivery, started = Delivery(payload=envelope.payload), time.monotonic()
        try:
            self.exchange(body, headers, delivery)
        except TimeoutError:
            delivery.timed_out, delivery.error = True, "http_timeout"
        except (OSError, http.client.HTTPException) as failed:
            delivery.error = f"connection_failed ({failed})"
        delivery.elapsed = time.monotonic() - started
        # The socket's timeout is for each read: a response that drips may take longer in all.
        if delivery.elapsed > self._timeout:
            delivery.timed_out, delivery.status = True, None
        return delivery

    def exchange(self, body: bytes, headers: dict[str, str], delivery: Delivery) -> None:
        """Send and read; fills the delivery in."""
        parts = urlsplit(self.url)
        connection = http.client.HTTPConnection(parts.hostname or "", parts.port or 80, timeout=self._timeout)
        try:
            connection.request("POST", parts.path or "/", body, headers)
            response = connection.getresponse()
            content = response.read().decode()
            delivery.status, delivery.body = response.status, content
            delivery.headers = {name.lower(): value for name, value in response.getheaders()}
        finally:
            connection.close()

    def signed(self, body: bytes, forgery: Forgery) -> dict[str, str]:
        """The signature's headers, in real time: Bolt compares with the machine's clock."""
        at = int(time.time()) - (600 if forgery == "stale" else 0)
        if forgery == "unsigned":
            return {}
        signature = sign(self._secret, at, body)
        if forgery == "signature":
            signature = sign("not the secret", at, body)
        return {"X-Slack-Request-Timestamp": str(at), "X-Slack-Signature": signature}


def sign(secret: str, at: int, body: bytes) -> str:
    """Slack's signature, version 0. https://docs.slack.dev/authentication/verifying-requests-from-slack"""
    return "v0=" + hmac.new(secret.encode(), f"v0:{at}:".encode() + body, hashlib.sha256).hexdigest()


def encode(envelope: Envelope) -> tuple[bytes, str]:
    """An envelope's body and content type: a form for commands and clicks, JSON for events."""
    if envelope.kind == "slash_commands":
        return urlencode(envelope.payload).encode(), FORM_TYPE
    if envelope.kind == "interactive":
        return urlencode({"payload": json.dumps(envelope.payload)}).encode(), FORM_TYPE
    return json.dumps(envelope.payload).encode(), "application/json"
