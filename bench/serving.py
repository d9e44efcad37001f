"""How quickly `serve --http` answers, beside the same answers in plain Bolt: `python -m bench.serving [sweep]`.

Slack is the stand-in of the tests, in this process; the bots and the client have processes of their own. Without an
argument: one command at a time; then commands while 200 mentions wait for a slow Web API, over http and over https.
`sweep`: the second of these for several numbers of threads.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import cycle, islice
from statistics import median, quantiles
from typing import Any

from bench import tls
from bench.client import Request, Response, replay
from bench.host import Host, learn_now, ours, plain_bolt, with_threads
from srmbot.fake_slack import Call, FakeSlack
from srmbot.fake_slack.events import Envelope, HttpDoor, encode
from srmbot.fake_slack.payloads import command, event_callback, mention_event

QUESTIONS = (
    "backups",
    "who sets backup retention on rds?",
    "who patches the os of our aurora cluster?",
    "is encryption at rest on dynamodb ours",
    "rds",
    "help",
    "who replaces a broken disk?",
    "who owns failover for postgres",
    "do we rotate the master password on rds or does aws",
    "what time is lunch",
)
COMMANDS = 300  # one at a time, for each bot and kind of connection
PAUSE = 0.02  # seconds, after which a server is no longer warm
MENTIONS = 200
LATENCY = 0.12  # seconds that a call of Slack's Web API takes
SLOW_CALL = 2.0  # the same on a bad day
COMMAND_EVERY = 0.025  # seconds between commands beside the mentions
COMMANDS_FOR = 2.0  # seconds
PATIENCE = 3.0  # seconds that Slack waits for an answer to a request
LONGEST = 25.0  # seconds to wait for the last answer
AIM_RATIO, AIM_LAST, AIM_COMMAND = 1 / 5, 2.0, 0.3
SLOW_SWEEP, HTTP_SWEEP = (16, 32, 64, 100), (4, 8, 16, 32)
SLOW, HTTP = 64, 16  # the one that stays while the other is changed


def main() -> None:
    """Print the tables."""
    started = time.monotonic()
    learn_now()
    if sys.argv[1:] == ["sweep"]:
        sweep()
    else:
        compare()
    print(f"\n{time.monotonic() - started:.0f} s")


def compare() -> None:
    """Ours beside plain Bolt."""
    with FakeSlack() as slack, ours(slack) as mine, plain_bolt(slack) as plain:
        one_at_a_time(slack, mine, plain)
        acknowledged_first(slack, mine)
        many_at_once("http", slack, {"srmbot": mine, "plain Bolt": plain})
        complain(slack)
    if not tls.possible():
        print("https left out: no openssl here")
        return
    with tls.SecureStandIn() as slack, ours(slack) as mine, plain_bolt(slack) as plain:
        many_at_once("https", slack, {"srmbot": mine, "plain Bolt": plain})


def complain(slack: FakeSlack) -> None:
    """Print what Slack would not have shown."""
    for complaint in slack.complaints[:3]:
        print(f"the stand-in complains: {complaint}")


# One at a time

KINDS: dict[str, dict[str, Any]] = {
    "connection stays": {"keep": True},
    "new connection": {},
    "new, after a pause": {"pause": PAUSE},
}


def one_at_a_time(slack: FakeSlack, mine: Host, plain: Host) -> None:
    """Commands to both bots in turn, over connections that stay and over new ones, as Slack's are."""
    print(f"one /srm at a time, {COMMANDS} each: median and 99th percentile in ms")
    print(f"{'':20} {'srmbot':>15} {'plain Bolt':>15} {'ratio':>6} {'HTTP alone':>15}")
    for name, kind in KINDS.items():
        nothing = Request(mine.port, {}, "", "/nothing", **kind)
        turns: list[list[Request]] = []
        for _ in range(COMMANDS // len(QUESTIONS) + 1):
            turns += [[slash(slack, host, text, **kind) for text in QUESTIONS] for host in (mine, plain)]
            turns.append([nothing] * len(QUESTIONS))
        answered = replay([request for turn in turns for request in turn])
        of_ours, of_plain, of_nothing = (every_third(answered, at) for at in range(3))
        demand(of_ours + of_plain)
        a, b, floor = ([each.seconds * 1000 for each in found] for found in (of_ours, of_plain, of_nothing))
        print(f"{name:20} {spread(a)} {spread(b)} {median(a) / median(b):6.2f} {spread(floor)}")
    print(f"{'aim':52} {AIM_RATIO:6.2f}\n")


def every_third(answered: Sequence[Response], first: int) -> list[Response]:
    """The answers of every third turn; the first round only warms up."""
    size = len(QUESTIONS)
    starts = range((3 + first) * size, len(answered), 3 * size)
    return [each for start in starts for each in answered[start : start + size]]


def spread(values: Sequence[float]) -> str:
    """Median and 99th percentile."""
    return f"{median(values):7.2f} {quantiles(values, n=100)[98]:7.2f}"


def slash(slack: FakeSlack, host: Host, text: str, **how: Any) -> Request:
    """A signed command, as Slack sends it; `how` as in `Request`."""
    url = slack.workspace.response_url(slack.channel.id, slack.user.id)
    payload = command(f"/srm {text}", slack.user, slack.channel) | slack.leave(slack.user, url)
    return signed(slack, host, Envelope("slash_commands", payload), **how)


def signed(slack: FakeSlack, host: Host, envelope: Envelope, **how: Any) -> Request:
    """An envelope as a request to a bot."""
    body, kind = encode(envelope)
    headers = HttpDoor("", slack.signing_secret, 0).signed(body, "") | {"Content-Type": kind}
    return Request(host.port, headers, body.decode(), **how)


def demand(answered: Sequence[Response]) -> None:
    """End the bench where an answer is wrong: its time would mean nothing."""
    if wrong := [each.status for each in answered if each.status != 200]:
        sys.exit(f"{len(wrong)} of {len(answered)} not answered with 200: {sorted(set(wrong))}")


# Mentions


@dataclass(frozen=True, slots=True)
class Burst:
    """What became of many mentions at once, and of the commands beside them; seconds."""

    events: list[float]  # until each was acknowledged
    commands: list[float]  # until each was answered
    late: int  # of both, for Slack: not answered with 200 within three seconds
    last: float  # until the last mention had its answer in its channel
    cpu: float  # that the bot used
    slack_cpu: float  # that this process used: the stand-in


def acknowledged_first(slack: FakeSlack, host: Host) -> None:
    """Print when a mention is acknowledged while the Web API is slow; Slack waits for three seconds."""
    burst = mentions(slack, host, 1, SLOW_CALL)
    took = f"acknowledged after {burst.events[0] * 1000:.1f} ms, answered after {burst.last:.2f} s"
    print(f"a mention while a call takes {SLOW_CALL:.0f} s: {took}\n")


def many_at_once(way: str, slack: FakeSlack, hosts: dict[str, Host]) -> None:
    """Mentions in as many channels at once, and commands meanwhile."""
    beside = f"a /srm every {COMMAND_EVERY * 1000:.0f} ms meanwhile"
    print(f"{MENTIONS} mentions at once, {LATENCY * 1000:.0f} ms a call over {way}; {beside}")
    print(HEADING)
    found = {name: mentions(slack, host, MENTIONS, LATENCY) for name, host in hosts.items()}
    for name, burst in found.items():
        print(line(name, burst, hosts[name]))
    a, b = found.values()
    shares = (a.last / b.last, median(a.events) / median(b.events), median(a.commands) / median(b.commands))
    print(f"{'ratio':16} {shares[0]:6.2f}   {shares[1]:9.2f} {'':9} {shares[2]:8.2f}")
    print(f"{'aim':16} {AIM_LAST:6.2f} s {'':20} {'':8} {AIM_COMMAND * 1000:6.0f} ms\n")


HEADING = (
    f"{'':16} {'last answer':>8} {'ack p50':>8} {'ack max':>10} {'/srm p50':>9} {'/srm max':>9}"
    f" {'late':>5} {'CPU s: bot':>11} {'stand-in':>8} {'MB':>4}"
)


def line(name: str, burst: Burst, host: Host) -> str:
    """One row of the table."""
    times = [median(burst.events), max(burst.events), median(burst.commands), max(burst.commands)]
    cells = " ".join(f"{each * 1000:6.0f} ms" for each in times)
    used = f"{burst.cpu:11.2f} {burst.slack_cpu:8.2f} {host.megabytes():4.0f}"
    return f"{name:16} {burst.last:6.2f} s   {cells} {burst.late:5} {used}"


def mentions(slack: FakeSlack, host: Host, count: int, latency: float) -> Burst:
    """Send mentions at once, and with many of them commands; wait for the last answer."""
    requests = [mention(slack, host, text) for text in islice(cycle(QUESTIONS), count)]
    beside = int(COMMANDS_FOR / COMMAND_EVERY) if count > 1 else 0
    requests += [slash(slack, host, QUESTIONS[at % 10], at=at * COMMAND_EVERY) for at in range(beside)]
    before, cpu, own = len(slack.calls()), host.cpu(), time.process_time()
    slack.api.latency = latency
    try:
        answered = replay(requests)
        posts = wait_for_posts(slack, before, count)
    finally:
        slack.api.latency = 0.0
    events, commands = answered[:count], answered[count:]
    demand(events)
    last = max(call.at + call.seconds for call in posts) - min(each.sent for each in events)
    return Burst(
        [each.seconds for each in events],
        [each.seconds for each in commands],
        sum(each.status != 200 or each.seconds > PATIENCE for each in answered),
        last,
        host.cpu() - cpu,
        time.process_time() - own,
    )


def mention(slack: FakeSlack, host: Host, text: str, at: float | None = 0.0) -> Request:
    """A mention in a channel of its own; `at` as in `Request`."""
    channel = slack.add_channel(slack.workspace.next_id("bench"))
    message = slack.post(f"<@{slack.bot_user_id}> {text}", channel)
    event = event_callback(mention_event(message, channel), time.time(), slack.workspace.next_id("Ev"))
    return signed(slack, host, Envelope("events_api", event), at=at)


def wait_for_posts(slack: FakeSlack, before: int, count: int, longest: float = LONGEST) -> list[Call]:
    """The calls that posted the answers, once all have been served."""
    until = time.monotonic() + longest
    while time.monotonic() < until:
        posts = [call for call in slack.calls()[before:] if call.method == "chat.postMessage" and call.ok]
        if len(posts) >= count:
            return posts
        time.sleep(0.02)
    sys.exit(f"{len(posts)} of {count} mentions answered in {longest:.0f} s")


# Threads


def sweep() -> None:
    """The mentions again for several numbers of threads, each with a new process."""
    way = "https" if tls.possible() else "http"
    print(f"{MENTIONS} mentions at once over {way}, by threads: for slow work + for requests\n{HEADING}")
    with tls.SecureStandIn() if tls.possible() else FakeSlack() as slack:
        for slow, http in pairs():
            with with_threads(slack, slow, http) as host:
                print(line(f"{slow} + {http}", mentions(slack, host, MENTIONS, LATENCY), host), flush=True)


def pairs() -> Iterator[tuple[int, int]]:
    """Numbers of threads: one is changed while the other stays."""
    yield from ((slow, HTTP) for slow in SLOW_SWEEP)
    yield from ((SLOW, http) for http in HTTP_SWEEP if http != HTTP)


if __name__ == "__main__":
    main()
