package search_test

import (
	"fmt"
	"testing"
	"time"

	"giaoban/internal/base/word"

	"github.com/google/go-cmp/cmp"

	"giaoban/internal/base/access"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/tree"
	"giaoban/internal/part/briefing"
	"giaoban/internal/part/difficulty"
	"giaoban/internal/part/org"
	"giaoban/internal/part/search"
	"giaoban/internal/part/task"
)

// corpus is raised by PL in this order: the order in which both engines give it back
// is ours.
var corpus = []struct{ title, obstacle string }{
	{"Thiếu nguồn cán bộ nữ", "Danh sách dự kiến chưa đủ 15 % nữ."},
	{"Thieu nguon can bo nu", "Go khong dau."},
	{"Chưa có hội trường", "Xã thiếu nguồn kinh phí để sửa hội trường."},
	{"Đường vào thôn bị ngập", "Lũ về, thieu nguon luc khac phuc."},
	{"Đề nghị hướng dẫn đề án nhân sự", "Đồng chí Đinh Văn Đức nghỉ hưu trước tuổi."},
	{"Thiếu nguồn cấp ủy trẻ", "Dưới 40 tuổi chưa đạt 10 %."},
}

func (w world) corpus() {
	for _, c := range corpus {
		w.raise("PL", c.title, c.obstacle)
	}
}

// As the words are typed before without marks, a title before a text, the newest
// first: the same on both engines.
func TestTheOrderIsOursOnBothEngines(t *testing.T) {
	each(t, func(t *testing.T, w world) {
		w.corpus()
		for _, c := range []struct {
			words string
			want  []string
		}{
			{"thiếu nguồn", []string{
				"difficulty: [Thiếu] [nguồn] cấp ủy trẻ", "difficulty: [Thiếu] [nguồn] cán bộ nữ", "difficulty: Chưa có hội trường",
				"difficulty: [Thieu] [nguon] can bo nu", "difficulty: Đường vào thôn bị ngập",
			}},
			{"thieu nguon", []string{
				"difficulty: [Thieu] [nguon] can bo nu", "difficulty: Đường vào thôn bị ngập",
				"difficulty: [Thiếu] [nguồn] cấp ủy trẻ", "difficulty: [Thiếu] [nguồn] cán bộ nữ", "difficulty: Chưa có hội trường",
			}},
			{"nguồn thi", []string{
				"difficulty: [Thiếu] [nguồn] cấp ủy trẻ", "difficulty: [Thiếu] [nguồn] cán bộ nữ", "difficulty: Chưa có hội trường",
				"difficulty: [Thieu] [nguon] can bo nu", "difficulty: Đường vào thôn bị ngập",
			}},
			{"đường", []string{"difficulty: [Đường] vào thôn bị ngập"}},
			{"duong", []string{"difficulty: [Đường] vào thôn bị ngập"}},
			{"dinh duc", []string{"difficulty: Đề nghị hướng dẫn đề án nhân sự"}},
			{"ĐINH VĂN Đ", []string{"difficulty: [Đề] nghị hướng [dẫn] [đề] án nhân sự"}},
			{"không có gì như thế", nil},
			{"' OR \" * & ! ( ) :", nil},
			{"thiếu'; DROP", nil},
			{"", nil},
		} {
			if diff := cmp.Diff(c.want, w.finds("leader PL", c.words, search.Difficulty)); diff != "" {
				t.Errorf("%q (-want +got):\n%s", c.words, diff)
			}
		}
	})
}

