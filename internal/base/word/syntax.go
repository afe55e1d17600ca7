package word

import (
	"strings"

	"giaoban/internal/base/store"
)

// Syntax is how an engine's expressions ask for tokens.
type Syntax struct {
	before  string // of a token
	after   string
	prefix  string // instead of after, of the beginning of a token
	and, or string
}

// Syntaxes are those of FTS5 and of PostgreSQL's tsquery.
var Syntaxes = map[store.Engine]Syntax{
	store.SQLite:   {before: `"`, after: `"`, prefix: `" *`, and: ` AND `, or: ` OR `},
	store.Postgres: {before: `'`, after: `'`, prefix: `':*`, and: ` & `, or: ` | `},
}

// Whole is a token as it stands. Tokens have no letter that means anything to an
// engine.
func (s Syntax) Whole(token string) string { return s.before + token + s.after }

// Beginning is what tokens begin with.
func (s Syntax) Beginning(token string) string { return s.before + token + s.prefix }

// And is all of several expressions.
func (s Syntax) And(parts []string) string { return strings.Join(parts, s.and) }

// AnyOf is one token or more of several.
func (s Syntax) AnyOf(tokens []string) string {
	list := make([]string, len(tokens))
	for i, token := range tokens {
		list[i] = s.Whole(token)
	}
	return "(" + strings.Join(list, s.or) + ")"
}
