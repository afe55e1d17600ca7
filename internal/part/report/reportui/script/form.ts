// The form of a report saves itself as a draft while somebody writes it. What
// the server has not got yet stays in this browser (web/keep) and is sent again
// when the line is back; when somebody else saved meanwhile, saving stops and the
// person is shown both texts.
import {all, one} from "web/dom";
import {forgetForm} from "web/keep";

const pause = 1200; // after the last key
const longest = 60_000; // between two tries

type Saved = {key: string; revision: number; saved: string};
type Refusal = {error?: {kind: string; message: string}};

for (const form of all<HTMLFormElement>("form[data-autosave]")) attach(form);

for (const link of all<HTMLAnchorElement>("a[data-take]")) {
  link.addEventListener("click", () => all<HTMLFormElement>("form[data-keep]").forEach(forgetForm));
}

function attach(form: HTMLFormElement): void {
  const told = one("[data-saved]");
  let timer = 0;
  let wait = pause;
  let saving = false;
  let dirty = false;
  let stopped = false;

  const say = (text: string | undefined) => {
    if (told && text) told.textContent = text;
  };
  const later = (delay: number) => {
    clearTimeout(timer);
    if (!stopped) timer = window.setTimeout(() => void save(), delay);
  };

  async function save(): Promise<void> {
    if (saving || stopped || !dirty) return;
    saving = true;
    dirty = false;
    say(told?.dataset.saving);
    try {
      take(await send(form));
    } catch {
      dirty = true;
      wait = Math.min(wait * 2, longest);
      say(told?.dataset.offline);
      later(wait);
    } finally {
      saving = false;
    }
  }

  // take reads the answer: saved, overtaken, signed out, or refused.
  function take(answer: {status: number; body: Saved & Refusal}): void {
    if (answer.status === 200) {
      wait = pause;
      set(form, "revision", String(answer.body.revision));
      set(form, "key", answer.body.key);
      say(answer.body.saved);
      if (dirty) later(pause);
      else forgetForm(form); // the server has all of it
      return;
    }
    dirty = true;
    if (answer.status === 401) {
      say(told?.dataset.ended); // sending the form leads over the sign-in and back
      return;
    }
    stopped = true;
    const message = answer.body.error?.message ?? told?.dataset.failed;
    say(told?.dataset.failed);
    const banner = one("[data-moved]", form);
    const text = one("[data-moved-text]", form);
    if (!banner || !text) return;
    text.textContent = message ?? "";
    banner.hidden = false;
    for (const button of all("[data-moved-see]", banner)) button.hidden = answer.body.error?.kind !== "conflict";
  }

  const touched = (event: Event) => {
    if ((event.target as HTMLInputElement).type === "password") return;
    dirty = true;
    later(pause);
  };
  form.addEventListener("input", touched);
  if (one("[data-kept]:not([hidden])", form)) {
    dirty = true; // what was kept in this browser is not on the server yet
    later(pause);
  }
  // Enter in a field keeps the draft; after the password it means the signature.
  one<HTMLInputElement>("input[type=password]", form)?.addEventListener("keydown", (event) => {
    const sign = one<HTMLButtonElement>("button[name=act][value=sign]:not([data-passkey])", form);
    if (event.key !== "Enter" || event.isComposing || !sign) return;
    event.preventDefault();
    form.requestSubmit(sign);
  });
  window.addEventListener("online", () => {
    wait = pause;
    later(0);
  });
  form.addEventListener("submit", (event) => {
    clearTimeout(timer);
    if (navigator.onLine) {
      stopped = true;
      return;
    }
    event.preventDefault(); // an error page of the browser would help nobody
    say(told?.dataset.offline);
  });
}

// send posts the form's fields without the password.
async function send(form: HTMLFormElement): Promise<{status: number; body: Saved & Refusal}> {
  const values = new URLSearchParams();
  for (const [name, value] of new FormData(form)) {
    if (typeof value === "string" && name !== "password") values.append(name, value);
  }
  const response = await fetch(form.dataset.autosave ?? "", {
    method: "POST", body: values, headers: {Accept: "application/json"}, credentials: "same-origin",
  });
  if (response.status >= 500) throw new Error("not now");
  return {status: response.status, body: (await response.json()) as Saved & Refusal};
}

function set(form: HTMLFormElement, name: string, value: string): void {
  const field = one<HTMLInputElement>(`input[name=${name}]`, form);
  if (field) field.value = value;
}