func TestWhatHasWordsIsFoundByWhoeverMayReadIt(t *testing.T) {
	each(t, func(t *testing.T, w world) {
		w.raise("PL", "Thiếu nguồn cán bộ", "Quế Võ chưa bố trí được.")
		w.called()
		for _, c := range []struct {
			who, words string
			want       []string
		}{
			{"leader PL", "thieu nguon", []string{"difficulty: [Thiếu] [nguồn] cán bộ"}},
			{"leader BN", "thieu nguon", []string{"difficulty: [Thiếu] [nguồn] cán bộ"}},
			{"leader QV", "chua bo tri", []string{"difficulty: Thiếu nguồn cán [bộ]"}},
			{"leader DT", "thieu nguon", nil}, // beside it
			{"leader HN", "thieu nguon", nil},
			{"leader C1", "thieu nguon", nil}, // below it

			{"leader C1", "dai hoi dang bo", []string{"directive: 35-CT/TW · [Đại] [hội] [đảng] [bộ] các cấp"}},
			{"leader HN", "35-ct", []string{"directive: [35]-[CT]/TW · Đại hội đảng bộ các cấp"}},

			{"officer TW", "giao ban thang 6", []string{"briefing: [Giao] [ban] [tháng] [6]"}},
			{"officer BN", "nhan su dai hoi", []string{"briefing: Giao ban tháng 6"}}, // of its agenda
			{"officer HN", "giao ban", nil}, // no site
			{"officer QV", "giao ban", nil}, // below a site

			{"leader QV", "phu lang", []string{"unit: Đảng ủy xã [Phù] [Lãng]"}},
			{"leader HN", "phu lang", nil},
			{"leader BN", "pl", []string{"unit: Đảng ủy xã Phù Lãng"}},
		} {
			if diff := cmp.Diff(c.want, w.finds(c.who, c.words)); diff != "" {
				t.Errorf("%s, %q (-want +got):\n%s", c.who, c.words, diff)
			}
		}
	})
}

// called is a briefing of the centre with Bắc Ninh, with an agenda.
func (w world) called() briefing.Briefing {
	w.t.Helper()
	var b briefing.Briefing
	chair := w.People["leader TW"]
	w.Update(func(tx *ledger.Tx) (err error) {
		b, err = briefing.Call(w.t.Context(), tx, chair, briefing.CallCommand{
			Unit: w.Units["TW"], Key: "form", Title: "Giao ban tháng 6", Begins: w.Clock.Now().Add(48 * time.Hour), Minutes: 60,
			Chair: briefing.Person{ID: chair.Person, Name: "leader TW"}, Sites: []tree.UnitID{w.Units["BN"]},
		})
		if err != nil {
			return err
		}
		b, err = briefing.SetAgenda(w.t.Context(), tx, chair, b.ID, b.Revision, []briefing.ItemDraft{{Title: "Công tác nhân sự đại hội", Minutes: 10}})
		return err
	})
	return b
}

// Where there is much, the better fits are asked for first; where there is little, all
// of it is put in order. Nobody can tell which was done.
func TestMuchIsInTheSameOrderAsLittle(t *testing.T) {
	each(t, func(t *testing.T, w world) {
		w.Update(func(tx *ledger.Tx) error {
			for i := range 90 {
				c := corpus[i%len(corpus)]
				tx.SetNow(w.Clock.Now().Add(time.Duration(i) * time.Minute))
				_, err := difficulty.Raise(t.Context(), tx, w.People["officer PL"], difficulty.RaiseCommand{
					Unit: w.Units["PL"], Key: fmt.Sprint(i), Sort: difficulty.Obstacle, Kind: "personnel", Title: c.title, Obstacle: c.obstacle,
				})
				if err != nil {
					return err
				}
			}
			return nil
		})
		w.follow()
		fits, last := map[string]int{
			"Thiếu nguồn cấp ủy trẻ": 0, "Thiếu nguồn cán bộ nữ": 0, "Chưa có hội trường": 1, "Thieu nguon can bo nu": 2, "Đường vào thôn bị ngập": 3,
		}, 0
		for _, h := range w.groups("leader PL", search.Question{Words: "thiếu nguồn", Most: 1000})[0].Hits {
			if fit := fits[word.Plain(h.Title)]; fit < last {
				t.Errorf("%q comes after what fits less", word.Plain(h.Title))
			} else {
				last = fit
			}
		}
		for _, words := range []string{"thiếu nguồn", "thieu nguon", "đ", "nguồn"} {
			all := w.ids("leader PL", words, 1000)
			if len(all) < 30 {
				t.Fatalf("%q: %d found, too few to tell", words, len(all))
			}
			if diff := cmp.Diff(all[:10], w.ids("leader PL", words, 10)); diff != "" {
				t.Errorf("%q, the first ten of all and the ten asked for (-all +ten):\n%s", words, diff)
			}
			some := w.ids("leader PL", words+" lũ về", 1000) // 15 of them: all that there is is put in order
			for i, id := range some[1:] {
				if id > some[i] {
					t.Errorf("%q: %v, want the newest first", words, some)
				}
			}
		}
	})
}

