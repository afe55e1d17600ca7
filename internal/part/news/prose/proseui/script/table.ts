// Moving in tables, and past what has no line of its own: nobody is kept from writing above or
// beneath a table, a picture or a rule, and nothing that is typed takes the place of one.
import {NodeSelection, Plugin, TextSelection, addRowAfter, chainCommands, goToNextCell, isInTable} from "./prosemirror/prosemirror.esm.js";
import type {Command, Node, Transaction} from "./prosemirror/prosemirror.esm.js";
import {schema} from "./schema";

const n = schema.nodes;

/** nextCell goes to the next cell; behind the last there is a row more, as in every office. */
export const nextCell: Command = chainCommands(goToNextCell(1), (state, dispatch, view) => {
  if (!isInTable(state)) return false;
  if (!dispatch || !view) return true;
  addRowAfter(state, dispatch);
  return goToNextCell(1)(view.state, view.dispatch);
});

/** previousCell goes to the cell before. */
export const previousCell: Command = goToNextCell(-1);

/** lineInCell breaks the line of a cell, which has one paragraph. */
export const lineInCell = (breakLine: Command): Command => (state, dispatch, view) => isInTable(state) && breakLine(state, dispatch, view);

/** aboveTable makes a line above the table that begins the text, for whoever goes up from
 * its first row. */
export const aboveTable: Command = (state, dispatch, view) => {
  const {$from, empty} = state.selection;
  if (!empty || $from.index(0) !== 0 || $from.node(1)?.type !== n.table || $from.index(1) !== 0) return false;
  if (view && !view.endOfTextblock("up")) return false;
  const tr = state.tr.insert(0, n.paragraph.create());
  dispatch?.(tr.setSelection(TextSelection.create(tr.doc, 1)).scrollIntoView());
  return true;
};

const ends = (doc: Node): boolean => [n.table, n.picture, n.rule].includes(doc.lastChild!.type);

/** withEnd is a text with a line to write in at its end; an empty one is not stored. */
export function withEnd(doc: Node): Node {
  return ends(doc) ? doc.copy(doc.content.addToEnd(n.paragraph.create())) : doc;
}

/** beneath puts the person into the text after a place, where there may be none yet. */
export function beneath(tr: Transaction, at: number): Transaction {
  if (ends(tr.doc)) tr.insert(tr.doc.content.size, n.paragraph.create());
  return tr.setSelection(TextSelection.near(tr.doc.resolve(at)));
}

/** closing keeps a line at the end, and has what is typed on a block that is selected stand
 * beneath it. */
export function closing(): Plugin {
  return new Plugin({
    appendTransaction: (_trs, _old, state) => (ends(state.doc) ? state.tr.insert(state.doc.content.size, n.paragraph.create()) : null),
    props: {
      handleTextInput(view, _from, _to, text) {
        const {selection, tr} = view.state;
        if (!(selection instanceof NodeSelection) || !selection.node.isBlock) return false;
        tr.insert(selection.to, n.paragraph.create(null, schema.text(text)));
        view.dispatch(tr.setSelection(TextSelection.create(tr.doc, selection.to + 1 + text.length)).scrollIntoView());
        return true;
      },
    },
  });
}
