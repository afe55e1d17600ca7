// Package exchange carries the public page between two installations that have no
// connection: the inside gives what the public reads in a bundle, the public side what
// readers sent, each a file that somebody carries.
//
// A bundle holds the state, not what changed: one that was left out is missed by nobody,
// and the same taken twice changes nothing. It is signed with the key that signs the
// installation's checkpoints; nothing of it is written before the signature and every byte
// are proven. It knows no HTTP, and no path but the folder of files.
//
// Read [Bundle] first, then [WriteNews] and [TakeNews].
package exchange
