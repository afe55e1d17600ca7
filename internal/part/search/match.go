package search

import (
	"strings"

	"giaoban/internal/base/store"
)

// engine is how a database is asked for entries by their tokens. It is asked for
// nothing else: what a word is and what comes first is decided here.
type engine struct {
	matching string // entries as e that fit the expression $1
	key      string // their id, by which the engine gives them in order
	before   string // of a token
	after    string
	prefix   string // instead of after, of the beginning of a token
	and, or  string
}

var engines = map[store.Engine]engine{
	store.SQLite: {
		matching: `search_match JOIN search_entry e ON e.id = search_match.rowid WHERE search_match MATCH $1`, key: `search_match.rowid`,
		before: `"`, after: `"`, prefix: `" *`, and: ` AND `, or: ` OR `,
	},
	store.Postgres: {
		matching: `search_entry e WHERE array_to_tsvector(string_to_array(e.tokens, ' ')) @@ $1::tsquery`, key: `e.id`,
		before: `'`, after: `'`, prefix: `':*`, and: ` & `, or: ` | `,
	},
}

// whole is a token as it stands. Tokens have no letter that means anything to an
// engine.
func (e engine) whole(token string) string { return e.before + token + e.after }

// beginning is what tokens begin with.
func (e engine) beginning(token string) string { return e.before + token + e.prefix }

// anyOf is one token or more of several.
func (e engine) anyOf(tokens []string) string {
	list := make([]string, len(tokens))
	for i, token := range tokens {
		list[i] = e.whole(token)
	}
	return "(" + strings.Join(list, e.or) + ")"
}
