"""A small believable workspace in a stand-in: people, channels, an alarm to triage, a channel without the bot."""

from __future__ import annotations

from typing import Any

from srmbot.fake_slack import Channel, FakeSlack, User

Json = dict[str, Any]

WORKFLOW = "triage workflow"  # who posts what a workflow says
GROUP_MESSAGE = "ben, chloe"  # a direct message of several people, by the others' names
MINUTE = 60.0
EARLIER = 95 * MINUTE  # how long before now the conversation began
# Each: minutes later, channel, who, and what.
SAID: tuple[tuple[float, str, str, str], ...] = (
    (0, "general", "ana", "Hello! srmbot is here: type `/srm backups`, or mention it in a thread."),
    (6, "databases", "ben", "Auditors ask who patches the operating system under our RDS instances. Us or AWS?"),
    (14, "databases", "chloe", "And how long are our Aurora backups kept, and who decides that?"),
    (18, GROUP_MESSAGE, "chloe", "Between us three: who encrypts our DynamoDB tables, AWS or we?"),
    (22, "random", "ben", "Lunch at twelve? (srmbot is not in this channel.)"),
)
# What there is to try in a channel: what is typed, and what the button says. A blank mention goes below the first
# message.
THINGS_TO_TRY: dict[str, tuple[tuple[str, str], ...]] = {
    "general": (
        ("/srm who patches the OS under RDS?", "/srm who patches the OS under RDS?"),
        ("@srmbot is Multi-AZ a backup?", "@srmbot is Multi-AZ a backup?"),
        ("/srm matrix rds aurora dynamodb", "/srm matrix rds aurora dynamodb"),
        ("/srm tips on 09:00", "/srm tips on 09:00"),
    ),
    "databases": (
        ("@srmbot", "@srmbot below the first message"),
        ("@srmbot rds and aurora backups", "@srmbot rds and aurora backups"),
    ),
    "alerts": (("@srmbot", "@srmbot below the alarm"),),
    GROUP_MESSAGE: (("@srmbot who encrypts DynamoDB?", "@srmbot who encrypts DynamoDB?"),),
    "random": (("@srmbot who patches the OS under RDS?", "@srmbot who patches the OS under RDS?"),),
}
ALARM: Json = {
    "text": "CloudWatch Alarm | FreeStorageSpace-orders-prod | eu-west-1",
    "attachments": [
        {
            "color": "danger",
            "title": "CloudWatch Alarm: FreeStorageSpace-orders-prod",
            "title_link": "https://console.aws.amazon.com/cloudwatch/",
            "text": "RDS instance *orders-prod* is running out of storage: below 5 GiB for 15 minutes.",
            "fallback": "Alarm: RDS instance orders-prod is running out of storage",
            "fields": [
                {"title": "State", "value": "`OK` → `ALARM`", "short": True},
                {"title": "Region", "value": "eu-west-1", "short": True},
                {"title": "Namespace", "value": "AWS/RDS", "short": True},
                {"title": "Threshold", "value": "FreeStorageSpace &lt; 5 GiB", "short": True},
            ],
            "footer": "Amazon CloudWatch",
        }
    ],
}
MAINTENANCE: Json = {
    "text": "AWS Health: RDS maintenance scheduled",
    "blocks": [
        {"type": "header", "text": {"type": "plain_text", "text": "AWS Health: maintenance scheduled"}},
        {
            "type": "section",
            "text": {
                "type": "mrkdwn",
                "text": "A *minor version upgrade* of the RDS for PostgreSQL engine is due for `billing-prod`.",
            },
            "fields": [
                {"type": "mrkdwn", "text": "*Service*\nRDS"},
                {"type": "mrkdwn", "text": "*Window*\nSunday 03:00–04:00 UTC"},
            ],
        },
        {
            "type": "context",
            "elements": [{"type": "mrkdwn", "text": "eu-west-1 · account 111122223333"}],
        },
    ],
}
MAIL: Json = {
    "files": [
        {
            "id": "F0MAIL0001",
            "mode": "email",
            "filetype": "email",
            "name": "Encryption of our DynamoDB tables",
            "title": "Encryption of our DynamoDB tables",
            "subject": "Encryption of our DynamoDB tables",
            "from": [{"address": "dana@audit.example", "name": "Dana", "original": "Dana <dana@audit.example>"}],
            "plain_text": "Hello,\n\nfor the audit: who encrypts the DynamoDB tables at rest, AWS or we?\n\n-- \nDana",
        }
    ]
}


def fill_workspace(slack: FakeSlack) -> None:
    """Fill a stand-in that has only its own two people and two channels; at the end, the clock is where it was."""
    chloe = slack.add_user("chloe", "Asia/Tokyo", 9 * 3600)
    people = {user.name: user for user in (slack.user, slack.other, chloe)}
    cloudwatch, health, mail = bot(slack, "cloudwatch"), bot(slack, "aws-health"), bot(slack, "email")
    for channel in (slack.channel, slack.elsewhere):
        channel.members.add(chloe.id)
    rooms = {channel.name: channel for channel in (slack.channel, slack.elsewhere)}
    rooms |= {name: slack.add_channel(name) for name in ("databases", "alerts")}
    bot(slack, WORKFLOW)
    rooms[GROUP_MESSAGE] = slack.add_channel(GROUP_MESSAGE, "mpim", members=[each.id for each in people.values()])
    slack.clock.advance(-EARLIER)
    passed = 0.0
    for after, where, who, text in SAID:
        slack.clock.advance((after - passed) * MINUTE)
        passed = after
        slack.post(text, rooms[where], user=people[who].id)
    for user, card in ((cloudwatch, ALARM), (health, MAINTENANCE), (mail, MAIL)):
        slack.clock.advance(11 * MINUTE)
        passed += 11
        post_card(slack, rooms["alerts"], user, card)
    slack.clock.advance(EARLIER - passed * MINUTE)
    slack.workspace.direct_channel(slack.user.id)


def bot(slack: FakeSlack, name: str) -> User:
    """Another app's bot."""
    user = slack.add_user(name)
    user.is_bot = True
    return user


def post_card(slack: FakeSlack, channel: Channel, user: User, card: Json) -> None:
    """A card of another app's, as it is shown in an alerts channel."""
    slack.post(channel=channel, user=user.id, bot_id=f"B{user.id[1:]}", **card)
