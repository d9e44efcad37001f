// The left side: who one is, the conversations, which knowledge answers.

import { act } from "./api.js";
import { arrows, byId, el } from "./dom.js";
import { change, inChannel, state } from "./state.js";

export function drawSide() {
  drawPeople();
  const channels = state.seen.channels;
  fill(byId("channels"), channels.filter((each) => !each.direct));
  fill(byId("apps"), channels.filter((each) => each.direct));
  const { version, duties, problems } = state.seen.knowledge;
  byId("knowledge").replaceChildren(
    `Knowledge ${version}: ${duties} duties. `,
    problems.length ? "The files have problems, so the last valid version answers." : "Edit the YAML and ask again to see the change.",
  );
}

function drawPeople() {
  const people = state.seen.people.filter((each) => !each.bot);
  const list = byId("me");
  if (list.options.length !== people.length) {
    list.replaceChildren(...people.map((each) => el("option", { value: each.id }, `${each.name} · ${each.tz}`)));
  }
  list.value = state.me;
}

// Rows are kept where they can be, so that the focus stays.
function fill(list, channels) {
  for (const [number, channel] of channels.entries()) {
    const row = list.children[number] ?? list.appendChild(el("li", {}, rowOf()));
    const button = row.firstElementChild;
    button.dataset.channel = channel.id;
    const open = channel.id === state.channel;
    const count = open ? 0 : unread(channel.id);
    button.setAttribute("aria-current", open ? "page" : "false");
    button.classList.toggle("unread", count > 0);
    const sign = el("span", { class: "sign", "aria-hidden": "true" }, channel.direct ? "●" : channel.group ? "◌" : "#");
    const told = count ? el("span", { class: "count", "aria-label": `${count} new` }, String(count)) : null;
    const away = channel.bot ? null : el("small", {}, "bot not here");
    button.replaceChildren(sign, channel.name, ...[away, told].filter(Boolean));
  }
  while (list.children.length > channels.length) list.lastElementChild.remove();
}

function rowOf() {
  return el("button", { type: "button", onclick: (event) => open(event.currentTarget.dataset.channel), onkeydown: move });
}

function unread(channel) {
  return inChannel(channel).filter((each) => each.user !== state.me && each.ts > (state.read[channel] ?? "")).length;
}

function open(channel) {
  showMenu(false);
  byId("notice").replaceChildren();
  const beside = state.channel; // the bot may suggest what fits the channel that one comes from
  change({ channel, pane: state.pane?.kind === "clock" ? state.pane : null, tab: "messages" });
  if (state.seen.channels.find((each) => each.id === channel).direct) act("home", { tab: "messages", beside });
}

function move(event) {
  arrows(event, [...byId("conversations").querySelectorAll("li > button")], event.currentTarget);
}

function showMenu(open) {
  document.body.classList.toggle("menu", open);
  byId("menu").setAttribute("aria-expanded", String(open));
  if (open) byId("conversations").querySelector("[aria-current=page]")?.focus();
}

byId("menu").addEventListener("click", () => showMenu(!document.body.classList.contains("menu")));
// On a narrow screen the list lies over the page: Escape or a click beside it puts it away.
document.addEventListener("click", (event) => {
  if (!event.target.closest("nav, #menu")) showMenu(false);
});
byId("conversations").addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !document.body.classList.contains("menu")) return;
  showMenu(false);
  byId("menu").focus();
});
