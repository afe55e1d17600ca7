// The buttons above the editor. Each shows whether it applies and whether it is on; the
// bar is one stop of the Tab key, the arrows move in it.
import {Plugin, TextSelection, addColumnAfter, addRowAfter, deleteColumn, deleteRow, deleteTable, isInTable, lift, liftListItem, redo, setBlockType, toggleMark, undo, wrapIn, wrapInList} from "./prosemirror/prosemirror.esm.js";
import type {Command, EditorState, EditorView, Node, NodeType, Transaction} from "./prosemirror/prosemirror.esm.js";
import {captioning, linking} from "./link";
import {schema} from "./schema";
import {beneath} from "./table";
import {choose, uploads} from "./upload";

const n = schema.nodes;
const m = schema.marks;
const deepest = 3;

interface Tool {
  name: string; // of its word; the style draws its sign
  does: Command;
  on?: (state: EditorState) => boolean;
  only?: (state: EditorState) => boolean; // when it is shown; always without
  asks?: true; // it opens a form, which has the focus
}

/** within says whether the selection begins inside a node of the type. */
function within(state: EditorState, ...types: NodeType[]): number {
  let depth = 0;
  for (let d = state.selection.$from.depth; d > 0; d--) if (types.includes(state.selection.$from.node(d).type)) depth++;
  return depth;
}

/** deeper is a command that puts an item into a list below, unless that would be too deep. */
export function deeper(command: Command): Command {
  return (state, dispatch, view) => within(state, n.bullets, n.numbers) < deepest && command(state, dispatch, view);
}

const is = (type: NodeType, attrs?: Record<string, unknown>) => (state: EditorState): boolean => state.selection.$from.parent.hasMarkup(type, attrs);
const marked = (name: "bold" | "italic" | "link") => (state: EditorState): boolean => {
  const {empty, $from, from, to} = state.selection;
  return empty ? !!m[name].isInSet(state.storedMarks || $from.marks()) : state.doc.rangeHasMark(from, to, m[name]);
};
const heading = (level: number): Command => (state, dispatch, view) =>
  (is(n.heading, {level})(state) ? setBlockType(n.paragraph) : setBlockType(n.heading, {level}))(state, dispatch, view);
const list = (type: NodeType): Command => (state, dispatch, view) =>
  within(state, type) ? liftListItem(n.item)(state, dispatch, view) : within(state, n.bullets, n.numbers, n.table) === 0 && wrapInList(type)(state, dispatch, view);
const quote: Command = (state, dispatch, view) => (within(state, n.quote) ? lift : wrapIn(n.quote))(state, dispatch, view);
// stands puts a block where the person is and says where it begins; null where it may not be.
function stands(state: EditorState, block: Node): {tr: Transaction; at: number} | null {
  if (within(state, n.table, n.item, n.quote)) return null;
  const tr = state.tr.replaceSelectionWith(block);
  let at = -1;
  tr.doc.nodesBetween(Math.max(0, state.selection.from - 1), tr.doc.content.size, (node, pos) => {
    if (at < 0 && node.type === block.type) at = pos;
    return at < 0;
  });
  return {tr, at};
}

/** table puts an empty table, and the person into its first cell. */
const table: Command = (state, dispatch) => {
  const row = (cell: NodeType) => n.table_row.create(null, [0, 1, 2].map(() => cell.createAndFill()!));
  const put = stands(state, n.table.create(null, [row(n.table_header), row(n.table_cell), row(n.table_cell)]));
  if (put) dispatch?.(put.tr.setSelection(TextSelection.near(put.tr.doc.resolve(put.at + 1))).scrollIntoView());
  return !!put;
};

/** rule puts a line across, and the person beneath it. */
const rule: Command = (state, dispatch) => {
  const put = stands(state, n.rule.create());
  if (put) dispatch?.(beneath(put.tr, put.at + 1).scrollIntoView());
  return !!put;
};

