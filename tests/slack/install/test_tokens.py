"""Tokens that end are replaced; with the app itself they are deleted, and the tips paused."""

import time

import pytest

from srmbot.fake_slack import HOME_SITE
from srmbot.store.database import StoreError
from srmbot.store.installations import UNINSTALLED
from srmbot.store.rows import InstallPlace
from srmbot.store.sealing import Sealer, make_key
from tests.support.installing import (
    IN_ORG,
    KEY,
    ORG,
    OTHER,
    answer,
    install,
    installed,
    migrated,
    serving,
    store_of,
)
from tests.support.served_app import until

AWAY = StoreError("the database is away", "try again")


# Tokens that end


def test_a_token_is_replaced_in_the_background_before_it_ends(bare, served):
    bare.oauth.rotates = True
    install(bare)
    first = installed(served, InstallPlace("", HOME_SITE.team)).tokens
    served.app.workspaces.rotate_due()
    assert installed(served, InstallPlace("", HOME_SITE.team)).tokens == first
    served.app.storage.clock = lambda: first.expires_at - 7000
    served.app.workspaces.rotate_due()
    second = installed(served, InstallPlace("", HOME_SITE.team)).tokens
    assert second.access != first.access
    assert second.expires_at > first.expires_at
    answer(bare)


def test_a_request_replaces_a_token_that_has_ended(bare, served):
    bare.oauth.rotates = True
    install(bare)
    first = installed(served, InstallPlace("", HOME_SITE.team)).tokens
    served.app.storage.clock = lambda: first.expires_at + 1
    answer(bare)
    assert len([call for call in bare.calls("oauth.v2.access") if call.ok]) == 2


def test_of_two_processes_one_replaces_a_token_and_both_use_it(bare, bot, server):
    bare.oauth.rotates = True
    database = migrated(server)
    with serving(bare, bot, database) as one, serving(bare, bot, database) as two:
        install(bare)
        ends = installed(one, InstallPlace("", HOME_SITE.team)).tokens.expires_at
        for each in (one, two):
            each.app.storage.clock = lambda: ends - 7000
            each.app.workspaces.rotate_due()
        tokens = {each.app.workspaces.get("", HOME_SITE.team).tokens.access for each in (one, two)}
        assert tokens == {bare.bot_token}
        assert len([call for call in bare.calls("oauth.v2.access") if call.ok]) == 2  # the consent, and one more


def test_where_slack_gives_no_new_token_the_old_one_is_used_as_long_as_it_lasts(bare, quick, log):
    bare.oauth.rotates = True
    install(bare)
    ends = installed(quick, InstallPlace("", HOME_SITE.team)).tokens.expires_at
    quick.app.storage.clock = lambda: ends - 7000
    bare.fail_next("oauth.v2.access", error="internal_error")
    quick.app.workspaces.rotate_due()
    [line] = log.lines("token_rotation_failed")
    assert line.endswith(f"team={HOME_SITE.team} what=internal_error")
    answer(bare)
    quick.app.workspaces.rotate_due()  # not again at once
    assert len(bare.calls("oauth.v2.access")) == 2


def test_a_token_that_cannot_be_decrypted_holds_up_no_other(bare, quick, log):
    bare.oauth.rotates = True
    install(bare)
    install(bare, OTHER)
    first = installed(quick, InstallPlace("", OTHER.team)).tokens
    store_of(quick).installations.save(installed(quick, InstallPlace("", HOME_SITE.team)), Sealer([make_key()]))
    quick.app.storage.clock = lambda: first.expires_at - 7000
    quick.app.tips.before_round()
    quick.app.tips.before_round()
    assert installed(quick, InstallPlace("", OTHER.team)).tokens.access != first.access
    assert len(log.lines("key=wrong_key")) == 1  # and not in every round


