package org_test

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"giaoban/internal/base/clock"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/sheet"
	"giaoban/internal/base/testing/count"
	"giaoban/internal/base/text"
	"giaoban/internal/base/tree"
	"giaoban/internal/part/org"
)

// TestRandomHistoriesKeepTheTreeATree plays random changes, dated anywhere in
// half a year, and looks after each history whether everything still agrees.
func TestRandomHistoriesKeepTheTreeATree(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		histories := 0
		followed, position, err := org.LoadTree(o.ctx(), o.q())
		if err != nil {
			t.Fatal(err)
		}
		rapid.Check(t, func(rt *rapid.T) {
			histories++
			if histories > count.Of(20, 200) {
				return // each history costs tens of commits
			}
			units := o.play(rt, fmt.Sprintf("h%d", histories))
			events, err := ledger.After(o.ctx(), o.q(), position, 100_000)
			if err != nil {
				rt.Fatal(err)
			}
			if len(events) > 0 {
				position = events[len(events)-1].Position
			}
			if err := org.ApplyTo(followed, events); err != nil {
				rt.Fatal(err)
			}
			o.memoryIsSQL(rt, followed)
			day := clock.Day(2020, 1, 1).AddDays(rapid.IntRange(0, 191).Draw(rt, "day"))
			o.isTree(rt, day)
			top, err := org.UnitAt(o.ctx(), o.q(), day, units[0])
			if err != nil {
				rt.Fatal(err)
			}
			o.listsAgree(rt, top, day)
		})
	})
}

// play founds a province and changes units below it at random. What the rules
// refuse is part of the play.
func (o *office) play(rt *rapid.T, prefix string) []tree.UnitID {
	units := []tree.UnitID{o.create(o.root.ID, prefix, "Tỉnh "+prefix, "2020-01-01").ID}
	for i := range rapid.IntRange(10, 40).Draw(rt, "changes") {
		day := clock.Day(2020, 1, 1).AddDays(rapid.IntRange(0, 191).Draw(rt, "day"))
		unit := rapid.SampledFrom(units).Draw(rt, "unit")
		other := rapid.SampledFrom(units).Draw(rt, "other")
		name := rapid.SampledFrom([]string{"A", "B", "Ấp Đông", "C"}).Draw(rt, "name")
		err := o.update(func(tx *ledger.Tx) error {
			var err error
			switch rapid.IntRange(0, 6).Draw(rt, "what") {
			case 0:
				_, err = org.Rename(o.ctx(), tx, commandLine, org.RenameCommand{Unit: unit, Name: name, From: day})
			case 1:
				_, err = org.Move(o.ctx(), tx, commandLine, org.MoveCommand{Unit: unit, Parent: other, From: day})
			case 2:
				if unit != units[0] { // it must last, for the lists
					_, err = org.Dissolve(o.ctx(), tx, commandLine, org.DissolveCommand{Unit: unit, From: day})
				}
			case 3:
				_, err = org.ChangeLevel(o.ctx(), tx, commandLine, org.ChangeLevelCommand{
					Unit: unit, Level: rapid.SampledFrom([]string{"above-grassroots", "grassroots", "cell"}).Draw(rt, "level"), From: day,
				})
			default:
				var made org.Unit
				made, err = org.Create(o.ctx(), tx, commandLine, org.CreateCommand{
					Parent: unit, Code: fmt.Sprintf("%s-%d", prefix, rapid.IntRange(0, i).Draw(rt, "code")), Name: name, From: day,
				})
				if err == nil && !slices.Contains(units, made.ID) {
					units = append(units, made.ID)
				}
			}
			return err
		})
		if err != nil && len(fault.All(err)) == 0 {
			rt.Fatal(err)
		}
	}
	return units
}

// memoryIsSQL compares the tree that followed the events with one loaded anew.
func (o *office) memoryIsSQL(rt *rapid.T, followed *tree.Tree) {
	loaded, _, err := org.LoadTree(o.ctx(), o.q())
	if err != nil {
		rt.Fatal(err)
	}
	byID := func(t *tree.Tree) map[tree.UnitID]tree.Unit {
		all := map[tree.UnitID]tree.Unit{}
		for _, u := range t.Subtree(o.root.ID) {
			all[u.ID] = u
		}
		return all
	}
	if diff := cmp.Diff(byID(loaded), byID(followed)); diff != "" {
		rt.Fatalf("the tree in memory (-SQL +events):\n%s", diff)
	}
}

