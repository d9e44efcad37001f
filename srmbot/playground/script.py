"""A script of a conversation -> played in a room, and kept as a transcript: one HTML file that needs nothing else.

A line is a message: `#channel text`, `@dm text`, `/srm …` (in the channel of the line above, at first #general) or
`#channel /srm …`, or `>> text` for a reply in the thread of the message above. Blank lines are passed over.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from html import escape
from pathlib import Path

from srmbot.errors import SrmbotError
from srmbot.fake_slack import Channel, Message, Said
from srmbot.fake_slack.model import BOT_USER
from srmbot.playground.compose import compose
from srmbot.playground.draw.message import message
from srmbot.playground.draw.tree import as_html
from srmbot.playground.session import Session

STYLE_FILE = Path(__file__).with_name("page") / "blocks.css"
# A Monday; so that a transcript made again is the same.
SCRIPT_BEGIN = datetime(2026, 3, 2, 9, 0, 10, tzinfo=UTC).timestamp()
LINE_PAUSE = 20.0  # seconds between two lines
ANSWER_PATIENCE = 10.0  # seconds to wait for an answer
DIRECT = "@dm"
REPLY_MARK = ">>"


@dataclass(slots=True)
class ScriptPart:
    """What one line with its replies came to: where, and the messages in their order."""

    channel: Channel
    messages: list[Message] = field(default_factory=list)


def play(room: Session, path: Path) -> list[ScriptPart]:
    """Play a script.

    Raises:
        SrmbotError: the file cannot be read, or a line in it is no message; it names the line.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as fault:
        raise SrmbotError(f"cannot read {path}: {fault}", "give a text file with one message per line") from fault
    parts: list[ScriptPart] = []
    above: Said | None = None
    for number, line in enumerate(lines, 1):
        if line.strip():
            room.slack.advance(LINE_PAUSE)
            try:
                above = one(room, line.strip(), parts, above)
            except (LookupError, AssertionError) as wrong:
                raise SrmbotError(f"{path}:{number}: {wrong}", LINE_FORMS) from wrong
    return parts


LINE_FORMS = "write `#channel text`, `@dm text`, `#channel /srm …`, or `>> text` for a reply to the message above"


def one(room: Session, line: str, parts: list[ScriptPart], above: Said | None) -> Said | None:
    """Play one line, and add it to the parts.

    Returns:
        The message that a reply in the next line would go to; None if there is none.

    Raises:
        LookupError: the line is no message.
        AssertionError: no answer came.
    """
    first, _, text = line.partition(" ")
    slack = room.slack
    if first == REPLY_MARK:
        if above is None:
            raise LookupError("there is no message above to reply to")
        said = slack.say(compose(text, room.people, room.channels), above.message.channel, above.thread)
        gather(room, parts[-1], said)
        return above
    if line.startswith("/"):
        parts.append(command(room, line, parts[-1].channel if parts else slack.channel))
        return None
    channel = place(room, first)
    if text.lstrip().startswith("/"):
        parts.append(command(room, text.strip(), channel))
        return None
    said = slack.say(compose(text, room.people, room.channels), channel)
    parts.append(ScriptPart(channel))
    gather(room, parts[-1], said)
    return said


def command(room: Session, line: str, channel: Channel) -> ScriptPart:
    """Type a command in a channel.

    Raises:
        LookupError: it is not the app's.
        AssertionError: no answer came.
    """
    slack, name = room.slack, line.partition(" ")[0]
    if name not in room.commands:
        raise LookupError(f"{name} is not a command of this app")
    before = len(slack.ephemerals())
    slack.slash(line, slack.user, channel)
    answer = slack.wait(lambda: slack.ephemerals()[before:], ANSWER_PATIENCE)[0]  # a slow one comes after the response
    typed = Message(channel.id, "0", slack.user.id, f"`{line.replace('`', '')}`")
    typed.ts = f"{float(answer.ts) - 0.001:.6f}"
    return ScriptPart(channel, [typed, answer])


def place(room: Session, name: str) -> Channel:
    """Where a line is said. Raises LookupError: it names no place, or one that is not there."""
    if name == DIRECT:
        return room.slack.workspace.direct_channel(room.slack.user.id)
    named = {f"#{channel}": key for key, channel in room.channels.items()}
    if name not in named:
        raise LookupError(f"{name} is not one of {', '.join([*named, DIRECT])}")
    return room.slack.workspace.channels[named[name]]


def gather(room: Session, part: ScriptPart, said: Said) -> None:
    """Put what was said, and what the bot answered to it, at the end of a part. Raises AssertionError: no answer."""
    part.messages.append(said.message)
    if not said.deliveries:
        return
    before = sum(each.user == BOT_USER for each in part.messages)
    answers = room.slack.answers(said, before + 1, ANSWER_PATIENCE)
    part.messages += answers[before:]


def transcript(room: Session, parts: list[ScriptPart], title: str) -> str:
    """All parts as one HTML page: no script, nothing from outside, its style inside."""
    body = "\n".join("\n".join(section(room, part)) for part in parts)
    style = "\n" + STYLE_FILE.read_text(encoding="utf-8") + MORE
    policy = f"default-src 'none'; style-src 'sha256-{b64encode(sha256(style.encode()).digest()).decode()}'"
    return PAGE_TEMPLATE.format(title=escape(title), style=style, policy=policy, body=body)


def section(room: Session, part: ScriptPart) -> Iterator[str]:
    """One part: where it is, its first message, and the rest as the thread below it."""
    direct = part.channel.kind == "im"
    yield f"<section><h2>{'Direct message to srmbot' if direct else '# ' + escape(part.channel.name)}</h2>"
    ink = room.ink(room.slack.user, live=False)
    first, *rest = part.messages
    yield as_html(message(first, ink))
    threaded = bool(rest and rest[0].thread_ts)
    yield '<div class="thread">' if threaded else "<div>"
    yield from (as_html(message(each, ink)) for each in rest)
    yield "</div></section>"


MORE = """
body { margin: 0 auto; max-width: 860px; padding: 24px 16px 48px; }
h1 { font-size: 22px; }
h2 { border-bottom: 1px solid var(--line); font-size: 15px; margin-top: 28px; padding: 0 20px 6px; }
.intro { color: var(--soft); margin-top: 4px; }
.intro, h1 { padding: 0 20px; }
.thread { border-left: 2px solid var(--line); margin-left: 38px; }
.button:disabled { opacity: 1; }
"""
PAGE_TEMPLATE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<title>{title}</title>
<style>{style}</style>
</head>
<body>
<main>
<h1>{title}</h1>
<p class="intro">Recorded in srmbot's playground, a fake Slack on one machine. This is not Slack.</p>
{body}
</main>
</body>
</html>
"""
