// The middle: the open conversation, its messages or the bot's Home tab, what is wrong with the knowledge, the composer.

import { act } from "./api.js";
import { makeComposer } from "./composer.js";
import { build, byId, el } from "./dom.js";
import { listenOn, say } from "./elements.js";
import { fill, walk } from "./log.js";
import { change, channelOf, roots, state } from "./state.js";

const log = byId("log");
const home = byId("home");
const notice = byId("notice");
let homeShown = "";

const composer = makeComposer(byId("composer"), {
  label: () => (channelOf(state.channel).direct ? "Message srmbot" : `Message ${channelOf(state.channel).group ? "" : "#"}${channelOf(state.channel).name}`),
  send: async (text) => {
    state.tried[state.channel] = true;
    const answer = await act("say", { text, channel: state.channel });
    say(notice, answer);
    if (answer.absent) offerInvitation();
    if (answer.heard) change({ pane: { kind: "thread", channel: state.channel, ts: answer.thread } });
    return !answer.notice || answer.ts;
  },
});

export function drawConversation() {
  const channel = channelOf(state.channel);
  byId("title").textContent = channel.direct || channel.group ? channel.name : `# ${channel.name}`;
  const members = `${channel.members} members`;
  byId("about").textContent = channel.direct ? "App" : channel.bot ? `${members}, srmbot is one` : `${members}; srmbot is not in this channel`;
  drawTabs(channel);
  drawProblems();
  const onHome = channel.direct && state.tab === "home";
  home.hidden = !onHome;
  for (const id of ["log", "composer"]) byId(id).hidden = onHome;
  drawTries(channel, onHome);
  if (onHome) drawHome();
  else drawLog(channel);
  composer.draw();
}

function drawLog(channel) {
  const messages = roots(channel.id);
  if (log.dataset.channel !== channel.id) {
    log.dataset.channel = channel.id;
    log.setAttribute("aria-live", "off"); // a conversation that is opened is not read out from its beginning
    setTimeout(() => log.setAttribute("aria-live", "polite"), 100);
  }
  log.querySelector(":scope > .empty")?.remove();
  fill(log, messages);
  if (messages.length) state.read[channel.id] = state.seen.messages.filter((each) => each.channel === channel.id).at(-1).ts;
  else log.append(el("div", { class: "empty" }, el("p", {}, "Ask who owns what on AWS, in your own words.")));
}

// What there is to try in a channel, until one has said something there.
function drawTries({ id, tries }, onHome) {
  const box = byId("tries");
  box.hidden = onHome || !tries.length || state.tried[id];
  const wanted = JSON.stringify([id, tries]);
  if (box.dataset.shown === wanted) return;
  box.dataset.shown = wanted;
  box.replaceChildren(...tries.map((each) => el("button", { type: "button", class: "button", onclick: () => tryOut(id, each) }, each.label)));
}

async function tryOut(channel, { text }) {
  if (text !== "@srmbot") return composer.send(text);
  const [first] = roots(channel); // a mention alone is about the message above
  change({ tried: { ...state.tried, [channel]: true }, pane: { kind: "thread", channel, ts: first.ts } });
  say(notice, await act("say", { text, channel, thread_ts: first.ts }));
}

function drawTabs(channel) {
  const tabs = byId("tabs");
  tabs.hidden = !(channel.direct && state.seen.home.enabled);
  if (tabs.hidden) return;
  if (!tabs.children.length) tabs.append(...["home", "messages"].map(tab));
  for (const each of tabs.children) {
    const chosen = each.dataset.tab === state.tab;
    each.setAttribute("aria-selected", String(chosen));
    each.tabIndex = chosen ? 0 : -1;
  }
}

function tab(name) {
  const title = name === "home" ? "Home" : "Messages";
  const open = () => (change({ tab: name }), act("home", { tab: name }));
  const turn = (event) => {
    if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
    const other = event.currentTarget.nextElementSibling ?? event.currentTarget.previousElementSibling;
    (other.focus(), other.click());
  };
  const about = { type: "button", role: "tab", "data-tab": name, "aria-controls": name === "home" ? "home" : "log" };
  return el("button", { ...about, onclick: open, onkeydown: turn }, title);
}

function drawHome() {
  const { id, nodes } = state.seen.home;
  const wanted = JSON.stringify(nodes);
  if (wanted === homeShown && home.children.length) return;
  homeShown = wanted;
  const inspect = () => change({ pane: { kind: "inspect", key: `view/${id}`, back: null } });
  const tools = el("div", { class: "tools" }, el("button", { type: "button", onclick: inspect }, "Inspect"));
  home.replaceChildren(...(id ? [tools, ...nodes.map(build)] : [el("p", { class: "empty" }, "The bot has put nothing here yet.")]));
}

function drawProblems() {
  const box = byId("problems");
  const found = state.seen.knowledge.problems;
  box.hidden = !found.length;
  const text = found.join("\n");
  if (box.dataset.text === text) return;
  box.dataset.text = text;
  const count = found.length === 1 ? "1 problem" : `${found.length} problems`;
  box.replaceChildren(
    el("p", {}, el("strong", {}, `The knowledge has ${count}.`), " Answers come from the last good state."),
    el("pre", { tabindex: "0" }, text),
  );
}

function offerInvitation() {
  const channel = state.channel;
  const invite = async () => (say(notice, await act("invite", { channel })), byId("text").focus());
  notice.replaceChildren(
    "srmbot is not in this channel, so it did not hear you. ",
    el("button", { type: "button", class: "button", onclick: invite }, "Invite it"),
  );
}

log.addEventListener("keydown", walk);
const keyOf = (element) => ({ key: element.closest("article").dataset.key });
listenOn(log, keyOf, notice);
listenOn(home, () => ({ view: state.seen.home.id }), notice);
