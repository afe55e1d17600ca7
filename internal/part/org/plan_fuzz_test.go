package org_test

import (
	"path/filepath"
	"testing"

	"giaoban/internal/base/ledger"
	"giaoban/internal/part/org"
)

// FuzzAnyListIsPlanned plans whatever can be read, and applies what has no
// errors: a list never breaks the program, and what was applied is what the
// list says.
func FuzzAnyListIsPlanned(f *testing.F) {
	f.Add("Mã,Tên,Loại,Mã cấp trên,Cấp,Từ ngày\n01,Một,tỉnh,,,\n011,Hai,huyện,01,,1/7/2020\n")
	f.Add("code;name;parent\n1;A;2\n2;B;3\n3;C;1\n1;D;1\n")
	f.Add("code\tname\tparent\n001\tA\t\n01\tB\t1\n1\tC\t01\n")
	f.Add("Tên\nA\n")
	f.Add("Mã,Tên,Cấp\nTW,Trung ương,\n7,X,chi bộ\n8,Y,trung ương\n")
	shared := found(f, filepath.Join(f.TempDir(), "giaoban.db"))
	f.Fuzz(func(t *testing.T, content string) {
		o := *shared
		o.t = t
		list, err := org.ReadList("list.csv", []byte(content))
		if err != nil {
			return
		}
		plan := o.plan(list, org.PlanOptions{})
		if plan.Conflicts() {
			return
		}
		if err := o.update(func(tx *ledger.Tx) error { return org.Apply(o.ctx(), tx, commandLine, plan, nil) }); err != nil {
			t.Fatalf("applying %q: %v", content, err)
		}
		if again := o.plan(list, org.PlanOptions{}); !again.Empty() {
			t.Fatalf("%q applied twice: %s, want nothing more to change", content, figures(again))
		}
	})
}
