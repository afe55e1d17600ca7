// Whether it is time to compare the log with what this browser saw of it. What
// compares is loaded only then.
import {one} from "./dom";

const asked = "giaoban.checkpoint.asked";
const hour = 3600_000;

/** rememberLog compares once an hour, and on pages that ask for it. */
export function rememberLog(): void {
  const where = one<HTMLMetaElement>("meta[name=checkpoint]")?.content;
  if (!where) return;
  try {
    if (Date.now() - Number(localStorage.getItem(asked)) < hour && !one("[data-checkpoint]")) return;
    localStorage.setItem(asked, String(Date.now()));
  } catch {
    return; // a browser that keeps nothing
  }
  void import("./checkpoint").then(({compare}) => compare(where)).catch(() => localStorage.removeItem(asked));
}
