// Menus are <details>: they open without script. With it, one is open at a time
// and Escape or a press beside it closes it.
import {all} from "./dom";

const selector = "details.menu[open], details.rail-more[open]";

/** closeMenus closes open menus when the person turns elsewhere. */
export function closeMenus(): void {
  document.addEventListener("click", (event) => {
    for (const menu of all<HTMLDetailsElement>(selector)) {
      if (!menu.contains(event.target as Node)) menu.open = false;
    }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of all<HTMLDetailsElement>(selector)) {
      menu.open = false;
      menu.querySelector("summary")?.focus();
    }
  });
}
