// Package ledger is the append-only log of everything that happened, with
// proofs that nothing in it was changed since.
//
// Every change of the program's data runs in [Ledger.Update]: the rows it
// writes and the events it appends are one transaction. Positions are dense and
// become visible in order on both engines, because a transaction takes the
// head row as its last statement before the commit.
//
// The record of an event is text, one line each: the word "giaoban/event/1",
// position, time in microseconds UTC, actor, unit, kind, subject and, in hex,
// SHA-256(salt, payload), 16 bytes of salt and then the payload's bytes as
// they are stored. Its leaf is the record's hash in the manner of RFC 6962
// (golang.org/x/mod/sumdb/tlog). Salt and payload lie in a table of their own,
// so that one payload can be erased and the log still verifies. A follower
// builds the Merkle tree over the leaves and signs checkpoints.
//
// [Verify] names the first event that was altered. From inside the database it
// cannot see what whoever holds the signing key has made anew, nor a rewriting
// of events that no checkpoint covers yet. For that, checkpoints leave the
// machine: on receipts ([MakeReceipt]), to a witness, into browsers
// ([CheckTree]); Verify takes those that were kept elsewhere.
//
// A payload can be erased by the part that owns its kind ([Tx.Erase]): its
// salted hash stays, an event says so, and the log still verifies.
//
// The package knows nothing of what the events mean. Read [Event] first.
package ledger
