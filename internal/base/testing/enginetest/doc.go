// Package enginetest runs a test on every database that the program runs on.
//
// It owns nothing: SQLite's file lives in the test's folder, PostgreSQL's
// database comes from pgtest. Read [Each].
package enginetest
