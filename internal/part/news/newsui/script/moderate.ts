// Readers' opinions at the desk: words that are marked in one are put into the field of
// the passage to cut.
import {all, one} from "web/dom";

for (const text of all("[data-opinion-text]")) {
  text.addEventListener("pointerup", () => take(text));
  text.addEventListener("keyup", () => take(text));
}

/** take fills the field with what is marked in an opinion's text. */
function take(text: HTMLElement): void {
  const marked = getSelection();
  const words = marked?.toString().trim() ?? "";
  if (!marked?.anchorNode || words === "" || !text.contains(marked.anchorNode) || !text.contains(marked.focusNode)) return;
  const section = text.closest("section");
  const field = section && one<HTMLTextAreaElement>("[name=passage]", section);
  const details = section && one<HTMLDetailsElement>(".opinion-cut", section);
  if (!field || !details) return;
  field.value = words;
  details.open = true;
}
