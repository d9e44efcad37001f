// Begins: asks the server again and again what there is to see, and has every part of the page drawn from it.

import { news } from "./api.js";
import { drawClock } from "./clock.js";
import { byId } from "./dom.js";
import { drawConversation } from "./conversation.js";
import { drawModal } from "./modal.js";
import { drawPane } from "./pane.js";
import { drawSide } from "./side.js";
import { change, direct, state, whenChanged } from "./state.js";
import { beginTheme } from "./theme.js";

const PAUSE = 1500; // milliseconds before another try, when the server does not answer
let waiting = new AbortController();

whenChanged(() => {
  drawSide();
  drawConversation();
  drawPane();
  drawModal();
  drawClock();
});

function take(seen) {
  const first = !state.seen;
  const me = seen.me;
  const known = seen.channels.some((each) => each.id === state.channel);
  if (first) for (const each of seen.messages) state.read[each.channel] = each.ts;
  change({ seen, me, ahead: seen.now * 1000 - Date.now(), channel: known ? state.channel : seen.channels[0].id });
}

async function listen() {
  for (;;) {
    try {
      waiting = new AbortController();
      take(await news(state.seen?.version, waiting.signal));
      byId("notice").classList.remove("lost");
    } catch (wrong) {
      if (wrong.name === "AbortError") continue;
      const said = wrong.status === 403 ? "The playground was started anew. Load this page again." : "";
      byId("notice").replaceChildren(said || "The playground does not answer. Is it still running?");
      byId("notice").classList.add("lost");
      await new Promise((done) => setTimeout(done, PAUSE));
    }
  }
}

// Another person: forget what the last one saw.
byId("me").addEventListener("change", (event) => {
  const talking = state.channel === direct()?.id;
  Object.assign(state, { me: event.target.value, seen: null, pane: null, tab: "messages" });
  if (talking) state.channel = "";
  waiting.abort();
});

beginTheme();
listen();
