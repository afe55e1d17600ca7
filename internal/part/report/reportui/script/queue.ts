// The acceptance queue by keyboard: J and K move, X ticks, A accepts, R returns,
// O opens. A return asks for its reason in a dialog; without script its link
// leads to the report, where the same form stands.
import {all, one} from "web/dom";
import {number} from "web/format";

for (const list of all("[data-queue]")) attach(list);

function attach(list: HTMLElement): void {
  const lines = () => all<HTMLLIElement>("li", list);
  document.addEventListener("keydown", (event) => {
    const target = event.target as HTMLElement;
    if (event.altKey || event.ctrlKey || event.metaKey || target.closest("input:not([type=checkbox]),textarea,select,dialog")) return;
    const at = lines().findIndex((line) => line.contains(document.activeElement));
    if (key(event.key.toLowerCase(), lines(), at)) event.preventDefault();
  });
  list.addEventListener("click", (event) => {
    const opener = (event.target as HTMLElement).closest<HTMLElement>("[data-return]");
    if (!opener) return;
    event.preventDefault();
    ask(opener.closest("li"));
  });
  const every = one<HTMLInputElement>("[data-all]");
  if (every) {
    every.hidden = false;
    every.addEventListener("change", () => {
      for (const box of boxes(list)) box.checked = every.checked;
      count(list);
    });
  }
  list.addEventListener("change", () => count(list));
  count(list);
  lines()[0]?.focus({preventScroll: true});
}

// key does what a key means and says whether it means anything.
function key(pressed: string, lines: HTMLLIElement[], at: number): boolean {
  const line = lines[at];
  switch (pressed) {
    case "j":
    case "arrowdown":
      lines[Math.min(at + 1, lines.length - 1)]?.focus();
      return true;
    case "k":
    case "arrowup":
      lines[Math.max(at - 1, 0)]?.focus();
      return true;
  }
  if (!line) return false;
  switch (pressed) {
    case "x":
      one("input[type=checkbox]", line)?.click();
      return true;
    case "a":
      one("[data-accept]", line)?.click();
      return true;
    case "r":
      ask(line);
      return true;
    case "o":
      one("a.unit", line)?.click();
      return true;
  }
  return false;
}

function ask(line: HTMLLIElement | null): void {
  const dialog = one<HTMLDialogElement>("#return-dialog");
  const form = one<HTMLFormElement>("form", dialog ?? document);
  const unit = one("[data-return-unit]", dialog ?? document);
  if (!line || !dialog || !form || !unit) return;
  form.action = `/report/${line.dataset.id}/return`;
  unit.textContent = line.dataset.name ?? "";
  dialog.showModal();
  one("textarea", dialog)?.focus();
}

function boxes(list: HTMLElement): HTMLInputElement[] {
  return all<HTMLInputElement>("input[name=report]", list);
}

function count(list: HTMLElement): void {
  const ticked = boxes(list).filter((box) => box.checked).length;
  const told = one("[data-ticked]");
  if (told) told.textContent = (told.dataset.text ?? "#").replace("#", number(ticked));
  const several = one<HTMLButtonElement>("[data-several]");
  if (several) several.disabled = ticked === 0;
  const every = one<HTMLInputElement>("[data-all]");
  if (!every) return;
  every.checked = ticked > 0 && ticked === boxes(list).length;
  every.indeterminate = ticked > 0 && !every.checked;
}
