// The board moves by itself: numbers change in place while others report.
//
// The page stands at a ledger position. Each message says from which position
// to which it leads; after a gap the page asks for what changed since its own.
// A hidden tab closes its stream and catches up when it is shown again.
import { change, percent } from "web/format";

type Message = { from: number; to: number; version: number; reload?: boolean; obstacles?: boolean; cells: number[][] };
type Values = {
  total: number; done: number; waiting: number; provisional: number;
  soon: number; late: number; passed: number; exempt: number; apart: number;
};

const page = document.querySelector<HTMLElement>("[data-board]");
const vietnamese = document.documentElement.lang === "vi";
const numbers = new Intl.NumberFormat(vietnamese ? "vi-VN" : "en-GB");
const late = new Map<string, number>(); // late units by cell, as "unit:column"
const told = new Map<string, number>(); // provisional ones
let stream: EventSource | undefined;
let position = 0;
let again = false; // there was a stream before

function values(cell: number[]): Values {
  const [, , total, done, waiting, provisional, soon, late, passed, exempt, apart] = cell;
  return { total, done, waiting, provisional, soon, late, passed, exempt, apart };
}

function nothing(v: Values): number {
  return v.total - v.done - v.waiting - v.provisional;
}

function state(v: Values): string {
  if (v.exempt > 0) return "exempt";
  if (v.done > 0) return "done";
  if (v.waiting > 0) return "waiting";
  if (v.provisional > 0) return "told";
  if (v.late > 0) return "late";
  return v.soon > 0 ? "soon" : "none";
}

function glow(element: Element): void {
  element.classList.remove("changed");
  void (element as HTMLElement).offsetWidth; // begins the highlight anew
  element.classList.add("changed");
}

function write(element: HTMLElement, v: Values): boolean {
  const base = Number(element.closest<HTMLElement>("[data-base]")?.dataset.base ?? 0);
  const texts: Record<string, string> = {
    done: numbers.format(v.done), total: numbers.format(v.total), waiting: numbers.format(v.waiting), late: numbers.format(v.late),
    soon: numbers.format(v.soon), nothing: numbers.format(nothing(v)), told: numbers.format(v.provisional), exempt: numbers.format(v.exempt), apart: numbers.format(v.apart), percent: percent(v.done, v.total), change: change(v.done - base),
  };
  let changed = false;
  for (const shown of element.querySelectorAll<HTMLElement>("[data-show]")) {
    const text = texts[shown.dataset.show ?? ""];
    if (text !== undefined && shown.textContent !== text) {
      shown.textContent = text;
      changed = true;
    }
  }
  return changed;
}

function draw(bar: Element, v: Values): void {
  const share = (n: number) => (v.total > 0 ? (n * 100) / v.total : 0) + "%";
  const done = bar.querySelector("rect.done"), waiting = bar.querySelector("rect.waiting"), told = bar.querySelector("rect.told"), due = bar.querySelector("line");
  done?.setAttribute("width", share(v.done));
  waiting?.setAttribute("x", share(v.done));
  waiting?.setAttribute("width", share(v.waiting));
  told?.setAttribute("x", share(v.done + v.waiting));
  told?.setAttribute("width", share(v.provisional));
  due?.setAttribute("x1", share(v.passed));
  due?.setAttribute("x2", share(v.passed));
}

// count writes how many units of a row are late, or provisional, over the
// columns shown.
function count(root: HTMLElement, unit: number, by: Map<string, number>, selector: string): void {
  const place = root.querySelector<HTMLElement>(selector);
  if (!place) return;
  let sum = 0;
  for (const [key, n] of by) if (key.startsWith(`${unit}:`)) sum += n;
  const text = sum > 0 ? numbers.format(sum) : "–";
  if (place.textContent === text) return;
  place.textContent = text;
  if (by === late) place.classList.toggle("down", sum > 0);
  glow(place);
}

function show(root: HTMLElement, cell: number[]): boolean {
  const [unit, column] = cell;
  const v = values(cell);
  if (late.has(`${unit}:${column}`)) {
    late.set(`${unit}:${column}`, v.late);
    told.set(`${unit}:${column}`, v.provisional);
    count(root, unit, late, `[data-late="${unit}"] a`);
    count(root, unit, told, `[data-told="${unit}"]`);
  }
  const places = root.querySelectorAll<HTMLElement>(`[data-cell="${unit}:${column}"]`);
  for (const place of places) {
    const parts: Record<string, number> = { waiting: v.waiting, late: v.late, soon: v.soon, nothing: nothing(v), told: v.provisional, exempt: v.exempt, apart: v.apart };
    for (const part of place.querySelectorAll<HTMLElement>("[data-part]")) part.hidden = !parts[part.dataset.part ?? ""];
    for (const bar of place.querySelectorAll("[data-bar]")) draw(bar, v);
    const own = place.querySelector<HTMLElement>("[data-state] .state");
    if (own && !own.classList.contains(state(v))) {
      const words = JSON.parse(root.dataset.words ?? "{}") as Record<string, string>;
      own.className = "state " + state(v);
      own.textContent = words[state(v)] ?? "";
      glow(place);
    }
    if (write(place, v)) glow(place.querySelector(".big") ?? place);
  }
  return places.length > 0;
}

