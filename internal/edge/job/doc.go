// Package job runs work that waits in the database: what has to be done because of
// something is put there in the transaction in which it happened, and is done once,
// by whichever process takes it first.
//
// It owns River: its tables, which it makes itself, its client, and what becomes of
// jobs whose process died. It knows no work: packages bring their workers. A job says
// only that there is something to do, and what; whether it is still due is decided by
// who does it, from rows of its own. Read [Queue] first.
package job
