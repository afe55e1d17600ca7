// A tick list by keyboard: <ul data-ticks> with one checkbox and perhaps a day a
// line. Up and down go to the same place of the next line, Enter in a day goes
// down, Home and End to the ends, Shift with a press ticks everything between;
// typing a day ticks its line; the day last typed is offered on the next tick.
import {all, one} from "./dom";
import {number} from "./format";

/** tickLists connects the page's tick lists. */
export function tickLists(): void {
  for (const list of all("[data-ticks]")) attach(list);
}

function attach(list: HTMLElement): void {
  let last: HTMLInputElement | null = null;
  list.addEventListener("keydown", (event) => move(list, event));
  list.addEventListener("click", (event) => {
    const box = event.target as HTMLInputElement;
    if (box.type !== "checkbox") return;
    if (event.shiftKey && last) between(list, last, box);
    last = box;
  });
  list.addEventListener("change", (event) => {
    const box = event.target as HTMLInputElement;
    if (box.type === "checkbox" && box.checked) offerDay(list, box);
    count(list);
  });
  list.addEventListener("input", (event) => {
    const typed = event.target as HTMLInputElement;
    if (typed.type === "text" && typed.value !== "") {
      list.dataset.day = typed.value;
      const box = boxOf(typed);
      if (box) box.checked = true;
      count(list);
    }
  });
  for (const every of all<HTMLInputElement>(`[data-tick-all="#${list.id}"]`)) {
    every.addEventListener("change", () => {
      for (const box of visible(list)) {
        box.checked = every.checked;
        if (every.checked) offerDay(list, box);
      }
      list.dispatchEvent(new Event("input", {bubbles: true}));
      count(list);
    });
  }
  list.closest("form")?.addEventListener("kept", () => count(list));
  count(list);
}

function boxes(list: HTMLElement): HTMLInputElement[] {
  return all<HTMLInputElement>("input[type=checkbox]", list).filter((box) => !box.disabled);
}

function visible(list: HTMLElement): HTMLInputElement[] {
  return boxes(list).filter((box) => !box.closest("[hidden]"));
}

function boxOf(inside: HTMLElement): HTMLInputElement | null {
  return inside.closest("li")?.querySelector<HTMLInputElement>("input[type=checkbox]") ?? null;
}

function move(list: HTMLElement, event: KeyboardEvent): void {
  const at = event.target as HTMLInputElement;
  const lines = visible(list).map((box) => box.closest("li"));
  const line = lines.indexOf(at.closest("li"));
  if (line < 0 || event.altKey || event.ctrlKey || event.metaKey) return;
  const isBox = at.type === "checkbox";
  const steps: Record<string, number> = {ArrowDown: line + 1, ArrowUp: line - 1, Enter: line + 1};
  if (isBox) Object.assign(steps, {Home: 0, End: lines.length - 1});
  const next = steps[event.key];
  if (next === undefined) return;
  event.preventDefault();
  const target = lines[Math.min(Math.max(next, 0), lines.length - 1)];
  const field = one<HTMLInputElement>(`input[type=${at.type}]`, target ?? list);
  field?.focus();
  if (!isBox) field?.select();
}

function between(list: HTMLElement, from: HTMLInputElement, to: HTMLInputElement): void {
  const order = visible(list);
  const [a, b] = [order.indexOf(from), order.indexOf(to)].sort((x, y) => x - y);
  for (const box of order.slice(a, b + 1)) {
    box.checked = to.checked;
    if (to.checked) offerDay(list, box);
  }
}

// The day last typed, or the list's own, stands ready in a line that is ticked.
function offerDay(list: HTMLElement, box: HTMLInputElement): void {
  const day = box.closest("li")?.querySelector<HTMLInputElement>("input[type=text]");
  if (day && day.value === "" && list.dataset.day) day.value = list.dataset.day;
}

function count(list: HTMLElement): void {
  const ticked = boxes(list).filter((box) => box.checked).length;
  for (const place of all(`[data-tick-count="#${list.id}"]`)) {
    place.textContent = (place.dataset.text ?? "#").replace("#", number(ticked));
  }
  for (const every of all<HTMLInputElement>(`[data-tick-all="#${list.id}"]`)) {
    every.checked = ticked > 0 && ticked === boxes(list).length;
    every.indeterminate = ticked > 0 && !every.checked;
  }
}
