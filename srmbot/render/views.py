"""Knowledge, or an answer -> views: the form that a question is asked and answered in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from srmbot.answer import Answer
from srmbot.model import Knowledge
from srmbot.render import words
from srmbot.render.blocks import Block, escape, notice, section
from srmbot.render.controls import MOST_OPTIONS, field, modal, option, plain, select
from srmbot.render.feedback import is_rated, wrong_button
from srmbot.render.message import Setting, as_blocks

View = dict[str, Any]

ASKING, ANSWERED = "asking", "answered"  # callback_ids of the form, and of what it turns into
ASKING_ANEW = "asking_anew"  # of the form for an answer that stands in a channel already
QUESTION, SERVICE = "question", "service"  # block_ids of the form's fields; the action_ids are the same
NOTE = "note"  # block_id of what is said above a view that stays
LONGEST_QUESTION = 3000  # characters of a question; Slack takes no more in a field
TITLE, ASK, ASK_ANOTHER = "Who owns what?", "Ask", "Ask another"
WORKING = "Working it out…"
IN_MODAL = Setting(modal=True, internal=True)  # a modal is seen by one person alone
BLANK = f"Type a question, for example: {words.EXAMPLE_QUESTIONS[0]}"


def question_form(knowledge: Knowledge, question: str = "", instead_of: str = "") -> View:
    """A form to ask in: the question, and the service if the asker likes.

    Args:
        knowledge: has the services.
        question: stands in the form already.
        instead_of: the answer that the new one takes the place of, as the form is to carry it.
    """
    options = [option(each.name, each.slug) for each in knowledge.listed_services[:MOST_OPTIONS]]
    text: Block = {
        "type": "plain_text_input",
        "action_id": QUESTION,
        "max_length": LONGEST_QUESTION,
        "focus_on_load": True,
        "placeholder": plain(words.EXAMPLE_QUESTIONS[1]),
    }
    fields = [field(QUESTION, "Your question", text)]
    if question:
        text["initial_value"] = question[:LONGEST_QUESTION]
    if options:
        menu = select(SERVICE, "Any", options)
        fields.append(field(SERVICE, "Service, if you didn't name one", menu) | {"optional": True})
    carried = {"private_metadata": instead_of} if instead_of else {}
    return modal(ASKING_ANEW if instead_of else ASKING, TITLE, fields) | {"submit": plain(ASK), **carried}


def answer_view(reply: Answer | str, *, echo: bool = True, setting: Setting = IN_MODAL) -> View:
    """What the form turns into: the answer, and the way back to the form."""
    blocks = notice(reply)["blocks"] if isinstance(reply, str) else as_blocks(reply, setting, echo=echo)
    if isinstance(reply, Answer) and is_rated(reply):
        blocks.append(wrong_button(reply))
    return modal(ANSWERED, TITLE, blocks) | {"submit": plain(ASK_ANOTHER)}


def working_view() -> View:
    """What the form turns into while a slow answer is made; it can only be closed."""
    return modal(ANSWERED, TITLE, [section(WORKING)])


def with_note(view: Mapping[str, Any], text: str) -> View:
    """A modal as it was, with something said above it; what was said there before is gone."""
    kept = [block for block in view.get("blocks", []) if block.get("block_id") != NOTE]
    return modal(ANSWERED, TITLE, [section(escape(text)) | {"block_id": NOTE}, *kept]) | {"submit": plain(ASK_ANOTHER)}
