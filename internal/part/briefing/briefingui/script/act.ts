// Acts of a meeting are forms; the script sends them without leaving the page.
import {one} from "web/dom";

/** send sends a form and gives why it was refused, "" when it was done, or nothing
 * while the same is being sent. What a push made of the form before the answer came is
 * another act: switched on and off again quickly, it is off. */
export async function send(form: HTMLFormElement, button: HTMLElement | null, failed: string, action = form.action): Promise<string | undefined> {
  const key = one<HTMLInputElement>("input[name=key]", form);
  if (key && !form.dataset.sending && (key.value === "" || form.dataset.spent)) key.value = crypto.randomUUID();
  const data = new FormData(form);
  if (button instanceof HTMLButtonElement && button.name) data.set(button.name, button.value);
  const body = new URLSearchParams(data as unknown as Record<string, string>);
  const act = `${action}?${body}`;
  if (form.dataset.sending === act) return undefined;
  form.dataset.sending = act;
  button?.setAttribute("aria-busy", "true");
  let refused = failed;
  try {
    const answer = await fetch(action, {method: "POST", headers: {Accept: "application/json"}, body});
    const said = (await answer.json().catch(() => ({}))) as {error?: {message?: string}};
    if (answer.ok) {
      refused = "";
      form.dataset.spent = "yes";
      form.reset();
    } else {
      refused = said.error?.message ?? failed;
    }
  } catch {
    // the line is lost: said as failed
  }
  if (form.dataset.sending !== act) return refused; // another act of the form is under way
  delete form.dataset.sending;
  button?.removeAttribute("aria-busy");
  return refused;
}
