package org

import (
	"strings"
	"unicode"

	"giaoban/internal/base/clock"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/fold"
	"giaoban/internal/base/sheet"
	"giaoban/internal/base/text"
)

// entry is a row of a list: what it says, and what it was found to mean.
type entry struct {
	cells map[Column]sheet.Cell

	code   code
	parent code
	name   string
	kind   string // key of a kind; "" when the row tells none
	level  string // key of a level: the row's own, or found
	from   clock.Date
	told   bool              // the row itself tells its level
	lines  map[string]string // codes of heads by line
	lined  bool              // the row tells its lines

	state  state
	above  *entry // its parent's row
	top    bool   // it stands directly below the unit that the list speaks for
	broken bool   // something about it was refused; it is not compared
	unit   *record
}

// state is how far a row's place and level were found out.
type state uint8

const (
	fresh state = iota
	busy        // being found out now: whoever comes back here went in a circle
	settled
)

// code is a code as it stands in a cell.
type code struct {
	text string
	// loose says that it came as a number, so that zeros before it may be lost.
	loose bool
}

// number is a code of digits without the zeros before it; ok is false for other
// codes.
func number(code string) (digits string, ok bool) {
	if code == "" || strings.Trim(code, "0123456789") != "" {
		return "", false
	}
	if digits = strings.TrimLeft(code, "0"); digits == "" {
		digits = "0"
	}
	return digits, true
}

// sameNumber says whether two codes are the same number, whatever zeros stand
// before it.
func sameNumber(a, b string) bool {
	x, one := number(a)
	y, other := number(b)
	return one && other && x == y
}

// entryOf reads a row. What is wrong in its cells goes to the planner's errors,
// all of it.
func (p *planner) entryOf(t table, row int) *entry {
	e := &entry{cells: map[Column]sheet.Cell{}}
	for _, column := range Columns {
		e.cells[column] = t.cell(row, column)
	}
	e.code = p.readCode(e, ColumnCode)
	if e.code.text == "" && !e.broken {
		p.refuse(e, ColumnCode, fault.New(fault.Invalid, "org.code-empty"))
	}
	e.parent = p.readCode(e, ColumnParent)
	if name, ok := p.readText(e, ColumnName); ok {
		cleaned, refusal := CleanName(name)
		e.name = cleaned
		p.refuse(e, ColumnName, refusal)
	}
	e.kind = p.readWord(e, ColumnKind, "org.kind-unknown", p.kindOf)
	e.level = p.readWord(e, ColumnLevel, "org.level-unknown", p.levelNamed)
	e.told = e.level != ""
	e.from = p.readDay(e)
	_, e.lined = t.columns[ColumnLines]
	e.lines = p.readLines(e)
	return e
}

// readText gives what stands in a cell as text; ok is false when it cannot be
// used, which is then told.
func (p *planner) readText(e *entry, column Column) (written string, ok bool) {
	cell := e.cells[column]
	if cell.Problem != nil {
		p.refuse(e, column, cell.Problem)
		return "", false
	}
	if strings.ContainsFunc(cell.Text, isHostile) {
		p.refuse(e, column, fault.New(fault.Invalid, "org.import.control"))
		return "", false
	}
	return cell.Shown(), true
}

// isHostile says whether a character has no place in a name: control characters
// other than those that break lines and set columns.
func isHostile(r rune) bool {
	return unicode.IsControl(r) && r != '\n' && r != '\r' && r != '\t' || r == unicode.ReplacementChar
}

// longestNumber is how many digits of a number Excel keeps.
const longestNumber = 15

// readCode reads a code. A number stands for itself as the office sees it:
// where a format shows zeros before it, they count.
func (p *planner) readCode(e *entry, column Column) code {
	written, ok := p.readText(e, column)
	if !ok {
		return code{}
	}
	cell := e.cells[column]
	c := code{text: fold.Name(written)}
	switch cell.Kind {
	case sheet.KindNumber:
		_, shown := number(c.text)
		_, whole := number(cell.Text)
		if !whole || len(cell.Text) > longestNumber {
			p.refuse(e, column, fault.New(fault.Invalid, "org.import.code-number", "value", cell.Text))
			return code{}
		}
		if !shown {
			c.text = cell.Text // 1,234 is only how the number is shown
		}
		c.loose = len(c.text) <= len(cell.Text)
	case sheet.KindDate, sheet.KindBool:
		p.refuse(e, column, fault.New(fault.Invalid, "org.import.code-kind", "value", c.text))
		return code{}
	default:
		_, digits := number(c.text)
		c.loose = p.list.Untyped && digits && c.text[0] != '0'
	}
	if c.text != "" {
		_, refusal := CleanCode(c.text)
		p.refuse(e, column, refusal)
	}
	return c
}

// readWord reads a word of the profile and gives its key.
func (p *planner) readWord(e *entry, column Column, unknown string, find func(string) (string, bool)) string {
	written, ok := p.readText(e, column)
	word := fold.Name(written)
	if !ok || word == "" {
		return ""
	}
	key, known := find(word)
	if !known {
		p.refuse(e, column, fault.New(fault.Invalid, unknown, "word", shorten(word)))
	}
	return key
}

// shorten cuts a foreign text to what a message can carry.
func shorten(written string) string {
	const most = 60
	if runes := []rune(written); len(runes) > most {
		return string(runes[:most]) + "…"
	}
	return written
}

// readDay reads the day from which the row holds.
func (p *planner) readDay(e *entry) clock.Date {
	written, ok := p.readText(e, ColumnFrom)
	if !ok || strings.TrimSpace(written) == "" {
		return ""
	}
	cell := e.cells[ColumnFrom]
	if cell.Kind == sheet.KindDate {
		written = cell.Text[:len("2006-01-02")]
	}
	day, err := text.ParseDate(text.VI, written)
	for _, refusal := range fault.All(err) {
		p.refuse(e, ColumnFrom, refusal)
	}
	switch {
	case err != nil:
		return ""
	case day > p.options.AsOf:
		p.refuse(e, ColumnFrom, fault.New(fault.Invalid, "org.import.from-late", "day", p.options.AsOf))
	case day < Beginning:
		p.refuse(e, ColumnFrom, fault.New(fault.Invalid, "org.too-early", "day", Beginning))
	}
	return day
}

// kindOf finds a kind's key by a word, and remembers it.
func (p *planner) kindOf(word string) (string, bool) {
	return remember(p.kinds, word, func() (string, bool) {
		kind, ok := p.profile.Kind(word)
		return kind.Key, ok
	})
}

// levelNamed finds a level's key by a word, and remembers it.
func (p *planner) levelNamed(word string) (string, bool) {
	return remember(p.levels, word, func() (string, bool) {
		level, ok := p.profile.LevelNamed(word)
		return level.Key, ok
	})
}

// remember finds the key of a word once. A key "" stands for an unknown word.
func remember(known map[string]string, word string, find func() (string, bool)) (string, bool) {
	key, seen := known[word]
	if !seen {
		key, _ = find()
		known[word] = key
	}
	return key, key != ""
}