func TestATaskIsFoundByItsGiverAndThoseWhoHaveIt(t *testing.T) {
	each(t, func(t *testing.T, w world) {
		w.Update(func(tx *ledger.Tx) error {
			_, err := task.Give(t.Context(), tx, w.People["officer BN"], task.GiveCommand{
				Key: "one", Giver: w.Units["BN"], Source: task.Source{Kind: task.ByHand}, Title: "Rà soát nhân sự đại hội", Text: "Báo cáo trước kỳ họp.",
				Units: []tree.UnitID{w.Units["QV"]}, Deadline: "2020-07-10",
			})
			return err
		})
		found := []string{"task: [Rà] [soát] nhân sự đại hội"}
		for _, c := range []struct {
			who  string
			want []string
		}{{"officer BN", found}, {"leader QV", found}, {"leader TW", found}, {"leader TS", nil}, {"leader HN", nil}, {"leader PL", nil}} {
			if diff := cmp.Diff(c.want, w.finds(c.who, "ra soat")); diff != "" {
				t.Errorf("%s (-want +got):\n%s", c.who, diff)
			}
		}
	})
}

func TestTheIndexKeepsUpWithWhatIsSaidAndDone(t *testing.T) {
	each(t, func(t *testing.T, w world) {
		d := w.raise("PL", "Thiếu nguồn cán bộ", "Chưa bố trí được.")
		found := []string{"difficulty: Thiếu nguồn cán bộ"}
		want := func(when, who, words string, want []string) {
			t.Helper()
			if diff := cmp.Diff(want, w.finds(who, words, search.Difficulty)); diff != "" {
				t.Errorf("%s, %s finds by %q (-want +got):\n%s", when, who, words, diff)
			}
		}
		want("raised", "leader PL", "điều động", nil)
		w.Update(func(tx *ledger.Tx) error {
			_, err := difficulty.Answer(t.Context(), tx, w.People["officer QV"], d.ID, "Sẽ điều động hai đồng chí.")
			return err
		})
		want("answered", "leader PL", "điều động", found)
		want("answered", "leader TS", "điều động", nil)
		w.Update(func(tx *ledger.Tx) error {
			_, err := org.Move(t.Context(), tx, access.CommandLine(w.Tree), org.MoveCommand{Unit: w.Units["PL"], Parent: w.Units["TS"]})
			return err
		})
		w.LoadTree()
		want("moved", "leader TS", "điều động", found)
		want("moved, whose office had it", "leader QV", "điều động", found)
		w.Update(func(tx *ledger.Tx) error {
			_, err := difficulty.Withdraw(t.Context(), tx, w.People["officer PL"], d.ID, "Đã có người.")
			return err
		})
		want("withdrawn", "leader PL", "thiếu nguồn", nil)
	})
}

func TestAnIndexThatIsMadeAnewGivesTheSame(t *testing.T) {
	each(t, func(t *testing.T, w world) {
		w.corpus()
		w.called()
		asked := []string{"thiếu", "thieu", "d", "giao ban", "cán bộ"}
		before := map[string][]string{}
		for _, words := range asked {
			before[words] = w.finds("leader TW", words)
		}
		w.forget()
		for _, words := range asked {
			if diff := cmp.Diff(before[words], w.finds("leader TW", words)); diff != "" {
				t.Errorf("%q after the index was made anew (-before +after):\n%s", words, diff)
			}
		}
	})
}
