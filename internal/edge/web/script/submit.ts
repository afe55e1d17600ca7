// One press sends one form. The server would take a second sending for the same
// (the key in the form is the same), but the person should see that it is on its
// way.
import {all} from "./dom";
import {forgetForms} from "./keep";

/** guardSubmits marks a form's button busy once it is sent. */
export function guardSubmits(): void {
  document.addEventListener("submit", (event) => {
    const form = event.target as HTMLFormElement;
    if (event.defaultPrevented || form.target) return;
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "yes";
    const button = event.submitter ?? all("button:not([type=button])", form)[0];
    button?.setAttribute("aria-busy", "true");
    if (form.getAttribute("action") === "/sign-out") forgetForms();
    if (form.hasAttribute("data-download")) setTimeout(() => release(form), 1500);
  });
  // A page that comes back from the browser's own cache can be sent again.
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) for (const form of all<HTMLFormElement>("form[data-sent]")) release(form);
  });
}

function release(form: HTMLFormElement): void {
  delete form.dataset.sent;
  for (const button of all("[aria-busy]", form)) button.removeAttribute("aria-busy");
}
