// Package board rolls up what the units below reported, live, for every unit at
// once: of each milestone and level how many units there are, how many are
// done, waiting, late or due soon, with sums of the indicators.
//
// It is a cache that cannot lie: a reader of the ledger that begins anew at
// each start, holds nothing of its own, and gives the same figures as a recount
// by SQL. Units are dense indexes and counters flat slices, so that an event
// costs a walk from its unit to the root; each counter keeps its history by
// ledger position. Readers copy numbers out under a lock and format them
// outside. It never writes. Read [Boards] first.
//
// What the figures mean is written at [Cell].
package board
