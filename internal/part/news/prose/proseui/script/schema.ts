// What the editor lets people type: the stored structure and nothing else.
import {Schema, tableNodes} from "./prosemirror/prosemirror.esm.js";
import type {Figure} from "./shape";

const tables = tableNodes({tableGroup: "block", cellContent: "paragraph", cellAttributes: {}});

/** Where the page says that pictures are fetched, before a file's id; "" for nowhere. */
export const pictures = {at: ""};

// bound are the attributes by which the server knows what a figure was taken from.
function bound(figure: Figure): Record<string, string> {
  return {"data-directive": `${figure.directive}`, "data-milestone": figure.milestone, "data-unit": `${figure.unit}`, "data-level": figure.level ?? "", "data-kind": figure.kind, "data-moment": figure.moment};
}

/** schema has a node for each kind of block and run. */
export const schema = new Schema({
  nodes: {
    doc: {content: "block+"},
    paragraph: {group: "block", content: "inline*", toDOM: () => ["p", 0]},
    heading: {group: "block", content: "inline*", marks: "italic link", defining: true, attrs: {level: {default: 2}}, toDOM: (node) => ["h" + node.attrs.level, 0]},
    bullets: {group: "block list", content: "item+", toDOM: () => ["ul", 0]},
    numbers: {group: "block list", content: "item+", attrs: {start: {default: 1}}, toDOM: (node) => ["ol", {start: node.attrs.start}, 0]},
    item: {content: "paragraph list?", defining: true, toDOM: () => ["li", 0]},
    quote: {group: "block", content: "paragraph+", defining: true, toDOM: () => ["blockquote", 0]},
    picture: {
      group: "block", atom: true, attrs: {file: {}, caption: {default: ""}, credit: {default: ""}, alt: {default: ""}, decorative: {default: false}},
      toDOM: (node) => ["figure", {"class": "prose-stand", "data-file": node.attrs.file, "data-alt": node.attrs.alt, "data-decorative": node.attrs.decorative ? "yes" : null, "data-shown": pictures.at ? "" : null}, ["img", {alt: node.attrs.alt, src: pictures.at ? pictures.at + node.attrs.file : null}], ["figcaption", node.attrs.caption, " ", ["span", {class: "prose-credit"}, node.attrs.credit]]],
    },
    rule: {group: "block", atom: true, toDOM: () => ["hr"]},
    table: tables.table,
    table_row: tables.table_row,
    table_cell: tables.table_cell,
    table_header: tables.table_header,
    text: {group: "inline"},
    figure: {
      group: "inline", inline: true, atom: true, attrs: {text: {}, figure: {}}, leafText: (node) => node.attrs.text,
      toDOM: (node) => ["data", {"class": "prose-figure", "value": node.attrs.text, "title": new Date(node.attrs.figure.moment).toLocaleString(document.documentElement.lang), ...bound(node.attrs.figure)}, node.attrs.text],
    },
    break: {group: "inline", inline: true, selectable: false, linebreakReplacement: true, leafText: () => "\n", toDOM: () => ["br"]},
  },
  marks: {
    link: {attrs: {to: {}}, inclusive: false, toDOM: (mark) => ["a", {href: mark.attrs.to}, 0]},
    bold: {toDOM: () => ["strong", 0]},
    italic: {toDOM: () => ["em", 0]},
  },
});
