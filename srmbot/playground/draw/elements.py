"""Interactive elements -> nodes: buttons, menus, inputs. What they are to do is in data-… attributes.

The page reads them (page/elements.js): `data-act` is what happens on a click or a choice, `data-kind` how a value is
read from an input.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from .context import DrawContext
from .emoji import emoji
from .mrkdwn import INLINE, mrkdwn
from .tree import Element, Node, h, words

Json = dict[str, Any]
Draw = Callable[[Json, DrawContext, Json], Element]  # an element, names, attributes that it gets


def text(value: Json | None, ink: DrawContext) -> list[Node]:
    """A text object: mrkdwn, or plain text in which only emoji count."""
    if not value:
        return []
    if value.get("type") == "mrkdwn":
        return mrkdwn(str(value.get("text", "")), ink)
    return [plain(value)]


def plain(value: Json | None) -> str:
    """A plain text object."""
    given = str((value or {}).get("text", ""))
    if (value or {}).get("emoji") is False:
        return given
    return INLINE.sub(lambda found: emoji(found["emoji"]) if found.lastgroup == "emoji" else found[0], given)


def button(element: Json, ink: DrawContext, about: Json) -> Element:
    """A button; with an address it is a link that tells the app too."""
    label, style = plain(element.get("text")), element.get("style")
    given = {**about, "class_": f"button {style or ''}".strip(), "aria_label": element.get("accessibility_label")}
    given |= {"data_value": element.get("value"), "data_confirm": confirm(element), "data_act": "click"}
    if element.get("url"):
        return h("a", label, href=element["url"], target="_blank", rel="noopener noreferrer", **given)
    return h("button", label, type="button", disabled=not ink.live, **given)


def icon_button(element: Json, ink: DrawContext, about: Json) -> Element:
    """A small button without a frame."""
    return button({**element, "style": "quiet"}, ink, about)


def feedback(element: Json, ink: DrawContext, about: Json) -> Element:
    """Thumbs up and down."""
    sides = (("👍", element.get("positive_button")), ("👎", element.get("negative_button")))
    made = []
    for sign, side in sides:
        given = {**about, "class_": "button quiet", "data_act": "click", "data_value": (side or {}).get("value")}
        title = str((side or {}).get("accessibility_label") or plain((side or {}).get("text")))
        made.append(h("button", sign, type="button", title=title, aria_label=title, disabled=not ink.live, **given))
    return h("span", *made, class_="feedback")


def confirm(element: Json) -> str | None:
    """The question to confirm before the app hears of a click, for the page."""
    asked = element.get("confirm")
    if not asked:
        return None
    names = ("title", "text", "confirm", "deny")
    asked_words = {name: words(h("p", *text(asked.get(name), DrawContext()))) for name in names}
    return json.dumps({**asked_words, "style": asked.get("style", "")})


def overflow(element: Json, ink: DrawContext, about: Json) -> Element:
    """The menu behind three dots."""
    options = [{"text": {"type": "plain_text", "text": "⋯"}, "value": ""}, *element.get("options", [])]
    return select({**element, "options": options}, ink, {**about, "class_": "overflow", "aria_label": "More actions"})


def select(element: Json, ink: DrawContext, about: Json) -> Element:
    """A menu of the app's own options, in groups or not."""
    first = (element.get("initial_option") or {}).get("value")
    chosen = {first} if first is not None else {each["value"] for each in element.get("initial_options", [])}
    several = str(element.get("type", "")).startswith("multi_")
    hint = plain(element.get("placeholder")) or "Choose…"
    made = [] if several or element.get("type") == "overflow" else [h("option", hint, value="", selected=not chosen)]
    made += [option(each, chosen) for each in element.get("options", [])]
    for group in element.get("option_groups", []):
        inner = [option(each, chosen) for each in group.get("options", [])]
        made.append(h("optgroup", *inner, label=plain(group.get("label"))))
    given = {
        "aria_label": hint,
        "data_kind": "several" if several else "one",
        "data_confirm": confirm(element),
        **about,
    }
    return h("select", *made, multiple=several, disabled=not ink.live, **given)


def option(value: Json, chosen: set[Any]) -> Element:
    """One option of a menu."""
    about = plain(value.get("description")) if value.get("description") else ""
    label = words(h("span", *text(value.get("text"), DrawContext())))
    return h(
        "option", f"{label} — {about}" if about else label, value=value["value"], selected=value["value"] in chosen
    )


def pick_from(names: str, initial: str) -> Draw:
    """A menu of people or channels; `names` is the part of the ink that has them."""

    def draw(element: Json, ink: DrawContext, about: Json) -> Element:
        """The menu."""
        sign = "#" if names == "channels" else "@"
        known = {key: name for key, name in getattr(ink, names).items() if key not in ink.bots}
        listed = [{"text": {"text": f"{sign}{name}"}, "value": key} for key, name in known.items()]
        first = element.get(f"initial_{initial}s", element.get(f"initial_{initial}"))
        held = [{"value": each} for each in (first if isinstance(first, list) else [first] if first else [])]
        return select({**element, "options": listed, "initial_options": held}, ink, about)

    return draw


