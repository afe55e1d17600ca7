// Acts of a meeting are forms; the script sends them without leaving the page.
import {one} from "web/dom";

/** send sends a form and gives why it was refused, "" when it was done, or nothing
 * while an earlier sending is under way. */
export async function send(form: HTMLFormElement, button: HTMLElement | null, failed: string, action = form.action): Promise<string | undefined> {
  if (form.dataset.sending) return undefined;
  form.dataset.sending = "yes";
  button?.setAttribute("aria-busy", "true");
  const key = one<HTMLInputElement>("input[name=key]", form);
  if (key && (key.value === "" || form.dataset.spent)) key.value = crypto.randomUUID();
  const data = new FormData(form);
  if (button instanceof HTMLButtonElement && button.name) data.set(button.name, button.value);
  let refused = failed;
  try {
    const answer = await fetch(action, {method: "POST", headers: {Accept: "application/json"}, body: new URLSearchParams(data as unknown as Record<string, string>)});
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
  delete form.dataset.sending;
  button?.removeAttribute("aria-busy");
  return refused;
}
