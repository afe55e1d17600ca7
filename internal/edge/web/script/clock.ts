// The business clock in the top line. It may stand in 2020: what counts is how
// far it is from this machine's clock, measured once when the page came.
import {all, one} from "./dom";
import {ago, day, timeOfDay} from "./format";

let offset = 0;
let zone = "UTC";

/** now is the present moment of the business clock. */
export function now(): Date {
  return new Date(Date.now() + offset);
}

/** tickClocks keeps the clock going and says of moments how long ago they were. */
export function tickClocks(): void {
  const clock = one<HTMLTimeElement>("[data-clock]");
  if (!clock) return;
  offset = Date.parse(clock.dateTime) - Date.now();
  zone = clock.dataset.zone === "Local" ? Intl.DateTimeFormat().resolvedOptions().timeZone : clock.dataset.zone || "UTC";
  show(clock);
  setInterval(() => show(clock), 5_000);
}

function show(clock: HTMLTimeElement): void {
  const present = now();
  write(clock, "[data-time]", timeOfDay(present, zone));
  write(clock, "[data-date]", day(present, zone));
  for (const moment of all<HTMLTimeElement>("time[data-when]")) {
    moment.title = ago(new Date(moment.dateTime), present);
  }
}

function write(clock: HTMLElement, selector: string, text: string): void {
  const place = one(selector, clock);
  if (place && place.textContent !== text) place.textContent = text;
}
