// A day is typed as 10/7/2020, or picked from the browser's own calendar.
import {all, one} from "./dom";

/** pickDays gives each field of a day its calendar. */
export function pickDays(): void {
  for (const field of all("[data-day]")) attach(field);
}

function attach(field: HTMLElement): void {
  const typed = one<HTMLInputElement>("input", field);
  const button = one<HTMLButtonElement>("[data-day-open]", field);
  if (!typed || !button || !("showPicker" in HTMLInputElement.prototype)) return;
  const picker = document.createElement("input");
  picker.type = "date";
  picker.className = "picker";
  picker.tabIndex = -1;
  picker.setAttribute("aria-hidden", "true");
  field.append(picker);
  button.hidden = false;
  button.addEventListener("click", () => {
    picker.value = iso(typed.value);
    picker.showPicker();
  });
  picker.addEventListener("change", () => {
    if (!picker.value) return;
    const [year, month, day] = picker.value.split("-").map(Number);
    typed.value = `${day}/${month}/${year}`;
    typed.dispatchEvent(new Event("input", {bubbles: true}));
    typed.focus();
  });
}

/** iso gives 2020-07-10 for what was typed as 10/7/2020, "" for anything else. */
export function iso(typed: string): string {
  const m = /^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})$/.exec(typed.trim());
  return m ? `${m[3]}-${m[2].padStart(2, "0")}-${m[1].padStart(2, "0")}` : "";
}