// isTree says that on a day every unit is reached from the root, once, and
// stands below a higher level.
func (o *office) isTree(rt *rapid.T, day clock.Date) {
	party, err := org.Profile(o.ctx(), o.q())
	if err != nil {
		rt.Fatal(err)
	}
	rank := map[string]int{}
	for i, level := range party.Levels {
		rank[level.Key] = i
	}
	seen := map[tree.UnitID]bool{o.root.ID: true}
	var walk func(unit org.Unit)
	walk = func(unit org.Unit) {
		children, err := org.AsOf(o.ctx(), o.q(), day, unit.ID)
		if err != nil {
			rt.Fatal(err)
		}
		for _, child := range children {
			if seen[child.ID] || rank[child.Level] <= rank[unit.Level] {
				rt.Fatalf("on %s %+v stands below %+v, seen before: %v", day, child, unit, seen[child.ID])
			}
			seen[child.ID] = true
			walk(child.Unit)
		}
	}
	walk(o.root)
	var living int
	err = o.q().QueryRowContext(o.ctx(), `SELECT COUNT(*) FROM unit_period WHERE from_date <= $1 AND (to_date = '' OR to_date > $1)`,
		string(day)).Scan(&living)
	if err != nil {
		rt.Fatal(err)
	}
	if living != len(seen) {
		rt.Fatalf("on %s %d units are reached from the root, %d exist", day, len(seen), living)
	}
}

// listsAgree says that an export of a day changes nothing on that day, and that
// any other list, once applied, changes nothing more.
func (o *office) listsAgree(rt *rapid.T, top org.Unit, day clock.Date) {
	exported, err := org.Export(o.ctx(), o.q(), text.VI, top.ID, day)
	if err != nil {
		rt.Fatal(err)
	}
	options := org.PlanOptions{Under: top.ID, AsOf: day}
	want := fmt.Sprintf("added 0, renamed 0, moved 0, changed 0, dissolved 0, unchanged %d, errors 0", len(exported.Rows)-1)
	if got := figures(o.plan(written(rt, exported), options)); got != want {
		rt.Fatalf("the export of %s: %s\nwant: %s", day, got, want)
	}
	seed := rapid.Uint64().Draw(rt, "seed")
	list := written(rt, shuffled(exported, rand.New(rand.NewPCG(seed, 1))))
	options.AsOf = today
	plan := o.plan(list, options)
	if plan.Conflicts() {
		return
	}
	o.apply(plan)
	again := o.plan(list, options)
	if !again.Empty() {
		rt.Fatalf("a list applied twice: %s, want nothing more to change", figures(again))
	}
}

// shuffled is a list with names changed, rows left out, rows added and rows
// that stand elsewhere.
func shuffled(list sheet.Sheet, random *rand.Rand) sheet.Sheet {
	kept := sheet.Sheet{Name: list.Name, Rows: list.Rows[:1]}
	dropped := map[string]bool{}
	for _, row := range list.Rows[1:] {
		row = slices.Clone(row)
		code, parent := row[0].Text, row[3].Text
		switch random.IntN(6) {
		case 0:
			row[1] = sheet.Text("Tên " + code)
		case 1:
			dropped[code] = true
		case 2:
			row[3], row[4] = sheet.Text(""), sheet.Text("cấp cơ sở")
		}
		if dropped[parent] {
			dropped[code] = true
		}
		if !dropped[code] {
			kept.Rows = append(kept.Rows, row)
		}
	}
	for i := range random.IntN(3) {
		kept.Rows = append(kept.Rows, sheet.TextRow(fmt.Sprintf("n%d-%d", random.Uint32(), i), "Đơn vị mới", "", "", "chi bộ"))
	}
	random.Shuffle(len(kept.Rows)-1, func(i, j int) {
		kept.Rows[i+1], kept.Rows[j+1] = kept.Rows[j+1], kept.Rows[i+1]
	})
	return kept
}

// written is a list written to a file and read again.
func written(rt *rapid.T, list sheet.Sheet) org.List {
	var file bytes.Buffer
	if err := sheet.WriteXLSX(&file, []sheet.Sheet{list}); err != nil {
		rt.Fatal(err)
	}
	read, err := org.ReadList("units.xlsx", file.Bytes())
	if err != nil {
		rt.Fatal(err)
	}
	return read
}
