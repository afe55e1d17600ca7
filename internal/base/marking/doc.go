// Package marking says how secret and how urgent a directive, a report or a file
// is, and up to which secrecy this installation takes anything in.
//
// It owns the ceiling, which is an event, and the two scales; where marks are
// kept and shown, the parts decide. Read [Marks] first.
package marking