// catchUp asks for what changed since the page's position. A connection that is
// lost again here is no matter: the next one catches up.
async function catchUp(root: HTMLElement): Promise<void> {
  try {
    const answer = await fetch(`${root.dataset.board}/changes?since=${position}`, { headers: { Accept: "application/json" } });
    if (answer.status === 401) location.reload();
    if (answer.ok) take(root, (await answer.json()) as Message, true);
  } catch {
    mark(false);
  }
}

function take(root: HTMLElement, message: Message, whole = false): void {
  if (message.reload || String(message.version) !== root.dataset.version) {
    location.reload();
    return;
  }
  if (!whole && message.from > position) {
    void catchUp(root);
    return;
  }
  if (message.to < position) return;
  position = message.to;
  root.dataset.position = String(position);
  for (const cell of message.cells) show(root, cell);
}

// obstacles fetches anew what stands in the way of units, when that has changed.
async function obstacles(root: HTMLElement): Promise<void> {
  try {
    const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
    if (!answer.ok) return;
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const place of root.querySelectorAll<HTMLElement>("[data-obstacles]")) {
      const now = fresh.querySelector<HTMLElement>(`[data-obstacles="${place.dataset.obstacles}"]`);
      if (!now || now.innerHTML === place.innerHTML) continue;
      place.innerHTML = now.innerHTML;
      glow(place);
    }
  } catch {
    mark(false); // it catches up when the line is back
  }
}

function mark(live: boolean): void {
  for (const sign of document.querySelectorAll<HTMLElement>("[data-live]")) sign.dataset.live = live ? "on" : "off";
}

function open(root: HTMLElement): void {
  if (stream) return;
  stream = new EventSource(`${root.dataset.board}/live`);
  stream.onmessage = (event) => {
    for (const line of (event.data as string).split("\n")) {
      const frame = JSON.parse(line) as { connect?: unknown; push?: { pub?: { data: Message } } };
      if (frame.connect) {
        mark(true);
        void catchUp(root); // what happened between the page and the stream
        if (again) void obstacles(root);
        again = true;
      }
      const data = frame.push?.pub?.data;
      if (data?.obstacles) void obstacles(root);
      else if (data) take(root, data);
    }
  };
  stream.onerror = () => {
    mark(false);
    if (stream?.readyState === EventSource.CLOSED) {
      stream = undefined;
      setTimeout(() => { if (!document.hidden) open(root); }, 3000);
    }
  };
}

function close(): void {
  stream?.close();
  stream = undefined;
  mark(false);
}

if (page && document.querySelector("[data-live]")) {
  position = Number(page.dataset.position);
  for (const cell of page.querySelectorAll<HTMLElement>("tr [data-cell][data-values]")) {
    const values = cell.dataset.values?.split(",");
    late.set(cell.dataset.cell ?? "", Number(values?.[5]));
    told.set(cell.dataset.cell ?? "", Number(values?.[3]));
  }
  open(page);
  document.addEventListener("visibilitychange", () => (document.hidden ? close() : open(page)));
}

// The slider goes through the days since the directive was issued; the last is
// the present. It says the day while it moves and opens it when it rests.
const slide = document.querySelector<HTMLElement>("[data-slide]");
const range = slide?.querySelector<HTMLInputElement>("input[type=range]");
if (slide && range) {
  const first = Date.parse(slide.dataset.slide ?? "");
  const dates = new Intl.DateTimeFormat(vietnamese ? "vi-VN" : "en-GB", { timeZone: "UTC", day: "numeric", month: vietnamese ? "numeric" : "long", year: "numeric" });
  const at = () => new Date(first + Number(range.value) * 86400000);
  const say = () => {
    range.setAttribute("aria-valuetext", dates.format(at()));
    const output = slide.querySelector("output");
    if (output) output.textContent = dates.format(at());
  };
  let rest = 0;
  range.addEventListener("input", say);
  range.addEventListener("change", () => {
    clearTimeout(rest);
    rest = window.setTimeout(() => {
      const address = new URL(location.href);
      address.searchParams.delete("page");
      address.searchParams.delete("since");
      if (range.value === range.max) address.searchParams.delete("at");
      else address.searchParams.set("at", at().toISOString().slice(0, 10) + "T23:59:59");
      address.hash = "slide";
      location.assign(address);
    }, 500);
  });
  say();
  slide.hidden = false;
  if (location.hash === "#slide") range.focus({ preventScroll: true });
}