@pytest.mark.parametrize("zone", ["Asia/Tokyo", "America/Los_Angeles"])
def test_the_end_of_a_token_does_not_depend_on_the_machines_time_zone(bare, quick, monkeypatch, zone):
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    try:
        bare.oauth.rotates = True
        install(bare)
        ends = installed(quick, InstallPlace("", HOME_SITE.team)).tokens.expires_at
        assert abs(ends - time.time() - 12 * 3600) < 60
        bot = quick.app.installation_store.find_bot(enterprise_id=None, team_id=HOME_SITE.team)
        assert bot.bot_token_expires_at == int(ends)
        quick.app.installation_store.save_bot(bot)
        assert abs(installed(quick, InstallPlace("", HOME_SITE.team)).tokens.expires_at - ends) < 2
        assert installed(quick, InstallPlace("", HOME_SITE.team)).installer == bare.user.id
    finally:
        monkeypatch.undo()
        time.tzset()


# The end


def test_uninstalling_deletes_the_token_and_pauses_the_tips_until_it_is_installed_again(bare, served, log):
    install(bare)
    bare.slash("/srm tips on 09:00 UTC daily")
    here = until(lambda: store_of(served).subscriptions.get(HOME_SITE.team, bare.channel.id))
    assert here.paused is None
    for delivery in bare.uninstall():
        assert delivery.acknowledged
    until(lambda: store_of(served).installations.places() == [])
    assert store_of(served).subscriptions.get(HOME_SITE.team, bare.channel.id).paused == UNINSTALLED
    until(lambda: len(log.lines("app_uninstalled")) == 1)  # it is logged after the tables are changed
    install(bare)
    assert store_of(served).subscriptions.get(HOME_SITE.team, bare.channel.id).paused is None
    answer(bare)


def test_an_event_that_comes_after_it_was_installed_again_deletes_nothing(bare, quick):
    install(bare)
    assert bare.event({"type": "app_uninstalled"}).acknowledged
    assert bare.event({"type": "tokens_revoked", "tokens": {"bot": ["U1"]}}).acknowledged
    assert bare.event({"type": "tokens_revoked", "tokens": {"oauth": ["U1"]}}).acknowledged
    until(lambda: len(bare.calls("auth.test")) == 3)
    answer(bare)


def test_an_organisation_takes_it_from_one_of_its_workspaces(bare, quick):
    install(bare, ORG)
    bare.site = IN_ORG
    bare.slash("/srm tips on 09:00 UTC daily")
    until(lambda: store_of(quick).subscriptions.get(IN_ORG.team, bare.channel.id))
    bare.site = ORG
    assert bare.event({"type": "team_access_revoked", "team_ids": [IN_ORG.team]}).acknowledged
    until(lambda: store_of(quick).subscriptions.get(IN_ORG.team, bare.channel.id).paused == UNINSTALLED)
    assert len(store_of(quick).installations.places()) == 1
    for _ in bare.uninstall():
        pass
    until(lambda: store_of(quick).installations.places() == [])


# Bad days


def test_with_a_key_that_does_not_fit_people_read_what_is_wrong(bare, bot, tmp_path):
    database = f"sqlite:///{tmp_path / 'srmbot.db'}"
    with serving(bare, bot, database):
        install(bare)
    with serving(bare, bot, database, secret_keys=(make_key(),)):
        said = bare.slash("/srm backups").message.text
        assert said.startswith(f"cannot decrypt what is stored for /{HOME_SITE.team} (add the key")


def test_while_the_store_is_away_workspaces_that_are_known_are_answered(bare, bot, server, log):
    with serving(bare, bot, migrated(server)) as running:
        install(bare)
        answer(bare)
        running.app.storage.note_away(AWAY, "event")
        assert bare.slash("/srm backups").message.text.startswith("Shared: RDS · Backups")
        bare.site = OTHER
        running.app.storage.store.installations.find = refuse
        assert bare.slash("/srm backups").message.text == "the database is away (try again)"
        failed = bare.mention("backups").deliveries[0]
        assert {each.status for each in (failed, *failed.tries)} == {503}  # Slack sends it again


def refuse(*given):
    raise AWAY


def test_no_secret_is_logged(bare, bot, tmp_path, log):
    bare.oauth.rotates = True
    with serving(bare, bot, f"sqlite:///{tmp_path / 'srmbot.db'}") as running:
        install(bare)
        tokens = installed(running, InstallPlace("", HOME_SITE.team)).tokens
        assert repr(running.app.workspaces.credentials).count(bare.oauth.client_secret) == 0
    for secret in (tokens.access, tokens.refresh, bare.oauth.client_secret, KEY):
        assert secret not in log.text
