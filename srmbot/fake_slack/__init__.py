"""A stand-in for Slack: the Web API, response URLs, events over HTTP and Socket Mode, on ports of 127.0.0.1.

Knows nothing of pytest and of the app. Begin with `FakeSlack` in slack.py.
"""

from .api import Call
from .blocks import Problem, message_problems, problems, view_problems
from .events import Delivery, Timing
from .model import Channel, Clock, Message, RefusedError, User, View
from .oauth import HOME, Site
from .people import Said
from .slack import EVENTS, SCOPES, FakeSlack

__all__ = [
    "EVENTS",
    "HOME",
    "SCOPES",
    "Call",
    "Channel",
    "Clock",
    "Delivery",
    "FakeSlack",
    "Message",
    "Problem",
    "RefusedError",
    "Said",
    "Site",
    "Timing",
    "User",
    "View",
    "message_problems",
    "problems",
    "view_problems",
]
