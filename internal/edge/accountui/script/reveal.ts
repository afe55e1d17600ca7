// A password is typed blind, on a phone often wrongly: a button beside the field
// shows what stands there, and the browser hides it again when it is sent.
import {all} from "web/dom";

for (const field of all<HTMLInputElement>("input[type=password]")) {
  const words = document.querySelector<HTMLElement>("[data-reveal-show]");
  if (!words) break;
  const button = document.createElement("button");
  const tell = () => {
    const shown = field.type === "text";
    button.textContent = (shown ? words.dataset.revealHide : words.dataset.revealShow) ?? "";
    button.setAttribute("aria-pressed", String(shown));
  };
  button.type = "button";
  button.className = "btn slim reveal";
  button.setAttribute("aria-controls", field.id);
  button.addEventListener("click", () => {
    field.type = field.type === "password" ? "text" : "password";
    tell();
    field.focus();
  });
  field.form?.addEventListener("submit", () => (field.type = "password"));
  field.after(button);
  tell();
}
