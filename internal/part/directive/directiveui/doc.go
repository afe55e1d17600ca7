// Package directiveui is the screens of directives: the list of a unit, the
// form in which one is written, what is read before signing, the directive
// itself with deadlines and acknowledgements, and its file.
//
// Handlers read, format and render; the rules are in package directive. Read
// [Add] first, then sheet.go, which turns the form into a draft and back.
package directiveui
