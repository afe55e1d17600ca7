// Numbers and dates as the language of the page writes them. A push carries bare
// values; each page formats them for its own reader, as the server's package
// text does.
import {lang} from "./dom";

const whole = new Intl.NumberFormat(lang === "en" ? "en-GB" : "vi-VN");
const tenths = new Intl.NumberFormat(lang === "en" ? "en-GB" : "vi-VN", {minimumFractionDigits: 1, maximumFractionDigits: 1});

/** number writes a number with its thousands grouped: 51.985 or 51,985. */
export function number(n: number): string {
  return whole.format(n);
}

/** percent writes done of total. It says 100 and 0 only when they are exact. */
export function percent(done: number, total: number): string {
  const sign = lang === "en" ? "%" : " %";
  if (total <= 0) return "–";
  if (done === 0) return "0" + sign;
  if (done === total) return "100" + sign;
  const shown = Math.min(Math.max(Math.round((done * 1000) / total), 1), 999) / 10;
  return tenths.format(shown) + sign;
}

/** change writes a difference with its sign; "–" for none. */
export function change(n: number): string {
  return n > 0 ? "+" + number(n) : n < 0 ? "−" + number(-n) : "–";
}

/** timeOfDay writes hour and minute in a zone: 08:42. */
export function timeOfDay(at: Date, zone: string): string {
  return new Intl.DateTimeFormat("en-GB", {hour: "2-digit", minute: "2-digit", timeZone: zone}).format(at);
}

/** day writes a day in a zone: 10/7/2020 or 10 July 2020. */
export function day(at: Date, zone: string): string {
  const english = new Intl.DateTimeFormat("en-GB", {day: "numeric", month: "long", year: "numeric", timeZone: zone});
  if (lang === "en") return english.format(at);
  const parts = new Intl.DateTimeFormat("en-GB", {day: "numeric", month: "numeric", year: "numeric", timeZone: zone}).formatToParts(at);
  const part = (type: string) => Number(parts.find((p) => p.type === type)?.value);
  return `${part("day")}/${part("month")}/${part("year")}`;
}

/** ago says how long before now a moment was, in words: "5 phút trước". */
export function ago(at: Date, now: Date): string {
  const words = new Intl.RelativeTimeFormat(lang, {numeric: "auto"});
  const seconds = (at.getTime() - now.getTime()) / 1000;
  for (const [unit, size] of [["day", 86400], ["hour", 3600], ["minute", 60]] as const) {
    if (Math.abs(seconds) >= size) return words.format(Math.trunc(seconds / size), unit);
  }
  return words.format(0, "minute");
}
