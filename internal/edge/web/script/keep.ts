// A form marked data-keep keeps what is typed in this browser until the server
// has taken it: a closed tab, a lost line or an ended session loses nothing.
// Nothing secret is kept: no passwords and no files. Of the hidden fields the
// idempotency key and the revision come back with the text, so that what was
// sent already is not sent twice, and what somebody else changed meanwhile is
// told as a conflict instead of being overwritten.
import {all, one} from "./dom";

const prefix = "giaoban-form:";
const mostAge = 30 * 24 * 3600 * 1000;
const carried = ["key", "revision"];

type Kept = {at: number; hidden: Record<string, string>; values: [string, string][]};
type Control = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

/** keepForms restores and keeps all marked forms of the page. */
export function keepForms(): void {
  forgetSent();
  for (const form of all<HTMLFormElement>("form[data-keep]")) keep(form);
}

// A form's name is the page and what data-keep says.
function nameOf(form: HTMLFormElement): string {
  return prefix + location.pathname + "#" + (form.dataset.keep || form.id);
}

function keep(form: HTMLFormElement): void {
  // What the server answers with errors is newer than what is here.
  const answered = all(".errors, .wrong").some((e) => (e.closest("form") ?? form) === form);
  if (!answered) restore(form);
  let timer = 0;
  const write = () => {
    if (form.dataset.typed) store(form);
  };
  form.addEventListener("input", () => {
    form.dataset.typed = "yes"; // until forgetForm
    clearTimeout(timer);
    timer = window.setTimeout(write, 300);
  });
  form.addEventListener("submit", () => store(form));
  window.addEventListener("pagehide", write);
  for (const button of all("[data-keep-drop]", form)) {
    button.addEventListener("click", () => {
      forgetForm(form);
      location.reload();
    });
  }
}

// forgetSent forgets the form that the server says it has taken, by its key.
function forgetSent(): void {
  const cookie = /(?:^|; )sent=([^;]+)/.exec(document.cookie);
  if (!cookie) return;
  document.cookie = "sent=; path=/; max-age=0; samesite=lax";
  const key = decodeURIComponent(cookie[1]);
  for (const name of names()) if (read(name)?.hidden.key === key) localStorage.removeItem(name);
}

function names(): string[] {
  return Object.keys(localStorage).filter((name) => name.startsWith(prefix));
}

function read(name: string): Kept | null {
  try {
    return JSON.parse(localStorage.getItem(name) ?? "null") as Kept | null;
  } catch {
    return null; // not written by this script
  }
}

function controls(form: HTMLFormElement): Control[] {
  const left = ["password", "file", "hidden", "submit", "button"];
  return (Array.from(form.elements) as Control[]).filter((c) => c.name && !left.includes(c.type) && !c.closest("[data-unkept]"));
}

function store(form: HTMLFormElement): void {
  const values: [string, string][] = [];
  for (const c of controls(form)) {
    if (isChoice(c)) {
      if (c.checked) values.push([c.name, c.value]);
    } else if (c instanceof HTMLSelectElement && c.multiple) {
      for (const option of Array.from(c.selectedOptions)) values.push([c.name, option.value]);
    } else {
      values.push([c.name, c.value]);
    }
  }
  const hidden: Record<string, string> = {};
  for (const name of carried) {
    const field = hiddenField(form, name);
    if (field) hidden[name] = field.value;
  }
  try {
    localStorage.setItem(nameOf(form), JSON.stringify({at: Date.now(), hidden, values} satisfies Kept));
  } catch {
    // A full or forbidden storage keeps nothing; the server keeps what is sent.
  }
}

function restore(form: HTMLFormElement): void {
  const kept = read(nameOf(form));
  if (!kept) return;
  if (Date.now() - kept.at > mostAge || !fill(form, kept)) {
    forgetForm(form);
    return;
  }
  for (const name of carried) {
    const field = hiddenField(form, name);
    if (field && kept.hidden[name]) field.value = kept.hidden[name];
  }
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
    if (isChoice(c)) {
      const checked = values.includes(c.value);
      differs ||= c.checked !== checked;
      c.checked = checked;
    } else if (c instanceof HTMLSelectElement && c.multiple) {
      for (const option of Array.from(c.options)) {
        differs ||= option.selected !== values.includes(option.value);
        option.selected = values.includes(option.value);
      }
    } else if (values.length > 0) {
      const value = values.shift() ?? "";
      differs ||= c.value !== value;
      c.value = value;
    }
  }
  return differs;
}

function isChoice(c: Control): c is HTMLInputElement {
  return c instanceof HTMLInputElement && (c.type === "checkbox" || c.type === "radio");
}

function hiddenField(form: HTMLFormElement, name: string): HTMLInputElement | null {
  return one<HTMLInputElement>(`input[type=hidden][name=${name}]`, form);
}

/** forgetForm drops what was kept of one form: the server has all of it, or it
 * is given up. What is typed from then on is kept again. */
export function forgetForm(form: HTMLFormElement): void {
  delete form.dataset.typed;
  localStorage.removeItem(nameOf(form));
}

/** forgetForms clears all kept forms: whoever signs out leaves nothing behind. */
export function forgetForms(): void {
  for (const name of names()) localStorage.removeItem(name);
}
