// Package witness sends signed checkpoints of the log to an address outside, so
// that somebody else can tell later whether the log was made anew.
//
// It sends the newest checkpoint whenever there is a newer one, by POST, and
// tries again for as long as nobody took it. It never holds anything up: what is
// not sent is logged and counted, and the next one covers it. Read [Sender]
// first.
package witness
