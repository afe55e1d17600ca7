package org_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"giaoban/internal/base/ledger"
	"giaoban/internal/base/sheet"
	"giaoban/internal/base/testing/pgtest"
	"giaoban/internal/part/org"
)

// countrySize is a list of 67 committees, 1,300 above-grassroots units and
// 50,633 grassroots organisations: 52,000 units.
func countrySize() sheet.Sheet {
	rows := [][]sheet.Cell{sheet.TextRow("Mã đơn vị", "Tên đơn vị", "Loại", "Mã cấp trên")}
	for i := range 67 {
		rows = append(rows, sheet.TextRow(fmt.Sprintf("%02d", i+1), fmt.Sprintf("Đảng bộ tỉnh thứ %d", i+1), "tỉnh", ""))
	}
	for i := range 1300 {
		rows = append(rows, sheet.TextRow(fmt.Sprintf("%04d", i+1), fmt.Sprintf("Đảng bộ huyện thứ %d", i+1), "huyện", fmt.Sprintf("%02d", i%67+1)))
	}
	for i := range 52_000 - 67 - 1300 {
		rows = append(rows, sheet.TextRow(fmt.Sprintf("%06d", i+1), fmt.Sprintf("Đảng bộ xã thứ %d", i+1), "xã", fmt.Sprintf("%04d", i%1300+1)))
	}
	return sheet.Sheet{Name: "Đơn vị", Rows: rows}
}

// BenchmarkImport reads, plans and applies a list of 52,000 units in an empty
// installation.
func BenchmarkImport(b *testing.B) {
	var xlsx bytes.Buffer
	if err := sheet.WriteXLSX(&xlsx, []sheet.Sheet{countrySize()}); err != nil {
		b.Fatal(err)
	}
	for name, address := range map[string]func() string{
		"sqlite":   func() string { return b.TempDir() + "/giaoban.db" },
		"postgres": func() string { return pgtest.New(b) },
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				b.StopTimer()
				o := found(b, address())
				b.StartTimer()
				list, err := org.ReadList("units.xlsx", xlsx.Bytes())
				if err != nil {
					b.Fatal(err)
				}
				plan := o.plan(list, org.PlanOptions{})
				if got := figures(plan); !strings.HasPrefix(got, "added 52000,") {
					b.Fatal(got)
				}
				o.must(func(tx *ledger.Tx) error { return org.Apply(o.ctx(), tx, commandLine, plan, nil) })
			}
		})
	}
}

// BenchmarkRead reads what the tree's pages show, with 52,000 units.
func BenchmarkRead(b *testing.B) {
	for name, address := range map[string]func() string{
		"sqlite":   func() string { return b.TempDir() + "/giaoban.db" },
		"postgres": func() string { return pgtest.New(b) },
	} {
		o := found(b, address())
		o.apply(o.plan(org.List{Sheets: []sheet.Sheet{countrySize()}}, org.PlanOptions{}))
		reads := map[string]func() error{
			"children": func() error { _, err := org.AsOf(b.Context(), o.q(), today, o.root.ID); return err },
			"levels":   func() error { _, err := org.CountByLevel(b.Context(), o.q(), today, o.root.ID); return err },
			"find":     func() error { _, err := org.Find(b.Context(), o.q(), today, o.root.ID, "xa thu 499", 60); return err },
			"load":     func() error { _, _, err := org.LoadTree(b.Context(), o.q()); return err },
		}
		for what, read := range reads {
			b.Run(name+"/"+what, func(b *testing.B) {
				for b.Loop() {
					if err := read(); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}
