// An article saves itself while somebody writes it, and says who else has it open. What the
// server has not got yet stays in this browser (web/keep) and is sent again when the line
// is back; when somebody else saved meanwhile, saving stops and both texts are shown.
import {all, one} from "web/dom";
import {forgetForm} from "web/keep";

const pause = 1200; // ms after the last key
const longest = 30_000; // between two tries
const beat = 5000; // between two looks at who else is here
const slow = 1000; // before a save that nobody asked for is said to be under way

type Saved = {path: string; revision: number; saved: string; pending: boolean; stage: string};
type Refusal = {error?: {kind: string; message: string}};
type Others = {revision: number; own: boolean; moved: string; others: string};

const form = one<HTMLFormElement>("form[data-desk]");
if (form) attach(form);

function attach(form: HTMLFormElement): void {
  const told = one("[data-desk-saved]");
  const page = crypto.randomUUID(); // what this page saved is not somebody else's, whether it heard of it or not
  one<HTMLInputElement>("input[name=page]", form)!.value = page;
  let timer = 0;
  let wait = pause;
  let saving: Promise<void> | null = null;
  let dirty = false;
  let stopped = Boolean(one(".news-both", form)); // until one of two texts is chosen
  let lost = false; // the line

  const say = (text: string | undefined) => {
    if (told && text && told.textContent !== text) told.textContent = text;
  };
  const later = (delay: number) => {
    clearTimeout(timer);
    if (!stopped) timer = window.setTimeout(() => void save(), delay);
  };

  function save(): Promise<void> {
    saving ??= tried().finally(() => {
      saving = null;
    });
    return saving;
  }

  async function tried(): Promise<void> {
    if (stopped || !dirty) return;
    dirty = false;
    // Screen readers hear what is said: once a minute that it is saved, not at every pause.
    const telling = window.setTimeout(() => say(told?.dataset.saving), slow);
    try {
      take(await send(form));
      lost = false;
    } catch {
      lost = true;
      dirty = true;
      wait = Math.min(wait * 2, longest);
      say(told?.dataset.offline);
      later(wait);
    } finally {
      clearTimeout(telling);
    }
  }

  // take reads the answer: saved, overtaken, signed out, or refused.
  function take(answer: {status: number; body: Saved & Refusal}): void {
    if (answer.status === 200) {
      wait = pause;
      saved(answer.body);
      return;
    }
    dirty = true;
    if (answer.status === 409) moved(answer.body.error?.message ?? "");
    else if (answer.status === 401) say(told?.dataset.ended); // sending the form leads over the sign-in and back
    else say(answer.body.error?.message); // it is tried again with the next key
  }

  function saved(body: Saved): void {
    if (!dirty) forgetForm(form); // the server has all of it
    if (location.pathname !== body.path) { // it was begun
      forgetForm(form);
      history.replaceState(null, "", body.path);
      form.action = body.path;
      form.dataset.desk = body.path;
    }
    // What is published from this page is what is written in it.
    for (const field of all<HTMLInputElement>("input[name=revision]")) field.value = String(body.revision);
    const voided = Boolean(form.dataset.stage) && form.dataset.stage !== body.stage; // it was approved as it stood before
    for (const part of all("[data-desk-staged]")) part.hidden = voided;
    for (const part of all("[data-desk-voided]")) part.hidden = !voided;
    for (const part of all("[data-desk-pending]")) part.hidden = !body.pending || voided || part.dataset.deskPending === "waits";
    say(body.saved);
    if (dirty) later(pause);
  }

  function moved(message: string): void {
    stopped = true;
    const banner = one("[data-desk-moved]");
    const text = one("[data-desk-moved-text]");
    if (!banner || !text) return;
    text.textContent = message;
    banner.hidden = false;
    say(told?.dataset.stopped); // the banner may be out of sight
    choose();
  }

  // choose offers both texts to whoever has typed, also after hearing of the other one.
  function choose(): void {
    const typed = dirty || Boolean(form.dataset.typed);
    for (const button of all("[data-desk-both]")) button.hidden = !typed;
    for (const link of all("[data-desk-reload]")) link.hidden = typed;
  }

  async function look(): Promise<void> {
    if (document.hidden || !form.dataset.desk || form.dataset.desk === "/desk/new") return;
    const response = await fetch(form.dataset.desk + "/open", {method: "POST", body: new URLSearchParams({page}), headers: {Accept: "application/json"}}).catch(() => null);
    if (!response?.ok) return; // no line, or signed out: saving says it
    const body = (await response.json()) as Others;
    const who = one("[data-desk-others]");
    if (who) {
      if (who.textContent !== body.others) who.textContent = body.others;
      who.hidden = body.others === "";
    }
    const known = Number(one<HTMLInputElement>("input[name=revision]", form)?.value);
    if (!saving && !stopped && !body.own && body.revision > known) moved(body.moved);
  }

  form.addEventListener("input", () => {
    dirty = true;
    choose();
    later(pause);
  });
  document.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey || event.key.toLowerCase() !== "s") return;
    event.preventDefault(); // of the browser, which would save the page
    dirty = true; // so that the answer says when
    clearTimeout(timer);
    say(told?.dataset.saving);
    void save();
  });
  for (const hint of all("[data-desk-keys]")) hint.hidden = false;
  if (one("[data-kept]:not([hidden])", form)) {
    dirty = true; // what was kept in this browser is not on the server yet
    later(pause);
  }
  window.addEventListener("online", () => {
    wait = pause;
    later(0);
  });
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) void look();
    void save(); // also when somebody comes back who has signed in again elsewhere
  });
  // The form goes behind what is under way, which would otherwise look like somebody else's
  // save, and not at all while there is no line: the browser's page would say less.
  form.addEventListener("submit", (event) => {
    clearTimeout(timer);
    if (stopped) return;
    event.preventDefault();
    const button = event.submitter as HTMLButtonElement | null;
    button?.setAttribute("aria-busy", "true");
    void (async () => {
      if (saving) await saving;
      dirty = true;
      await save();
      if (lost) {
        button?.removeAttribute("aria-busy");
        return;
      }
      stopped = true;
      form.requestSubmit(button);
    })();
  });
  // Another form of the page goes when what was typed has been saved.
  for (const other of all<HTMLFormElement>("form[data-desk-after]")) {
    other.addEventListener("submit", (event) => {
      if (stopped || (!dirty && !saving)) return;
      event.preventDefault();
      const button = event.submitter as HTMLButtonElement | null;
      void (async () => {
        if (saving) await saving;
        await save();
        if (!dirty) other.requestSubmit(button);
      })();
    });
  }
  void look();
  setInterval(() => void look(), beat);
}

async function send(form: HTMLFormElement): Promise<{status: number; body: Saved & Refusal}> {
  const values = new URLSearchParams();
  for (const [name, value] of new FormData(form)) {
    if (typeof value === "string") values.append(name, value);
  }
  const begun = form.dataset.desk !== "/desk/new";
  const response = await fetch(begun ? form.dataset.desk + "/draft" : form.action, {method: "POST", body: values, headers: {Accept: "application/json"}});
  if (response.status >= 500) throw new Error("not now");
  return {status: response.status, body: (await response.json()) as Saved & Refusal};
}
