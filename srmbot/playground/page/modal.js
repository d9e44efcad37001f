// The topmost modal that the bot has opened.

import { act } from "./api.js";
import { build, byId, el } from "./dom.js";
import { listenOn, loadMore, valuesOf } from "./elements.js";
import { state } from "./state.js";

const dialog = byId("modal");
let shown = ""; // id and hash of what is drawn

export function drawModal() {
  const view = state.seen.modals.at(-1);
  const wanted = view ? `${view.id}/${view.hash}` : "";
  if (wanted === shown) return;
  shown = wanted;
  if (!view) return dialog.close(); // `shown` is empty already, so the listener below knows whose doing it is
  dialog.replaceChildren(formOf(view));
  if (!dialog.open) dialog.showModal();
  // A form begins at its first field; what is only read, at its beginning, however far down its menus are.
  (dialog.querySelector("[data-input] [data-kind], .foot .primary") ?? dialog.querySelector(".body")).focus();
}

function formOf(view) {
  const notice = el("p", { class: "notice", role: "status" });
  const form = el(
    "form",
    { novalidate: true, autocomplete: "off", onsubmit: (event) => (event.preventDefault(), submit(view, form, notice)) },
    el("div", { class: "head" }, el("h2", { id: "modal-title" }, view.title), closer(view, "icon", "✕", "Close")),
    el("div", { class: "body", tabindex: "-1" }, ...view.nodes.map(build)),
    inspection(view),
    notice,
    el("div", { class: "foot" }, closer(view, "button", view.close || "Close"), submitter(view)),
  );
  listenOn(form, () => ({ view: view.id, values: valuesOf(form) }), notice);
  return form;
}

function submitter(view) {
  return view.submit ? el("button", { type: "submit", class: "button primary" }, view.submit) : null;
}

function closer(view, kind, text, label) {
  return el("button", { type: "button", class: kind, "aria-label": label, onclick: () => act("close", { view: view.id }) }, text);
}

function inspection(view) {
  const inside = el("div", { class: "inspector" });
  const load = async (event) => {
    if (event.target !== parts || !parts.open) return;
    inside.replaceChildren(...((await act("inspect", { key: `view/${view.id}` })).nodes ?? []).map(build));
    loadMore(inside, `view/${view.id}`);
  };
  const parts = el("details", { class: "inspect", ontoggle: load }, el("summary", {}, "Inspect"), inside);
  return parts;
}

// What must be filled in is checked as Slack does before the app hears of it.
async function submit(view, form, notice) {
  const missing = {};
  for (const input of form.querySelectorAll("[data-input]")) {
    const control = input.querySelector("[data-kind]");
    const value = valuesOf(form)[input.dataset.input];
    const none = value === undefined || value.length === 0;
    if (control.dataset.required && none) missing[control.dataset.blockId] = "Please complete this required field.";
    else if (control.validity && !control.validity.valid) missing[control.dataset.blockId] = control.validationMessage;
  }
  if (showErrors(form, missing)) return;
  const answer = await act("submit", { view: view.id, values: valuesOf(form) });
  notice.replaceChildren(answer.notice ?? "");
  showErrors(form, answer.errors ?? {});
}

function showErrors(form, errors) {
  for (const place of form.querySelectorAll("[data-error-of]")) {
    const wrong = errors[place.dataset.errorOf];
    place.textContent = wrong ?? "";
    const control = place.parentElement.querySelector("[data-kind]");
    const mark = control.getAttribute("role") === "group" ? "data-invalid" : "aria-invalid"; // a group may not have that
    if (wrong) control.setAttribute(mark, "true");
    else control.removeAttribute(mark);
  }
  form.querySelector("[aria-invalid], [data-invalid] input")?.focus();
  return Object.keys(errors).length > 0;
}

// Escape closes it for the app first. A browser closes it by itself where Escape is pressed again and again.
dialog.addEventListener("cancel", (event) => (event.preventDefault(), closeTopmost()));
dialog.addEventListener("close", () => {
  if (!shown) return;
  shown = "";
  closeTopmost();
});

function closeTopmost() {
  const view = state.seen.modals.at(-1);
  if (view) act("close", { view: view.id });
}
