package text

import (
	"fmt"
	"log/slog"
	"maps"
	"slices"
	"strings"
	"sync"

	"giaoban/internal/base/clock"
)

// Key names a text. Given to [Catalog.T] as a value, it is itself translated.
type Key string

// Catalog holds every text of the program in both languages. It does not
// change after Load and may be used from many goroutines.
type Catalog struct {
	texts map[string]entry

	mu     sync.Mutex
	faults map[string]bool // keys asked for in vain or with wrong values, each logged once
}

// entry is one text in both languages.
type entry struct{ vi, en []piece }

func (e entry) in(lang Lang) []piece {
	if lang == EN {
		return e.en
	}
	return e.vi
}

// piece is a stretch of a text: fixed words, or a place to be filled.
type piece struct {
	words string
	place string // its name; "" for fixed words
}

// T gives the text of a key in a language. The args are name, value pairs that
// fill the places {name}; values are written by [Value], and one of type Key
// is translated. Where the key has a sibling with ".one" added and the value
// of n is a whole number equal to 1, the sibling is used: "1 day left".
//
// A year or a code is passed as a string, since a number would be grouped. An
// unknown key gives "⟨key⟩", an unfilled place stays as "{name}"; each is
// logged once and stands in Missing.
func (c *Catalog) T(lang Lang, key string, args ...any) string {
	text, ok := c.find(key, args)
	if !ok {
		c.complain(key, "there is no such text")
		return "⟨" + key + "⟩"
	}
	pieces := text.in(lang)
	if len(pieces) == 1 && pieces[0].place == "" {
		return pieces[0].words
	}
	var b strings.Builder
	for _, p := range pieces {
		if p.place == "" {
			b.WriteString(p.words)
			continue
		}
		value, ok := argument(args, p.place)
		if !ok {
			c.complain(key, "nothing given for {"+p.place+"}")
			b.WriteString("{" + p.place + "}")
			continue
		}
		b.WriteString(c.value(lang, value))
	}
	return b.String()
}

// Has reports whether the catalogue has a text for the key.
func (c *Catalog) Has(key string) bool {
	_, ok := c.texts[key]
	return ok
}

// Keys are the keys of all texts in alphabetical order.
func (c *Catalog) Keys() []string { return slices.Sorted(maps.Keys(c.texts)) }

// Missing are the keys that were asked for in vain, or with places left
// unfilled, since the catalogue was loaded. A test of the whole program
// expects none.
func (c *Catalog) Missing() []string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return slices.Sorted(maps.Keys(c.faults))
}

// find is the entry of a key, or of its singular where n is 1.
func (c *Catalog) find(key string, args []any) (entry, bool) {
	if n, ok := argument(args, "n"); ok && isOne(n) {
		if one, ok := c.texts[key+".one"]; ok {
			return one, true
		}
	}
	text, ok := c.texts[key]
	return text, ok
}

func (c *Catalog) complain(key, why string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if !c.faults[key] {
		c.faults[key] = true
		slog.Warn("text not shown as meant", "key", key, "why", why)
	}
}

func (c *Catalog) value(lang Lang, value any) string {
	if key, ok := value.(Key); ok {
		return c.T(lang, string(key))
	}
	return Value(lang, value)
}

// argument is the value given for a name among name, value pairs.
func argument(args []any, name string) (any, bool) {
	for i := 0; i+1 < len(args); i += 2 {
		if args[i] == name {
			return args[i+1], true
		}
	}
	return nil, false
}

func isOne(value any) bool {
	switch n := value.(type) {
	case int:
		return n == 1
	case int32:
		return n == 1
	case int64:
		return n == 1
	}
	return false
}

// Value writes a value as the language does: whole numbers grouped (51.985 and
// 51,985), decimals with the language's mark, dates in their usual form, texts
// and everything else as they print themselves. Moments are not written here,
// since they need a zone: use [Moment].
func Value(lang Lang, value any) string {
	switch v := value.(type) {
	case string:
		return v
	case int:
		return Number(lang, int64(v))
	case int32:
		return Number(lang, int64(v))
	case int64:
		return Number(lang, v)
	case Decimal:
		return v.Format(lang)
	case float64:
		return float(lang, v)
	case clock.Date:
		return Date(lang, v)
	case Words:
		return v.In(lang)
	default:
		return fmt.Sprint(value)
	}
}
