package board

import (
	"fmt"
	"iter"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"testing"
	"time"

	"giaoban/internal/base/clock"
	"giaoban/internal/base/profile"
	"giaoban/internal/base/text"
	"giaoban/internal/base/tree"
	"giaoban/internal/part/directive"
	"giaoban/internal/part/org"
)

// The whole country: 353,368 units at depth 5, four milestones of which one has
// twenty indicators, and a year in which everybody reports each.
const (
	grassroots = 52_000
	cells      = 300_000
	whole      = 1 + provinces + districts + grassroots + cells
	steps      = 4
	indicators = 20
)

// decodedCountry gives the effects of the country's events, decoded: what is
// measured is the boards.
type decodedCountry struct {
	boards *Boards
	random *rand.Rand
	room   Room
	events int64
}

func (c *decodedCountry) do(make func()) {
	c.events++
	c.boards.count([]effect{{c.events, make}})
}

// newWhole is the country with its directive, before anybody reports.
func newWhole() *decodedCountry {
	c := &decodedCountry{
		boards: New(clock.NewManual(time.Date(2020, time.July, 10, 1, 0, 0, 0, time.UTC))),
		random: rand.New(rand.NewPCG(2020, 7)),
	}
	c.boards.calendar = calendar{today: c.boards.today(), soon: 7}
	for i := int64(1); i <= whole; i++ {
		unit := org.UnitChanged{Unit: tree.UnitID(i)}
		switch n := i - 2; {
		case n < 0:
			unit.Level = "central"
		case n < provinces:
			unit.Level, unit.Parent = "provincial", 1
		case n < provinces+districts:
			unit.Level, unit.Parent = "above-grassroots", tree.UnitID(2+n%provinces)
		case n < provinces+districts+grassroots:
			unit.Level, unit.Parent = "grassroots", tree.UnitID(2+provinces+n%districts)
		default:
			unit.Level, unit.Parent = "cell", tree.UnitID(2+provinces+districts+n%grassroots)
		}
		c.do(func() { c.boards.unit(org.Created, unit, c.events) })
	}
	c.do(func() {
		c.boards.issued(directive.VersionIssued{Directive: 1, Unit: 1, Version: 1, Document: wholeDocument()}, c.events)
	})
	return c
}

func wholeDocument() directive.Document {
	document := directive.Document{Number: "35-CT/TW"}
	for step := range steps {
		m := directive.Milestone{Key: fmt.Sprint("step", step), Deadlines: []profile.Deadline{
			{Level: "cell", Date: "2020-04-30"},
			{Level: "grassroots", Date: "2020-06-30"},
			{Level: "above-grassroots", Date: "2020-08-31"},
			{Level: "provincial", Date: "2020-10-31"},
		}}
		n := 3
		if step == 0 {
			n = indicators
		}
		for i := range n {
			m.Indicators = append(m.Indicators, profile.Indicator{Key: fmt.Sprint("n", i), Kind: profile.Number})
		}
		document.Milestones = append(document.Milestones, m)
	}
	return document
}

// year is the effects of a year: each unit submits each milestone, and a
// thousand reports later it is accepted.
func (c *decodedCountry) year() iter.Seq[func()] {
	contents := make([]content, 200)
	for i := range contents {
		for n := range indicators {
			contents[i] = append(contents[i], value{indicator: fmt.Sprint("n", n), canonical: "x", number: text.Whole(c.random.Int64N(250)), isNumber: true})
		}
	}
	count := c.boards.counts[1]
	return func(yield func(func()) bool) {
		var report int64
		for step := range steps {
			milestone := fmt.Sprint("step", step)
			for _, i := range c.random.Perm(whole - 1) {
				report++
				s := submission{report, tree.UnitID(i + 2), milestone, contents[report%200]}
				if !yield(func() { count.submitted(s, c.events) }) {
					return
				}
				if earlier := report - 1000; earlier > 0 && !yield(func() { count.accepted(earlier, c.events) }) {
					return
				}
			}
		}
	}
}

// BenchmarkCountry is the board of the whole country: what an event costs, how
// much memory it takes in the end, and what reading then costs.
func BenchmarkCountry(b *testing.B) {
	c := newWhole()
	before := memory()
	var counting time.Duration
	events := 0
	for make := range c.year() {
		began := time.Now()
		c.do(make)
		counting += time.Since(began)
		events++
	}
	b.Run("apply", func(b *testing.B) {
		for b.Loop() { // it was measured before: a year takes a while
		}
		b.ReportMetric(float64(counting.Nanoseconds())/float64(events), "ns/event")
		b.ReportMetric(float64(memory()-before)/(1<<20), "MiB-of-year")
		b.ReportMetric(float64(memory())/(1<<20), "MiB-in-all")
		b.ReportMetric(float64(c.boards.counts[1].entries()), "entries")
		b.ReportMetric(0, "ns/op")
	})
	b.Run("read any unit", func(b *testing.B) {
		for b.Loop() {
			c.read(b, tree.UnitID(2+c.random.IntN(whole-1)), Moment{})
		}
	})
	b.Run("read 67 children", func(b *testing.B) {
		for b.Loop() {
			c.read(b, 1, Moment{})
		}
	})
	b.Run("past of 67 children", func(b *testing.B) {
		for b.Loop() {
			c.read(b, 1, Moment{whole + 2 + c.random.Int64N(int64(events)), "2020-06-01"})
		}
	})
	file := filepath.Join(b.TempDir(), "board.snapshot")
	b.Run("save", func(b *testing.B) {
		for b.Loop() {
			if _, err := c.boards.Save(file, "", leaf); err != nil {
				b.Fatal(err)
			}
		}
		kept, err := os.Stat(file)
		if err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(float64(kept.Size())/(1<<20), "MiB")
	})
	b.Run("load", func(b *testing.B) {
		for b.Loop() {
			if _, err := New(c.boards.clock).Load(file, anyStamp); err != nil {
				b.Fatal(err)
			}
		}
	})
	runtime.KeepAlive(c)
}

func (c *decodedCountry) read(b *testing.B, unit tree.UnitID, at Moment) {
	b.Helper()
	var err error
	if at.Position == 0 {
		_, err = c.boards.ReadIn(&c.room, 1, unit, 0)
	} else {
		_, err = c.boards.ReadAt(1, unit, at, 0)
	}
	if err != nil {
		b.Fatal(err)
	}
}

// entries is how many entries all histories have.
func (c *count) entries() int {
	n := 0
	for _, column := range c.columns {
		n += int(column.log.n)
		for i := range column.lanes {
			for at := range column.lanes[i].figures {
				n += len(column.lanes[i].figures[at].changes)
			}
		}
	}
	return n
}

// memory is what is in use, in bytes.
func memory() uint64 {
	runtime.GC()
	var stats runtime.MemStats
	runtime.ReadMemStats(&stats)
	return stats.HeapAlloc
}
