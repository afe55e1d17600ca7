// A day is typed as 10/7/2020 and a moment as 10/7/2020 08:00, or picked from the
// browser's own calendar.
import {all, one} from "./dom";

/** pickDays gives each field of a day or of a moment its calendar. */
export function pickDays(): void {
  for (const field of all("[data-day]")) attach(field);
}

function attach(field: HTMLElement): void {
  const typed = one<HTMLInputElement>("input", field);
  const button = one<HTMLButtonElement>("[data-day-open]", field);
  if (!typed || !button || !("showPicker" in HTMLInputElement.prototype)) return;
  const moment = field.dataset.day === "moment";
  const picker = document.createElement("input");
  picker.type = moment ? "datetime-local" : "date";
  picker.className = "picker";
  picker.tabIndex = -1;
  picker.setAttribute("aria-hidden", "true");
  field.append(picker);
  button.hidden = false;
  button.addEventListener("click", () => {
    picker.value = moment ? isoMoment(typed.value) : iso(typed.value);
    picker.showPicker();
  });
  picker.addEventListener("change", () => {
    if (!picker.value) return;
    const [date, time] = picker.value.split("T");
    const [year, month, day] = date.split("-").map(Number);
    typed.value = `${day}/${month}/${year}` + (time ? ` ${time}` : "");
    typed.dispatchEvent(new Event("input", {bubbles: true}));
    if (!moment) typed.focus(); // the hour is still to be picked after the day
  });
}

/** iso gives 2020-07-10 for what was typed as 10/7/2020 or 10 July 2020, "" for
 *  anything else. */
export function iso(typed: string): string {
  const m = /^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})$/.exec(typed.trim());
  if (m) return `${m[3]}-${m[2].padStart(2, "0")}-${m[1].padStart(2, "0")}`;
  const named = /^\d{1,2} [a-z]{3,9} \d{4}$/i.test(typed.trim()) ? Date.parse(`${typed} UTC`) : NaN;
  return Number.isNaN(named) ? "" : new Date(named).toISOString().slice(0, 10);
}

/** isoMoment gives 2020-07-10T08:00 for 10/7/2020 08:00; of a day alone its last
 *  minute, which is what it means; "" for anything else. */
export function isoMoment(typed: string): string {
  const m = /^(.+?)(?:\s+(\d{1,2}):(\d{2})(?::\d{2})?)?$/.exec(typed.trim());
  const day = m ? iso(m[1]) : "";
  if (!m || !day) return "";
  return `${day}T${(m[2] ?? "23").padStart(2, "0")}:${m[3] ?? "59"}`;
}
