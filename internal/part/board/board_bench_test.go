package board

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"giaoban/internal/base/clock"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/profile"
	"giaoban/internal/base/text"
	"giaoban/internal/base/tree"
	"giaoban/internal/part/directive"
	"giaoban/internal/part/org"
	"giaoban/internal/part/report"
)

// The country that is measured: 52,000 units at depth 4, counted in three
// columns, and everybody has reported.
const (
	provinces = 67
	districts = 1_300
	everybody = 52_000
)

// country is the events of a whole history, and what happens next.
type country struct {
	events    []ledger.Event
	position  int64
	reporting []tree.UnitID // the units that report, in a random order
	levels    []string      // by unit
	document  directive.Document
}

func newCountry(b testing.TB, everybody int64) *country {
	b.Helper()
	c := &country{levels: make([]string, everybody+1), document: directive.Document{Number: "35-CT/TW", Milestones: []directive.Milestone{milestone()}}}
	p, err := profile.Get(profile.Default)
	if err != nil {
		b.Fatal(err)
	}
	c.happen(b, org.Founded, org.OrganisationFounded{Profile: p.Name, Document: string(p.Bytes())})
	for i := int64(1); i <= everybody; i++ {
		unit := org.UnitChanged{Unit: tree.UnitID(i), Code: fmt.Sprintf("%06d", i), Name: fmt.Sprintf("Đảng bộ xã thứ %d", i), From: "2019-01-01"}
		switch n := i - 2; { // how many stand before it, below the root
		case n < 0:
			unit.Level = "central"
		case n < provinces:
			unit.Level, unit.Parent = "provincial", 1
		case n < provinces+districts:
			unit.Level, unit.Parent = "above-grassroots", tree.UnitID(2+n%provinces)
		default:
			unit.Level, unit.Parent = "grassroots", tree.UnitID(2+provinces+n%districts)
		}
		c.levels[i] = unit.Level
		c.happen(b, org.Created, unit)
	}
	c.happen(b, directive.Issued, directive.VersionIssued{Directive: 1, Unit: 1, Version: 1, Document: c.document})
	for _, i := range rand.New(rand.NewPCG(2020, 7)).Perm(int(everybody) - 1) {
		c.reporting = append(c.reporting, tree.UnitID(int64(i)+2))
	}
	for _, unit := range c.reporting {
		v, d := c.report(unit)
		c.happen(b, report.Submitted, v)
		c.happen(b, report.Accepted, d)
	}
	return c
}

func milestone() directive.Milestone {
	return directive.Milestone{
		Key: "held", Name: text.Words{VI: "Tổ chức xong đại hội", EN: "Congress held"},
		Deadlines: []profile.Deadline{
			{Level: "grassroots", Date: "2020-06-30"}, {Level: "above-grassroots", Date: "2020-08-31"}, {Level: "provincial", Date: "2020-10-31"},
		},
		Indicators: []profile.Indicator{
			{Key: "held-on", Kind: profile.Date},
			{Key: "convened", Kind: profile.Number},
			{Key: "present", Kind: profile.Number},
			{Key: "elected", Kind: profile.Number},
		},
	}
}

// report is what a unit submits and what becomes of it.
func (c *country) report(unit tree.UnitID) (report.VersionSubmitted, report.Decided) {
	hash := "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"
	content := fmt.Sprintf(`{"convened":"%d","elected":"15","held-on":"2020-06-24","present":"%d"}`, 60+unit%190, 58+unit%190)
	v := report.VersionSubmitted{
		Report: int64(unit), Directive: 1, Milestone: "held", Unit: unit, Level: c.levels[unit], Version: 1,
		Content: content, Hash: hash, Signer: "Nguyễn Thị Hồng, Bí thư", Method: "password",
	}
	return v, report.Decided{Report: v.Report, Directive: 1, Milestone: "held", Unit: unit, Version: 1, Hash: hash, Decider: "Lê Quốc Hùng, Chánh Văn phòng"}
}

func (c *country) happen(b testing.TB, kind ledger.Kind, payload any) {
	b.Helper()
	encoded, err := json.Marshal(payload)
	if err != nil {
		b.Fatal(err)
	}
	c.position++
	c.events = append(c.events, ledger.Event{Position: c.position, Kind: kind, Payload: encoded})
}

// boards are those of the country after the first n of its events.
func (c *country) boards(b *testing.B, n int) *Boards {
	b.Helper()
	boards := New(clock.NewManual(time.Date(2020, time.July, 10, 1, 0, 0, 0, time.UTC)))
	for from := 0; from < n; from += batch {
		if err := boards.Apply(c.events[from:min(from+batch, n)]); err != nil {
			b.Fatal(err)
		}
	}
	return boards
}

// batch is how many events a follower hands over at once when it has many.
const batch = 1000

// founded is how many events come before the first report.
const founded = 1 + everybody + 1

// BenchmarkRebuild is what a start of the program costs: every event of the
// history, decoded and counted.
func BenchmarkRebuild(b *testing.B) {
	c := newCountry(b, everybody)
	b.ReportAllocs()
	for b.Loop() {
		c.boards(b, len(c.events))
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*len(c.events)), "ns/event")
}

// BenchmarkEvent counts the events of a year of reports, submitted and accepted,
// once their payloads are decoded, which a follower does a thousand at a time:
// one by one, as they come in live, or all that were decoded.
func BenchmarkEvent(b *testing.B) {
	c := newCountry(b, everybody)
	for _, many := range []int{1, batch} {
		b.Run(fmt.Sprintf("by %d", many), func(b *testing.B) {
			var counting time.Duration
			reports := 0
			for b.Loop() {
				boards := c.boards(b, founded)
				for at := founded; at < len(c.events); at += batch {
					changes, err := boards.decode(c.events[at:min(at+batch, len(c.events))])
					if err != nil {
						b.Fatal(err)
					}
					began := time.Now()
					for from := 0; from < len(changes); from += many {
						boards.count(changes[from:min(from+many, len(changes))])
					}
					counting += time.Since(began)
					reports += len(changes)
				}
			}
			b.ReportMetric(float64(counting.Nanoseconds())/float64(reports), "ns/event")
			b.ReportMetric(0, "ns/op") // of founding, decoding and counting: says nothing
		})
	}
}

// BenchmarkRead copies a unit's board out: of any unit, of the root with its 67
// children, and of the root with what each figure was at an earlier moment.
func BenchmarkRead(b *testing.B) {
	c := newCountry(b, everybody)
	boards := c.boards(b, len(c.events))
	read := func(b *testing.B, unit func(int) tree.UnitID, since int64) {
		b.ReportAllocs()
		var room Room
		at := 0
		for b.Loop() {
			if _, err := boards.ReadIn(&room, 1, unit(at), since); err != nil {
				b.Fatal(err)
			}
			at++
		}
	}
	root := func(int) tree.UnitID { return 1 }
	anyUnit := func(i int) tree.UnitID { return c.reporting[i%len(c.reporting)] }
	b.Run("any unit", func(b *testing.B) { read(b, anyUnit, 0) })
	b.Run("67 children", func(b *testing.B) { read(b, root, 0) })
	b.Run("67 children then and now", func(b *testing.B) { read(b, root, c.position-everybody/2) })
}

// BenchmarkChanges answers a page that lost its connection.
func BenchmarkChanges(b *testing.B) {
	c := newCountry(b, everybody)
	boards := c.boards(b, len(c.events))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := boards.Changes(1, 1, c.position-100); err != nil {
			b.Fatal(err)
		}
	}
}
