package access_test

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"giaoban/internal/base/access"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/tree"
)

var update = flag.Bool("update", false, "write testdata/matrix.txt anew")

// The units of the tests, seen from the district of Yên Phong.
const (
	centre tree.UnitID = iota + 1
	bacNinh
	yenPhong
	commune
	cell
	queVo
	nephew
	haNoi
	baDinh
	dissolved // is in no tree
	unknown   // never was
)

// units is the tree of the tests.
func units() *tree.Tree {
	t := tree.New()
	for id, parent := range map[tree.UnitID]tree.UnitID{
		centre: 0, bacNinh: centre, yenPhong: bacNinh, commune: yenPhong, cell: commune, queVo: bacNinh, nephew: queVo, haNoi: centre, baDinh: haNoi, dissolved: bacNinh,
	} {
		t.Put(tree.Unit{ID: id, Parent: parent, Code: fmt.Sprint(id), Name: fmt.Sprint("Đơn vị ", id)})
	}
	t.Remove(dissolved)
	return t
}

// places are where an action may be tried by somebody of Yên Phong.
var places = []struct {
	name string
	unit tree.UnitID
}{
	{"own", yenPhong},
	{"below", commune},
	{"far below", cell},
	{"above", bacNinh},
	{"grand-parent", centre},
	{"sibling", queVo},
	{"nephew", nephew},
	{"uncle", haNoi},
	{"cousin", baDinh},
	{"dissolved", dissolved},
	{"unknown", unknown},
	{"none", 0},
}

// row is what somebody of Yên Phong may hold.
type row struct {
	name  string
	grant access.Grant
}

// rows are the roles, and each action that a leader can hand over.
func rows() []row {
	var list []row
	for _, role := range access.Roles {
		list = append(list, row{string(role), access.Grant{Unit: yenPhong, Role: role}})
	}
	for _, action := range access.Delegable {
		list = append(list, row{"delegate, " + string(action), delegate(action)})
	}
	return list
}

// delegate is what a leader of Yên Phong hands over.
func delegate(actions ...access.Action) access.Grant {
	return access.Grant{Unit: yenPhong, Role: access.Delegate, Delegation: &access.Delegation{
		ID: 5, Actions: actions, From: "2020-07-10", To: "2020-07-12", Authority: "K/T BÍ THƯ",
	}}
}

// matrix is what each role may do where, as text.
func matrix(t *testing.T) string {
	t.Helper()
	tr := units()
	var b strings.Builder
	b.WriteString("What each role at a unit may do there and elsewhere. The first line of each table\n" +
		"names places as seen from that unit. Written by: go test ./internal/base/access -update\n")
	for _, row := range rows() {
		fmt.Fprintf(&b, "\n%-22s", row.name)
		for _, place := range places {
			b.WriteString("  " + place.name)
		}
		b.WriteByte('\n')
		for _, action := range access.Actions {
			line := fmt.Sprintf("%-22s", action)
			for _, place := range places {
				err := access.Decide([]access.Grant{row.grant}, tr, action, place.unit)
				if err != nil && !fault.Is(err, fault.Forbidden) {
					t.Errorf("%s, %s at %s: %v, want a refusal or nothing", row.name, action, place.name, err)
				}
				word := "-"
				if err == nil {
					word = "yes"
				}
				line += fmt.Sprintf("  %-*s", len(place.name), word)
			}
			b.WriteString(strings.TrimRight(line, " ") + "\n")
		}
	}
	return b.String()
}

func TestTheMatrixOfRolesAndPlacesIsAsWritten(t *testing.T) {
	const file = "testdata/matrix.txt"
	got := matrix(t)
	if *update {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(got, "\n")); diff != "" {
		t.Errorf("who may do what where (-%s +rules.go):\n%s", file, diff)
	}
}

func TestNothingReachesSidewaysOrToUnitsThatDoNotExist(t *testing.T) {
	tr := units()
	for _, row := range append(rows(), row{"delegate of everything", delegate(access.Actions...)}) {
		for _, action := range append([]access.Action{access.Public, access.SignedIn, "no.such.action"}, access.Actions...) {
			for _, unit := range []tree.UnitID{queVo, nephew, haNoi, baDinh, dissolved, unknown, 0} {
				if access.Decide([]access.Grant{row.grant}, tr, action, unit) == nil {
					t.Errorf("a %s of unit %d may do %s at unit %d", row.name, yenPhong, action, unit)
				}
			}
		}
	}
}

func TestEveryRuleIsAboutAKnownAction(t *testing.T) {
	known := map[access.Action]bool{}
	for _, action := range access.Actions {
		if known[action] {
			t.Errorf("action %s stands twice", action)
		}
		known[action] = true
	}
	for role, rules := range access.Rules {
		for action, where := range rules {
			if !known[action] || where == 0 {
				t.Errorf("the rule of %s for %s reaches %b and is in no matrix", role, action, where)
			}
		}
	}
	if len(access.Rules) != len(access.Roles) {
		t.Errorf("%d roles have rules, want %d", len(access.Rules), len(access.Roles))
	}
}
