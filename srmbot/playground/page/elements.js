// A click or a choice on what the bot has sent -> told to the server; and what an input holds.

import { act } from "./api.js";
import { confirmed } from "./confirm.js";
import { build, byId } from "./dom.js";
import { change, state } from "./state.js";
import { sortBy, turn } from "./tables.js";

// Listens on a part of the page. `where` gives {key} of a message or {view, values} of a view.
export function listenOn(part, where, notice) {
  part.addEventListener("click", (event) => onClick(event, where, notice));
  part.addEventListener("change", (event) => {
    const element = event.target.closest("[data-act=choose]");
    if (element && valueOf(element) !== "") tell(element, valueOf(element), where, notice);
  });
}

async function onClick(event, where, notice) {
  const element = event.target.closest("[data-act]");
  if (!element || element.dataset.act === "choose") return;
  const message = element.closest("article");
  const doing = {
    click: () => tell(element, element.dataset.value ?? null, where, notice),
    thread: () => openThread(message),
    inspect: () => change({ pane: { kind: "inspect", key: message.dataset.key, back: state.pane?.kind === "thread" ? state.pane : null } }),
    edit: () => edit(element, message),
    step: () => runStep(message.dataset.key, notice),
    forward: () => forward(message.dataset.key, notice),
    sort: () => sortBy(element),
    page: () => turn(element),
    shortcut: () => shortcut(element.dataset.callback, message.dataset.key, notice),
  };
  await doing[element.dataset.act]?.();
}

function openThread(message) {
  const { channel, ts, key } = message.dataset;
  const root = state.seen.messages.find((each) => each.key === key)?.thread ?? ts;
  change({ pane: { kind: "thread", channel, ts: root } });
  byId("pane-composer").querySelector("textarea").focus();
}

// What was typed comes back into the field below it; sending it changes the message.
function edit(element, message) {
  const field = byId(element.closest("#pane") ? "reply" : "text");
  field.value = element.dataset.text;
  state.editing = message.dataset.key;
  field.focus();
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

async function runStep(key, notice) {
  const answer = await act("step", { key });
  say(notice, answer);
  if (answer.ts) change({ pane: { kind: "thread", channel: answer.channel, ts: answer.ts } });
}

async function forward(key, notice) {
  const answer = await act("forward", { key });
  say(notice, answer);
  if (answer.ts) change({ channel: answer.channel, tab: "messages", pane: { kind: "thread", channel: answer.channel, ts: answer.ts } });
}

async function shortcut(callback_id, key, notice) {
  say(notice, await act("shortcut", { callback_id, key }));
}

async function tell(element, value, where, notice) {
  if (element.dataset.confirm && !(await confirmed(JSON.parse(element.dataset.confirm)))) return;
  const about = where(element);
  const body = { ...about, action_id: element.dataset.actionId, value };
  element.classList.add("busy");
  say(notice, await act(about.view ? "click_view" : "click", body));
  element.classList.remove("busy");
}

// What the inspector shows takes its time in one part: it comes when it is there.
export async function loadMore(place, key) {
  const waiting = place.querySelector("[data-more]");
  if (!waiting) return;
  const { nodes, notice } = await act(waiting.dataset.more, { key });
  waiting.replaceWith(...(nodes ?? [["p", {}, notice]]).map(build));
}

export function say(notice, answer) {
  notice.replaceChildren(answer.notice ?? "");
}

// What an input holds, as the server takes it: text, a list of values, seconds. Empty text is what was cleared, null what
// was never chosen.
export function valueOf(element) {
  const kind = element.dataset.kind;
  if (kind === "boxes") return [...element.querySelectorAll("input:checked")].map((each) => each.value);
  if (kind === "radio") return element.querySelector("input:checked")?.value ?? null;
  if (kind === "several") return [...element.selectedOptions].map((each) => each.value);
  if (kind === "moment") return element.value && Date.parse(`${element.value}Z`) / 1000;
  return element.value;
}

// What a whole form holds, by action_id.
export function valuesOf(form) {
  const inputs = [...form.querySelectorAll("[data-input]")];
  return Object.fromEntries(
    inputs.map((each) => [each.dataset.input, valueOf(each.querySelector("[data-kind]"))]).filter(([, value]) => value !== null),
  );
}
