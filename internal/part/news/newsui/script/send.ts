// The form of a reader's comment. Its page is the same for everybody; what keeps robots
// from sending is fetched when the form comes near. For whoever cannot see or hear the
// code, the browser proves some work instead, and the form carries the proof.
import {all, one} from "web/dom";
import {forgetForm} from "web/keep";

interface Check {
  token: string;
  picture: string;
  sound: string;
  key: string;
}

const form = one<HTMLFormElement>("#opinion");
const place = one("[data-code]");
const begin = one<HTMLButtonElement>("[data-work-begin]");
const said = one("[data-work-said]");

if (form && place) {
  const token = field(form, "token");
  let coming = token?.value !== "";
  const wanted = () => {
    if (!coming) {
      coming = true;
      renew(form, place).catch(() => (coming = false)); // sending asks for it, too
    }
  };
  form.addEventListener("focusin", wanted);
  new IntersectionObserver((seen) => seen.some((entry) => entry.isIntersecting) && wanted(), {rootMargin: "200px"}).observe(form);
  one<HTMLButtonElement>("[value=renew]", form)?.addEventListener("click", (e) => {
    e.preventDefault();
    renew(form, place).catch(() => form.requestSubmit(e.target as HTMLButtonElement));
  });
}

// Much is what somebody would be sorry to lose: it is asked about before it is cleared.
const much = 40; // characters

const asking = one("[data-clear-ask]");
if (form && asking) {
  form.addEventListener("reset", (e) => {
    e.preventDefault(); // that would bring back what the server answered with
    if (typed(form).reduce((sum, control) => sum + control.value.trim().length, 0) < much) return clear(form);
    asking.hidden = false;
    one<HTMLButtonElement>("[data-clear-not]", asking)?.focus();
  });
  one("[data-clear-do]", asking)?.addEventListener("click", () => clear(form));
  one("[data-clear-not]", asking)?.addEventListener("click", () => {
    asking.hidden = true;
    one<HTMLButtonElement>("[data-clear]", form)?.focus();
  });
}

function typed(form: HTMLFormElement): (HTMLInputElement | HTMLTextAreaElement)[] {
  return all<HTMLInputElement | HTMLTextAreaElement>("input[type=text], textarea", form);
}

/** clear empties the form, also what the browser kept of it. */
function clear(form: HTMLFormElement): void {
  const controls = typed(form);
  for (const control of controls) {
    control.value = "";
    control.dispatchEvent(new Event("input", {bubbles: true})); // letters left are counted anew
  }
  forgetForm(form);
  if (asking) asking.hidden = true;
  controls[0]?.focus();
}

function field(form: HTMLFormElement, name: string): HTMLInputElement | null {
  return one<HTMLInputElement>(`input[name=${name}]`, form);
}

/** renew gives the form another code; what was typed stays. */
async function renew(form: HTMLFormElement, place: HTMLElement): Promise<void> {
  const answer = await fetch(place.dataset.from ?? "", {headers: {Accept: "application/json"}});
  if (!answer.ok) throw new Error(`asking for a code: ${answer.status}`);
  const check = (await answer.json()) as Check;
  const typed = field(form, "code");
  const token = field(form, "token");
  const key = field(form, "key");
  if (token) token.value = check.token;
  if (key) key.value = check.key;
  if (typed) typed.value = "";
  one<HTMLImageElement>("img", place)?.setAttribute("src", check.picture);
  one("[data-code-sound]", place)?.setAttribute("href", check.sound);
  place.hidden = field(form, "work")?.value !== "";
  one("[data-code-later]", form)?.remove();
}

if (form && place && begin && said && "Worker" in window) {
  begin.hidden = false;
  begin.addEventListener("click", async () => {
    begin.disabled = true;
    said.textContent = said.dataset.working ?? "";
    try {
      const challenge: unknown = await (await fetch(place.dataset.work ?? "")).json();
      const proof = field(form, "work");
      if (proof) proof.value = btoa(JSON.stringify({challenge, solution: await solved(challenge)}));
      place.hidden = true;
      said.textContent = place.dataset.done ?? "";
      if (document.activeElement === document.body) one<HTMLButtonElement>(".btn.primary", form)?.focus(); // the button that had the focus is gone
    } catch {
      begin.disabled = false;
      said.textContent = said.dataset.failed ?? "";
    }
  });
}

function solved(challenge: unknown): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const worker = new Worker("/news/work.js");
    worker.addEventListener("message", (e) => {
      worker.terminate();
      const answer = e.data as {derivedKey?: string} | null;
      answer?.derivedKey ? resolve(answer) : reject(new Error("no solution"));
    });
    worker.addEventListener("error", reject);
    worker.postMessage({type: "work", challenge, counterStart: 0, counterStep: 1});
  });
}
