package report_test

import (
	"bytes"
	"database/sql"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"giaoban/internal/base/access"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/sheet"
	"giaoban/internal/base/store"
	"giaoban/internal/base/testing/enginetest"
	"giaoban/internal/base/text"
	"giaoban/internal/part/directive"
	"giaoban/internal/part/org"
	"giaoban/internal/part/report"
)

var hanoi = time.FixedZone("Asia/Ho_Chi_Minh", 7*3600)

// options are those of the district's office, told by telephone.
func (w *world) options(milestone string) report.ListOptions {
	return report.ListOptions{
		Directive: w.Directive, Milestone: milestone, By: w.Units["QV"], Source: report.ByPhone, Said: "Chị Hoa",
		Lang: text.VI, Zone: hanoi, Now: w.Clock.Now(),
	}
}

// plan works out what a pasted list would enter.
func (w *world) plan(options report.ListOptions, who, pasted string) report.ListPlan {
	w.t.Helper()
	list, err := report.ReadPasted("dán", pasted)
	w.OK(err)
	return w.planOf(options, who, list)
}

func (w *world) planOf(options report.ListOptions, who string, list report.List) (plan report.ListPlan) {
	w.t.Helper()
	w.OK(w.View(func(q store.Querier) (err error) {
		plan, err = report.PlanList(w.Ctx(), q, w.People[who], list, options)
		return err
	}))
	return plan
}

// outcome is a plan in short: "told PL held-on=2020-06-24", "error dán!B3 key".
func outcome(plan report.ListPlan) []string {
	var lines []string
	for _, one := range plan.Told {
		line := "told " + one.Code
		for _, key := range []string{"held-on", "convened", "present"} {
			if value, ok := one.Values[key]; ok {
				line += " " + key + "=" + value
			}
		}
		lines = append(lines, line)
	}
	for _, one := range plan.Unchanged {
		lines = append(lines, "unchanged "+one.Code)
	}
	for _, one := range plan.Refused {
		lines = append(lines, fmt.Sprintf("refused %s!%s %s", one.Sheet, one.Cell, one.Fault.Key))
	}
	for _, one := range plan.Errors {
		lines = append(lines, fmt.Sprintf("error %s!%s %s", one.Sheet, one.Cell, one.Fault.Key))
	}
	if plan.Skipped > 0 {
		lines = append(lines, fmt.Sprint("skipped ", plan.Skipped))
	}
	return lines
}

func TestListsAreReadAsOfficesWriteThem(t *testing.T) {
	w := newWorld(t, t.TempDir()+"/giaoban.db")
	for name, c := range map[string]struct {
		milestone, pasted string
		want              []string
	}{
		"pasted from a spreadsheet": {
			held, "Mã đơn vị\tTên đơn vị\tĐại hội bế mạc ngày\tSố đại biểu được triệu tập\tSố đại biểu dự\nPL\tPhù Lãng\t24/6/2020\t1.148\t148\nDT\t\t25/06/2020\t90\t",
			[]string{"told PL held-on=2020-06-24 convened=1148 present=148", "told DT held-on=2020-06-25 convened=90"},
		},
		"semicolons, titles above, numbered columns": {
			held, "HUYỆN ỦY QUẾ VÕ;;\nTên đơn vị;Đại hội bế mạc ngày (bắt buộc);Số đại biểu dự\n(1);(2);(3)\nĐảng ủy xã Phù Lãng;24-6-2020;148\n",
			[]string{"told PL held-on=2020-06-24 present=148"},
		},
		"names without the kind, without marks": {
			held, "Đơn vị\tĐại hội bế mạc ngày\nXã Phù Lãng\t24/6/2020\nduc long\t25/6/2020",
			[]string{"told PL held-on=2020-06-24", "told DT held-on=2020-06-25"},
		},
		"the day in the column done": {
			held, "Unit\tDone\nPhù Lãng\t24/6/2020\nĐức Long\tchưa",
			[]string{"told PL held-on=2020-06-24", "skipped 1"},
		},
		"yes and no": {
			plain, "Đơn vị\tĐã xong\nPhù Lãng\tx\nĐức Long\tChưa xong\n",
			[]string{"told PL", "skipped 1"},
		},
		"blank rows tell nothing": {
			held, "Mã;Đã xong;Đại hội bế mạc ngày\nPL;;\nDT;;\n",
			[]string{"skipped 2"},
		},
		"a unit below a unit below": {
			held, "Code\tClosed on\nPL\t24 June 2020", []string{"told PL held-on=2020-06-24"},
		},
		"English numbers": {
			held, "Unit code;Closed on;Delegates convened\nPL;24 June 2020;1,148", []string{"told PL held-on=2020-06-24 convened=1148"},
		},
		"a row whose figures look like numbers of columns": {
			held, "Mã;Số đại biểu được triệu tập;Số đại biểu dự;Đại hội bế mạc ngày\nPL;12;11;24/6/2020", []string{"told PL held-on=2020-06-24 convened=12 present=11"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, outcome(w.plan(w.options(c.milestone), "officer QV", c.pasted))); diff != "" {
				t.Errorf("plan (-want +got):\n%s", diff)
			}
		})
	}
}

