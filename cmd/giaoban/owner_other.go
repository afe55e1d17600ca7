//go:build !unix

package main

// keepPrivate does nothing where files take their rights from their folder.
func keepPrivate() {}
