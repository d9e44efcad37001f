"""One question, in every shape that a message may have it in."""

QUESTION = "who sets backup retention on rds?"
ANSWER = "You: RDS · Backups"

SECTION = {"type": "section", "text": {"type": "mrkdwn", "text": QUESTION}}
PARENTS = {
    "text": {"text": QUESTION},
    "blocks alone": {"blocks": [{"type": "header", "text": {"type": "plain_text", "text": "Alert"}}, SECTION]},
    "an attachment's text": {"attachments": [{"pretext": "from #ops", "text": QUESTION}]},
    "an attachment's fallback": {"attachments": [{"fallback": QUESTION}]},
    "an attachment's fields": {"attachments": [{"fields": [{"title": "Question", "value": QUESTION}]}]},
    "an attachment's blocks": {"attachments": [{"blocks": [SECTION]}]},
    "a bot's message": {"text": QUESTION, "user": "U0OTHERBOT", "bot_id": "B0OTHERBOT"},
    "rich text": {
        "blocks": [
            {
                "type": "rich_text",
                "elements": [
                    {
                        "type": "rich_text_section",
                        "elements": [{"type": "text", "text": "who sets "}, {"type": "text", "text": QUESTION[9:]}],
                    }
                ],
            }
        ]
    },
}
