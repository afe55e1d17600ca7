package task

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"sync"

	"giaoban/internal/base/clock"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/marking"
	"giaoban/internal/base/tree"
)

// Progress is how far units are with a task: each number is a part of the one before, but
// for Late.
type Progress struct {
	Units    int // that have a share
	Seen     int // have said at least that they saw it
	Done     int // say that it is done, or it is verified
	Verified int
	Late     int // past their last day, and not done; 0 while the task does not bind
}

// Index is how far all tasks are, in memory: for each task what its units do, and what
// came of it down every hand-down. It is made from the rows at a start and follows the
// ledger from there; it holds nothing of its own. It is safe for concurrent use; the
// zero value is not, use [Load].
type Index struct {
	tree *tree.Tree

	mu    sync.RWMutex
	tasks map[int64]*entry
	// by is the tasks that each unit gave, in their order.
	by map[tree.UnitID][]int64
	// levels is kept between two readings of the matrix.
	levels levels
}

// entry is a task in memory. Its units are ranks in its set, and what they do flat lists.
type entry struct {
	id       int64
	title    string
	marks    marking.Marks
	giver    tree.UnitID
	verifier tree.UnitID
	parent   int64       // the task it was split from; 0 for none
	at       tree.UnitID // the unit that split it
	state    State
	deadline clock.Date
	units    Set
	stages   []uint8            // of shares, by rank: places in Stages
	extended map[int]clock.Date // of shares, by rank
	splits   map[int][]*entry   // what was handed down, by rank
	own      sum                // over its units
	leaves   sum                // over the units at the ends of all hand-downs
	grades   grades             // of the matrix, kept between two readings
}

// sum counts shares; owed is how many are not done, by their last day.
type sum struct {
	units, seen, done, verified int
	owed                        map[clock.Date]int
}

func (s *sum) add(o sum, sign int) {
	s.units, s.seen, s.done, s.verified = s.units+sign*o.units, s.seen+sign*o.seen, s.done+sign*o.done, s.verified+sign*o.verified
	for day, n := range o.owed {
		s.owe(day, sign*n)
	}
}

// share counts n shares of a stage and a last day; fewer when n is negative.
func (s *sum) share(stage uint8, day clock.Date, n int) {
	s.units += n
	switch Stages[stage] {
	case Verified:
		s.verified += n
		s.done += n
		s.seen += n
	case Done:
		s.done += n
		s.seen += n
	case Seen, Returned:
		s.seen += n
		s.owe(day, n)
	case Fresh:
		s.owe(day, n)
	}
}

func (s *sum) owe(day clock.Date, n int) {
	if s.owed == nil {
		s.owed = map[clock.Date]int{}
	}
	if s.owed[day] += n; s.owed[day] == 0 {
		delete(s.owed, day)
	}
}

// progress is a sum of the task's shares on a day. Nobody is late with what is only
// announced: it does not bind yet.
func (e *entry) progress(s sum, today clock.Date) Progress {
	p := s.progress(today)
	if e.state != Live {
		p.Late = 0
	}
	return p
}

// progress is the sum on a day.
func (s sum) progress(today clock.Date) Progress {
	p := Progress{Units: s.units, Seen: s.seen, Done: s.done, Verified: s.verified}
	for day, n := range s.owed {
		if day < today {
			p.Late += n
		}
	}
	return p
}

