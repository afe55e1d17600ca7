package board

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"time"
)

// Stamp says of what a snapshot is: it is only good for a log that has this
// leaf at this position, and for the program that wrote it.
type Stamp struct {
	Position int64
	Leaf     [32]byte
	Program  string
}

// snapshotForm is raised with every change of what is kept or of what an event
// does to the boards.
const snapshotForm = "giaoban board 4\n"

// Save writes the boards as they are now into a file, in the place of what it
// was, at once or not at all. leaf gives the leaf of the log at a position. It
// holds up readers and events while it copies what may change, not while it
// writes.
func (b *Boards) Save(file, program string, leaf func(position int64) ([32]byte, error)) (Stamp, error) {
	held := b.hold()
	stamp := Stamp{Position: held.position, Program: program}
	var err error
	if stamp.Leaf, err = leaf(stamp.Position); err != nil {
		return stamp, err
	}
	temporary, err := os.OpenFile(file+".new", os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return stamp, err
	}
	err = errors.Join(held.write(temporary, stamp), temporary.Sync(), temporary.Close())
	if err == nil {
		err = os.Rename(temporary.Name(), file)
	}
	if err != nil {
		return stamp, errors.Join(fmt.Errorf("writing the snapshot: %w", err), os.Remove(temporary.Name()))
	}
	return stamp, nil
}

// Load takes up a snapshot into boards that have seen no event. good says
// whether its stamp fits the log. An error means that the boards are as before,
// and have to be built from the first event.
func (b *Boards) Load(file string, good func(Stamp) error) (Stamp, error) {
	opened, err := os.Open(file)
	if err != nil {
		return Stamp{}, err
	}
	defer opened.Close()
	read := New(b.clock)
	stamp, err := read.take(opened, good)
	if err != nil {
		return stamp, err
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.zone, b.units, b.calendar, b.counts, b.issues = read.zone, read.units, read.calendar, read.counts, read.issues
	b.position, b.altered = read.position, read.altered
	b.advance()
	b.takeUpdates()
	return stamp, nil
}

func (b *Boards) write(to io.Writer, stamp Stamp) error {
	frames := framed{to}
	c := &coder{out: bufio.NewWriterSize(frames, frameSize)}
	c.out.WriteString(snapshotForm)
	stamp.code(c)
	b.code(c)
	return errors.Join(c.err, c.out.Flush(), frames.end())
}

func (b *Boards) take(from io.Reader, good func(Stamp) error) (Stamp, error) {
	c := &coder{in: bufio.NewReaderSize(&unframed{from: from}, frameSize)}
	form := make([]byte, len(snapshotForm))
	if _, err := io.ReadFull(c.in, form); err != nil {
		return Stamp{}, err
	}
	if !bytes.Equal(form, []byte(snapshotForm)) {
		return Stamp{}, errors.New("the snapshot is of another version of the program")
	}
	var stamp Stamp
	if stamp.code(c); c.err != nil {
		return stamp, c.err
	}
	if err := good(stamp); err != nil {
		return stamp, err
	}
	if b.code(c); c.err != nil {
		return stamp, c.err
	}
	// The empty frame at the end says that nothing is missing.
	if _, err := c.in.ReadByte(); !errors.Is(err, io.EOF) {
		return stamp, errors.Join(errShapeless, err)
	}
	return stamp, nil
}

func (s *Stamp) code(c *coder) {
	number(c, &s.Position)
	leaf := s.Leaf[:]
	c.bytes(&leaf)
	copy(s.Leaf[:], leaf)
	c.text(&s.Program)
}

func (b *Boards) code(c *coder) {
	zone := b.zone.String()
	c.text(&zone)
	if c.out == nil && c.err == nil {
		b.zone, c.err = time.LoadLocation(zone)
	}
	number(c, &b.position)
	b.calendar.code(c)
	table(c, &b.altered, func(unit *int32, position *int64) { number(c, unit); number(c, position) })
	b.units.code(c)
	list(c, &b.issues, func(issue **count) {
		if c.out == nil {
			*issue = &count{units: b.units, sent: map[int32]int64{}, reshaped: map[int32]struct{}{}}
		}
		(*issue).code(c)
	})
	if c.out == nil {
		for _, issue := range b.issues {
			b.counts[issue.directive] = issue
		}
	}
}

func (cal *calendar) code(c *coder) { number(c, &cal.today); number(c, &cal.soon) }

func (u *units) code(c *coder) {
	numbers(c, &u.ids)
	list(c, &u.at, func(p *place) {
		number(c, &p.parent)
		number(c, &p.first)
		number(c, &p.next)
		number(c, &p.level)
		number(c, &p.rank)
		number(c, &p.since)
	})
	list(c, &u.keys, c.text)
	list(c, &u.ranks, func(r **ranks) {
		if c.out == nil {
			*r = &ranks{}
		}
		(*r).members.code(c, len(u.ids))
		(*r).inners.code(c, len(u.ids))
	})
	list(c, &u.stays, func(s *stay) {
		number(c, &s.unit)
		number(c, &s.parent)
		number(c, &s.from)
		number(c, &s.to)
	})
	table(c, &u.heirs, func(unit, heir *int32) { number(c, unit); number(c, heir) })
	if c.out != nil || c.err != nil {
		return
	}
	for i, id := range u.ids {
		u.put(id, int32(i))
	}
	u.below, u.above, u.other = map[int32][]int32{}, map[int32][]int32{}, map[int32]bool{}
	u.findOther()
	for at, s := range u.stays {
		u.below[s.parent] = append(u.below[s.parent], int32(at))
		u.above[s.unit] = append(u.above[s.unit], int32(at))
	}
}

// findOther finds the units that are or were of more than one level.
func (u *units) findOther() {
	members := make([]bool, len(u.ids))
	for _, r := range u.ranks {
		for _, unit := range r.members.units {
			if members[unit] {
				u.other[unit] = true
			}
			members[unit] = true
		}
	}
}

// code keeps an order of units, of which there are so many in all.
func (o *order) code(c *coder, all int) {
	numbers(c, &o.units)
	if c.out != nil || c.err != nil {
		return
	}
	for rank, unit := range o.units {
		if unit < 0 || int(unit) >= all {
			c.err = errShapeless
			return
		}
		o.ranks = grown(o.ranks, int(unit)+1)
		o.ranks[unit] = int32(rank) + 1
	}
}
