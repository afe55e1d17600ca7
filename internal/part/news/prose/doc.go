// Package prose says what the body of an article is: a structure of few kinds of
// blocks and runs, and what a reader's comment is: plain text.
//
// What an editor's browser sends, and what is pasted from Word, a web office or a
// spreadsheet, is read once, by [FromHTML] or [Decode], and only what the structure
// has a place for is kept: no style, no class, no script, no element that came from
// outside is ever stored or shown. A page is written anew from the structure, by
// [Document.HTML]. A figure in a text is bound to its board and moment, so that
// whoever publishes can hold it against the board.
//
// All text is in Unicode's composed form (NFC), without control characters and
// without those that show letters in another order than they are read.
//
// The package knows no HTTP and no database, and decides nothing about who may
// write, which files an article may show or whether a figure is right. Read
// [Document] first.
package prose
