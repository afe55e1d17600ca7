package board

// Cell is what is known of the units of one level in one subtree at one
// milestone. Total is always Done + Waiting + Provisional + Nothing().
type Cell struct {
	// Total is the denominator: the units of the level in the subtree now, less
	// the exempt.
	Total int32
	// Done units have a report that the unit counting them accepted. They stay
	// done while a correction waits.
	Done int32
	// Waiting units have submitted, never had a report accepted, and the newest
	// version is undecided.
	Waiting int32
	// Provisional units have nothing accepted and nothing waiting, and what was
	// told of them on their behalf is the newest. They are neither late nor due
	// soon.
	Provisional int32
	// Soon units have nothing submitted, or it was returned, and their effective
	// deadline comes within the profile's days.
	Soon int32
	// Late units have nothing waiting or accepted though 24:00 of their effective
	// deadline has passed.
	Late int32
	// Passed units, done or not, have a deadline that has passed: where the bar
	// should be today.
	Passed int32
	// Exempt units need not report, by a standing; Total is without them.
	Exempt int32
	// Apart units have a standing and stay in Total: postponed, pilot and such.
	// Each is in one of the states, too.
	Apart int32
}

// Nothing is how many units have submitted nothing, or got it returned.
func (c Cell) Nothing() int32 { return c.Total - c.Done - c.Waiting - c.Provisional }

func (c *Cell) add(d Cell) {
	c.Total += d.Total
	c.Done += d.Done
	c.Waiting += d.Waiting
	c.Provisional += d.Provisional
	c.Soon += d.Soon
	c.Late += d.Late
	c.Passed += d.Passed
	c.Exempt += d.Exempt
	c.Apart += d.Apart
}

func (c Cell) minus(d Cell) Cell {
	return Cell{
		Total: c.Total - d.Total, Done: c.Done - d.Done, Waiting: c.Waiting - d.Waiting, Provisional: c.Provisional - d.Provisional,
		Soon: c.Soon - d.Soon, Late: c.Late - d.Late, Passed: c.Passed - d.Passed, Exempt: c.Exempt - d.Exempt, Apart: c.Apart - d.Apart,
	}
}

// State is the state of one unit at one milestone.
type State string

// The states, in the order in which a list shows them.
const (
	Late        State = "late"
	Soon        State = "soon"
	Nothing     State = "none"
	Provisional State = "told"
	Waiting     State = "waiting"
	Done        State = "done"
	Exempt      State = "exempt"
)

// States is all states.
var States = []State{Late, Soon, Nothing, Provisional, Waiting, Done, Exempt}

// State reads the cell of a single unit.
func (c Cell) State() State {
	switch {
	case c.Exempt > 0:
		return Exempt
	case c.Done > 0:
		return Done
	case c.Waiting > 0:
		return Waiting
	case c.Provisional > 0:
		return Provisional
	case c.Late > 0:
		return Late
	case c.Soon > 0:
		return Soon
	}
	return Nothing
}

// phase is where the present day stands to a unit's effective deadline.
type phase uint8

const (
	early  phase = iota
	soon         // within the profile's days
	passed       // 24:00 of the deadline is over
)

// own is what one unit is in one column.
type own struct {
	member   bool // the unit is of the column's level
	accepted bool // a version of its report is accepted
	waiting  bool // its newest version is submitted and undecided
	phase    phase
	deadline int32 // effective, in days since 1970; 0 for none
}

// cell is what a unit adds to its own and all higher counters.
func (o own) cell() Cell {
	if !o.member {
		return Cell{}
	}
	c := Cell{Total: 1}
	switch {
	case o.accepted:
		c.Done = 1
	case o.waiting:
		c.Waiting = 1
	case o.phase == passed:
		c.Late = 1
	case o.phase == soon:
		c.Soon = 1
	}
	if o.phase == passed {
		c.Passed = 1
	}
	return c
}
