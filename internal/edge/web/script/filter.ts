// A search field that narrows rows while one types, with or without diacritics:
// <input data-filter="#rows"> over the children of #rows (or of its tbody).
// data-filter-told names the place that says how many are left; a select with
// data-filter-by="state" keeps rows whose data-state is the chosen value.
import {all, one} from "./dom";
import {fold} from "./fold";
import {number} from "./format";

/** filterRows connects the page's search fields and choices with their rows. */
export function filterRows(): void {
  const lists = new Set(all<HTMLElement>("[data-filter]").map((field) => field.dataset.filter ?? ""));
  for (const selector of lists) attach(selector);
}

function attach(selector: string): void {
  const list = one(selector);
  if (!list) return;
  const fields = all<HTMLInputElement | HTMLSelectElement>(`[data-filter="${selector}"]`);
  const run = () => narrow(list, selector, fields);
  for (const field of fields) {
    field.addEventListener("input", run);
    field.addEventListener("keydown", (event) => {
      if ((event as KeyboardEvent).key === "Enter") event.preventDefault();
    });
  }
  if (fields.some((field) => field.value !== "")) run();
}

function narrow(list: HTMLElement, selector: string, fields: (HTMLInputElement | HTMLSelectElement)[]): void {
  const rows = Array.from((list instanceof HTMLTableElement ? list.tBodies[0] : list).children) as HTMLElement[];
  let left = 0;
  for (const row of rows) {
    const fits = fields.every((field) => matches(row, field));
    row.hidden = !fits;
    if (fits) left++;
  }
  for (const place of all(`[data-filter-told="${selector}"]`)) {
    place.textContent = (place.dataset.text ?? "#").replace("#", number(left));
  }
  for (const nothing of all(`[data-filter-none="${selector}"]`)) nothing.hidden = left > 0;
}

function matches(row: HTMLElement, field: HTMLInputElement | HTMLSelectElement): boolean {
  const by = field.dataset.filterBy;
  if (by) return field.value === "" || (row.dataset[by] ?? "").split(" ").includes(field.value);
  const wanted = fold(field.value).split(" ");
  const text = (row.dataset.folded ??= fold(row.dataset.name ?? row.textContent ?? ""));
  return wanted.every((word) => text.includes(word));
}
