// Package mail carries letters to a mail server (SMTP).
//
// A courier takes what is due from the outbox, sends it over one connection and
// notes what became of each letter; what the server asks to be tried again is, and
// while no server answers nothing is lost. A letter has one Message-ID for good:
// should the program die between the server's word and its own note, it is sent
// once more under the same. Read [Server] and [Courier] first.
package mail
