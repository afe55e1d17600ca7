// Package store opens the database, SQLite or PostgreSQL, brings its schema up
// to date and runs transactions.
//
// It knows no table of its own: each part brings its migrations and its SQL,
// written in what both engines share: $1 placeholders, RETURNING, ON CONFLICT,
// TEXT, BIGINT, BOOLEAN and BYTEA columns, moments as BIGINT microseconds UTC,
// dates as ISO text. The word ROWID_KEY in a migration stands for each engine's
// self-counting primary key. Read [DB] first.
package store
