// Package text says things to people in Vietnamese and English: the texts
// under their keys, and numbers, percentages, dates and moments as each
// language writes and types them.
//
// Each package keeps its own texts in a file texts.yaml beside its code and
// offers it as a file system; the program loads them all into one [Catalog].
// This package never chooses the language of a request, never escapes HTML and
// never reads a clock. Read Catalog first.
package text
