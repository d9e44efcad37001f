// Messages in a log: only those that changed are built anew, so that focus, scroll and half-made choices stay.

import { arrows, build, el } from "./dom.js";
import { state } from "./state.js";

const NEAR = 80; // pixels from the end that count as the end

const held = new WeakMap(); // log -> {known: Map of key -> {text, element}, follows, at, last, more}

export function fill(log, messages) {
  const kept = held.get(log) ?? begin(log);
  const { known } = kept;
  const isOther = !messages.some((each) => known.has(each.key));
  const fresh = messages.filter((each) => !known.has(each.key));
  // What one has said oneself, and what only oneself can see, is always brought into sight.
  if (isOther || fresh.some((each) => each.user === state.me || each.ephemeral)) kept.follows = true;
  const wanted = new Set(messages.map((each) => each.key));
  for (const [key, { element }] of known) if (!wanted.has(key)) (element.remove(), known.delete(key));
  let before = null;
  for (const message of messages) {
    const element = current(known, message);
    const next = before ? before.nextElementSibling : log.firstElementChild;
    if (next !== element) log.insertBefore(element, next);
    before = element;
  }
  const articles = [...log.querySelectorAll(":scope > article")];
  for (const each of articles) each.tabIndex = each === articles.at(-1) ? 0 : -1;
  const last = messages.length ? known.get(messages.at(-1).key).text : "";
  if (fresh.length || last !== kept.last) kept.follows ? showLast(log, kept) : (kept.more.hidden = !fresh.length);
  kept.last = last;
}

// A log follows what comes until one scrolls away from its end.
function begin(log) {
  const kept = { known: new Map(), follows: true, at: 0, last: "" };
  const jump = () => ((kept.follows = true), showLast(log, kept));
  kept.more = el("button", { type: "button", class: "chip more", hidden: true, onclick: jump }, "↓ New messages");
  log.after(kept.more);
  log.addEventListener("scroll", () => {
    if (Math.abs(log.scrollTop - kept.at) < 2) return; // the page's own doing
    kept.at = log.scrollTop;
    kept.follows = log.scrollHeight - log.scrollTop - log.clientHeight < NEAR;
    if (kept.follows) kept.more.hidden = true;
  });
  held.set(log, kept);
  return kept;
}

// To the end, but not past the beginning of what is new: an answer is read from its first line.
function showLast(log, kept) {
  const last = [...log.querySelectorAll(":scope > article")].at(-1);
  if (last) log.scrollTop = Math.min(log.scrollHeight, last.offsetTop - log.offsetTop - 8);
  kept.at = log.scrollTop;
  kept.more.hidden = true;
}

// The element of a message as it is now; a message that changed keeps the focus that was in it.
function current(known, message) {
  const text = JSON.stringify(message.node);
  const old = known.get(message.key);
  if (old?.text === text) return old.element;
  const element = build(message.node);
  known.set(message.key, { text, element });
  if (old) {
    const inside = old.element.contains(document.activeElement) ? document.activeElement : null;
    old.element.replaceWith(element);
    if (inside) (same(element, inside) ?? element).focus();
  }
  return element;
}

function same(element, inside) {
  if (inside.dataset.actionId) return element.querySelector(`[data-action-id="${CSS.escape(inside.dataset.actionId)}"]`);
  return inside.dataset.act ? element.querySelector(`[data-act="${inside.dataset.act}"]`) : null;
}

export function walk(event) {
  if (event.target.matches("article")) arrows(event, [...event.currentTarget.querySelectorAll(":scope > article")], event.target);
}
