"""Installing the app, whole requests: by consent, in workspaces and organisations, with a state that is good once."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest

from srmbot.fake_slack import HOME_SITE
from srmbot.store.rows import InstallPlace
from tests.support.installing import IN_ORG, ORG, OTHER, answer, begin, get, install, serving, store_of
from tests.support.served_app import until


def test_before_it_is_installed_a_command_says_so(bare, quick):
    said = bare.slash("/srm backups").message.text
    assert said == "I'm not installed in this workspace any more (ask an admin to install me again)"
    assert bare.mention("backups").delivery.status == 200
    assert bare.calls("chat.postMessage") == []


def test_it_is_installed_and_answers_in_each_workspace_with_its_own_token(bare, served):
    response, page = install(bare)
    assert response.status == 200
    assert "It is in Stand-in." in page
    answer(bare)
    _, page = install(bare, OTHER)
    assert "It is in Other &amp; Co." in page
    answer(bare, "aurora backups")
    assert bare.slash("/srm backups").acknowledged
    [first] = bare.wait(bare.ephemerals)  # through its response_url: nothing is known of that workspace's blocks
    assert first.text.startswith("Shared: RDS · Backups")
    places = [place for place, *_ in store_of(served).installations.places()]
    assert places == [InstallPlace("", OTHER.team), InstallPlace("", HOME_SITE.team)]
    assert bare.calls("auth.test") == bare.calls("auth.test")[:2]  # one an installation, none a request


def test_an_organisation_installs_it_for_all_its_workspaces(bare, served):
    _, page = install(bare, ORG)
    assert "It is part of Org." in page
    bare.site = IN_ORG
    assert bare.slash("/srm tips on 09:00 UTC daily").acknowledged
    until(lambda: store_of(served).subscriptions.teams() == [IN_ORG.team])
    assert store_of(served).installations.teams() == [IN_ORG.team]
    assert bare.open_home().acknowledged
    bare.wait(bare.home)


def test_tips_are_planned_with_the_token_of_each_workspace(bare, served):
    for site in (HOME_SITE, OTHER):
        install(bare, site)
        assert bare.slash("/srm tips on 09:00 UTC daily").acknowledged
        until(lambda team=site.team: store_of(served).subscriptions.get(team, bare.channel.id))
    served.app.tips.start()
    until(lambda: {call.ok for call in bare.calls("chat.scheduleMessage")} == {True})
    known = store_of(served).plan
    for site in (HOME_SITE, OTHER):
        until(lambda team=site.team: known.planned(team, bare.channel.id, 0))


# State


def test_a_state_is_good_once(bare, quick):
    url, cookie = begin(bare)
    first, _ = get(url)
    assert get(first.headers["Location"], cookie)[0].status == 200
    again = first.headers["Location"].replace(query(first, "code"), bare.oauth.consent(bare.user.id))
    response, page = get(again, cookie)
    assert (response.status, "used before" in page) == (401, True)


@pytest.mark.parametrize(
    ("forge", "status"),
    [
        (lambda url, cookie: (url, ""), 400),
        (lambda url, cookie: (url.replace("state=", "state=x"), cookie), 400),
        (lambda url, cookie: (url.replace("state=", "state=x"), cookie.replace("=", "=x", 1)), 401),
        (lambda url, cookie: (url.replace("code=", "kode="), cookie), 401),
        (lambda url, cookie: (url.replace("code=", "code=x"), cookie), 401),
        (lambda url, cookie: (url.partition("?")[0] + "?error=access_denied", cookie), 200),
        (lambda url, cookie: (url.partition("?")[0] + "?error=<script>", cookie), 200),
    ],
    ids=["other browser", "other state", "forged state", "no code", "wrong code", "denied", "markup"],
)
def test_what_is_no_consent_installs_nothing(bare, quick, log, forge, status):
    url, cookie = begin(bare)
    consent, _ = get(url)
    where = consent.headers["Location"]
    response, page = get(*forge(where, cookie))
    assert response.status == status
    assert "srmbot was not installed" in page
    assert "<script" not in page
    assert store_of(quick).installations.places() == []
    assert query(consent, "code") not in log.text
    assert log.lines("install_refused")


def query(response, name):
    return parse_qs(urlsplit(response.headers["Location"]).query)[name][0]


def test_only_listed_workspaces_may_install_it(bare, bot, tmp_path):
    with serving(bare, bot, f"sqlite:///{tmp_path / 'srmbot.db'}", workspaces=frozenset([OTHER.team])) as running:
        response, page = install(bare)
        assert (response.status, "may not be installed in that workspace" in page) == (403, True)
        assert store_of(running).installations.places() == []
        assert bare.calls("apps.uninstall")[0].ok
        assert install(bare, OTHER)[0].status == 200


def test_pages_are_plain(bare, quick):
    response, page = install(bare)
    assert response.headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert response.headers["Cache-Control"] == "no-store"
    assert "http" not in re.sub(r'href="[^"]*"', "", page).replace("<!doctype html>", "")
