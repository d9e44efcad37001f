"""A stand-in for Slack: the Web API, response URLs, events over HTTP and Socket Mode, on ports of 127.0.0.1.

Knows nothing of pytest and of the app. Begin with `FakeSlack` in slack.py.
"""

from .api import Call
from .blocks import Problem, message_problems, problems, view_problems
from .events import Delivery, Timing
from .model import Channel, Clock, Message, RefusedCallError, User, View
from .oauth import HOME_SITE, Site
from .people import Said
from .slack import SCOPES, SUBSCRIBED_EVENTS, FakeSlack

__all__ = [
    "HOME_SITE",
    "SCOPES",
    "SUBSCRIBED_EVENTS",
    "Call",
    "Channel",
    "Clock",
    "Delivery",
    "FakeSlack",
    "Message",
    "Problem",
    "RefusedCallError",
    "Said",
    "Site",
    "Timing",
    "User",
    "View",
    "message_problems",
    "problems",
    "view_problems",
]
