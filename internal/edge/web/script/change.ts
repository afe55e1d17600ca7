// What a live page needs: the mark in the top line, and figures that change in
// their place.
import {one} from "./dom";

/** The states of the mark: moving by itself, trying to, not. */
export type Live = "on" | "waiting" | "off";

/** setLive shows whether the page moves by itself. */
export function setLive(state: Live): void {
  const mark = one(".live");
  if (!mark || mark.dataset.live === state) return;
  mark.dataset.live = state;
  mark.textContent = mark.dataset[state] ?? "";
}

/** setText writes a figure; when it changed, its own cell glows once, quietly. */
export function setText(place: HTMLElement, text: string): void {
  if (place.textContent === text) return;
  place.textContent = text;
  glow(place);
}

/** glow marks one element as just changed. */
export function glow(place: HTMLElement): void {
  place.classList.remove("changed");
  void place.offsetWidth; // lets the same animation begin anew
  place.classList.add("changed");
  place.addEventListener("animationend", () => place.classList.remove("changed"), {once: true});
}

/** Parts of a bar, as the server's Bar. A negative due shows no tick. */
export type Parts = {done: number; waiting: number; told: number; total: number; due: number};

/** setBar moves a bar that was drawn with a Key, so that all its parts are there. */
export function setBar(bar: HTMLElement, parts: Parts): void {
  const share = (n: number) => (parts.total > 0 ? Math.min((n * 100) / parts.total, 100) : 0).toFixed(2) + "%";
  let before = 0;
  for (const name of ["done", "waiting", "told"] as const) {
    const rect = bar.querySelector(`rect.${name}`);
    rect?.setAttribute("x", share(before));
    rect?.setAttribute("width", share(parts[name]));
    before += parts[name];
  }
  for (const end of ["x1", "x2"]) bar.querySelector(".due line")?.setAttribute(end, share(Math.max(parts.due, 0)));
}
