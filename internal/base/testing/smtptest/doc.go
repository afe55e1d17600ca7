// Package smtptest starts a real mail server for tests: Debian's aiosmtpd, on a free
// port of loopback. It takes letters into memory and refuses some by their address.
//
// Read [Server] first.
package smtptest