const tools: (Tool | null)[] = [
  {name: "heading", does: heading(2), on: is(n.heading, {level: 2})},
  {name: "subheading", does: heading(3), on: is(n.heading, {level: 3})},
  null,
  {name: "bold", does: toggleMark(m.bold), on: marked("bold")},
  {name: "italic", does: toggleMark(m.italic), on: marked("italic")},
  {name: "link", does: linking, on: marked("link"), asks: true},
  null,
  {name: "bullets", does: list(n.bullets), on: (s) => within(s, n.bullets) > 0},
  {name: "numbers", does: list(n.numbers), on: (s) => within(s, n.numbers) > 0},
  {name: "quote", does: quote, on: (s) => within(s, n.quote) > 0},
  null,
  {name: "table", does: table},
  {name: "row", does: addRowAfter, only: isInTable},
  {name: "column", does: addColumnAfter, only: isInTable},
  {name: "row-gone", does: deleteRow, only: isInTable},
  {name: "column-gone", does: deleteColumn, only: isInTable},
  {name: "table-gone", does: deleteTable, only: isInTable},
  {name: "upload", does: (state, dispatch, view) => {
    if (within(state, n.table, n.item, n.quote)) return false;
    if (dispatch && view) choose(view);
    return true;
  }, only: () => uploads.to !== "", asks: true},
  {name: "picture", does: captioning, only: (s) => captioning(s), asks: true},
  {name: "rule", does: rule},
  null,
  {name: "undo", does: undo},
  {name: "redo", does: redo},
];

/** toolbar makes the bar and the plugin that keeps it in step. */
export function toolbar(words: Record<string, string>): {plugin: Plugin; element(view: EditorView): HTMLElement} {
  const bar = document.createElement("div");
  bar.className = "prose-bar";
  bar.setAttribute("role", "toolbar");
  bar.setAttribute("aria-label", words.bar || "");
  const buttons = new Map<HTMLButtonElement, Tool>();
  const update = (view: EditorView): void => {
    for (const [button, tool] of buttons) {
      button.hidden = !!tool.only && !tool.only(view.state);
      button.setAttribute("aria-disabled", String(!tool.does(view.state)));
      if (tool.on) button.setAttribute("aria-pressed", String(tool.on(view.state)));
    }
    const all = [...buttons.keys()];
    if (!all.some((b) => b.tabIndex === 0 && !b.hidden)) stop(all, all[0]); // where the Tab key stopped is gone
  };
  const element = (view: EditorView): HTMLElement => {
    for (const tool of tools) {
      if (!tool) {
        bar.append(Object.assign(document.createElement("span"), {className: "prose-gap"}));
        continue;
      }
      const button = Object.assign(document.createElement("button"), {type: "button", title: words[tool.name] || tool.name, className: "prose-tool", tabIndex: buttons.size ? -1 : 0});
      button.dataset.tool = tool.name;
      button.onmousedown = (e) => e.preventDefault(); // the selection stays in the text
      button.onclick = () => {
        const asked = tool.asks && !tool.on?.(view.state);
        if (tool.does(view.state, view.dispatch, view) && !asked) view.focus();
      };
      buttons.set(button, tool);
      bar.append(button);
    }
    bar.onkeydown = (e) => (e.key === "Escape" ? view.focus() : step(e, [...buttons.keys()].filter((b) => !b.hidden)));
    bar.dataset.words = JSON.stringify(words);
    update(view);
    return bar;
  };
  return {element, plugin: new Plugin({view: () => ({update})})};
}

/** toBar leads from the text to the bar above it. */
export const toBar: Command = (_state, _dispatch, view) => {
  view?.dom.parentElement?.querySelector<HTMLElement>(".prose-tool[tabindex='0']")?.focus();
  return true;
};

// stop has the Tab key stop at one button.
function stop(buttons: HTMLButtonElement[], at: HTMLButtonElement): void {
  for (const button of buttons) button.tabIndex = button === at ? 0 : -1;
}

// step moves the focus in the bar.
function step(event: KeyboardEvent, buttons: HTMLButtonElement[]): void {
  const at = buttons.indexOf(document.activeElement as HTMLButtonElement);
  const to = {ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: buttons.length - 1}[event.key];
  if (at < 0 || to === undefined) return;
  event.preventDefault();
  const next = buttons[(to + buttons.length) % buttons.length];
  stop(buttons, next);
  next.focus();
}
