// Light or dark: as the system has it, until one is chosen.

import { byId } from "./dom.js";

const NAME = "srmbot-playground-theme";

export function beginTheme() {
  const held = localStorage.getItem(NAME);
  if (held) document.documentElement.dataset.theme = held;
  byId("theme").addEventListener("click", () => {
    const dark = matchMedia("(prefers-color-scheme: dark)").matches;
    const now = document.documentElement.dataset.theme || (dark ? "dark" : "light");
    const next = now === "dark" ? "light" : "dark";
    document.documentElement.dataset.theme = next;
    localStorage.setItem(NAME, next);
  });
}
