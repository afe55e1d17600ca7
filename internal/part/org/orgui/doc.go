// Package orgui is the screens of the organisation: the tree as of any day, a
// unit with its history, bodies and posts, the forms that change it, lists in
// and out.
//
// Handlers read, format and render; the rules are in package org. A list that
// somebody sent waits in a file of the data directory until the same person
// has seen what it would change and says so. Read [Add] first.
package orgui
