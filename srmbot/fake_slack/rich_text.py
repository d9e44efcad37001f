"""The elements of a rich_text block, as tables of checks.

From https://docs.slack.dev/reference/block-kit/blocks/rich-text-block and the types of slackapi/node-slack-sdk.
"""

from __future__ import annotations

from .elements import URL
from .rules import Check, flag, kinds, many, one_of, shape, string, whole

NO_LIMIT = 100_000  # Slack states none; the message's own limit applies
NAME_OR_ID = string(255)
STYLES = ("bold", "code", "italic", "strike", "underline", "highlight", "client_highlight", "unlink")
TEXT_STYLE = shape(dict.fromkeys(STYLES, flag))
INLINE_ELEMENTS: dict[str, Check] = {
    "text": shape({"text": string(NO_LIMIT), "style": TEXT_STYLE}, ("text",)),
    "link": shape({"url": URL, "text": string(NO_LIMIT), "unsafe": flag, "style": TEXT_STYLE}, ("url",)),
    "emoji": shape(
        {"name": NAME_OR_ID, "unicode": NAME_OR_ID, "url": URL, "skin_tone": whole(1, 6), "style": TEXT_STYLE},
        ("name",),
    ),
    "user": shape({"user_id": NAME_OR_ID, "style": TEXT_STYLE}, ("user_id",)),
    "channel": shape({"channel_id": NAME_OR_ID, "style": TEXT_STYLE}, ("channel_id",)),
    "usergroup": shape({"usergroup_id": NAME_OR_ID, "style": TEXT_STYLE}, ("usergroup_id",)),
    "team": shape({"team_id": NAME_OR_ID, "style": TEXT_STYLE}, ("team_id",)),
    "broadcast": shape({"range": one_of("here", "channel", "everyone"), "style": TEXT_STYLE}, ("range",)),
    "color": shape({"value": string(7, like=r"#[0-9A-Fa-f]{6}"), "style": TEXT_STYLE}, ("value",)),
    "date": shape(
        {"timestamp": whole(0, 10**11), "format": NAME_OR_ID, "url": URL, "fallback": NAME_OR_ID, "style": TEXT_STYLE},
        ("timestamp", "format"),
    ),
}
BORDER = whole(0, 1)
SECTION = shape({"elements": many(kinds(INLINE_ELEMENTS, "rich text element"), NO_LIMIT, least=0)}, ("elements",))
RICH_TEXT_PARTS: dict[str, Check] = {
    "rich_text_section": SECTION,
    "rich_text_list": shape(
        {
            "elements": many(kinds({"rich_text_section": SECTION}, "list item"), NO_LIMIT),
            "style": one_of("bullet", "ordered"),
            "indent": whole(0, 8),
            "offset": whole(0, NO_LIMIT),
            "border": BORDER,
        },
        ("elements", "style"),
    ),
    "rich_text_quote": shape(
        {"elements": many(kinds(INLINE_ELEMENTS, "rich text element"), NO_LIMIT, least=0), "border": BORDER},
        ("elements",),
    ),
    "rich_text_preformatted": shape(
        {
            "elements": many(
                kinds({name: INLINE_ELEMENTS[name] for name in ("text", "link")}, "preformatted text"), NO_LIMIT, 0
            ),
            "border": BORDER,
            "language": NAME_OR_ID,
        },
        ("elements",),
    ),
}
ELEMENTS = many(kinds(RICH_TEXT_PARTS, "rich text part"), NO_LIMIT)
