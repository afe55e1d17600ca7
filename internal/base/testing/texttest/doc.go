// Package texttest checks that a package's texts and its code speak of the
// same keys: each text is used, each key used has a text.
//
// It reads source files only and runs no code; keys that are put together at
// run time are declared in the texts. Read [Check] first.
package texttest