// planted is a list with every kind of mistake, each at a cell that is known.
const planted = `Mã đơn vị	Tên đơn vị	Đã xong	Đại hội bế mạc ngày	Số đại biểu được triệu tập	Số đại biểu dự	Báo bằng	Người báo	Ngày báo
PL	Phù Lãng	x	31/6/2020	148	148			
XX	Không có	x	24/6/2020					
	Xã Không Có	x	24/6/2020					
	Đức Long	không	24/6/2020					
DT	Đức Long	x		148	149			
PL		x	24/6/2020	0	-1	bồ câu		
QV		x	24/6/2020					
C1		x	24/6/2020					
PL		có lẽ	24/6/2020					
PL		x	24/6/2020				Anh Ba	27/6/2020
PL		x	24/6/2020				Anh Ba	1/1/2001
		x	24/6/2020					
DT		x	24/6/2020					
DT		x	25/6/2020					
PL		x	24/6/2020	mười				
`

func TestPlantedErrorsAreAllFoundAtTheirCells(t *testing.T) {
	w := newWorld(t, t.TempDir()+"/giaoban.db")
	plan := w.plan(w.options(held), "officer QV", planted)
	want := []string{
		"told DT held-on=2020-06-24",
		"error dán!D2 date.no-such-day",
		"error dán!A3 report.list.no-code",
		"error dán!B4 report.list.unknown",
		"error dán!C5 report.list.not-done",
		"error dán!D6 indicator.required",
		"error dán!F6 indicator.over-other",
		"error dán!E7 indicator.too-small",
		"error dán!F7 indicator.too-small",
		"error dán!A8 report.list.no-code",
		"error dán!A9 report.list.not-asked",
		"error dán!C10 report.list.done",
		"error dán!I11 report.told-ahead",
		"error dán!I12 report.told-long-ago",
		"error dán!B13 report.list.no-name",
		"error dán!A15 report.list.twice",
		"error dán!E16 number.not-a-number",
	}
	got := outcome(plan)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("plan (-want +got):\n%s", diff)
	}
	if !plan.Conflicts() {
		t.Error("the plan has no conflicts")
	}
	err := w.Try(func(tx *ledger.Tx) error {
		_, err := report.TellList(w.Ctx(), tx, w.People["officer QV"], plan, nil)
		return err
	})
	if !fault.Is(err, fault.Conflict) {
		t.Errorf("a list with errors was entered: %v", err)
	}
	if kinds := w.kinds(); len(kinds) != 0 {
		t.Errorf("it left events %v", kinds)
	}
}

func TestWhatIsNoListIsRefusedAsAWhole(t *testing.T) {
	w := newWorld(t, t.TempDir()+"/giaoban.db")
	for pasted, key := range map[string]string{
		"kính gửi văn phòng":                    "sheet.header.missing",
		"Số đại biểu dự\n148":                   "report.list.no-units",
		"Đơn vị\tSố điện thoại\nPhù Lãng\t0912": "report.list.nothing-told",
	} {
		plan := w.plan(w.options(held), "officer QV", pasted)
		if len(plan.Errors) != 1 || plan.Errors[0].Fault.Key != key || len(plan.Told) != 0 {
			t.Errorf("%q: %v, want %s", pasted, outcome(plan), key)
		}
	}
	if _, err := report.ReadPasted("dán", " \n\t"); !fault.Is(err, fault.Invalid) {
		t.Errorf("nothing was pasted: got %v", err)
	}
}

