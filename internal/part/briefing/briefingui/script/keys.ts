// Keys press the buttons that name them in data-keys. Where a page has a sheet of its
// keys, what a key goes to, and what it presses at a site, stands there.
//
// Letters can be turned off: whoever speaks to the computer, or whose keys are pressed
// by chance, needs that (WCAG 2.1.4).
import {all, one} from "web/dom";

const off = "giaoban-keys-off";

// Where arrows move, among what, and by which keys.
const lists = [
  {within: ".site .sheet", among: "button, input:not([type=hidden])", back: "ArrowUp", on: "ArrowDown"},
  {within: ".strip", among: "summary", back: "ArrowLeft", on: "ArrowRight"},
  {within: ".panel-rows", among: "button", back: "ArrowUp", on: "ArrowDown"},
];

/** pressByKeys has keys do what they are for, from now on. */
export function pressByKeys(): void {
  const box = one<HTMLInputElement>("[data-keys-on]");
  if (box) box.checked = localStorage.getItem(off) === null;
  box?.addEventListener("change", () => (box.checked ? localStorage.removeItem(off) : localStorage.setItem(off, "yes")));
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || one("dialog[open]")) return;
    const target = event.target as HTMLElement;
    if (moves(event.key, target)) {
      event.preventDefault();
      return;
    }
    if (event.repeat || target.closest("input:not([type=checkbox]), textarea, select")) return;
    const letter = event.key.length === 1;
    if (letter ? localStorage.getItem(off) !== null : target.matches(".scrolling")) return; // which scrolls by its own keys
    if (presses(event.key.toLowerCase(), target)) event.preventDefault();
  });
}

function presses(key: string, target: HTMLElement): boolean {
  const name = CSS.escape(key);
  const told = one(`[data-key="${name}"]`, one("#keys") ?? document);
  if (told?.dataset.goes) return goTo(told.dataset.goes);
  if (told?.dataset.near) {
    const site = target.closest<HTMLElement>("[data-site]");
    return site !== null && at(site, told.dataset.near);
  }
  const button = all(`[data-keys="${name}"]`).find((e) => e.checkVisibility());
  button?.click();
  return button !== undefined;
}

// goTo moves the focus to the first that can be reached, and opens the menu around it.
function goTo(selectors: string): boolean {
  const element = selectors.split(", ").map((selector) => all(selector).find(reachable)).find((e) => e);
  if (!element) return false;
  for (const menu of all<HTMLDetailsElement>("details.menu[open]")) if (!menu.contains(element)) menu.open = false;
  const around = element.closest("details");
  if (around && !element.matches("summary")) around.open = true;
  element.focus();
  return true;
}

// at presses a button of a site, or goes to its field.
function at(site: HTMLElement, selector: string): boolean {
  const element = one(selector, site);
  if (element instanceof HTMLInputElement) {
    const menu = element.closest("details");
    if (menu) menu.open = true;
    element.focus();
  } else {
    element?.click();
  }
  return element !== null;
}

// reachable: it can be seen, or would be if its menu were opened.
function reachable(element: HTMLElement): boolean {
  const summary = one(":scope > summary", element.closest("details:not([open])") ?? element);
  return (summary ?? element).checkVisibility() && element.closest("[hidden]") === null;
}

// moves goes from one to the next by arrows.
function moves(key: string, target: HTMLElement): boolean {
  for (const list of lists) {
    const within = target.closest<HTMLElement>(list.within);
    if (!within) continue;
    const among = all(list.among, within).filter((e) => e.checkVisibility());
    const is = among.indexOf(target);
    if (is < 0) continue;
    const to = {[list.back]: is - 1, [list.on]: is + 1, Home: 0, End: among.length - 1}[key];
    if (to === undefined || (target.matches("input") && (key === "Home" || key === "End"))) return false;
    among[Math.max(0, Math.min(to, among.length - 1))].focus();
    return true;
  }
  return false;
}
