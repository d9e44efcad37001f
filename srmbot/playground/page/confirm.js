// “Are you sure?”, as a button asks it.

import { byId, el } from "./dom.js";

export function confirmed({ title, text, confirm, deny, style }) {
  const dialog = byId("confirm");
  const finish = (answer) => () => dialog.close(answer);
  dialog.replaceChildren(
    el("h2", { id: "confirm-title" }, title),
    el("p", {}, text),
    el(
      "div",
      { class: "foot" },
      el("button", { type: "button", class: "button", onclick: finish("no") }, deny || "Cancel"),
      el("button", { type: "button", class: `button ${style || "primary"}`, onclick: finish("yes") }, confirm || "Yes"),
    ),
  );
  dialog.returnValue = "no";
  dialog.showModal();
  return new Promise((done) => dialog.addEventListener("close", () => done(dialog.returnValue === "yes"), { once: true }));
}