func TestAListIsEnteredWholeAndUnchangedTheNextTime(t *testing.T) {
	enginetest.Each(t, func(t *testing.T, url string) {
		w := newWorld(t, url)
		w.Submitted("DT", held, 0, day("20/6/2020"))
		_, err := w.Stand("BN", "TS", "exempt", "")
		w.OK(err)
		options := w.options(held)
		options.By = w.Units["BN"]
		pasted := "Mã\tĐại hội bế mạc ngày\tNgười báo\tBáo bằng\nPL\t24/6/2020\tAnh Ba\tZalo\nDT\t25/6/2020\t\t\nTS\t26/6/2020\t\t\nQV\t26/6/2020\t\t"
		plan := w.plan(options, "officer BN", pasted)
		want := []string{
			"told PL held-on=2020-06-24", "told QV held-on=2020-06-26",
			"refused dán!A3 report.told-after-sent", "refused dán!A4 report.exempt",
		}
		if diff := cmp.Diff(want, outcome(plan)); diff != "" {
			t.Errorf("plan (-want +got):\n%s", diff)
		}
		var heard []string
		w.Update(func(tx *ledger.Tx) error {
			told, err := report.TellList(w.Ctx(), tx, w.People["officer BN"], plan, func(done, total int) { heard = append(heard, fmt.Sprint(done, "/", total)) })
			if len(told) != 2 || told[0].Telling.Source != report.ByChat || told[0].Telling.Said != "Anh Ba" || told[1].Telling.Said != "Chị Hoa" {
				t.Errorf("told %+v", told)
			}
			return err
		})
		if diff := cmp.Diff([]string{"2/2"}, heard); diff != "" {
			t.Errorf("progress (-want +got):\n%s", diff)
		}
		again := w.plan(options, "officer BN", pasted)
		if diff := cmp.Diff([]string{"unchanged PL", "unchanged QV", want[2], want[3]}, outcome(again)); diff != "" {
			t.Errorf("the next time (-want +got):\n%s", diff)
		}
		w.verified()
	})
}

func TestAListIsEnteredWholeOrNotAtAll(t *testing.T) {
	enginetest.Each(t, func(t *testing.T, url string) {
		w := newWorld(t, url)
		plan := w.plan(w.options(held), "officer QV", "Mã\tĐã xong\nPL\t24/6/2020\nDT\t25/6/2020")
		w.Submitted("DT", held, 0, day("20/6/2020")) // meanwhile
		err := w.Try(func(tx *ledger.Tx) error {
			_, err := report.TellList(w.Ctx(), tx, w.People["officer QV"], plan, nil)
			return err
		})
		if faults := fault.All(err); len(faults) != 1 || faults[0].Key != "report.list.changed" {
			t.Errorf("got %v, want to be told who changed", err)
		}
		if diff := cmp.Diff([]ledger.Kind{report.Submitted}, w.kinds()); diff != "" {
			t.Errorf("events (-want +got):\n%s", diff)
		}
	})
}

func TestTheFormToFillInImportsCleanly(t *testing.T) {
	w := newWorld(t, t.TempDir()+"/giaoban.db")
	w.Submitted("DT", held, 0, day("20/6/2020"))
	options := w.options(held)
	options.By = w.Units["BN"]
	for _, lang := range text.Langs {
		options.Lang = lang
		var form sheet.Sheet
		w.OK(w.View(func(q store.Querier) (err error) {
			form, err = report.ListForm(w.Ctx(), q, w.People["officer BN"], options)
			return err
		}))
		var file bytes.Buffer
		w.OK(sheet.WriteXLSX(&file, []sheet.Sheet{form}))
		list, err := report.ReadList("form.xlsx", file.Bytes())
		w.OK(err)
		if diff := cmp.Diff([]string{"skipped 3"}, outcome(w.planOf(options, "officer BN", list))); diff != "" {
			t.Errorf("%s: the empty form (-want +got):\n%s", lang, diff)
		}
		form.Rows[1] = append(form.Rows[1], sheet.Text("x"), sheet.Date("2020-06-24"), sheet.Integer(1148), sheet.Integer(148), sheet.Text("điện thoại"))
		file.Reset()
		w.OK(sheet.WriteXLSX(&file, []sheet.Sheet{form}))
		list, err = report.ReadList("form.xlsx", file.Bytes())
		w.OK(err)
		code := form.Rows[1][0].Text
		want := []string{"told " + code + " held-on=2020-06-24 convened=1148 present=148", "skipped 2"}
		if diff := cmp.Diff(want, outcome(w.planOf(options, "officer BN", list))); diff != "" {
			t.Errorf("%s: the filled form (-want +got):\n%s", lang, diff)
		}
	}
}

