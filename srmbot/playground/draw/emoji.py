"""A few names of emoji -> the sign itself; any other name is shown as it was written."""

from __future__ import annotations

EMOJI: dict[str, str] = {
    "+1": "👍",
    "-1": "👎",
    "100": "💯",
    "arrow_right": "➡️",
    "bell": "🔔",
    "books": "📚",
    "bulb": "💡",
    "calendar": "📅",
    "clock9": "🕘",
    "cloud": "☁️",
    "eyes": "👀",
    "fire": "🔥",
    "gear": "⚙️",
    "hammer_and_wrench": "🛠️",
    "heavy_check_mark": "✔️",
    "hourglass": "⌛",
    "information_source": "ℹ️",
    "key": "🔑",
    "large_blue_circle": "🔵",
    "large_green_circle": "🟢",
    "large_orange_circle": "🟠",
    "large_yellow_circle": "🟡",
    "link": "🔗",
    "lock": "🔒",
    "mag": "🔍",
    "no_entry": "⛔",
    "pencil2": "✏️",
    "point_right": "👉",
    "pray": "🙏",
    "question": "❓",
    "red_circle": "🔴",
    "rocket": "🚀",
    "rotating_light": "🚨",
    "shield": "🛡️",
    "shrug": "🤷",
    "slightly_smiling_face": "🙂",
    "smile": "😄",
    "sparkles": "✨",
    "tada": "🎉",
    "thinking_face": "🤔",
    "warning": "⚠️",
    "wave": "👋",
    "white_check_mark": "✅",
    "wrench": "🔧",
    "x": "❌",
    "zap": "⚡",
}


def emoji(name: str) -> str:
    """The sign of that name, or the name between colons."""
    return EMOJI.get(name, f":{name}:")
