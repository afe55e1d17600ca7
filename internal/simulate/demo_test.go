package simulate_test

import (
	"errors"
	"io"
	"slices"
	"strings"
	"testing"

	"giaoban/internal/app"
	"giaoban/internal/base/clock"
	"giaoban/internal/base/testing/poppler"
	"giaoban/internal/base/tree"
	"giaoban/internal/part/board"
	"giaoban/internal/part/briefing"
	"giaoban/internal/part/task"
	"giaoban/internal/simulate"
)

func TestTheMorningShowsTheFiguresOfTheStory(t *testing.T) {
	a, err := app.Open(t.Context(), app.Config{Data: t.TempDir(), Business: clock.NewManual(simulate.Morning())})
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	texts, err := app.Texts()
	if err != nil {
		t.Fatal(err)
	}
	demo := simulate.Demo{Ledger: a.Ledger, Tree: a.Tree, Boards: a.Boards, Files: a.Files, Texts: texts, CatchUp: a.CatchUp}
	if err := demo.Write(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := a.CatchUp(t.Context()); err != nil {
		t.Fatal(err)
	}
	root, _ := a.Tree.Root()
	home, capital := find(t, a.Tree, "Tỉnh Bắc Ninh"), find(t, a.Tree, "Thành phố Hà Nội")
	for _, want := range []struct {
		name             string
		unit             tree.UnitID
		milestone, level string
		cell             board.Cell // what matters of it
	}{
		{"all grassroots of Bac Ninh are done", home, "congress-held", "grassroots", board.Cell{Done: 664, Total: 664}},
		{"6 of 11; one told, one waits, one postponed", home, "congress-held", "above-grassroots", board.Cell{Done: 6, Total: 11, Provisional: 1, Waiting: 1, Apart: 1}},
		{"the province has not begun", home, "congress-held", "provincial", board.Cell{Total: 1}},
		{"the country's grassroots", root.ID, "congress-held", "grassroots", board.Cell{Done: 3226, Total: 3236, Waiting: 4}},
		{"the country's middle", root.ID, "congress-held", "above-grassroots", board.Cell{Done: 417, Total: 1297, Provisional: 3, Waiting: 36, Apart: 1}},
		{"one is exempt in the capital", capital, "preparation", "above-grassroots", board.Cell{Done: 19, Total: 19, Exempt: 1}},
	} {
		v, err := a.Boards.Read(1, want.unit, 0)
		if err != nil {
			t.Fatal(err)
		}
		for i, column := range v.Columns {
			if column.Milestone != want.milestone || column.Level != want.level {
				continue
			}
			c := v.Head.Cells[i]
			got := board.Cell{Done: c.Done, Total: c.Total, Provisional: c.Provisional, Waiting: c.Waiting, Apart: c.Apart, Exempt: c.Exempt}
			if got != want.cell {
				t.Errorf("%s: got %+v, want %+v", want.name, got, want.cell)
			}
		}
	}
}

// At eight the briefing is under way: the Central Office has the floor, Bac Ninh is
// next, two sites came late, one is excused and one nobody has heard of.
func TestTheMorningHasItsBriefing(t *testing.T) {
	a, err := app.Open(t.Context(), app.Config{Data: t.TempDir(), Business: clock.NewManual(simulate.Morning())})
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	texts, err := app.Texts()
	if err != nil {
		t.Fatal(err)
	}
	if err := (simulate.Demo{Ledger: a.Ledger, Tree: a.Tree, Boards: a.Boards, Files: a.Files, Texts: texts, CatchUp: a.CatchUp}).Write(t.Context()); err != nil {
		t.Fatal(err)
	}
	b, err := briefing.Get(t.Context(), a.DB.Reader(), 1)
	if err != nil {
		t.Fatal(err)
	}
	record, err := briefing.RecordOf(t.Context(), a.DB.Reader(), a.Tree, b, simulate.Morning())
	if err != nil {
		t.Fatal(err)
	}
	if present, late, excused, absent := record.Counted(); present != 60 || late != 2 || excused != 1 || absent != 1 {
		t.Errorf("of 63 sites and the host %d are present, %d late, %d excused, %d absent, want 60, 2, 1, 1", present, late, excused, absent)
	}
	if last := record.Turns[len(record.Turns)-1]; b.State != briefing.Open || last.Name != "Trung ương" || last.Used != 6*60 {
		t.Errorf("the briefing is %s, the last turn is %+v, want the centre speaking for six minutes", b.State, last)
	}
	items, err := briefing.Items(t.Context(), a.DB.Reader(), b.ID)
	if err != nil {
		t.Fatal(err)
	}
	sites, err := briefing.Sites(t.Context(), a.DB.Reader(), b.ID)
	if err != nil {
		t.Fatal(err)
	}
	next, _ := briefing.Next(items)
	home := find(t, a.Tree, "Tỉnh Bắc Ninh")
	if at := slices.IndexFunc(sites, func(s briefing.Site) bool { return s.ID == next.Site }); at < 0 || sites[at].Unit != home || !sites[at].Here() {
		t.Errorf("the next item is %+v, want Bac Ninh's, and Bac Ninh in the room", next)
	}
}

// Of what the Central Office asked of the sites, 48 is verified, 8 waits for it, and 7 are
// late since the evening before, one of which has asked for more days.
func TestTheMorningHasItsTask(t *testing.T) {
	a, err := app.OpenDemo(t.Context(), app.Config{Data: t.TempDir()}, false)
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	root, _ := a.Tree.Root()
	given := a.Tasks.GivenBy(root.ID)
	if len(given) != 1 {
		t.Fatalf("the centre has given %d tasks, want one", len(given))
	}
	want := task.Progress{Units: 63, Seen: 63, Done: 56, Verified: 48, Late: 7}
	if got := a.Tasks.Progress(given[0], "2020-07-10"); got != want {
		t.Errorf("the task stands at %+v, want %+v", got, want)
	}
}

// The sites have two papers since the evening before: the report of the closed figures,
// and a table of Bac Ninh's; some have read them.
func TestTheMorningHasItsPapers(t *testing.T) {
	a, err := app.OpenDemo(t.Context(), app.Config{Data: t.TempDir()}, false)
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	papers, err := briefing.Handouts(t.Context(), a.DB.Reader(), 1)
	if err != nil || len(papers) != 2 {
		t.Fatalf("the briefing has %d papers (%v), want 2", len(papers), err)
	}
	read, err := briefing.Readings(t.Context(), a.DB.Reader(), 1)
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []struct {
		says  []string
		sites int
	}{
		{[]string{"tiến độ thực hiện 35-CT/TW", "17 giờ 00 phút, ngày 09 tháng 7 năm 2020", "Tỉnh Bắc Ninh 664/664 (100 %) 6/11 (54,5 %)"}, 2},
		{[]string{"Huyện Yên Phong", "Chưa báo cáo", "Huyện Thuận Thành", "chờ duyệt"}, 1},
	} {
		paper := papers[i]
		content, err := a.Files.Open(paper.Versions[0].File)
		if err != nil {
			t.Fatal(err)
		}
		pdf, err := io.ReadAll(content)
		if err := errors.Join(err, content.Close()); err != nil {
			t.Fatal(err)
		}
		said := strings.Join(strings.Fields(poppler.Text(t, pdf, "-layout")), " ")
		for _, text := range want.says {
			if !strings.Contains(said, text) {
				t.Errorf("%q lacks %q:\n%.1500s", paper.Title, text, said)
			}
		}
		if got := len(read[paper.ID]); got != want.sites {
			t.Errorf("%q was read at %d sites, want %d", paper.Title, got, want.sites)
		}
	}
}

func find(t *testing.T, units *tree.Tree, name string) tree.UnitID {
	t.Helper()
	root, _ := units.Root()
	for _, u := range units.Find(root.ID, name, 5) {
		if u.Name == name {
			return u.ID
		}
	}
	t.Fatalf("there is no unit %q", name)
	return 0
}