// Load makes the index from the rows as they stand, and gives the position of the last
// event that they include. Both are of one moment only in a transaction that sees one:
// give it that of store.DB.View.
func Load(ctx context.Context, tx *sql.Tx, t *tree.Tree) (*Index, int64, error) {
	position, _, err := ledger.Head(ctx, tx)
	if err != nil {
		return nil, 0, err
	}
	x := &Index{tree: t, tasks: map[int64]*entry{}, by: map[tree.UnitID][]int64{}}
	list, err := read(ctx, tx, `ORDER BY t.id`)
	if err != nil {
		return nil, 0, err
	}
	for _, t := range list {
		x.put(t)
	}
	rows, err := tx.QueryContext(ctx, `SELECT s.task_id, s.unit_id, s.state, s.deadline FROM task_share s`)
	if err != nil {
		return nil, 0, fmt.Errorf("reading all shares: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var task int64
		var unit tree.UnitID
		var stage Stage
		var extended clock.Date
		if err := rows.Scan(&task, &unit, &stage, &extended); err != nil {
			return nil, 0, fmt.Errorf("reading a share: %w", err)
		}
		x.set(task, unit, stage, extended)
	}
	return x, position, rows.Err()
}

// Apply brings the index up to date with events, in their order. Events about other
// things leave it as it is, and so does one that it has seen.
func (x *Index) Apply(events []ledger.Event) error {
	for _, e := range events {
		if err := x.apply(e); err != nil {
			return fmt.Errorf("following tasks: %w", err)
		}
	}
	return nil
}

func (x *Index) apply(e ledger.Event) error {
	if e.Payload == nil {
		return nil // erased, long after it was followed
	}
	switch e.Kind {
	case WasGiven:
		var g Given
		if err := e.Decode(&g); err != nil {
			return err
		}
		set, err := ReadSet(g.Units)
		x.lockedly(func() {
			x.put(Task{ID: g.Task, Title: g.Title, Marks: g.Marks, Giver: g.Giver, Verifier: g.Verifier, Source: g.Source, Deadline: g.Deadline, State: g.State, Units: set})
		})
		return err
	case WasBound, WasWithdrawn:
		var c Changed
		err := e.Decode(&c)
		x.lockedly(func() { x.turn(c.Task, e.Kind) })
		return err
	case WasInherited:
		var i Inherited
		if err := e.Decode(&i); err != nil {
			return err
		}
		set, err := ReadSet(i.Units)
		x.lockedly(func() { x.inherit(i, set) })
		return err
	case WasSeen, WasAssigned, WasNoted, WasDone, WasVerified, WasReturned, WasReached, WasAsked, WasGranted, WasRefused:
		var a Act
		err := e.Decode(&a)
		x.lockedly(func() { x.set(a.Task, a.Unit, a.Stage, a.Deadline) })
		return err
	}
	return nil
}

func (x *Index) lockedly(do func()) {
	x.mu.Lock()
	defer x.mu.Unlock()
	do()
}

// put takes a task up, of which nobody has touched a share.
func (x *Index) put(t Task) {
	if x.tasks[t.ID] != nil {
		return
	}
	e := &entry{id: t.ID, title: t.Title, marks: t.Marks, giver: t.Giver, verifier: t.Verifier, state: t.State, deadline: t.Deadline, units: t.Units}
	e.parent, e.at = t.Parent()
	e.begin()
	x.tasks[t.ID] = e
	x.by[e.giver] = append(x.by[e.giver], e.id)
	if t.State != Withdrawn {
		x.hang(e)
	}
}

// begin has no share of the task touched.
func (e *entry) begin() {
	n := e.units.Len()
	e.stages, e.extended, e.splits = make([]uint8, n), map[int]clock.Date{}, map[int][]*entry{}
	e.own = sum{units: n, owed: map[clock.Date]int{e.deadline: n}}
	e.leaves = sum{units: n, owed: map[clock.Date]int{e.deadline: n}}
	e.grades = grades{}
}

// hang has a task that was handed down count where it came from, in the place of the
// unit that split its share.
func (x *Index) hang(e *entry) {
	above, rank, ok := x.above(e)
	if !ok {
		return
	}
	var change sum
	if len(above.splits[rank]) == 0 {
		change.share(above.stages[rank], above.day(rank), -1)
	}
	change.add(e.leaves, 1)
	above.splits[rank] = append(above.splits[rank], e)
	x.rise(above, change)
}

// unhang is the opposite of hang.
func (x *Index) unhang(e *entry) {
	above, rank, ok := x.above(e)
	if !ok {
		return
	}
	at := slices.Index(above.splits[rank], e)
	if at < 0 {
		return
	}
	above.splits[rank] = slices.Delete(above.splits[rank], at, at+1)
	var change sum
	change.add(e.leaves, -1)
	if len(above.splits[rank]) == 0 {
		delete(above.splits, rank)
		change.share(above.stages[rank], above.day(rank), 1)
	}
	x.rise(above, change)
}

// above is the task that one was split from, and the rank in it of who split it.
func (x *Index) above(e *entry) (above *entry, rank int, ok bool) {
	above = x.tasks[e.parent]
	if above == nil {
		return nil, 0, false
	}
	rank, ok = above.units.rank(e.at)
	return above, rank, ok
}

// rise adds a change to a task's leaves and to those of all that it was split from.
func (x *Index) rise(e *entry, change sum) {
	for e != nil {
		e.leaves.add(change, 1)
		above, rank, ok := x.above(e)
		if !ok || !slices.Contains(above.splits[rank], e) {
			return
		}
		e = above
	}
}

// day is the last day of a share.
func (e *entry) day(rank int) clock.Date {
	if day, later := e.extended[rank]; later {
		return day
	}
	return e.deadline
}

// set says how a unit's share stands.
func (x *Index) set(task int64, unit tree.UnitID, stage Stage, extended clock.Date) {
	e := x.tasks[task]
	if e == nil {
		return
	}
	rank, ok := e.units.rank(unit)
	if !ok {
		return
	}
	var change sum
	change.share(e.stages[rank], e.day(rank), -1)
	e.stages[rank] = uint8(max(0, slices.Index(Stages[:], stage)))
	delete(e.extended, rank)
	if extended != "" {
		e.extended[rank] = extended
	}
	change.share(e.stages[rank], e.day(rank), 1)
	e.own.add(change, 1)
	e.grades = grades{}
	if len(e.splits[rank]) == 0 {
		x.rise(e, change)
	}
}

// turn has a task bind, or not count any more.
func (x *Index) turn(task int64, kind ledger.Kind) {
	e := x.tasks[task]
	if e == nil {
		return
	}
	if kind == WasBound {
		e.state = Live
		return
	}
	if e.state != Withdrawn {
		x.unhang(e)
		e.state = Withdrawn
	}
}

// inherit has a task go on with other units, and with the same shares otherwise.
func (x *Index) inherit(i Inherited, set Set) {
	e := x.tasks[i.Task]
	if e == nil {
		return
	}
	x.unhang(e)
	x.by[e.giver] = slices.DeleteFunc(x.by[e.giver], func(id int64) bool { return id == e.id })
	x.by[i.Giver] = append(x.by[i.Giver], e.id)
	slices.Sort(x.by[i.Giver])
	before := *e
	e.giver, e.verifier, e.units = i.Giver, i.Verifier, set
	if e.parent != 0 {
		e.at = tree.UnitID(i.Part)
	}
	e.begin()
	for unit := range set.All() {
		if rank, had := before.units.rank(unit); had {
			x.set(e.id, unit, Stages[before.stages[rank]], before.extended[rank])
		}
	}
	if i.To != 0 && set.Has(i.To) && before.units.Has(i.From) {
		x.set(e.id, i.To, i.Stage, i.Deadline)
	}
	for _, below := range x.tasks {
		if below.parent != e.id || below.state == Withdrawn {
			continue
		}
		if below.at == i.From {
			below.at = i.To
		}
		x.hang(below)
	}
	if e.state != Withdrawn {
		x.hang(e)
	}
}
