//go:build unix

package main

import "syscall"

// keepPrivate has whatever the program writes be for its owner alone: databases,
// keys, sockets, exported lists.
func keepPrivate() { syscall.Umask(0o077) }
