// Package account knows the people who work with the program: how they sign in,
// at which units they hold which role, and how they are invited.
//
// It owns people, roles held, sessions, invitations and the counts of wrong
// attempts. Granting, inviting, disabling and setting up are events of the
// ledger; signing in and out are not. Rights are read anew at each request
// ([Actor]), so that a role that ends is gone at once.
//
// Two clocks meet here: what the ledger records is timed by the transaction's
// business clock; sessions, invitations and waiting times end by the machine's,
// which callers pass as now.
//
// The package knows no HTTP and never decides what a role may do: that is
// package access. Read [Person] first, then [SignIn] and [Invite].
package account
