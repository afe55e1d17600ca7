// Package inboxui is the page "my work", where everybody begins: one list in the
// order in which a secretary would lay it before somebody, each line with why it
// stands there and one tap away from the act; beside it the calendar of the next days.
package inboxui