def boxes(kind: str) -> Draw:
    """Checkboxes or radio buttons, each with its label."""

    def draw(element: Json, ink: DrawContext, about: Json) -> Element:
        """The group."""
        first = [element["initial_option"]] if element.get("initial_option") else element.get("initial_options", [])
        chosen, made = {each["value"] for each in first}, []
        for number, each in enumerate(element.get("options", [])):
            checked = each["value"] in chosen
            name = f"{ink.place}-{about.get('data_action_id')}"
            box = h("input", type=kind, name=name, value=each["value"], checked=checked, disabled=not ink.live)
            detail = h("small", *text(each["description"], ink)) if each.get("description") else None
            made.append(h("label", box, h("span", *text(each.get("text"), ink), detail), data_number=number))
        group = {
            "role": "radiogroup" if kind == "radio" else "group",
            "data_kind": "boxes" if kind == "checkbox" else kind,
        }
        return h("div", *made, **{"class_": "boxes", **group, **about})

    return draw


def field(kind: str, initial: str = "initial_value") -> Draw:
    """An input of one line."""

    def draw(element: Json, ink: DrawContext, about: Json) -> Element:
        """The input."""
        value = element.get(initial)
        if kind == "datetime-local" and value:
            value = datetime.fromtimestamp(int(value), UTC).strftime("%Y-%m-%dT%H:%M")
        bounds = {"min": element.get("min_value"), "max": element.get("max_value")} if kind == "number" else {}
        step = "any" if element.get("is_decimal_allowed") else None
        given = {"data_kind": "moment" if kind == "datetime-local" else "text", "value": value, "step": step, **bounds}
        given |= {"placeholder": plain(element.get("placeholder")) or None, "disabled": not ink.live}
        return h("input", type=kind, **given, **about)

    return draw


def words_input(element: Json, ink: DrawContext, about: Json) -> Element:
    """Text of one line, or of several."""
    if not element.get("multiline"):
        return field("text")(element, ink, {**about, **lengths(element)})
    given = {"rows": 4, "placeholder": plain(element.get("placeholder")) or None, "disabled": not ink.live}
    value = str(element.get("initial_value", ""))
    return h("textarea", value, **{**given, **lengths(element), "data_kind": "text", **about})


def lengths(element: Json) -> Json:
    """How much text an input takes."""
    return {"minlength": element.get("min_length"), "maxlength": element.get("max_length")}


def image(element: Json, ink: DrawContext, about: Json) -> Element:
    """An image, by its words: nothing is fetched from outside."""
    return h("span", f"🖼 {element.get('alt_text', '')}", class_="image", title=element.get("image_url"))


DRAW_ELEMENT: dict[str, Draw] = {
    "button": button,
    "icon_button": icon_button,
    "feedback_buttons": feedback,
    "overflow": overflow,
    "static_select": select,
    "multi_static_select": select,
    "external_select": field("text"),
    "users_select": pick_from("people", "user"),
    "multi_users_select": pick_from("people", "user"),
    "channels_select": pick_from("channels", "channel"),
    "multi_channels_select": pick_from("channels", "channel"),
    "conversations_select": pick_from("channels", "conversation"),
    "multi_conversations_select": pick_from("channels", "conversation"),
    "radio_buttons": boxes("radio"),
    "checkboxes": boxes("checkbox"),
    "datepicker": field("date", "initial_date"),
    "timepicker": field("time", "initial_time"),
    "datetimepicker": field("datetime-local", "initial_date_time"),
    "plain_text_input": words_input,
    "number_input": field("number"),
    "email_text_input": field("email"),
    "url_text_input": field("url"),
    "image": image,
}
# What tells the app by being chosen, and not by a click; in a form it only holds a value.
CHOOSING_ELEMENTS = frozenset(DRAW_ELEMENT) - {"button", "icon_button", "feedback_buttons", "image"}


def draw(element: Json, ink: DrawContext, block_id: str, form: bool = False) -> Element:
    """Any element; one of a kind that is not known is shown as its name.

    Args:
        element: with its action_id.
        ink: names.
        block_id: of the block that it is in.
        form: whether it waits for a form to be sent.
    """
    kind = str(element.get("type"))
    if kind not in DRAW_ELEMENT:
        return h("span", f"[{kind}]", class_="unknown")
    about: Json = {"data_block_id": block_id, "data_action_id": element.get("action_id"), "data_type": kind}
    if kind in CHOOSING_ELEMENTS and not form:
        about["data_act"] = "choose"
    return DRAW_ELEMENT[kind](element, ink, about)