func TestACodeOfDigitsIsFoundWithoutItsZeros(t *testing.T) {
	w := newWorld(t, t.TempDir()+"/giaoban.db")
	w.Update(func(tx *ledger.Tx) error {
		for _, code := range []string{"0917", "00918"} {
			_, err := org.Create(w.Ctx(), tx, access.CommandLine(w.Tree), org.CreateCommand{
				Parent: w.Units["QV"], Code: code, Name: "Đảng ủy xã số " + code, Kind: "commune", From: "2020-01-01",
			})
			if err != nil {
				return err
			}
		}
		return nil
	})
	w.LoadTree()
	got := outcome(w.plan(w.options(held), "officer QV", "Mã\tĐã xong\n917\t24/6/2020\n0918\t24/6/2020\n919\t24/6/2020"))
	want := []string{"told 0917 held-on=2020-06-24", "told 00918 held-on=2020-06-24", "error dán!A4 report.list.no-code"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("plan (-want +got):\n%s", diff)
	}
}

func TestOnlyThePersonsOwnOfficeEntersAList(t *testing.T) {
	w := newWorld(t, t.TempDir()+"/giaoban.db")
	list, err := report.ReadPasted("dán", "Mã\tĐã xong\nPL\tx")
	w.OK(err)
	for who, unit := range map[string]string{"officer TS": "QV", "officer PL": "QV", "officer QV": "BN"} {
		options := w.options(held)
		options.By = w.Units[unit]
		err := w.View(func(q store.Querier) error {
			_, err := report.PlanList(w.Ctx(), q, w.People[who], list, options)
			return err
		})
		if !fault.Is(err, fault.Forbidden) {
			t.Errorf("%s for %s: got %v, want forbidden", who, unit, err)
		}
	}
	options := w.options("no-such")
	err = w.View(func(q store.Querier) error {
		_, err := report.PlanList(w.Ctx(), q, w.People["officer QV"], list, options)
		return err
	})
	if !fault.Is(err, fault.NotFound) {
		t.Errorf("an unknown milestone: got %v, want not found", err)
	}
	w.Close()
	err = w.View(func(q store.Querier) error {
		_, err := report.PlanList(w.Ctx(), q, w.People["officer QV"], list, w.options(held))
		return err
	})
	if !fault.Is(err, fault.TooLate) {
		t.Errorf("on a closed directive: got %v, want too late", err)
	}
}

// FuzzPastedLists pastes anything: whatever it is, each row is told, unchanged,
// skipped or named, and what would be told is right by the milestone's rules.
func FuzzPastedLists(f *testing.F) {
	f.Add(planted)
	f.Add("Mã đơn vị\tĐã xong\nPL\tx")
	f.Add("Đơn vị;Số đại biểu dự;Đại hội bế mạc ngày\nPhù Lãng;1.148;24/6/2020")
	f.Add("\"Tên\",\"Đại hội bế mạc ngày\"\n\"Đức Long\",\"24/6/2020\"\n")
	f.Add("sep=|\nMã|Xong\nPL|có")
	w := newWorld(f, f.TempDir()+"/giaoban.db")
	d, err := directive.Get(w.Ctx(), w.Ledger.DB().Reader(), w.Directive)
	w.OK(err)
	f.Fuzz(func(t *testing.T, pasted string) {
		list, err := report.ReadPasted("dán", pasted)
		if err != nil {
			if len(fault.All(err)) == 0 {
				t.Fatalf("reading fails with no words for a person: %v", err)
			}
			return
		}
		var plan report.ListPlan
		err = w.Ledger.DB().View(t.Context(), func(tx *sql.Tx) (err error) {
			plan, err = report.PlanList(t.Context(), tx, w.People["officer QV"], list, w.options(held))
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		seen := map[int64]bool{}
		for _, one := range plan.Told {
			if _, err := d.Document.Milestones[0].Check(text.EN, one.Values); err != nil {
				t.Errorf("%s would be told with %v: %v", one.Code, one.Values, err)
			}
			if seen[int64(one.Unit)] {
				t.Errorf("%s would be told twice", one.Code)
			}
			seen[int64(one.Unit)] = true
			if one.Said == "" || one.Source == "" || one.At.After(w.Clock.Now()) {
				t.Errorf("%s would be told by %+v", one.Code, one.Telling)
			}
		}
		for _, one := range plan.Errors {
			if strings.TrimSpace(one.Fault.Key) == "" {
				t.Errorf("an error at %s!%s says nothing", one.Sheet, one.Cell)
			}
		}
	})
}
