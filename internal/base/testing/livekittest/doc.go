// Package livekittest gives tests a real LiveKit: a process of its own on loopback and free
// ports, as giaoban media runs it, and Go clients that join, send and receive.
//
// A test package that uses it runs its tests by [Main], since the test binary is
// the program of that process, too. Nothing is left when the tests end or are killed: a
// process that nobody holds ends by itself. A package's whole tests run both with a supervised
// LiveKit and with one elsewhere, of which they know address and keys alone. Read [Start] first.
package livekittest
