package search

import (
	"giaoban/internal/base/store"
	"giaoban/internal/base/word"
)

// engine is how a database is asked for entries by their tokens. It is asked for
// nothing else: what a word is and what comes first is decided here.
type engine struct {
	matching string // entries as e that fit the expression $1
	key      string // their id, by which the engine gives them in order
	word.Syntax
}

var engines = map[store.Engine]engine{
	store.SQLite: {
		matching: `search_match JOIN search_entry e ON e.id = search_match.rowid WHERE search_match MATCH $1`, key: `search_match.rowid`,
		Syntax: word.Syntaxes[store.SQLite],
	},
	store.Postgres: {
		matching: `search_entry e WHERE array_to_tsvector(string_to_array(e.tokens, ' ')) @@ $1::tsquery`, key: `e.id`,
		Syntax: word.Syntaxes[store.Postgres],
	},
}
