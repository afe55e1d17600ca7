// Tables that sort in the browser: <table data-sortable> and, on the headings
// that sort, data-sort="text" or "number". A cell's data-value goes before its
// text. The order last chosen stays when rows change.
import {all} from "./dom";

const collator = new Intl.Collator("vi", {numeric: true});

/** sortTables makes the marked headings press to sort. */
export function sortTables(): void {
  for (const table of all<HTMLTableElement>("table[data-sortable]")) {
    for (const heading of all<HTMLTableCellElement>("thead th[data-sort]", table)) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "sort";
      button.append(...Array.from(heading.childNodes));
      heading.append(button);
      button.addEventListener("click", () => press(table, heading));
    }
  }
}

function press(table: HTMLTableElement, heading: HTMLTableCellElement): void {
  const current = heading.getAttribute("aria-sort");
  const first = heading.dataset.sort === "number" ? "descending" : "ascending";
  const second = first === "ascending" ? "descending" : "ascending";
  for (const other of all("th[aria-sort]", table)) other.removeAttribute("aria-sort");
  heading.setAttribute("aria-sort", current === first ? second : first);
  sortRows(table);
}

/** sortRows puts a table's rows into the order that its headings say. */
export function sortRows(table: HTMLTableElement): void {
  const heading = table.querySelector<HTMLTableCellElement>("thead th[aria-sort]");
  const body = table.tBodies[0];
  if (!heading || !body) return;
  const column = heading.cellIndex;
  const down = heading.getAttribute("aria-sort") === "descending" ? -1 : 1;
  const numbers = heading.dataset.sort === "number";
  const value = (row: HTMLTableRowElement) => row.cells[column]?.dataset.value ?? row.cells[column]?.textContent?.trim() ?? "";
  const rows = Array.from(body.rows).map((row) => ({row, value: value(row)}));
  rows.sort((a, b) => down * (numbers ? toNumber(a.value) - toNumber(b.value) : collator.compare(a.value, b.value)));
  body.append(...rows.map((r) => r.row));
}

// What is no number stands after all numbers, whichever way.
function toNumber(text: string): number {
  const n = Number(text);
  return text === "" || Number.isNaN(n) ? -Infinity : n;
}
