package org

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"giaoban/internal/base/access"
	"giaoban/internal/base/clock"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/fold"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/profile"
	"giaoban/internal/base/store"
	"giaoban/internal/base/text"
	"giaoban/internal/base/tree"
)

// headed is a line in which a unit reports on a day.
type headed struct {
	line string
	head tree.UnitID
	code string // of the head
}

// linesOn gives the lines of all units on a day, by unit.
func linesOn(ctx context.Context, q store.Querier, day clock.Date) (map[tree.UnitID][]headed, error) {
	rows, err := q.QueryContext(ctx, `SELECT l.unit_id, l.line, l.head_id, u.code FROM unit_line l JOIN unit u ON u.id = l.head_id
		WHERE `+living("l", 1)+` ORDER BY l.unit_id, l.line`, string(day))
	if err != nil {
		return nil, fmt.Errorf("reading the lines of a day: %w", err)
	}
	defer rows.Close()
	all := map[tree.UnitID][]headed{}
	for rows.Next() {
		var unit tree.UnitID
		var h headed
		if err := rows.Scan(&unit, &h.line, &h.head, &h.code); err != nil {
			return nil, fmt.Errorf("reading a line of a day: %w", err)
		}
		all[unit] = append(all[unit], h)
	}
	return all, rows.Err()
}

// writeLines writes lines as a list has them: "quân sự: 27.QS; công an: 27.CA".
func writeLines(p *profile.Profile, lang text.Lang, lines []headed) string {
	written := make([]string, len(lines))
	for i, l := range lines {
		name := l.line
		if known, ok := p.LineOf(l.line); ok {
			name = known.Name.In(lang)
		}
		written[i] = name + ": " + l.code
	}
	return strings.Join(written, "; ")
}

// readLines reads the lines of a row: codes of heads by the key of the line.
func (p *planner) readLines(e *entry) map[string]string {
	written, ok := p.readText(e, ColumnLines)
	if !ok {
		return nil
	}
	found := map[string]string{}
	for _, part := range strings.FieldsFunc(written, func(r rune) bool { return r == ';' || r == '\n' }) {
		name, code, both := strings.Cut(part, ":")
		name, code = fold.Name(name), fold.Name(code)
		if name == "" && code == "" {
			continue
		}
		i := slices.IndexFunc(p.profile.Lines, func(l profile.Line) bool {
			return slices.Contains([]string{fold.Key(l.Key), fold.Key(l.Name.VI), fold.Key(l.Name.EN)}, fold.Key(name))
		})
		switch {
		case !both || code == "":
			p.refuse(e, ColumnLines, fault.New(fault.Invalid, "org.import.line-form", "value", shorten(part)))
		case i < 0:
			p.refuse(e, ColumnLines, fault.New(fault.Invalid, "org.import.line-unknown", "word", shorten(name)))
		case found[p.profile.Lines[i].Key] != "":
			p.refuse(e, ColumnLines, fault.New(fault.Invalid, "org.import.line-twice", "word", name))
		default:
			found[p.profile.Lines[i].Key] = code
		}
	}
	return found
}

// lineStep puts a unit into a line, or under another head of it; head 0 takes it
// out. Units that the list adds have ids below zero.
type lineStep struct {
	unit, head tree.UnitID
	line       string
	day        clock.Date
}

// compareLines notes how the lines of the list differ from those of its day. A
// list without the column says nothing of lines.
func (p *planner) compareLines(rows map[tree.UnitID]*entry) {
	for _, e := range p.entries {
		if e.broken || e.unit == nil || !e.lined {
			continue
		}
		was, day, changes := p.lines[e.unit.ID], p.options.AsOf, len(p.plan.lines)
		if e.from != "" {
			day = e.from
		}
		unit := PlannedUnit{Code: e.code.text, Name: e.name}
		for _, line := range p.profile.Lines {
			var head tree.UnitID
			if code := e.lines[line.Key]; code != "" {
				if head = p.headOf(e, code, rows); head == 0 {
					continue
				}
			}
			i := slices.IndexFunc(was, func(h headed) bool { return h.line == line.Key })
			switch {
			case i < 0 && head == 0, i >= 0 && was[i].head == head:
				continue
			case i >= 0:
				unit.Before = joined(unit.Before, p.nameIn(nil, was[i].head))
			}
			if head != 0 {
				unit.After = joined(unit.After, p.headName(head, rows))
			}
			p.plan.lines = append(p.plan.lines, lineStep{e.unit.ID, head, line.Key, day})
		}
		if len(p.plan.lines) > changes {
			p.plan.Lined = append(p.plan.Lined, unit)
		}
	}
}

func joined(list, one string) string {
	if list == "" {
		return one
	}
	return list + ", " + one
}

func (p *planner) headName(head tree.UnitID, rows map[tree.UnitID]*entry) string {
	if row := rows[head]; row != nil {
		return row.name
	}
	return p.nameIn(nil, head)
}

// headOf finds the unit that a row names as the head of a line: one that is
// there on the list's day, and after it. It is 0 when the row is refused.
func (p *planner) headOf(e *entry, code string, rows map[tree.UnitID]*entry) tree.UnitID {
	var head tree.UnitID
	if known := p.codes[code]; known != nil {
		_, exists := known.Times.on(p.options.AsOf)
		if rows[known.ID] != nil || exists && !p.inside[known.ID] { // else the list ends it
			head = known.ID
		}
	} else if added := p.byText[code]; len(added) > 0 && added[0].unit != nil {
		head = added[0].unit.ID
	}
	above := p.under.ID
	if e.above != nil && e.above.unit != nil {
		above = e.above.unit.ID
	}
	switch head {
	case 0:
		p.refuse(e, ColumnLines, fault.New(fault.Invalid, "org.import.line-head", "code", shorten(code)))
	case e.unit.ID:
		p.refuse(e, ColumnLines, fault.New(fault.Invalid, "org.line.itself"))
	case above:
		p.refuse(e, ColumnLines, fault.New(fault.Invalid, "org.line.above", "unit", p.nameIn(nil, above)))
	default:
		return head
	}
	return 0
}

// changeLines does what the list says of lines, those first that end.
func (p Plan) changeLines(ctx context.Context, tx *ledger.Tx, actor access.Actor, ids map[tree.UnitID]tree.UnitID) error {
	final := func(id tree.UnitID) tree.UnitID {
		if id < 0 {
			return ids[id]
		}
		return id
	}
	for _, s := range p.lines {
		if s.head != 0 {
			continue
		}
		if _, err := EndLine(ctx, tx, actor, EndLineCommand{Unit: final(s.unit), Line: s.line, From: s.day}); err != nil {
			return err
		}
	}
	for _, s := range p.lines {
		if s.head == 0 {
			continue
		}
		if _, err := SetLine(ctx, tx, actor, SetLineCommand{Unit: final(s.unit), Line: s.line, Head: final(s.head), From: s.day}); err != nil {
			return err
		}
	}
	return nil
}
