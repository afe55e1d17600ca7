// Package app puts the program together: database, ledger, tree, boards,
// followers and screens, from one configuration. The commands and the tests
// both use it, so that what is tested is what is shipped.
//
// It holds no rule of its own. Read [Open] first: an [App] is an installation in
// memory, over its [Records] on disk, which are all that a command needs.
package app
