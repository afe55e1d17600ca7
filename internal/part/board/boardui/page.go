package boardui

import (
	"strconv"
	"strings"
	"time"

	"giaoban/internal/base/clock"
	"giaoban/internal/base/marking"
	"giaoban/internal/base/tree"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/board"
)

// boardPage is a board as the template takes it.
type boardPage struct {
	Number, Title string
	Marks         marking.Marks // of the directive
	Directive     int64
	Unit          tree.Unit
	Totals        bool // the person sees the totals of this unit only
	Wall          bool // shown to a room
	Closed        bool
	At            string // the past moment shown, as addresses write it; "" for the present
	Moment        time.Time
	Track         track
	Form          *web.Form // that asks for a moment
	Named         []named
	MayName       bool // the person may name moments for this unit
	MayRemove     bool // or only take names away
	Position      int64
	Version       int
	Today         clock.Date
	Since         clock.Date // the changes are counted since the end of this day
	Milestones    []tab
	Milestone     string
	Columns       []heading
	Figures       []figure
	Sums          []sumLine
	Rows          []row
	Levels        []tab // of the rows, for the filter
	Level, State  string
	Words         string // searched for
	Sort          string
	Down          bool
	Pager         web.Pager
	Lines         []lineTab // that the unit heads
	Told, Apart   bool      // some unit is provisional, or has a standing
	Obstacles     int       // difficulties in the way of the milestone shown, in the unit and below
}

// tab is a choice among a few.
type tab struct {
	Key, Label string
	Current    bool
}

// heading is the head of a column.
type heading struct {
	Index    int
	Level    string // its short name
	Full     string
	Deadline clock.Date
	Wide     bool // a row counts several units there, so that it has a bar and a change
}

// figure is one column's figure of the whole unit.
type figure struct {
	heading
	Cell  cell
	Since int
}

// cell is a board cell with what the template needs of it.
type cell struct {
	board.Cell
	Key   string // names it for the script: unit and column
	Base  int    // how many were done at the moment compared with
	Own   bool   // the unit itself is of the column's level
	State board.State
}

// Bar draws the cell.
func (c cell) Bar() web.Bar {
	return web.Bar{Done: int(c.Done), Waiting: int(c.Waiting), Told: int(c.Provisional), Total: int(c.Total), Due: int(c.Passed), Key: c.Key}
}

// Exceptions says whether the denominator needs more words than its number.
func (c cell) Exceptions() bool { return c.Exempt > 0 || c.Apart > 0 }

// Values are the bare numbers for the script.
func (c cell) Values() string {
	list := make([]string, 0, 9)
	for _, n := range values(c.Cell) {
		list = append(list, strconv.Itoa(int(n)))
	}
	return strings.Join(list, ",")
}

// Change is how many more are done than at the moment compared with.
func (c cell) Change() int { return int(c.Done) - c.Base }

// Int gives counters as the template's functions take them.
func (c cell) Int(n int32) int { return int(n) }

// row is one unit directly below.
type row struct {
	Unit  tree.Unit
	Level string // name of its level
	Cells []cell
	Late  int32
	Told  int32 // provisional
	Apart int32 // exempt or with another standing
	// Obstacles is how many difficulties are in the way, in the unit and below.
	Obstacles int
	// Latest is the board's column in which most units are late: where the number
	// opens.
	Latest int
}

// Main draws the bar by which a room tells units apart: that of the column with
// the fewest units that is not the unit's own.
func (r row) Main() web.Bar {
	for i := len(r.Cells) - 1; i >= 0; i-- {
		if c := r.Cells[i]; c.Total > 0 && !c.Own {
			return c.Bar()
		}
	}
	return web.Bar{}
}

// sumLine is the sum of an indicator over the accepted reports.
type sumLine struct {
	Level, Indicator, Option, Unit string
	Column                         int
	Sum                            board.Sum
	Number                         bool
	Mean                           string
}
