// The playground's clock: what waits for its time, and the ways to make that time come.

import { act } from "./api.js";
import { build, byId, el } from "./dom.js";
import { change, channelOf, state } from "./state.js";

const HOUR = 3600;

const form = (options) => new Intl.DateTimeFormat("en-GB", { timeZone: state.seen.tz, ...options });
const now = () => new Date(Date.now() + state.ahead);

export function drawClock() {
  if (!state.seen) return;
  const day = form({ weekday: "short", day: "numeric", month: "short" }).format(now());
  const time = form({ hour: "2-digit", minute: "2-digit" }).format(now());
  const waits = state.seen.scheduled.length;
  const scheduled = waits ? ` · ${waits} scheduled` : "";
  const text = `Clock and scheduled messages: ${day}, ${time}${scheduled}`;
  const button = byId("clock");
  if (button.getAttribute("aria-label") === text) return;
  button.setAttribute("aria-label", text);
  button.replaceChildren("◷ ", el("span", { class: "day" }, `${day}, `), `${time}${scheduled}`);
}

export function fillClock(place, pane, isNew) {
  const wanted = JSON.stringify(state.seen.scheduled.map((each) => [each.id, each.when]));
  if (!isNew && place.dataset.drawn === wanted) return;
  place.dataset.drawn = wanted;
  place.replaceChildren(
    el("p", {}, "Time here can be moved ahead, so that a scheduled message comes now. It cannot be moved back."),
    el(
      "div",
      { class: "b-actions" },
      mover("An hour ahead", () => ({ seconds: HOUR })),
      mover("To tomorrow, 09:00", () => ({ to: tomorrowAtNine() })),
      mover("A week ahead", () => ({ seconds: 7 * 24 * HOUR })),
    ),
    el("h3", {}, state.seen.scheduled.length ? "Scheduled" : "Nothing is scheduled"),
    ...state.seen.scheduled.map(card),
  );
}

function mover(text, body) {
  return el("button", { type: "button", class: "button", onclick: () => move(body()) }, text);
}

// Goes to where the first message came, if one did.
async function move(body) {
  const { posted = [], notice } = await act("advance", body);
  byId("pane-notice").replaceChildren(notice ?? `${posted.length || "No"} scheduled message${posted.length === 1 ? "" : "s"} came.`);
  if (posted.length) change({ channel: posted[0].channel, tab: "messages" });
}

// The next 09:00 in the zone of whoever one is; the zone's offset is taken from the time shown now.
function tomorrowAtNine() {
  const parts = Object.fromEntries(
    form({ hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" }).formatToParts(now()).map((each) => [each.type, Number(each.value)]),
  );
  const since = parts.hour * HOUR + parts.minute * 60 + parts.second;
  return Math.floor(now() / 1000) - since + (24 + 9) * HOUR;
}

function card(each) {
  const name = channelOf(each.channel)?.name ?? "a channel";
  return el(
    "article",
    { class: "waiting" },
    el("p", { class: "by" }, el("strong", {}, `#${name}`), el("time", {}, each.when)),
    ...each.nodes.map(build),
    el("div", { class: "b-actions" }, mover("Make it come now", () => ({ to: each.post_at }))),
  );
}

byId("clock").addEventListener("click", () => change({ pane: state.pane?.kind === "clock" ? null : { kind: "clock" } }));
setInterval(drawClock, 5000);
