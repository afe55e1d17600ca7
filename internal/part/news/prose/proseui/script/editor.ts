// The editor of articles: it stands in the place of a textarea that has data-prose and
// keeps the text in it, as it is stored, in step. Without it the textarea takes plain text.
import {EditorState, EditorView, baseKeymap, chainCommands, exitCode, history, keymap, liftListItem, redo, sinkListItem, splitListItem, tableEditing, toggleMark, undo} from "./prosemirror/prosemirror.esm.js";
import type {Command} from "./prosemirror/prosemirror.esm.js";
import {toNode, toShape} from "./convert";
import {pasting} from "./paste";
import {put} from "./put";
import {pictures, schema} from "./schema";
import {typed} from "./shape";
import type {Shape} from "./shape";
import {aboveTable, closing, lineInCell, nextCell, previousCell, withEnd} from "./table";
import {deeper, toBar, toolbar} from "./toolbar";
import {uploads} from "./upload";

const n = schema.nodes;

const breakLine: Command = chainCommands(exitCode, (state, dispatch) => {
  if (!state.selection.$from.parent.inlineContent) return false;
  dispatch?.(state.tr.replaceSelectionWith(n.break.create()).scrollIntoView());
  return true;
});

const keys = {
  "Mod-z": undo, "Mod-y": redo, "Mod-Shift-z": redo,
  "Mod-b": toggleMark(schema.marks.bold), "Mod-i": toggleMark(schema.marks.italic),
  "Enter": chainCommands(splitListItem(n.item), lineInCell(breakLine)), "Shift-Enter": breakLine,
  // Tab moves in lists and tables alone: elsewhere it leaves the editor.
  "Tab": chainCommands(nextCell, deeper(sinkListItem(n.item))),
  "Shift-Tab": chainCommands(previousCell, liftListItem(n.item)),
  "ArrowUp": aboveTable,
  "Alt-F10": toBar,
};

function mount(field: HTMLTextAreaElement): void {
  pictures.at = field.dataset.pictures || "";
  uploads.to = field.dataset.upload || "";
  const words = JSON.parse(field.dataset.words || "{}") as Record<string, string>;
  const box = document.createElement("div");
  box.className = "prose-editor";
  field.before(box);
  const bar = toolbar(words);
  const view = new EditorView(box, {
    state: EditorState.create({
      doc: withEnd(toNode(typed(field.value))),
      plugins: [history(), keymap(keys), keymap(baseKeymap), tableEditing(), closing(), pasting(field.dataset.paste || ""), bar.plugin],
    }),
    attributes: {
      "role": "textbox", "aria-multiline": "true", "aria-keyshortcuts": "Alt+F10", "class": "prose-page", "aria-label": field.labels?.[0]?.innerText.trim() || words.text,
      ...(field.getAttribute("aria-describedby") ? {"aria-describedby": field.getAttribute("aria-describedby")!} : {}),
    },
    dispatchTransaction(tr) {
      this.updateState(this.state.apply(tr));
      if (!tr.docChanged) return;
      keep();
      field.dispatchEvent(new Event("input", {bubbles: true}));
    },
  });
  const keep = (): void => {
    const shape = toShape(view.state.doc);
    field.value = shape.blocks.length ? JSON.stringify(shape) : "";
  };
  box.prepend(bar.element(view));
  field.hidden = true;
  field.readOnly = false;
  field.addEventListener("focus", () => view.focus());
  for (const label of Array.from(field.labels ?? [])) label.addEventListener("click", () => view.focus());
  // A page puts a picture or a figure where the person is by this event.
  field.addEventListener("prose-put", (e) => put(view, (e as CustomEvent<Shape>).detail));
  keep();
}

for (const field of document.querySelectorAll<HTMLTextAreaElement>("textarea[data-prose]")) mount(field);
