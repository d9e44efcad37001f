// What the page knows and what it shows. `change` sets fields and draws anew.

export const state = {
  seen: null, // as the server gives it (seen.py)
  ahead: 0, // milliseconds by which the playground's clock is ahead of this one
  me: "", // who one is
  channel: "", // which conversation is open
  tab: "messages", // in the conversation with the bot: "home" or "messages"
  pane: null, // {kind: "thread", channel, ts} | {kind: "inspect", key, back} | {kind: "clock"}
  editing: "", // the key of a message that is being changed
  tried: {}, // conversations in which one has said something, so that nothing is suggested there any more
  read: {}, // by conversation: the ts up to which it was read
};

const listeners = [];

export function whenChanged(listener) {
  listeners.push(listener);
}

export function change(fields) {
  Object.assign(state, fields);
  for (const listener of listeners) listener();
}

export const channelOf = (id) => state.seen.channels.find((each) => each.id === id);
export const inChannel = (id) => state.seen.messages.filter((each) => each.channel === id);
export const roots = (id) => inChannel(id).filter((each) => !each.thread);
export const thread = (id, ts) => inChannel(id).filter((each) => each.ts === ts || each.thread === ts);
