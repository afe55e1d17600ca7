package web

import (
	"encoding/json"
	"fmt"
	"html/template"
	"net/url"
	"strings"
	"time"

	"giaoban/internal/base/account"
	"giaoban/internal/base/clock"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/text"
)

// functions are what templates can call, bound to a language.
func (f *Frame) functions(lang text.Lang) template.FuncMap {
	t := func(key string, args ...any) string { return f.config.Texts.T(lang, key, args...) }
	zone := f.config.Zone
	return template.FuncMap{
		// words
		"t":      t,
		"lang":   func() text.Lang { return lang },
		"in":     func(words text.Words) string { return words.In(lang) },
		"value":  func(v any) string { return text.Value(lang, v) },
		"person": func(name string) string { return person(t, name) },
		"fault":  func(err *fault.Error) string { return t(err.Key, err.Args...) },
		// numbers
		"number":  func(n any) (string, error) { return number(lang, n) },
		"percent": func(done, total int) string { return text.Percent(lang, done, total) },
		"change":  func(n int) string { return change(lang, n) },
		"size":    func(bytes int64) string { return size(lang, bytes) },
		"add":     func(a, b int) int { return a + b },
		// dates and moments
		"date":      func(d clock.Date) string { return text.Date(lang, d) },
		"shortDate": func(d clock.Date) string { return text.ShortDate(lang, d) },
		"nearDate":  func(d, today clock.Date) string { return text.NearDate(lang, d, today) },
		"remaining": func(deadline, today clock.Date) string { return text.Remaining(lang, deadline, today) },
		"moment":    func(at time.Time) string { return text.Moment(lang, at, zone) },
		"day":       func(at time.Time) string { return text.Date(lang, clock.DateOf(at, zone)) },
		"timeOfDay": func(at time.Time) string { return text.TimeOfDay(at, zone) },
		"when":      func(at time.Time) template.HTML { return when(lang, at, zone) },
		"iso":       func(at time.Time) string { return at.UTC().Format(time.RFC3339) },
		// signs and figures
		"icon":  Icon,
		"state": state,
		"bar":   func(b Bar) template.HTML { return b.html(t) },
		// forms
		"field": field,
		// addresses and data
		"asset": f.assetAddress,
		"link":  link,
		"dict":  dict,
		"list":  func(items ...any) []any { return items },
		"json":  toJSON,
		"join":  strings.Join,
	}
}

// person is a person's name, or that it was erased.
func person(t func(key string, args ...any) string, name string) string {
	if account.Nameless(name) {
		return t("web.erased", "number", name)
	}
	return name
}

// number writes any whole number or decimal.
func number(lang text.Lang, n any) (string, error) {
	switch n.(type) {
	case int, int32, int64, text.Decimal, float64:
		return text.Value(lang, n), nil
	}
	return "", fmt.Errorf("number cannot write a %T", n)
}

// change writes a difference with its sign; "–" for none.
func change(lang text.Lang, n int) string {
	switch {
	case n > 0:
		return "+" + text.Number(lang, int64(n))
	case n < 0:
		return "−" + text.Number(lang, -int64(n))
	}
	return "–"
}

// size writes a file's size in the largest unit that leaves something.
func size(lang text.Lang, bytes int64) string {
	switch {
	case bytes >= 1<<20:
		return (text.Decimal(bytes*10_000/(1<<20)/1000) * 1000).Format(lang) + " MB"
	case bytes >= 1<<10:
		return text.Number(lang, bytes>>10) + " KB"
	}
	return text.Number(lang, bytes) + " B"
}

// when is a moment that the page's script completes with how long ago it was.
func when(lang text.Lang, at time.Time, zone *time.Location) template.HTML {
	return template.HTML(`<time datetime="` + at.UTC().Format(time.RFC3339) + `" data-when>` +
		text.Moment(lang, at, zone) + `</time>`)
}

// states are the signs of the look: each state has its colour, sign and word.
var states = map[string]bool{"done": true, "waiting": true, "told": true, "none": true, "soon": true, "late": true, "exempt": true, "apart": true}

// state is a state's sign with its word.
func state(kind, word string) (template.HTML, error) {
	if !states[kind] {
		return "", fmt.Errorf("there is no state %q", kind)
	}
	return template.HTML(`<span class="state ` + kind + `">` + template.HTMLEscapeString(word) + `</span>`), nil
}

// link is path with the pairs as its query; pairs without a value are left out.
func link(path string, pairs ...any) (string, error) {
	if len(pairs)%2 != 0 {
		return "", fmt.Errorf("link %q: pairs of name and value, please", path)
	}
	query := url.Values{}
	for i := 0; i < len(pairs); i += 2 {
		if value := fmt.Sprint(pairs[i+1]); value != "" {
			query.Set(fmt.Sprint(pairs[i]), value)
		}
	}
	if len(query) == 0 {
		return path, nil
	}
	return path + "?" + query.Encode(), nil
}

// dict gives a template several values by name.
func dict(pairs ...any) (map[string]any, error) {
	if len(pairs)%2 != 0 {
		return nil, fmt.Errorf("dict: pairs of name and value, please")
	}
	m := make(map[string]any, len(pairs)/2)
	for i := 0; i < len(pairs); i += 2 {
		m[fmt.Sprint(pairs[i])] = pairs[i+1]
	}
	return m, nil
}

// toJSON is v as JSON text, for a data attribute that a script reads.
func toJSON(v any) (string, error) {
	encoded, err := json.Marshal(v)
	return string(encoded), err
}

// assetAddress is the address of an asset; one that is not there is a mistake
// of the template.
func (f *Frame) assetAddress(name string) (string, error) {
	address, ok := f.assets.addresses[name]
	if !ok {
		return "", fmt.Errorf("there is no asset %q", name)
	}
	return address, nil
}
