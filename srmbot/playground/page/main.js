// Begins: asks the server again and again what there is to see, and has every part of the page drawn from it.

import { news } from "./api.js";
import { drawClock } from "./clock.js";
import { byId } from "./dom.js";
import { drawConversation } from "./conversation.js";
import { drawModal } from "./modal.js";
import { drawPane } from "./pane.js";
import { drawSide } from "./side.js";
import { change, state, whenChanged } from "./state.js";
import { beginTheme } from "./theme.js";

const PAUSE = 1500; // milliseconds before another try, when the server does not answer
let waiting = new AbortController();
let version = ""; // of what is seen; empty to ask for all of it at once

whenChanged(() => {
  drawSide();
  drawConversation();
  drawPane();
  drawModal();
  drawClock();
});

function take(seen) {
  if (!version) for (const each of seen.messages) state.read[each.channel] = each.ts;
  version = seen.version;
  const known = seen.channels.some((each) => each.id === state.channel);
  const channel = known ? state.channel : seen.channels[0].id;
  change({ seen, me: seen.me, ahead: seen.now * 1000 - Date.now(), channel });
}

async function listen() {
  for (;;) {
    try {
      await whenVisible();
      waiting = new AbortController();
      take(await news(version, waiting.signal));
      tellLost("");
    } catch (wrong) {
      if (wrong.name === "AbortError") continue;
      if (!wrong.status && !(wrong instanceof TypeError)) console.error(wrong);
      tellLost(wrong.status ? wrong.message : "The playground does not answer. Is it still running?");
      await new Promise((done) => setTimeout(done, PAUSE));
    }
  }
}

// A browser has six connections to one server: a page that nobody looks at gives its own back.
function whenVisible() {
  if (!document.hidden) return null;
  return new Promise((done) => document.addEventListener("visibilitychange", done, { once: true }));
}

function tellLost(said) {
  const box = byId("lost");
  box.hidden = !said;
  if (box.textContent !== said) box.textContent = said;
}

document.addEventListener("visibilitychange", () => document.hidden && waiting.abort());

// Another person sees other things; what the last one saw stays until they come.
byId("me").addEventListener("change", (event) => {
  Object.assign(state, { me: event.target.value, pane: null, tab: "messages" });
  version = "";
  waiting.abort();
});

beginTheme();
listen();
