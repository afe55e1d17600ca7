// Package task carries what is to be done, by whom and until when, from whoever gives it
// to the units that do it, and what came of it back up.
//
// A task is given by a unit to a set of units that is fixed in one transaction, however
// many they are. Each has a [Share] of it: acknowledged, handed to people or split among
// units below, done with evidence, verified or returned. A milestone reached on the
// board ends a share by itself.
//
// What a task and its shares are now stands in their rows, a share's own row made when
// it is first touched; what was said and done stands in the log, and [Steps] reads it
// from there. How far it all is, down every hand-down, is kept in memory by [Index],
// which holds nothing of its own.
//
// Read [Task] and [Share] first, then [Give], act.go and index.go.
package task
