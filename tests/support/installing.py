"""One app in many workspaces, behind a stand-in of Slack, and a person who installs it."""

import http.client
import re
from contextlib import contextmanager
from dataclasses import replace
from html import unescape
from urllib.parse import urlsplit

from srmbot.fake_slack import HOME_SITE, Site
from srmbot.store.sealing import make_key
from tests.support.databases import on_postgres
from tests.support.served_app import over_http

KEY = make_key()
OTHER = Site("T0OTHER001", name="Other & Co")
ORG = Site("T0ORG00001", enterprise="E0ORG00001", whole=True, name="Org")
IN_ORG = replace(ORG, team="T0ORG00002")


@contextmanager
def serving(slack, bot, database, **more):
    """The app with the credentials of OAuth, and without a token."""
    known = {"bot_token": None, "client_id": slack.oauth.client_id, "client_secret": slack.oauth.client_secret}
    with over_http(slack, bot, **known | {"secret_keys": (KEY,), "database": database} | more) as served:
        served.app.storage.check(needed=True)
        slack.oauth.redirect_url = address(slack, "/slack/oauth_redirect")
        yield served
    served.app.close()  # when nothing runs any more


def migrated(server):
    made = on_postgres(server)
    made.close()
    return made.url.render_as_string(hide_password=False)


def address(slack, path):
    parts = urlsplit(slack.app_url)
    return f"{parts.scheme}://{parts.netloc}{path}"


def get(url, cookie=""):
    """A browser's request; redirections are not followed."""
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=10)
    connection.request("GET", f"{parts.path}?{parts.query}", headers={"Cookie": cookie} if cookie else {})
    response = connection.getresponse()
    body = response.read().decode()
    connection.close()
    return response, body


def begin(slack):
    """Open the install page. Returns the link to Slack, and the cookie."""
    response, body = get(address(slack, "/slack/install"))
    assert response.status == 200
    [url] = re.findall(r'href="([^"]+)"', body)
    return unescape(url), response.headers["Set-Cookie"].partition(";")[0]


def install(slack, site=HOME_SITE):
    """Install the app as a person does, from the install page to the last one. Returns the last response and body."""
    slack.site = site
    url, cookie = begin(slack)
    consent, _ = get(url)
    assert consent.status == 302, url
    return get(consent.headers["Location"], cookie)


def store_of(served):
    return served.app.storage.store


def installed(served, place):
    return store_of(served).installations.find(place.enterprise, place.team, served.app.workspaces.sealer)


def answer(slack, text="backups"):
    [answered] = slack.answers(slack.mention(text))
    return answered
