// Package tree holds the units of the organisation in memory as they stand now:
// who counts whom, names and levels, and search among them.
//
// It knows no SQL. The organisation's part fills it from the database and a
// reader of the ledger keeps it up to date. A unit's level and kind are its own
// data: level is not depth. Read [Tree] first.
package tree
