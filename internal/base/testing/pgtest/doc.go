// Package pgtest gives tests a real PostgreSQL.
//
// It owns one server for each test process, in a temporary folder and on a
// Unix socket that nobody else can open, and one database for each call of
// [New]. The server goes with the process. The databases compare text the
// Vietnamese way (ICU), as an office's own server may: a query that relies on
// the order of bytes fails here. It never skips: a machine without PostgreSQL
// fails the test and is told what to install.
package pgtest
