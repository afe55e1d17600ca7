// The form of a draft saves itself while one writes. Rows come and go without a
// new page. What cannot be sent stays in this browser and goes out when the line
// is back; when somebody else saved meanwhile, nothing is sent over it.
import {pickDays} from "web/day";
import {all, one} from "web/dom";
import {dropFiles} from "web/drop";

const pause = 1200; // ms without a key before the draft is sent
const retry = 5000;

type Answer = {revision: number; saved: string};
type Kept = [string, string][];

const form = one<HTMLFormElement>("form[data-directive]");
if (form) begin(form);

function begin(form: HTMLFormElement): void {
  const name = form.dataset.kept ?? "";
  let timer = 0;
  let sending: Promise<void> | null = null;
  let changed = false;
  let stopped = one(".errors [name=do]") !== null; // the writer has to choose first

  const later = (ms: number) => {
    clearTimeout(timer);
    timer = window.setTimeout(() => void save(), ms);
  };
  const save = async (): Promise<void> => {
    if (sending) await sending;
    if (!changed || stopped) return;
    changed = false;
    sending = send();
    await sending;
    sending = null;
  };
  const send = async (): Promise<void> => {
    const fields = content(form);
    keep(name, fields);
    try {
      const response = await fetch(form.action, {method: "POST", body: body(fields), headers: {Accept: "application/json"}});
      if (response.status === 409) {
        stopped = true;
        show("[data-conflict]", true);
        return;
      }
      if (response.status === 422) {
        localStorage.removeItem(name); // what the server may not take is not kept here either
        form.submit(); // the page says what is refused, at its field
        return;
      }
      if (!response.ok) throw new Error(String(response.status));
      told((await response.json()) as Answer);
    } catch {
      changed = true;
      show("[data-lost]", true);
      later(retry);
    }
  };
  const told = (answer: Answer): void => {
    const revision = one<HTMLInputElement>("[data-revision]", form);
    if (revision) revision.value = String(answer.revision);
    const place = one("[data-saved]");
    if (place) place.textContent = answer.saved;
    show("[data-lost]", false);
    if (!changed) localStorage.removeItem(name);
  };

  restore(form, name);
  form.addEventListener("input", (event) => {
    if ((event.target as HTMLInputElement).type === "file") return;
    changed = true;
    later(pause);
  });
  form.addEventListener("submit", (event) => {
    clearTimeout(timer);
    const button = event.submitter as HTMLButtonElement | null;
    if (sending) {
      // The draft on its way is older: two at once would look like two people.
      event.preventDefault();
      // What it brings may hold the button anew.
      void sending.then(() => form.requestSubmit(button?.isConnected ? button : one<HTMLButtonElement>(`button[value="${button?.value}"]`, form)));
      return;
    }
    changed = false;
    if (stopped || !/^(add|remove|up)-/.test(button?.value ?? "") || chosenFile(form)) {
      localStorage.removeItem(name);
      return;
    }
    event.preventDefault();
    sending = rearrange(form, button as HTMLButtonElement).then(() => { sending = null; });
  });
  window.addEventListener("pagehide", () => {
    if (!changed || stopped) return;
    const fields = content(form);
    keep(name, fields);
    void fetch(form.action, {method: "POST", body: body(fields), headers: {Accept: "application/json"}, keepalive: true}).then((response) => {
      if (response.ok) localStorage.removeItem(name);
    }, () => undefined); // what was not sent is kept
  });
}

// rearrange adds, removes or moves a row by the server, which names and numbers
// all others anew, and puts the focus where one goes on.
async function rearrange(form: HTMLFormElement, button: HTMLButtonElement): Promise<void> {
  const place = button.closest<HTMLElement>(".milestone")?.id ?? "";
  button.setAttribute("aria-busy", "true");
  const fields = content(form);
  fields.push(["do", button.value]);
  try {
    const response = await fetch(form.action + "?part=1", {method: "POST", body: body(fields), headers: {Accept: "text/html"}});
    if (!response.ok) throw new Error(String(response.status));
    form.innerHTML = await response.text();
    pickDays();
    dropFiles();
    focus(form, button.value, place);
  } catch {
    // As without script: the next page says what is the matter.
    const hidden = document.createElement("input");
    hidden.type = "hidden";
    hidden.name = "do";
    hidden.value = button.value;
    form.append(hidden);
    form.submit();
  }
}

function focus(form: HTMLFormElement, done: string, place: string): void {
  const milestones = all(".milestone", form);
  const there = done.startsWith("add-milestone") ? milestones[milestones.length - 1] : document.getElementById(place) ?? milestones[milestones.length - 1];
  const rows = there ? all(".indicator", there) : [];
  const target = done.startsWith("add-indicator") ? rows[rows.length - 1] : there;
  const field = one<HTMLElement>("input:not([type=hidden])", target ?? form);
  field?.focus({preventScroll: !done.startsWith("add-")});
}

// content is all that the form sends but files and the pressed button.
function content(form: HTMLFormElement): Kept {
  const list: Kept = [];
  for (const [name, value] of new FormData(form)) if (typeof value === "string") list.push([name, value]);
  return list;
}

function body(fields: Kept): URLSearchParams {
  return new URLSearchParams(fields);
}

function chosenFile(form: HTMLFormElement): boolean {
  return all<HTMLInputElement>("input[type=file]", form).some((input) => (input.files?.length ?? 0) > 0);
}

function keep(name: string, fields: Kept): void {
  try {
    localStorage.setItem(name, JSON.stringify(fields));
  } catch {
    // A full or forbidden storage keeps nothing; the page still stands open.
  }
}

// restore sends what a lost line had kept here. When the draft has moved on since
// then, the server answers with both texts.
function restore(form: HTMLFormElement, name: string): void {
  const text = localStorage.getItem(name);
  if (!text) return;
  localStorage.removeItem(name);
  const again = document.createElement("form");
  again.method = "post";
  again.action = form.action;
  for (const [field, value] of [...(JSON.parse(text) as Kept), ["do", "save"]]) {
    const input = document.createElement("textarea");
    input.name = field;
    input.value = value;
    again.append(input);
  }
  again.hidden = true;
  document.body.append(again);
  again.submit();
}

function show(selector: string, on: boolean): void {
  for (const place of all(selector)) place.hidden = !on;
}
