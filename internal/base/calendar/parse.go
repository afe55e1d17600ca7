package calendar

import (
	"embed"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"

	"giaoban/internal/base/clock"
	"giaoban/internal/base/fault"
)

// Texts are what is said of a file of holidays that is wrong, a source for text.Load.
//
//go:embed texts.yaml
var Texts embed.FS

// largest is how many bytes a file may have: far above a century of holidays.
const largest = 64 << 10

// Parse reads a file of holidays: days under "holidays" and under "worked", in YAML. The
// error is a fault.List of kind Invalid, each fault with its line as the value "line".
func Parse(content []byte) (Country, error) {
	if len(content) > largest {
		return Country{}, fault.List{fault.New(fault.Invalid, "calendar.too-large", "most", largest>>10)}
	}
	if line := strange(string(content)); line > 0 {
		return Country{}, fault.List{fault.New(fault.Invalid, "calendar.form", "line", line)}
	}
	file, err := parser.ParseBytes(content, 0)
	if err != nil {
		return Country{}, unreadable(err)
	}
	if len(file.Docs) != 1 || file.Docs[0].Body == nil {
		return Country{}, fault.List{fault.New(fault.Invalid, "calendar.form", "line", 1)}
	}
	var c Country
	if err := yaml.NodeToValue(file.Docs[0].Body, &c, yaml.Strict()); err != nil {
		return Country{}, unreadable(err)
	}
	return c, c.check(file).Err()
}

// strange is the first line with something of YAML that two lists of days have no need
// of, by which a short file can stand for an endless one; 0 for none.
func strange(content string) int {
	if !utf8.ValidString(content) {
		return 1
	}
	lists := 0
	for n, line := range strings.Split(content, "\n") {
		said, _, _ := strings.Cut(line, "#")
		lists += strings.Count(said, "[")
		if lists > 2 || strings.ContainsAny(said, "{&*!?") || strings.Count(said, "- ") > 1 {
			return n + 1
		}
	}
	return 0
}

// check says which days of a file are none, or stand there twice.
func (c Country) check(file *ast.File) (wrong fault.List) {
	first := map[clock.Date]int{} // lines
	for _, part := range []struct {
		name string
		days []clock.Date
	}{{"holidays", c.Holidays}, {"worked", c.Worked}} {
		for n, day := range part.days {
			line := lineOf(file, fmt.Sprintf("$.%s[%d]", part.name, n))
			if read, err := clock.ParseDate(string(day)); err != nil || read == "" {
				wrong = append(wrong, fault.New(fault.Invalid, "calendar.no-day", "day", string(day), "line", line))
				continue
			}
			if before, twice := first[day]; twice {
				wrong = append(wrong, fault.New(fault.Invalid, "calendar.twice", "day", day, "before", before, "line", line))
				continue
			}
			first[day] = line
		}
	}
	return wrong
}

func lineOf(file *ast.File, path string) int {
	if at, err := yaml.PathString(path); err == nil {
		if node, err := at.FilterFile(file); err == nil && node != nil {
			return node.GetToken().Position.Line
		}
	}
	return 1
}

// unreadable tells where the YAML itself is wrong, or says what a file of holidays does
// not have.
func unreadable(err error) error {
	line := 1
	var at yaml.Error
	if errors.As(err, &at) && at.GetToken() != nil && at.GetToken().Position != nil {
		line = at.GetToken().Position.Line
	}
	return fault.List{fault.New(fault.Invalid, "calendar.form", "line", line).Because(err)}
}

// Document is the file of a calendar's holidays and exchanged days, as [Parse] reads it.
func (c Calendar) Document() string {
	var b strings.Builder
	for _, part := range []struct {
		name string
		days []clock.Date
	}{{"holidays", c.Holidays}, {"worked", c.Worked}} {
		if len(part.days) == 0 {
			continue
		}
		b.WriteString(part.name + ":\n")
		for _, day := range slices.Compact(slices.Sorted(slices.Values(part.days))) {
			b.WriteString("  - " + string(day) + "\n")
		}
	}
	return b.String()
}
