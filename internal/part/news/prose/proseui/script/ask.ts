// A small form under the bar, which asks for what an act of the editor needs.
import type {EditorView} from "./prosemirror/prosemirror.esm.js";

/** What is asked for: the name of its word and of its value, and what stands in it. */
export interface Question {name: string; value: string; hint?: string; check?: true}

/** ask shows the questions and gives the answers to done, which says why they are refused
 * or nothing. Escape closes the form. */
export function ask(view: EditorView, questions: Question[], act: string, done: (answers: Record<string, string>) => string | void): void {
  const bar = view.dom.parentElement!.querySelector<HTMLElement>(".prose-bar")!;
  const words = JSON.parse(bar.dataset.words || "{}") as Record<string, string>;
  bar.parentElement!.querySelector(".prose-ask")?.remove();
  const box = Object.assign(document.createElement("div"), {className: "prose-ask"});
  box.setAttribute("role", "group");
  box.setAttribute("aria-label", words[act] || act);
  const inputs = questions.map(({name, value, hint, check}) => {
    const label = document.createElement("label");
    const input = Object.assign(document.createElement("input"), {type: check ? "checkbox" : "text", checked: value !== "", value: check ? "yes" : value, placeholder: hint ?? "", autocomplete: "off"});
    input.dataset.asks = name;
    if (check) label.className = "choice";
    label.append(...(check ? [input, words[name] || name] : [words[name] || name, input]));
    box.append(label);
    return input;
  });
  const said = Object.assign(document.createElement("p"), {className: "prose-said"});
  said.setAttribute("role", "alert");
  const button = Object.assign(document.createElement("button"), {type: "button", className: "btn slim", textContent: words[act] || act});
  const close = (): void => {
    box.remove();
    view.focus();
  };
  const answer = (): void => {
    const refused = done(Object.fromEntries(inputs.map((input) => [input.dataset.asks!, input.type === "checkbox" && !input.checked ? "" : input.value.trim()])));
    if (!refused) return close();
    said.textContent = words[refused] || refused;
    inputs[0].setAttribute("aria-invalid", "true");
    inputs[0].focus();
  };
  button.onclick = answer;
  box.onkeydown = (e) => {
    if (e.key === "Enter") answer();
    if (e.key === "Escape") close();
    if (e.key === "Enter" || e.key === "Escape") e.preventDefault();
  };
  box.append(button, said);
  bar.after(box);
  inputs[0].focus();
}
