package app_test

import (
	"slices"
	"strconv"

	"giaoban/internal/base/ledger"
	"giaoban/internal/base/tree"
	"giaoban/internal/part/org"
	"giaoban/internal/part/report"
)

// recorded is what rows do not keep: what a unit was when something was
// recorded of it, and what heirs got by acts.
type recorded struct {
	position int64
	codes    map[tree.UnitID]string
	level    map[tree.UnitID]string   // now; "" of a unit that is gone
	levels   map[tree.UnitID][]string // all that it ever had
	reports  map[int64]string         // the level of a report's unit when it was sent
	gifts    map[place]result
}

// place is a unit at a level: what it reported at another counts there alone.
type place struct {
	unit  tree.UnitID
	level string
}

// result is what a unit has done, and its figures.
type result struct {
	done         bool
	after        int64 // the newest report that it takes the place of
	total, rests int
}

// listen hears what the log has said since.
func (h *history) listen() {
	h.Helper()
	t := &h.told
	if t.gifts == nil {
		*t = recorded{0, map[tree.UnitID]string{}, map[tree.UnitID]string{}, map[tree.UnitID][]string{}, map[int64]string{}, map[place]result{}}
	}
	events, err := ledger.After(h.Context(), h.DB.Reader(), t.position, 1<<20)
	if err != nil {
		h.Fatal(err)
	}
	for _, e := range events {
		t.position = e.Position
		switch {
		case org.Of(e.Kind):
			t.unit(e.Kind, decoded[org.UnitChanged](h, e))
		case e.Kind == report.Submitted:
			v := decoded[report.VersionSubmitted](h, e)
			t.reports[v.Report] = t.level[v.Unit]
		case e.Kind == report.Told:
			v := decoded[report.VersionTold](h, e)
			t.reports[v.Report] = t.level[v.Unit]
		case e.Kind == org.Reorganised:
			h.inherit(decoded[org.UnitsReorganised](h, e))
		}
	}
}

func decoded[T any](h *history, e ledger.Event) (payload T) {
	h.Helper()
	if err := e.Decode(&payload); err != nil {
		h.Fatal(err)
	}
	return payload
}

func (t *recorded) unit(kind ledger.Kind, u org.UnitChanged) {
	t.codes[u.Unit] = u.Code
	switch {
	case u.Past:
	case kind == org.Dissolved:
		t.level[u.Unit] = ""
	default:
		t.level[u.Unit] = u.Level
		t.levels[u.Unit] = append(t.levels[u.Unit], u.Level)
	}
}

func (t *recorded) gone() (list []tree.UnitID) {
	for unit := range t.codes {
		if t.level[unit] == "" {
			list = append(list, unit)
		}
	}
	slices.Sort(list)
	return list
}

// inherit is the rule of an act: an heir is done where every predecessor of its
// level was that had to report, and after a merger it has their figures.
func (h *history) inherit(act org.UnitsReorganised) {
	before := map[tree.UnitID][]tree.UnitID{}
	for _, s := range act.Units {
		for _, heir := range s.Heirs {
			before[heir] = append(before[heir], s.Unit)
		}
	}
	reports, standings := h.reports(), h.standings()
	gifts := map[place]result{}
	for heir, units := range before {
		if !slices.Contains(act.Founded, heir) && !slices.Contains(units, heir) {
			units = append(units, heir)
		}
		at := place{heir, h.told.level[heir]}
		all, counted, sum := true, 0, result{}
		for _, unit := range units {
			set, apart := standings[unit]
			if apart && !set.counts || !slices.Contains(h.told.levels[unit], at.level) {
				continue
			}
			was := h.told.result(place{unit, at.level}, reports[unit])
			counted, all = counted+1, all && was.done
			sum.total, sum.rests = sum.total+was.total, sum.rests+was.rests
		}
		if counted == 0 || at.level == "" {
			continue
		}
		is := h.told.result(at, reports[heir])
		if all && act.Kind == org.Merger {
			is.total, is.rests = sum.total, sum.rests
		}
		is.done, is.after = all, h.told.newest(at, reports[heir]).id
		gifts[at] = is
	}
	for at, gift := range gifts {
		h.told.gifts[at] = gift
	}
}

// newest is the version that was accepted last, while the unit was of a level.
func (t *recorded) newest(p place, versions []reported) (newest reported) {
	for _, r := range versions {
		if r.accepted && t.reports[r.id] == p.level {
			newest = r
		}
	}
	return newest
}

// result is what a unit has done by its own reports, or by an act since.
func (t *recorded) result(p place, versions []reported) result {
	newest := t.newest(p, versions)
	if gift, inherits := t.gifts[p]; inherits && newest.id <= gift.after {
		return gift
	}
	is := result{done: newest.id > 0}
	if number, err := strconv.Atoi(newest.number); err == nil {
		is.total, is.rests = number, 1
	}
	return is
}
