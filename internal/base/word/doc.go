// Package word takes texts apart into words that are found with and without
// diacritics, marks in a text those that were found, and writes the expressions by
// which both databases match tokens.
//
// It owns the one answer to what a word is, for the search inside and for that of the
// public page ([0090]). It keeps nothing and knows no table. Read [Split] first.
//
// [0090]: docs/decisions/0090-tokens-of-our-own.md
package word
