// Package office prints Office files as PDF, with LibreOffice where the machine has
// it: in a process of its own, bounded in time, memory and size, with a profile of its
// own that runs no macros and follows no links.
//
// It knows nothing of what the files are for. Read [Program.PDF].
package office
