// The right side: a thread, the inspector, or the clock.

import { act } from "./api.js";
import { fillClock } from "./clock.js";
import { makeComposer } from "./composer.js";
import { build, byId } from "./dom.js";
import { listenOn, loadMore, say } from "./elements.js";
import { fill, walk } from "./log.js";
import { change, channelOf, state, thread } from "./state.js";

const pane = byId("pane");
const body = byId("pane-body");
const notice = byId("pane-notice");
const covering = matchMedia("(max-width: 1000px)"); // then it lies over the conversation, and is what the page is about
let shown = ""; // what is drawn, so that the focus moves only to what is new
let opener = null; // what had the focus before

const composer = makeComposer(byId("pane-composer"), {
  label: () => "Reply",
  send: async (text) => {
    state.tried[state.pane.channel] = true;
    const answer = await act("say", { text, channel: state.pane.channel, thread_ts: state.pane.ts });
    say(notice, answer.absent ? { notice: "srmbot is not in this channel, so it did not hear you." } : answer);
    return !answer.notice || answer.ts;
  },
});

const DRAW = { thread: drawThread, inspect: drawInspector, clock: fillClock };
const TITLE = { thread: "Thread", inspect: "Inspector", clock: "Clock" };

export function drawPane() {
  const wanted = state.pane;
  const name = wanted ? JSON.stringify(wanted) : "";
  const isNew = name !== shown;
  if (isNew && !shown) opener = document.activeElement;
  shown = name;
  pane.hidden = !wanted;
  nameThePage(wanted && covering.matches);
  document.body.classList.toggle("with-pane", Boolean(wanted));
  if (!wanted) return;
  pane.dataset.kind = wanted.kind;
  pane.setAttribute("role", covering.matches ? "main" : "complementary");
  byId("pane-back").hidden = !wanted.back;
  byId("pane-composer").hidden = wanted.kind !== "thread";
  if (isNew) {
    byId("pane-title").textContent = TITLE[wanted.kind];
    notice.replaceChildren();
    fill(body, []);
    body.replaceChildren();
    body.setAttribute("role", wanted.kind === "thread" ? "log" : "group");
    body.setAttribute("aria-label", TITLE[wanted.kind]);
    if (wanted.kind !== "thread") byId("pane-title").focus();
  }
  DRAW[wanted.kind](body, wanted, isNew);
}

// The heading of the conversation is gone while it is covered: a page has one heading of the first level.
function nameThePage(isCovered) {
  const brand = document.querySelector(".brand");
  for (const [name, value] of [["role", "heading"], ["aria-level", "1"]]) isCovered ? brand.setAttribute(name, value) : brand.removeAttribute(name);
}

function drawThread(log, { channel, ts }) {
  byId("pane-title").textContent = channelOf(channel)?.direct || channelOf(channel)?.group ? "Thread" : `Thread in #${channelOf(channel)?.name}`;
  fill(log, thread(channel, ts));
  composer.draw();
}

async function drawInspector(place, { key }) {
  const seen = JSON.stringify(state.seen.messages.find((each) => each.key === key)?.node ?? state.seen.home);
  if (place.dataset.drawn === key + seen && place.children.length) return;
  place.dataset.drawn = key + seen;
  const { nodes, notice: wrong } = await act("inspect", { key });
  place.classList.add("inspector");
  place.replaceChildren(...(nodes ?? [["p", {}, wrong]]).map(build));
  place.scrollTop = 0;
  loadMore(place, key);
}

export function closePane() {
  change({ pane: null });
  (opener?.isConnected ? opener : byId("text")).focus();
}

byId("pane-close").addEventListener("click", closePane);
byId("pane-back").addEventListener("click", () => change({ pane: state.pane.back }));
pane.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && !event.defaultPrevented) closePane();
});
covering.addEventListener("change", () => state.seen && drawPane());
body.addEventListener("keydown", walk);
listenOn(body, (element) => ({ key: element.closest("article").dataset.key }), notice);
