// A form marked data-keep keeps what is typed in this browser until it is sent:
// a closed tab, a lost line or an ended session loses nothing. Nothing secret is
// kept: no passwords, no files, no hidden fields but the idempotency key.
import {all, one} from "./dom";

const prefix = "giaoban-form:";
const mostAge = 7 * 24 * 3600 * 1000;

type Kept = {at: number; key: string; values: [string, string][]};
type Control = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

/** keepForms restores and keeps all marked forms of the page. */
export function keepForms(): void {
  for (const form of all<HTMLFormElement>("form[data-keep]")) keep(form);
  drop();
}

// A form's name is the page and what data-keep says; whoever signs in next on
// the same machine has other pages, and signing out clears all.
function nameOf(form: HTMLFormElement): string {
  return prefix + location.pathname + "#" + (form.dataset.keep || form.id);
}

function keep(form: HTMLFormElement): void {
  const name = nameOf(form);
  // The server has answered with what was typed: that is newer than what is here.
  const answered = all(".errors, .wrong").some((e) => (e.closest("form") ?? form) === form);
  if (!answered) restore(form, name);
  let timer = 0;
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = window.setTimeout(() => write(form, name), 300);
  });
  form.addEventListener("submit", () => {
    clearTimeout(timer);
    write(form, name);
    sessionStorage.setItem(prefix + "sent", JSON.stringify({name, path: location.pathname}));
  });
  window.addEventListener("pagehide", () => timer && write(form, name));
  for (const button of all("[data-keep-drop]", form)) {
    button.addEventListener("click", () => { localStorage.removeItem(name); location.reload(); });
  }
}

// drop forgets a form that was sent and accepted: the browser is on a page
// without errors now, and not on the way back to the form by a sign-in.
function drop(): void {
  const text = sessionStorage.getItem(prefix + "sent");
  if (!text) return;
  const sent = JSON.parse(text) as {name: string; path: string};
  if (one(".errors, .failure, input[name^='kept.'], form[data-once]")) return;
  if (one("input[type=password]") && location.pathname.startsWith("/sign-in")) return;
  sessionStorage.removeItem(prefix + "sent");
  if (location.pathname !== sent.path || !one(`form[data-keep]`)) localStorage.removeItem(sent.name);
}

function controls(form: HTMLFormElement): Control[] {
  return (Array.from(form.elements) as Control[]).filter(
    (c) => c.name && c.type !== "password" && c.type !== "file" && c.type !== "hidden" && c.type !== "submit" && c.type !== "button" && !c.closest("[data-unkept]"),
  );
}

function write(form: HTMLFormElement, name: string): void {
  const values: [string, string][] = [];
  for (const c of controls(form)) {
    if (c instanceof HTMLInputElement && (c.type === "checkbox" || c.type === "radio") && !c.checked) continue;
    if (c instanceof HTMLSelectElement && c.multiple) {
      for (const option of Array.from(c.selectedOptions)) values.push([c.name, option.value]);
      continue;
    }
    values.push([c.name, c.value]);
  }
  const key = one<HTMLInputElement>("input[name=key]", form)?.value ?? "";
  try {
    localStorage.setItem(name, JSON.stringify({at: Date.now(), key, values} satisfies Kept));
  } catch {
    // A full or forbidden storage keeps nothing; the server keeps what is sent.
  }
}

function restore(form: HTMLFormElement, name: string): void {
  const text = localStorage.getItem(name);
  if (!text) return;
  const kept = JSON.parse(text) as Kept;
  const differs = Date.now() - kept.at < mostAge && fill(form, kept);
  if (!differs) {
    localStorage.removeItem(name);
    return;
  }
  const key = one<HTMLInputElement>("input[name=key]", form);
  if (key && kept.key) key.value = kept.key;
  for (const note of all("[data-kept]", form)) note.hidden = false;
  form.dispatchEvent(new Event("kept", {bubbles: true}));
}

// fill puts the kept values into the form and says whether any was different.
function fill(form: HTMLFormElement, kept: Kept): boolean {
  const left = new Map<string, string[]>();
  for (const [name, value] of kept.values) left.set(name, [...(left.get(name) ?? []), value]);
  let differs = false;
  for (const c of controls(form)) {
    const values = left.get(c.name) ?? [];
    if (c instanceof HTMLInputElement && (c.type === "checkbox" || c.type === "radio")) {
      const checked = values.includes(c.value);
      differs ||= c.checked !== checked;
      c.checked = checked;
    } else if (c instanceof HTMLSelectElement && c.multiple) {
      for (const option of Array.from(c.options)) option.selected = values.includes(option.value);
    } else if (values.length > 0) {
      const value = values.shift() ?? "";
      differs ||= c.value !== value;
      c.value = value;
    }
  }
  return differs;
}

/** forgetForms clears all kept forms: whoever signs out leaves nothing behind. */
export function forgetForms(): void {
  for (const name of Object.keys(localStorage)) if (name.startsWith(prefix)) localStorage.removeItem(name);
}
