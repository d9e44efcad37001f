// Messages in a log: only those that changed are built anew, so that focus, scroll and half-made choices stay.

import { arrows, build } from "./dom.js";

const NEAR = 80; // pixels from the end within which a log follows what comes

const held = new WeakMap(); // log -> Map of key -> {text, element}

export function fill(log, messages) {
  const known = held.get(log) ?? new Map();
  held.set(log, known);
  const isOther = !messages.some((each) => known.has(each.key));
  const follows = isOther || log.scrollHeight - log.scrollTop - log.clientHeight < NEAR;
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
  // To the end, but not past the beginning of what is new: an answer is read from its first line.
  if (follows && articles.length) log.scrollTop = Math.min(log.scrollHeight, articles.at(-1).offsetTop - log.offsetTop - 8);
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
