// A file is chosen or dropped; its name and size stand in the field.
import {all, lang, one} from "./dom";

/** dropFiles connects the page's fields for files. */
export function dropFiles(): void {
  for (const field of all("[data-drop]")) attach(field);
}

function attach(field: HTMLElement): void {
  const input = one<HTMLInputElement>("input[type=file]", field);
  const shown = one("[data-chosen]", field);
  if (!input || !shown) return;
  const empty = shown.textContent;
  const most = Number(field.dataset.most ?? 0) * (1 << 20);
  input.addEventListener("change", () => {
    // What is too large is refused here, before minutes go by in sending it.
    const large = most > 0 && Array.from(input.files ?? []).some((f) => f.size > most);
    if (large) input.value = "";
    say(field, input, large ? (field.dataset.large ?? "") : "");
    const files = Array.from(input.files ?? []);
    shown.textContent = files.length > 0 ? files.map((f) => `${f.name} · ${size(f.size)}`).join(", ") : empty;
  });
  for (const name of ["dragenter", "dragover"]) {
    field.addEventListener(name, (event) => { event.preventDefault(); field.classList.add("over"); });
  }
  for (const name of ["dragleave", "drop"]) field.addEventListener(name, () => field.classList.remove("over"));
  field.addEventListener("drop", (event) => {
    event.preventDefault();
    if (!event.dataTransfer?.files.length) return;
    input.files = event.dataTransfer.files;
    input.dispatchEvent(new Event("change", {bubbles: true}));
  });
}

// The message stands where the server's would.
function say(field: HTMLElement, input: HTMLInputElement, message: string): void {
  const around = field.closest(".field");
  one("[data-said]", around ?? field)?.remove();
  if (around) around.classList.toggle("wrong", message !== "");
  if (message === "") {
    input.removeAttribute("aria-invalid");
    return;
  }
  const said = document.createElement("p");
  said.className = "error";
  said.dataset.said = "";
  said.setAttribute("role", "alert");
  said.textContent = message;
  field.before(said);
  input.setAttribute("aria-invalid", "true");
}

function size(bytes: number): string {
  const write = (n: number, digits: number) => n.toLocaleString(lang === "en" ? "en-GB" : "vi-VN", {maximumFractionDigits: digits});
  if (bytes >= 1 << 20) return write(bytes / (1 << 20), 1) + " MB";
  return bytes >= 1024 ? write(bytes / 1024, 0) + " KB" : write(bytes, 0) + " B";
}
