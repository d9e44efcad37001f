"""Two processes on one PostgreSQL: whatever reaches both at once is answered once, by either."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

from srmbot.fake_slack import payloads
from srmbot.fake_slack.events import Envelope, HttpDoor
from tests.support.databases import on_postgres
from tests.support.served_app import LONG, over_http

MENTIONS = 120


def test_a_mention_that_reaches_both_at_once_is_answered_by_one(bare, bot, server):
    store = on_postgres(server)
    database = store.url.render_as_string(hide_password=False)
    with ExitStack() as closing, ExitStack() as stack, ThreadPoolExecutor(16) as pool:
        doors = []
        for _ in range(2):
            served = stack.enter_context(over_http(bare, bot, database=database))
            closing.callback(served.app.close)
            doors.append(HttpDoor(bare.app_url, bare.signing_secret, 10))

        def send_to_both(message) -> None:
            event = payloads.mention_event(message, bare.channel)
            envelope = Envelope("events_api", payloads.event_callback(event, bare.clock.now(), f"Ev{message.ts}"))
            assert all(each.acknowledged for each in pool.map(lambda door: door.send(envelope), doors))

        asked = [bare.post("<@U0SRMBOT01> backups") for _ in range(MENTIONS)]
        for message in asked:
            send_to_both(message)
        bare.wait(lambda: len(bare.calls("chat.postMessage")) >= MENTIONS, LONG)
    answers = [len(bare.messages(thread_ts=message.ts)) for message in asked]
    assert answers == [1] * MENTIONS
    store.close()
