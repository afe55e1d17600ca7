// The clock of whoever has the floor: what was used, and when it is over.
import {now} from "web/clock";
import {one} from "web/dom";

/** tickFloor moves the clock in root; over is the word for the time beyond. */
export function tickFloor(root: HTMLElement, over: string): void {
  const clock = one("[data-began]", root);
  if (!clock) return;
  const planned = Number(clock.dataset.planned);
  const used = Math.max(0, (now().getTime() - Date.parse(clock.dataset.began ?? "") - Number(clock.dataset.rest)) / 1000);
  const spot = one("[data-used]", clock);
  const text = minutes(used);
  if (spot && spot.textContent !== text) spot.textContent = text;
  one("[data-spent]", clock)?.setAttribute("width", Math.min(100, (used * 100) / planned) + "%");
  const late = used > planned;
  if (late !== clock.classList.contains("over")) clock.classList.toggle("over", late);
  clock.title = late ? `${over} ${minutes(used - planned)}` : "";
}

function minutes(seconds: number): string {
  return `${String(Math.floor(seconds / 60)).padStart(2, "0")}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`;
}
