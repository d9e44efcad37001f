// Suggestions while one writes: commands after a slash that begins the message, people after @, channels after #.

import { el } from "./dom.js";
import { state } from "./state.js";

const MOST = 8;

export function makeCompletion(field, list) {
  let found = [];
  let at = 0;

  const close = () => {
    found = [];
    list.hidden = true;
    field.removeAttribute("aria-activedescendant");
    field.removeAttribute("aria-controls");
  };
  const open = () => {
    found = matching(field.value.slice(0, field.selectionStart)).slice(0, MOST);
    at = 0;
    if (!found.length) return close();
    list.hidden = false;
    field.setAttribute("aria-controls", list.id);
    draw();
  };
  const draw = () => {
    list.replaceChildren(
      ...found.map((each, number) => {
        const about = { id: `${list.id}-${number}`, role: "option", "aria-selected": String(number === at) };
        const pick = (event) => (event.preventDefault(), choose(number));
        return el("li", { ...about, onmousedown: pick }, el("strong", {}, each.label), el("small", {}, each.about));
      }),
    );
    field.setAttribute("aria-activedescendant", `${list.id}-${at}`);
    list.children[at].scrollIntoView({ block: "nearest" });
  };
  const choose = (number) => {
    const { from, insert } = found[number];
    const end = field.selectionStart;
    field.setRangeText(insert, from, end, "end");
    close();
    field.focus();
    field.dispatchEvent(new Event("input", { bubbles: true }));
    close();
  };
  const keys = {
    ArrowDown: () => ((at = (at + 1) % found.length), draw()),
    ArrowUp: () => ((at = (at + found.length - 1) % found.length), draw()),
    Tab: () => choose(at),
    Enter: () => choose(at),
    Escape: close,
  };
  // Whether a key was meant for the list. Enter on what is written in full already sends it.
  const take = (event) => {
    if (!found.length || !keys[event.key] || event.shiftKey) return false;
    const { from, insert } = found[at];
    if (event.key === "Enter" && field.value.slice(from).trim() === insert.trim()) return close(), false;
    event.preventDefault();
    keys[event.key]();
    return true;
  };
  return { open, close, take };
}

function matching(before) {
  const inField = before.match(/^\/\S*(?: \S*)?$/);
  if (inField) return commands(before);
  const word = before.match(/(?:^|\s)([@#])([\w.-]*)$/);
  if (!word) return [];
  const [, sign, part] = word;
  const from = before.length - part.length - 1;
  return (sign === "@" ? people() : channels())
    .filter((each) => each.name.toLowerCase().startsWith(part.toLowerCase()))
    .map((each) => ({ from, insert: `${sign}${each.name} `, label: `${sign}${each.name}`, about: each.about }));
}

function commands(before) {
  return state.seen.commands
    .filter((each) => each.command.startsWith(before.trimEnd()) && (before.trim() !== each.command || before === each.command))
    .map((each) => ({ from: 0, insert: `${each.command} `, label: `${each.command} ${each.hint}`, about: each.about }));
}

function people() {
  const bot = { name: "srmbot", about: "app" };
  return [bot, ...state.seen.people.filter((each) => !each.bot).map((each) => ({ name: each.name, about: each.tz }))];
}

function channels() {
  return state.seen.channels.filter((each) => !each.direct).map((each) => ({ name: each.name, about: "" }));
}
