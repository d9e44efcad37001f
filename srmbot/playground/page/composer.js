// A field to write in: Enter sends, Shift+Enter breaks the line; names and commands are completed.

import { act } from "./api.js";
import { makeCompletion } from "./completion.js";
import { el } from "./dom.js";
import { say } from "./elements.js";
import { state } from "./state.js";

export function makeComposer(form, { label, send }) {
  const isMain = form.id === "composer";
  const field = el("textarea", { id: isMain ? "text" : "reply", rows: "1", "aria-autocomplete": "list" });
  const list = el("ul", { id: `${form.id}-list`, role: "listbox", "aria-label": "Suggestions", hidden: true });
  const button = el("button", { type: "submit", class: "button primary" }, "Send");
  const extras = el("div", { class: "extras" });
  const hint = el("small", {}, isMain ? "/ for commands, @ to mention" : "@srmbot alone answers the last message that asks");
  form.append(list, field, el("div", { class: "row" }, extras, hint, button));
  const completion = makeCompletion(field, list);
  let sent = ""; // what was sent last, to be had again with the arrow up

  const go = async (text) => {
    if (!text.trim()) return;
    if (state.editing) return change(text);
    sent = text;
    field.value = "";
    grow();
    if ((await send(text)) === false) ((field.value = text), grow());
  };
  const change = async (text) => {
    const key = state.editing;
    (field.value = ""), (state.editing = ""), grow();
    say(form.previousElementSibling, await act("edit", { key, text }));
  };
  const grow = () => {
    field.style.height = "auto";
    field.style.height = `${Math.min(field.scrollHeight, 160)}px`;
  };

  form.addEventListener("submit", (event) => (event.preventDefault(), completion.close(), go(field.value)));
  field.addEventListener("input", () => (grow(), completion.open()));
  field.addEventListener("blur", () => setTimeout(completion.close, 150));
  field.addEventListener("keydown", (event) => {
    if (completion.take(event)) return;
    if (event.key === "Escape" && state.editing) return event.stopPropagation(), event.preventDefault(), (state.editing = ""), (field.value = ""), grow();
    if (event.key === "ArrowUp" && !field.value && sent) return event.preventDefault(), (field.value = sent), grow();
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    form.requestSubmit();
  });

  const notice = form.previousElementSibling;
  const shortcut = ({ name, callback_id }) => {
    const use = async () => say(notice, await act("shortcut", { callback_id }));
    return el("button", { type: "button", class: "button quiet", onclick: use }, `⚡ ${name}`);
  };
  return {
    send: go,
    draw() {
      field.setAttribute("aria-label", label());
      field.placeholder = label();
      if (isMain && extras.children.length !== state.seen.shortcuts.length) {
        extras.replaceChildren(...state.seen.shortcuts.map(shortcut));
      }
    },
  };
}
