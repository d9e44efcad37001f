"""Many mentions while calls of Slack's Web API are slow, and slash commands beside them."""

from __future__ import annotations

import time
from collections import Counter
from itertools import cycle, islice

from bench import serving
from bench.client import replay
from bench.host import Host, ours
from bench.load.aims import check
from bench.serving import LATENCY, QUESTIONS, mention, mentions, slash
from srmbot.fake_slack import FakeSlack

MENTIONS, A_SECOND = 2_000, 250  # how many in all, and in a second
COMMAND_EVERY = 0.05  # seconds
COMMANDS_FOR = 12.0  # seconds
LONGEST = 120.0  # seconds to wait for the last answer
SETTLE = 1.0  # seconds in which a second answer would come
AIM_LAST, AIM_COMMAND = 1.0, 1.0


def burst(_requests: int) -> bool:
    """Print both tables. Returns whether the aims are met."""
    with FakeSlack() as slack, ours(slack) as host:
        mentions(slack, host, 20, 0.0)  # warm
        small = mentions(slack, host, serving.MENTIONS, LATENCY)
        print(f"{serving.MENTIONS} mentions at once, {LATENCY * 1000:.0f} ms a call of Slack's")
        met = [
            check("last answer in s", small.last, AIM_LAST),
            check("slowest slash command meanwhile in s", max(small.commands), AIM_COMMAND),
        ]
        print(f"{MENTIONS:,} mentions, {A_SECOND} a second, {LATENCY * 1000:.0f} ms a call of Slack's")
        met += large(slack, host)
    print()
    return all(met)


def large(slack: FakeSlack, host: Host) -> list[bool]:
    """Send the mentions and the commands; wait for all answers."""
    requests = [
        mention(slack, host, text, at=at / A_SECOND) for at, text in enumerate(islice(cycle(QUESTIONS), MENTIONS))
    ]
    count = int(COMMANDS_FOR / COMMAND_EVERY)
    requests += [slash(slack, host, QUESTIONS[at % 10], at=at * COMMAND_EVERY) for at in range(count)]
    before = len(slack.calls())
    slack.api.latency = LATENCY
    try:
        answered = replay(requests)
        posts = serving.wait_for_posts(slack, before, MENTIONS, LONGEST)
        time.sleep(SETTLE)
    finally:
        slack.api.latency = 0.0
    posts = [call for call in slack.calls()[before:] if call.method == "chat.postMessage" and call.ok]
    answers = Counter((call.params["channel"], call.params["thread_ts"]) for call in posts)
    taken, beside = answered[:MENTIONS], answered[MENTIONS:]
    last = max(call.at + call.seconds for call in posts) - min(each.sent for each in taken)
    print(f"  last answer after {last:.1f} s; slowest acknowledgement {max(each.seconds for each in taken):.2f} s")
    return [
        check("slowest slash command meanwhile in s", max(each.seconds for each in beside), AIM_COMMAND),
        check("requests without a 200", sum(each.status != 200 for each in answered), 0),
        check("mentions lost", MENTIONS - len(answers), 0),
        check("mentions answered twice", sum(times > 1 for times in answers.values()), 0),
    ]
