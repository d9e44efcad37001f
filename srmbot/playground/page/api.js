// Requests to the playground's own server. The token proves that they come from this page.

import { state } from "./state.js";

const token = document.querySelector('meta[name="playground-token"]').content;

async function request(path, options = {}) {
  const headers = { "X-Playground-Token": token, ...(options.body ? { "Content-Type": "application/json" } : {}) };
  const response = await fetch(path, { ...options, headers, cache: "no-store" });
  const answer = await response.json();
  if (!response.ok) throw Object.assign(new Error(answer.error), { status: response.status });
  return answer;
}

// What a person does; what goes wrong comes back as a notice.
export async function act(name, body = {}) {
  try {
    return await request(`/api/${name}`, { method: "POST", body: JSON.stringify({ as: state.me, ...body }) });
  } catch (wrong) {
    return { notice: wrong.status ? wrong.message : "The playground does not answer. Is it still running?" };
  }
}

// What there is to see, once it is anything else than what is known already.
export function news(since, signal) {
  const asked = new URLSearchParams({ ...(state.me ? { as: state.me } : {}), ...(since ? { since } : {}) });
  return request(`/api/seen?${asked}`, { signal });
}
