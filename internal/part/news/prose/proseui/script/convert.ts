// Between the stored structure and the editor's nodes.
import type {Node} from "./prosemirror/prosemirror.esm.js";
import type {Block, Item, Line, List, Run, Shape} from "./shape";
import {schema} from "./schema";

const n = schema.nodes;
const m = schema.marks;

/** toNode is a stored text as the editor's document. */
export function toNode(shape: Shape): Node {
  const blocks = shape.blocks.map(blockNode);
  return n.doc.create(null, blocks.length ? blocks : n.paragraph.create());
}

function blockNode(b: Block): Node {
  if (b.heading) return n.heading.create({level: b.heading.level}, runs(b.heading.line));
  if (b.list) return listNode(b.list);
  if (b.quote) return n.quote.create(null, b.quote.lines.map(paragraph));
  if (b.picture) return n.picture.create(b.picture);
  if (b.rule) return n.rule.create();
  if (b.table) {
    const rows = (b.table.rows ?? []).map((cells) => n.table_row.create(null, cells.map((cell) => n.table_cell.create(null, paragraph(cell)))));
    if (b.table.header?.length) rows.unshift(n.table_row.create(null, b.table.header.map((cell) => n.table_header.create(null, paragraph(cell)))));
    return n.table.create(null, rows);
  }
  return paragraph(b.paragraph?.line ?? []);
}

function listNode(list: List): Node {
  const items = list.items.map((item) => n.item.create(null, item.list ? [paragraph(item.line), listNode(item.list)] : paragraph(item.line)));
  return list.ordered ? n.numbers.create({start: list.start || 1}, items) : n.bullets.create(null, items);
}

const paragraph = (line: Line): Node => n.paragraph.create(null, runs(line));

function runs(line: Line): Node[] {
  return (line ?? []).map((run) => {
    if (run.break) return n.break.create();
    const marks = [];
    if (run.link) marks.push(m.link.create({to: run.link}));
    if (run.bold) marks.push(m.bold.create());
    if (run.italic) marks.push(m.italic.create());
    if (run.figure) return n.figure.create({text: run.text, figure: run.figure}, null, marks);
    return schema.text(run.text || " ", marks);
  });
}

/** toShape is the editor's document as it is stored. */
export function toShape(doc: Node): Shape {
  const blocks: Block[] = [];
  doc.forEach((node) => blocks.push(block(node)));
  return {version: 1, blocks: blocks.filter((b) => !b.paragraph || b.paragraph.line?.length)};
}

function block(node: Node): Block {
  switch (node.type.name) {
    case "heading": return {heading: {level: node.attrs.level, line: line(node)}};
    case "bullets": case "numbers": return {list: list(node)};
    case "quote": return {quote: {lines: children(node).map(line)}};
    case "picture": return {picture: {...node.attrs} as Block["picture"]};
    case "rule": return {rule: {}};
    case "table": return {table: table(node)};
  }
  return {paragraph: {line: line(node)}};
}

function list(node: Node): List {
  const items = children(node).map((item): Item => item.childCount > 1 ? {line: line(item.child(0)), list: list(item.child(1))} : {line: line(item.child(0))});
  if (node.type.name === "bullets") return {items};
  return node.attrs.start > 1 ? {ordered: true, start: node.attrs.start, items} : {ordered: true, items};
}

function table(node: Node): Block["table"] {
  const rows = children(node);
  const cells = (row: Node): Line[] => children(row).map((cell) => line(cell.child(0)));
  if (rows[0]?.firstChild?.type === n.table_header) return {header: cells(rows[0]), rows: rows.slice(1).map(cells)};
  return {rows: rows.map(cells)};
}

function line(node: Node): Run[] {
  return children(node).map((child): Run => {
    if (child.type === n.break) return {break: true};
    const run: Run = child.type === n.figure ? {text: child.attrs.text, figure: child.attrs.figure} : {text: child.text};
    for (const mark of child.marks) {
      if (mark.type === m.link) run.link = mark.attrs.to;
      if (mark.type === m.bold) run.bold = true;
      if (mark.type === m.italic) run.italic = true;
    }
    return run;
  });
}

function children(node: Node): Node[] {
  const all: Node[] = [];
  node.forEach((child) => all.push(child));
  return all;
}
