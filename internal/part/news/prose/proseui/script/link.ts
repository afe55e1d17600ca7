// Asking where a link leads: a small form under the bar.
import type {Command, EditorView} from "./prosemirror/prosemirror.esm.js";
import {schema} from "./schema";

const link = schema.marks.link;

/** linking takes the link from the selection, or asks where it shall lead. */
export const linking: Command = (state, dispatch, view) => {
  const {from, to, empty} = state.selection;
  if (empty) return false;
  if (state.doc.rangeHasMark(from, to, link)) {
    dispatch?.(state.tr.removeMark(from, to, link));
    view?.focus();
    return true;
  }
  if (dispatch && view) ask(view);
  return true;
};

function ask(view: EditorView): void {
  const bar = view.dom.parentElement!.querySelector<HTMLElement>(".prose-bar")!;
  const words = JSON.parse(bar.dataset.words || "{}") as Record<string, string>;
  bar.parentElement!.querySelector(".prose-ask")?.remove();
  const box = Object.assign(document.createElement("div"), {className: "prose-ask"});
  const label = document.createElement("label");
  const input = Object.assign(document.createElement("input"), {type: "text", inputMode: "url", placeholder: "https://", autocomplete: "off"});
  const said = Object.assign(document.createElement("p"), {className: "prose-said"});
  said.setAttribute("role", "alert");
  label.append(words["link-to"] || "", input);
  const button = Object.assign(document.createElement("button"), {type: "button", className: "btn slim", textContent: words["link-set"] || ""});
  const close = (): void => {
    box.remove();
    view.focus();
  };
  const set = (): void => {
    const to = input.value.trim();
    if (!/^(https?:\/\/[^\s/\\]|mailto:[^\s@]+@|\/(?![/\\]))/i.test(to)) {
      said.textContent = words["link-wrong"] || "";
      input.setAttribute("aria-invalid", "true");
      input.focus();
      return;
    }
    const {from, to: end} = view.state.selection;
    view.dispatch(view.state.tr.addMark(from, end, link.create({to})));
    close();
  };
  button.onclick = set;
  input.onkeydown = (e) => {
    if (e.key === "Enter") set();
    if (e.key === "Escape") close();
    if (e.key === "Enter" || e.key === "Escape") e.preventDefault();
  };
  box.append(label, button, said);
  bar.after(box);
  input.focus();
}
