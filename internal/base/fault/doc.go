// Package fault is the one vocabulary of errors that people see.
//
// An [Error] has a kind, which the frame turns into a page, JSON or an exit
// code, a text key in the user's language, and the form field or sheet cell it
// belongs to. Everything else is a plain error: logged under a reference and
// never shown. Read Error first.
package fault
