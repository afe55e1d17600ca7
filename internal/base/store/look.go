package store

import (
	"context"
	"fmt"
	"io/fs"
	"slices"

	"github.com/pressly/goose/v3"
)

// Look opens a database as it is, for reading, without bringing its schema up to
// date.
func Look(ctx context.Context, source string) (*DB, error) {
	db, err := connect(source)
	if err != nil {
		return nil, fmt.Errorf("opening the database: %w", err)
	}
	if err := db.Ping(ctx); err != nil {
		return nil, fmt.Errorf("reaching the database: %w", closing(db, err))
	}
	return db, nil
}

// Versions are the numbers of the migrations in schemas, in their order.
func Versions(schemas ...fs.FS) ([]int64, error) {
	all, err := (&DB{}).gather(schemas)
	if err != nil {
		return nil, err
	}
	var list []int64
	for name := range all {
		version, err := goose.NumericComponent(name)
		if err != nil {
			return nil, err
		}
		list = append(list, version)
	}
	slices.Sort(list)
	return list, nil
}

// Integrity has the engine check what it can of its own files, and gives what it
// says is wrong. SQLite reads the whole database for it; PostgreSQL tells what it
// met so far.
func (db *DB) Integrity(ctx context.Context) ([]string, error) {
	query := `PRAGMA integrity_check(20)`
	if db.engine == Postgres {
		query = `SELECT checksum_failures || ' pages with wrong checksums' FROM pg_stat_database
			WHERE datname = current_database() AND checksum_failures > 0`
	}
	said, err := column(ctx, db.read, query)
	if err == nil && len(said) == 1 && said[0] == "ok" {
		said = nil
	}
	if Damaged(err) { // too much to be checked
		return []string{err.Error()}, nil
	}
	return said, err
}

// Damaged says whether err means that the database's own files are not what the
// engine wrote.
func Damaged(err error) bool {
	const corrupt, notADatabase, dataCorrupted, indexCorrupted = 11, 26, "XX001", "XX002"
	return primary(err) == corrupt || primary(err) == notADatabase || state(err) == dataCorrupted || state(err) == indexCorrupted
}

// Lax names a setting of PostgreSQL with which a commit can be lost; "" for none.
// SQLite gets its settings from this program.
func (db *DB) Lax(ctx context.Context) (setting string, err error) {
	if db.engine != Postgres {
		return "", nil
	}
	err = db.read.QueryRowContext(ctx, `SELECT name FROM pg_settings
		WHERE name IN ('fsync', 'full_page_writes', 'synchronous_commit') AND setting = 'off' ORDER BY name LIMIT 1`).Scan(&setting)
	if Missing(err) {
		return "", nil
	}
	return setting, err
}
