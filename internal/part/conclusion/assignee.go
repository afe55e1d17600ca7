package conclusion

import (
	"fmt"
	"slices"

	"giaoban/internal/base/clock"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/tree"
	"giaoban/internal/part/board"
)

// Way is how it is said for whom a conclusion is.
type Way string

// The ways.
const (
	Named     Way = "named"     // the units themselves
	OfLevel   Way = "level"     // all units of a level below the host
	Condition Way = "condition" // those of a level whose figures meet a condition
)

// Ways is all ways, the most usual first.
var Ways = []Way{OfLevel, Named, Condition}

// Compare is how a figure is held against a share.
type Compare string

// The comparisons.
const (
	Under   Compare = "under"
	AtLeast Compare = "at-least"
)

// Assignees is for whom a conclusion is.
type Assignees struct {
	Way   Way           `json:"way"`
	Units []tree.UnitID `json:"units,omitempty"` // of Named
	Level string        `json:"level,omitempty"` // of OfLevel and Condition: whose units

	// A condition holds the done of a milestone, of the units of one level below each
	// unit and of itself, against a share of them.
	Milestone string  `json:"milestone,omitempty"`
	Counted   string  `json:"counted,omitempty"` // the level of the units counted
	Compare   Compare `json:"compare,omitempty"`
	Percent   int     `json:"percent,omitempty"` // from 0 to 100
}

// Figures are the boards by which conditions are decided.
type Figures struct {
	Boards    *board.Boards
	Directive int64
}

// Resolve gives the units that a conclusion of a host is for, as the tree and the
// boards stand now, in the order of the tree. Faults: Invalid at "to".
func (a Assignees) Resolve(t *tree.Tree, host tree.UnitID, figures Figures) ([]tree.UnitID, error) {
	switch a.Way {
	case Named:
		return a.named(t, host)
	case OfLevel:
		return ofLevel(t, host, a.Level), nil
	case Condition:
		return a.met(t, host, figures)
	}
	return nil, fault.New(fault.Invalid, "conclusion.way-needed").At("to")
}

func (a Assignees) named(t *tree.Tree, host tree.UnitID) ([]tree.UnitID, error) {
	units := slices.Clone(a.Units)
	slices.Sort(units)
	units = slices.Compact(units)
	for _, id := range units {
		if id == host || !t.Within(id, host) {
			return nil, fault.New(fault.Invalid, "conclusion.not-below").At("to")
		}
	}
	return units, nil
}

func ofLevel(t *tree.Tree, host tree.UnitID, level string) (units []tree.UnitID) {
	for _, u := range t.Subtree(host) {
		if u.ID != host && u.Level == level {
			units = append(units, u.ID)
		}
	}
	return units
}

// met are the units of the level whose figures meet the condition. One that counts
// nothing meets none: there is nothing to hold against a share.
func (a Assignees) met(t *tree.Tree, host tree.UnitID, figures Figures) (units []tree.UnitID, err error) {
	views := map[tree.UnitID]board.View{} // by the unit above: one board has all its rows
	for _, id := range ofLevel(t, host, a.Level) {
		unit, _ := t.Unit(id)
		view, known := views[unit.Parent]
		if !known {
			if view, err = figures.Boards.Read(figures.Directive, unit.Parent, 0); err != nil {
				return nil, fmt.Errorf("reading the board of unit %d for a condition: %w", unit.Parent, err)
			}
			views[unit.Parent] = view
		}
		if a.holds(view, id) {
			units = append(units, id)
		}
	}
	return units, nil
}

func (a Assignees) holds(view board.View, unit tree.UnitID) bool {
	column := slices.IndexFunc(view.Columns, func(c board.Column) bool { return c.Milestone == a.Milestone && c.Level == a.Counted })
	row := slices.IndexFunc(view.Rows, func(r board.Row) bool { return r.Unit == unit })
	if column < 0 || row < 0 {
		return false
	}
	cell := view.Rows[row].Cells[column]
	if cell.Total == 0 {
		return false
	}
	done, share := int64(cell.Done)*100, int64(a.Percent)*int64(cell.Total)
	if a.Compare == AtLeast {
		return done >= share
	}
	return done < share
}

// check says what is wrong with it, at "to" and at the fields of a condition.
func (a Assignees) check() (wrong fault.List) {
	at := func(field, key string) { wrong = append(wrong, fault.New(fault.Invalid, key).At(field)) }
	switch a.Way {
	case Named:
		if len(a.Units) == 0 {
			at("to", "conclusion.units-needed")
		}
	case OfLevel:
		if a.Level == "" {
			at("level", "conclusion.level-needed")
		}
	case Condition:
		if a.Level == "" {
			at("level", "conclusion.level-needed")
		}
		if a.Milestone == "" || a.Counted == "" {
			at("figure", "conclusion.figure-needed")
		}
		if a.Compare != Under && a.Compare != AtLeast {
			at("compare", "conclusion.compare-needed")
		}
		if a.Percent < 0 || a.Percent > 100 {
			at("percent", "conclusion.percent")
		}
	default:
		at("to", "conclusion.way-needed")
	}
	return wrong
}

// past says whether a deadline lies before today.
func past(deadline, today clock.Date) bool { return deadline != "" && deadline < today }
