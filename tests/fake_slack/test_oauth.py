"""Consent -> a code -> a token, as the SDK asks for it."""

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

HERE = "https://srmbot.example/slack/oauth_redirect"


def exchange(slack, **params):
    known = {"client_id": slack.oauth.client_id, "client_secret": slack.oauth.client_secret}
    return WebClient(base_url=slack.api_url).oauth_v2_access(**known | params).data


def refusal(slack, **params):
    with pytest.raises(SlackApiError) as refused:
        exchange(slack, **params)
    return refused.value.response["error"]


def test_a_code_gives_the_token_once(bare):
    code = bare.oauth.consent(bare.user.id, HERE)
    given = exchange(bare, code=code, redirect_uri=HERE)
    assert given["access_token"] == bare.bot_token
    assert given["authed_user"] == {"id": bare.user.id}
    assert WebClient(given["access_token"], base_url=bare.api_url).auth_test()["user_id"] == given["bot_user_id"]
    assert refusal(bare, code=code, redirect_uri=HERE) == "invalid_code"


REFUSED = [
    ({"client_secret": "not the secret"}, "bad_client_secret"),
    ({"client_id": "1.2"}, "invalid_client_id"),
    ({"redirect_uri": "https://elsewhere.example"}, "bad_redirect_uri"),
    ({"code": "no code"}, "invalid_code"),
]


@pytest.mark.parametrize(("wrong", "error"), REFUSED, ids=[error for _, error in REFUSED])
def test_refuses(bare, wrong, error):
    code = bare.oauth.consent(bare.user.id, HERE)
    assert refusal(bare, **{"code": code, "redirect_uri": HERE} | wrong) == error


def test_a_code_is_good_for_ten_minutes(bare):
    code = bare.oauth.consent(bare.user.id)
    bare.advance(601)
    assert refusal(bare, code=code) == "code_expired"


def test_tokens_rotate(bare):
    bare.oauth.rotates = True
    first = exchange(bare, code=bare.oauth.consent(bare.user.id))
    second = exchange(bare, grant_type="refresh_token", refresh_token=first["refresh_token"])
    assert WebClient(second["access_token"], base_url=bare.api_url).auth_test()["ok"]
    with pytest.raises(SlackApiError, match="invalid_auth"):
        WebClient(first["access_token"], base_url=bare.api_url).auth_test()
    asked = {"grant_type": "refresh_token", "refresh_token": first["refresh_token"]}
    assert refusal(bare, **asked) == "invalid_refresh_token"
