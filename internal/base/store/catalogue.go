package store

import (
	"context"
	"fmt"
	"slices"
	"strings"
)

// Kind is what a column holds, the same on both engines.
type Kind string

// The kinds of columns that migrations use.
const (
	Integer Kind = "integer"
	Text    Kind = "text"
	Boolean Kind = "boolean"
	Bytes   Kind = "bytes"
)

// kinds are the engines' own names for them.
var kinds = map[string]Kind{
	"integer": Integer, "bigint": Integer, "smallint": Integer, "text": Text, "boolean": Boolean, "bytea": Bytes, "blob": Bytes,
}

// Column is a column of a table.
type Column struct {
	Name string `json:"name"`
	Kind Kind   `json:"kind"`
}

// Table is a table as the database itself describes it.
type Table struct {
	Name    string   `json:"name"`
	Columns []Column `json:"columns"`
	Key     []string `json:"key"`     // columns of the primary key
	Counted bool     `json:"counted"` // its key counts itself: ROWID_KEY

	refers []string // tables that must have their rows before it
}

// versions is the table in which the applied migrations stand. It is goose's.
const versions = "goose_db_version"

// guests is how the names of tables begin that are a library's own: the job queue
// makes and keeps them, and a backup leaves them out.
const guests = "river_"

// Tables are the tables that migrations made, as they are now, each after those
// that its rows refer to.
func (db *DB) Tables(ctx context.Context, q Querier) ([]Table, error) {
	list, err := db.tables(ctx, q)
	if err != nil {
		return nil, fmt.Errorf("reading which tables there are: %w", err)
	}
	return inOrder(list)
}

func (db *DB) tables(ctx context.Context, q Querier) ([]Table, error) {
	words := catalogues[db.engine]
	names, err := column(ctx, q, words.tables)
	if err != nil {
		return nil, err
	}
	var list []Table
	for _, name := range names {
		t := Table{Name: name}
		if t.Columns, err = columns(ctx, q, words.columns, name); err != nil {
			return nil, err
		}
		if t.Key, err = column(ctx, q, words.key, name); err != nil {
			return nil, err
		}
		if t.refers, err = column(ctx, q, words.refers, name); err != nil {
			return nil, err
		}
		counted, err := column(ctx, q, words.counted, name)
		if err != nil {
			return nil, err
		}
		t.Counted = len(counted) > 0
		list = append(list, t)
	}
	return list, nil
}

// catalogue is how an engine is asked about its tables.
type catalogue struct{ tables, columns, key, refers, counted string }

var catalogues = map[Engine]catalogue{
	SQLite: {
		// Not the virtual ones, nor what those keep: they are made anew from the others.
		tables: `SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite_%' AND name <> '` + versions + `'
			AND SUBSTR(name, 1, 6) <> '` + guests + `' ORDER BY name`,
		// A table of SQLite can be named only by its text here.
		columns: `SELECT name, LOWER(type) FROM pragma_table_info($1) ORDER BY cid`,
		key:     `SELECT name FROM pragma_table_info($1) WHERE pk > 0 ORDER BY pk`,
		refers:  `SELECT DISTINCT "table" FROM pragma_foreign_key_list($1)`,
		counted: `SELECT name FROM sqlite_schema WHERE type = 'table' AND name = $1 AND sql LIKE '%AUTOINCREMENT%'`,
	},
	Postgres: {
		tables: `SELECT tablename FROM pg_tables WHERE schemaname = current_schema() AND tablename <> '` + versions + `'
			AND SUBSTR(tablename, 1, 6) <> '` + guests + `' ORDER BY tablename COLLATE "C"`,
		columns: `SELECT column_name, data_type FROM information_schema.columns
			WHERE table_schema = current_schema() AND table_name = $1 ORDER BY ordinal_position`,
		key: `SELECT a.attname FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey)
			WHERE i.indisprimary AND i.indrelid = to_regclass(quote_ident($1)) ORDER BY array_position(i.indkey::int2[], a.attnum)`,
		refers: `SELECT DISTINCT r.relname FROM pg_constraint c JOIN pg_class r ON r.oid = c.confrelid
			WHERE c.contype = 'f' AND c.conrelid = to_regclass(quote_ident($1))`,
		counted: `SELECT column_name FROM information_schema.columns
			WHERE table_schema = current_schema() AND table_name = $1 AND is_identity = 'YES'`,
	},
}

func columns(ctx context.Context, q Querier, query, table string) ([]Column, error) {
	rows, err := q.QueryContext(ctx, query, table)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var list []Column
	for rows.Next() {
		var name, kind string
		if err := rows.Scan(&name, &kind); err != nil {
			return nil, err
		}
		known, ok := kinds[kind]
		if !ok {
			return nil, fmt.Errorf("%s.%s is of type %s; the types that both engines have are TEXT, BIGINT, INTEGER, BOOLEAN and BYTEA", table, name, kind)
		}
		list = append(list, Column{name, known})
	}
	return list, rows.Err()
}

// column gives a column of texts.
func column(ctx context.Context, q Querier, query string, args ...any) ([]string, error) {
	rows, err := q.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var list []string
	for rows.Next() {
		var s string
		if err := rows.Scan(&s); err != nil {
			return nil, err
		}
		list = append(list, s)
	}
	return list, rows.Err()
}

// inOrder puts each table after those that it refers to, else by name.
func inOrder(list []Table) ([]Table, error) {
	var ordered []Table
	placed := map[string]bool{}
	for len(ordered) < len(list) {
		before := len(ordered)
		for _, t := range list {
			waits := slices.ContainsFunc(t.refers, func(other string) bool { return other != t.Name && !placed[other] })
			if placed[t.Name] || waits {
				continue
			}
			ordered, placed[t.Name] = append(ordered, t), true
		}
		if len(ordered) == before {
			return nil, fmt.Errorf("tables refer to each other in a circle")
		}
	}
	return ordered, nil
}

// Applied are the numbers of the migrations that the database has had.
func Applied(ctx context.Context, q Querier) ([]int64, error) {
	rows, err := q.QueryContext(ctx, `SELECT version_id FROM `+versions+` WHERE is_applied AND version_id > 0 ORDER BY version_id`)
	if err != nil {
		return nil, fmt.Errorf("reading the schema's version: %w", err)
	}
	defer rows.Close()
	var list []int64
	for rows.Next() {
		var version int64
		if err := rows.Scan(&version); err != nil {
			return nil, err
		}
		list = append(list, version)
	}
	return list, rows.Err()
}

// quoted is a name as SQL takes it, whatever it is.
func quoted(name string) string { return `"` + strings.ReplaceAll(name, `"`, `""`) + `"` }

func (t Table) names() []string {
	var list []string
	for _, c := range t.Columns {
		list = append(list, c.Name)
	}
	return list
}

func (t Table) columnList() string {
	var list []string
	for _, name := range t.names() {
		list = append(list, quoted(name))
	}
	return strings.Join(list, ", ")
}
