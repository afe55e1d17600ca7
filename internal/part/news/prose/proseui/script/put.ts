// Putting a text where the person is, and telling above it what became of that.
import {Slice} from "./prosemirror/prosemirror.esm.js";
import type {EditorView, Fragment} from "./prosemirror/prosemirror.esm.js";
import {toNode} from "./convert";
import type {Shape} from "./shape";

/** put sets a text where the person is: one paragraph goes into the line, anything else
 * in between. */
export function put(view: EditorView, shape: Shape): void {
  const content: Fragment = toNode(shape).content;
  const open = content.childCount === 1 && content.firstChild?.type.name === "paragraph" ? 1 : 0;
  view.dispatch(view.state.tr.replaceSelection(new Slice(content, open, open)).scrollIntoView());
  view.focus();
}

/** hush takes back what was said: it is done. */
export function hush(view: EditorView): void {
  view.dom.parentElement!.querySelector(".prose-news")?.remove();
}

/** say tells the person above the text what became of a picture or a paste. */
export function say(view: EditorView, word: string, message?: string): void {
  const bar = view.dom.parentElement!.querySelector<HTMLElement>(".prose-bar")!;
  const words = JSON.parse(bar.dataset.words || "{}") as Record<string, string>;
  let said = bar.parentElement!.querySelector(".prose-news");
  if (!said) {
    said = Object.assign(document.createElement("p"), {className: "prose-news"});
    said.setAttribute("role", "status");
    bar.after(said);
  }
  said.textContent = message || words[word] || word;
}
