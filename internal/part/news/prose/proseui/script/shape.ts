// The structure of a text as it is stored; the server's package prose says what each means.

export interface Figure {directive: number; milestone: string; unit: number; level?: string; kind: string; moment: string}
export interface Run {text?: string; bold?: boolean; italic?: boolean; link?: string; figure?: Figure; break?: boolean}
export type Line = Run[] | null;
export interface Item {line: Line; list?: List}
export interface List {ordered?: boolean; start?: number; items: Item[]}
export interface Picture {file: string; caption?: string; credit?: string; alt?: string; decorative?: boolean}
export interface Block {
  heading?: {level: number; line: Line};
  paragraph?: {line: Line};
  list?: List;
  table?: {header?: Line[]; rows?: Line[][]};
  quote?: {lines: Line[]};
  picture?: Picture;
  rule?: Record<string, never>;
}
export interface Shape {version: 1; blocks: Block[]}

/** typed reads what a field holds: the structure, or plain text. */
export function typed(field: string): Shape {
  if (field.startsWith('{"version":')) return JSON.parse(field) as Shape;
  const blocks = field.trim() === "" ? [] : field.trim().split(/\n[ \t]*\n\s*/).map((part): Block => {
    const line: Run[] = [];
    part.split("\n").forEach((text, i) => {
      if (i > 0) line.push({break: true});
      if (text) line.push({text});
    });
    return {paragraph: {line}};
  });
  return {version: 1, blocks};
}
