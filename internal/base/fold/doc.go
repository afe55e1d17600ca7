// Package fold makes written names comparable: the key under which a name is
// found however it was typed, the form in which it is stored, and the order in
// which a Vietnamese reader expects it.
//
// It owns the one answer to "are these two the same name", for spreadsheets,
// search boxes and lists alike. It never looks at the meaning of a word and
// never touches storage. Read [Key] first.
package fold
