// Package letter writes to people by e-mail: about briefings (invitations, a change
// of time, that one is called off), and once a working day what their units are
// reminded of. Readers of the public page are told what they asked to hear.
//
// It owns the outbox: who is written to, about what, whether it was sent and why
// not. Rows are written by a follower of the log, in the transaction in which it
// moves on, so that nobody is forgotten and nobody is written to twice. No address
// and no text stands in them: both are taken when a letter is sent, as they are
// then. It sends nothing: edge/mail carries the letters. Read [Letter] first.
package letter
