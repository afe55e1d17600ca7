// Readers' opinions at the desk: others come in while the page is open, keys decide, and
// words that are marked in one are put into the field of the passage to cut.
import {all, one} from "web/dom";

import {besides, choose} from "./beside";

const list = one("[data-opinions]");
const said = one("[data-opinions-said]");
const soonAfter = 300; // ms, in which several that come together are fetched once
const byKeys = "opinions-by-keys"; // of the session
const again = 5000; // ms, after which a stream that ended is opened again

if (list) {
  const legend = one("[data-opinion-keys]");
  if (legend) legend.hidden = false;
  list.addEventListener("pointerup", take);
  list.addEventListener("keyup", take);
  list.addEventListener("keydown", press);
  reach(list);
  besides(list);
  goOn(list);
  watch(list);
}

/** reach lets the first opinion be reached by Tab. */
function reach(list: HTMLElement): void {
  const first = one("[data-opinion]", list);
  if (first) first.tabIndex = 0;
}

/** take fills the field with what is marked in an opinion's text. */
function take(e: Event): void {
  const text = (e.target as HTMLElement).closest<HTMLElement>("[data-opinion-text]");
  const marked = getSelection();
  const words = marked?.toString().trim() ?? "";
  if (!text || !marked || words === "" || !text.contains(marked.anchorNode) || !text.contains(marked.focusNode)) return;
  const field = cutting(text);
  if (field) field.value = words;
}

/** cutting opens an opinion's field for the passage to cut. */
function cutting(within: HTMLElement): HTMLTextAreaElement | null {
  const section = within.closest("section");
  const details = section && one<HTMLDetailsElement>(".opinion-cut", section);
  if (details) details.open = true;
  return section && one<HTMLTextAreaElement>("[name=passage]", section);
}

/** press is a key on an opinion, not in one of its fields. */
function press(e: KeyboardEvent): void {
  const at = e.target as HTMLElement;
  const section = at.closest<HTMLElement>("[data-opinion]");
  if (!section || e.ctrlKey || e.altKey || e.metaKey || at.matches("textarea, select, input:not([type=checkbox])")) return;
  const acts: Record<string, () => void> = {
    j: () => step(section, 1),
    k: () => step(section, -1),
    a: () => decide(section, "shown"),
    r: () => refuse(section),
    c: () => cutting(section)?.focus(),
    x: () => one<HTMLInputElement>("[name=opinion]", section)?.click(),
  };
  const act = acts[e.key];
  if (!act) return;
  e.preventDefault();
  act();
}

function step(from: HTMLElement, by: number): void {
  const sections = all("[data-opinion]");
  sections[sections.indexOf(from) + by]?.focus();
}

/** refuse refuses an opinion, or asks for the reason first. */
function refuse(section: HTMLElement): void {
  const reason = one<HTMLTextAreaElement>("[name=reason]", section);
  if (reason?.value.trim()) decide(section, "refused");
  else reason?.focus();
}

/** decide decides by a key; on the page that comes then the keys go on with the next. */
function decide(section: HTMLElement, to: string): void {
  sessionStorage.setItem(byKeys, "yes");
  one<HTMLButtonElement>(`[value=${to}]`, section)?.click();
}

/** goOn stands on the first opinion where the last was decided by a key. */
function goOn(list: HTMLElement): void {
  if (sessionStorage.getItem(byKeys)) one("[data-opinion]", list)?.focus();
  sessionStorage.removeItem(byKeys);
}

function mark(live: boolean): void {
  for (const sign of all("[data-live]")) sign.dataset.live = live ? "on" : "off";
}

/** watch fetches what came or was decided elsewhere whenever the stream says so. */
function watch(list: HTMLElement): void {
  let waiting = false;
  const soon = () => {
    if (waiting) return;
    waiting = true;
    setTimeout(() => {
      waiting = false;
      renew(list).catch(() => mark(false));
    }, soonAfter);
  };
  const open = () => {
    const stream = new EventSource(list.dataset.opinions ?? "");
    let opened = false;
    stream.onmessage = (event) => {
      for (const line of (event.data as string).split("\n")) {
        const frame = JSON.parse(line) as {connect?: unknown; push?: unknown};
        if (frame.connect) {
          mark(true);
          if (opened) soon(); // what happened while there was no line
          opened = true;
        }
        if (frame.push) soon();
      }
    };
    stream.onerror = () => {
      mark(false);
      if (stream.readyState === EventSource.CLOSED) setTimeout(open, again);
    };
  };
  open();
}

/** renew brings new opinions in and takes away those that were decided elsewhere, but for one that somebody works on. */
async function renew(list: HTMLElement): Promise<void> {
  const answer = await fetch(location.href, {headers: {Accept: "text/html"}});
  if (!answer.ok) throw new Error(`asking for opinions: ${answer.status}`);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = all("[data-opinion]", page.body);
  for (const old of all("[data-opinion]", list)) {
    if (!fresh.some((one) => one.id === old.id) && !old.contains(document.activeElement)) old.remove();
  }
  const count = one("[data-opinions-count]", page.body);
  if (count) one("[data-opinions-count]")?.replaceChildren(...count.childNodes);
  const come = fresh.filter((one) => !document.getElementById(one.id));
  if (come.length === 0) return;
  one("[data-opinions-none]", list)?.remove();
  const form = one("#several", page.body);
  if (form && !one("#several")) list.before(form);
  list.append(...come);
  reach(list);
  if (!one("[data-here]", list)) choose(one("[data-opinion]", list));
  if (said) said.textContent = (said.dataset.new ?? "").replace("#", String(come.length));
}
