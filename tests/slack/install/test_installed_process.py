"""`serve --http` in many workspaces, as a process of its own."""

from srmbot.fake_slack import HOME_SITE
from srmbot.store.sealing import make_key
from tests.support.installing import OTHER, address, install
from tests.support.served_app import LONG, PATH, process, tokens


def environment(slack, cache):
    known = tokens(slack, cache) | {"SLACK_BOT_TOKEN": "", "SLACK_APP_TOKEN": ""}
    own = {"SLACK_CLIENT_ID": slack.oauth.client_id, "SLACK_CLIENT_SECRET": slack.oauth.client_secret}
    return known | own | {"SRMBOT_SECRET_KEY": make_key()}


def start(slack, running):
    running.until(lambda: running.get("/readyz")[0] == 200, LONG)
    slack.app_url = f"http://127.0.0.1:{running.port}{PATH}"
    slack.oauth.redirect_url = address(slack, "/slack/oauth_redirect")


def test_it_serves_those_who_install_it_and_remembers_them(bare, cache_folder, tmp_path):
    given = environment(bare, cache_folder)
    with process(tmp_path, "serve", "--http", **given) as running:
        start(bare, running)
        for site in (HOME_SITE, OTHER):
            assert install(bare, site)[0].status == 200, running.log
            assert len(bare.answers(bare.mention("backups"), timeout=LONG)) == 1
        running.stop()
        assert running.end(LONG) == 0, running.log
    with process(tmp_path, "serve", "--http", **given) as running:
        start(bare, running)
        assert len(bare.answers(bare.mention("backups"), timeout=LONG)) == 1
        running.stop()
        assert running.end(LONG) == 0, running.log
    for secret in (given["SRMBOT_SECRET_KEY"], bare.oauth.client_secret, bare.bot_token):
        assert secret not in running.log


def test_over_a_socket_the_pages_are_beside_the_health_checks(bare, cache_folder, tmp_path):
    given = environment(bare, cache_folder) | {"SLACK_APP_TOKEN": bare.app_token}
    with process(tmp_path, "serve", "--socket", **given) as running:
        start(bare, running)
        assert install(bare)[0].status == 200, running.log
        bare.app_url = None
        assert len(bare.answers(bare.mention("backups"), timeout=LONG)) == 1
        assert running.get("/slack/other")[0] == 404
        running.stop()
        assert running.end(LONG) == 0, running.log


def test_what_is_missing_is_named_in_one_line(bare, cache_folder, tmp_path):
    given = environment(bare, cache_folder) | {"SRMBOT_SECRET_KEY": "", "SLACK_SIGNING_SECRET": ""}
    with process(tmp_path, "serve", "--http", **given) as running:
        assert running.end(LONG) == 1
    assert running.log.splitlines()[-1] == (
        "srmbot: SRMBOT_SECRET_KEY and SLACK_SIGNING_SECRET are not set"
        " (add them to the environment or to .env; see .env.example)"
    )
