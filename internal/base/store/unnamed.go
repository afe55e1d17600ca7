package store

import "strings"

// unnamed writes the places of a statement as ? where they are $1, $2 and so on,
// each once and in this order; any other statement stays as it is. To SQLite $1
// is a name, which it looks up among all others each time that values are bound.
func unnamed(query string) string {
	var written strings.Builder
	places, quoted := 0, false
	for rest := query; rest != ""; {
		if rest[0] == '\'' {
			quoted = !quoted
		}
		if rest[0] != '$' || quoted {
			written.WriteByte(rest[0])
			rest = rest[1:]
			continue
		}
		number, digits := 0, 1
		for ; digits < len(rest) && rest[digits] >= '0' && rest[digits] <= '9'; digits++ {
			number = 10*number + int(rest[digits]-'0')
		}
		if places++; number != places {
			return query
		}
		written.WriteByte('?')
		rest = rest[digits:]
	}
	return written.String()
}
