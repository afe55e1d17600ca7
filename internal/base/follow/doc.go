// Package follow reads the ledger in order, never skipping, for those who must
// do something because something happened.
//
// A [Reader] keeps its position in memory and begins anew at each start: the
// tree and the board. A [Durable] follower keeps its cursor in the database and
// moves it in the same transaction as its effect. Both are woken when this
// process commits events and look by themselves every second, for events that
// another process wrote. Read Reader first.
package follow
