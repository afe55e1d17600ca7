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

// calendar says where a day stands to deadlines.
type calendar struct {
	today int32
	soon  int32 // how many days before its deadline a unit is due soon
}

func (c calendar) phase(deadline int32) phase {
	switch {
	case deadline == 0:
		return early
	case c.today > deadline:
		return passed
	case c.today >= deadline-c.soon:
		return soon
	}
	return early
}

// tally counts units that have the same deadline by what they are: all that a
// [Cell] says and the day does not change.
type tally struct{ total, done, waiting, provisional, exempt, apart int32 }

func (t *tally) add(d tally) {
	t.total += d.total
	t.done += d.done
	t.waiting += d.waiting
	t.provisional += d.provisional
	t.exempt += d.exempt
	t.apart += d.apart
}

func (t tally) negative() tally {
	return tally{-t.total, -t.done, -t.waiting, -t.provisional, -t.exempt, -t.apart}
}

// addTo adds the tally to a cell on a day that stands so to the deadline.
func (t *tally) addTo(c *Cell, p phase) {
	c.Total += t.total
	c.Done += t.done
	c.Waiting += t.waiting
	c.Provisional += t.provisional
	c.Exempt += t.exempt
	c.Apart += t.apart
	switch p {
	case soon:
		c.Soon += t.total - t.done - t.waiting - t.provisional
	case passed:
		c.Late += t.total - t.done - t.waiting - t.provisional
		c.Passed += t.total
	}
}

// own is what one unit is in one column.
type own uint8

const (
	member   own = 1 << iota // of the column's level
	accepted                 // a version of its report is
	waiting                  // its newest version is submitted and undecided
	told                     // its newest version was told on its behalf
	exempt                   // it need not report
	apart                    // it has a standing and is counted
	many     own = 1 << 7    // not one unit but several, moved together
)

// with is o with a flag set or taken away.
func (o own) with(flag own, set bool) own {
	if set {
		return o | flag
	}
	return o &^ flag
}

// counted says whether the unit's accepted figures are in the sums.
func (o own) counted() bool { return o&(member|exempt|accepted) == member|accepted }

// tally is what one unit adds to its own and all higher counters.
func (o own) tally() *tally { return &tallies[o&(many-1)] }

// tallies are those of all that a unit can be.
var tallies = func() (all [many]tally) {
	for i := range all {
		switch o := own(i); {
		case o&member == 0:
		case o&exempt != 0:
			all[i] = tally{exempt: 1}
		case o&accepted != 0:
			all[i] = tally{total: 1, done: 1}
		case o&waiting != 0:
			all[i] = tally{total: 1, waiting: 1}
		case o&told != 0:
			all[i] = tally{total: 1, provisional: 1}
		default:
			all[i] = tally{total: 1}
		}
		if o := own(i); o&(member|apart|exempt) == member|apart {
			all[i].apart = 1
		}
	}
	return all
}()
