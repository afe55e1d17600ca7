package news_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"giaoban/internal/base/access"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/store"
	"giaoban/internal/part/news"
)

// categories has somebody set the categories of Bac Ninh's desk, as they were read by their
// names and as they are wanted: "new", "old>new" for another name, "old" as it is.
func (w world) categories(who string, wanted ...string) error {
	cmd := news.CategoriesCommand{Unit: w.Units["BN"], Read: w.kept()}
	for _, said := range wanted {
		was, name, renamed := strings.Cut(said, ">")
		if !renamed {
			name = was
		}
		if !slices.Contains(cmd.Read, was) {
			was = ""
		}
		cmd.List = append(cmd.List, news.CategoryEntry{Was: was, Name: name})
	}
	return w.setCategories(who, cmd)
}

func (w world) setCategories(who string, cmd news.CategoriesCommand) error {
	_, err := act(w, who, func(tx *ledger.Tx, actor access.Actor) ([]news.DeskCategory, error) {
		return news.SetCategories(w.t.Context(), tx, actor, cmd)
	})
	return err
}

// kept are the names of the categories that the desk keeps.
func (w world) kept() (names []string) {
	w.t.Helper()
	w.OK(w.View(func(q store.Querier) error {
		list, err := news.CategoriesOf(w.t.Context(), q, w.Units["BN"])
		for _, k := range list {
			names = append(names, k.Name)
		}
		return err
	}))
	return names
}

// shown are the names of the categories that the public is offered.
func (w world) shown() (names []string) {
	w.t.Helper()
	w.OK(w.View(func(q store.Querier) error {
		list, err := news.Categories(w.t.Context(), q)
		for _, l := range list {
			names = append(names, l.Name)
		}
		return err
	}))
	return names
}

func TestADeskKeepsItsCategories(t *testing.T) {
	each(t, func(w world) {
		refused(w.t, "kept by another desk", w.categories("officer QV", "Tin"), fault.Forbidden)
		refused(w.t, "one twice", w.categories("officer BN", "Thời sự", "thoi su"), fault.Invalid, "name.1")
		refused(w.t, "one too long", w.categories("officer BN", strings.Repeat("ạ", news.MostWord+1)), fault.Invalid, "name.0")
		w.OK(w.categories("officer BN", "Thời sự", " ", "Xây dựng  Đảng"))
		if got := w.kept(); !slices.Equal(got, []string{"Thời sự", "Xây dựng Đảng"}) {
			w.t.Errorf("it keeps %q", got)
		}
		late := news.CategoriesCommand{Unit: w.Units["BN"], Read: nil, List: []news.CategoryEntry{{Name: "Khác"}}}
		refused(w.t, "set by somebody who read them before", w.setCategories("leader BN", late), fault.Conflict)

		text := morning
		text.Category = "xay dung dang"
		a, err := w.begin("officer BN", "bài", text)
		w.OK(err)
		if a.Text.Category != "Xây dựng Đảng" {
			w.t.Errorf("filed under %q, want it as the list writes it", a.Text.Category)
		}
		text.Category = "Thể thao"
		_, err = w.save("officer BN", a, text)
		refused(w.t, "filed under what is not kept", err, fault.Invalid, "category")
		_, err = w.begin("officer BN", "bài khác", text)
		refused(w.t, "begun under what is not kept", err, fault.Invalid, "category")
	})
}

func TestANewNameOfACategoryIsOfWhatIsSavedFromThenOn(t *testing.T) {
	each(t, func(w world) {
		w.OK(w.categories("officer BN", "Thời sự", "Xây dựng Đảng"))
		public := w.published()
		draft, err := w.begin("officer BN", "bài khác", morning)
		w.OK(err)
		w.OK(w.categories("officer BN", "Xây dựng Đảng>Công tác Đảng", "Thời sự"))
		w.OK(w.categories("officer BN", "Công tác Đảng>Xây dựng Đảng và hệ thống chính trị", "Thời sự"))
		p, err := w.reads(public.ID)
		w.OK(err)
		if p.Text.Category != "Xây dựng Đảng" {
			w.t.Errorf("what was published is under %q now", p.Text.Category)
		}
		text := morning
		text.Lead = "Sáng 10/7, viết tiếp."
		draft, err = w.save("officer BN", draft, text)
		w.OK(err)
		if draft.Text.Category != "Xây dựng Đảng và hệ thống chính trị" {
			w.t.Errorf("saved after it was renamed, the draft is under %q", draft.Text.Category)
		}
		draft, err = w.publish("leader BN", draft, "")
		w.OK(err)
		if got := w.shown(); !slices.Equal(got, []string{"Xây dựng Đảng và hệ thống chính trị", "Xây dựng Đảng"}) {
			w.t.Errorf("the public is offered %q", got)
		}

		w.OK(w.categories("officer BN", "Thời sự"))
		text.Category = draft.Text.Category
		text.Lead = "Sáng 10/7, mục đã bỏ."
		if _, err := w.save("officer BN", draft, text); err != nil {
			w.t.Errorf("what stands under a category that is kept no more is not saved: %v", err)
		}
	})
}

func TestThePublicIsOfferedCategoriesInTheDesksOrder(t *testing.T) {
	each(t, func(w world) {
		for _, category := range []string{"A", "B", "C"} {
			text := morning
			text.Category = category
			a, err := w.begin("officer BN", category, text)
			w.OK(err)
			_, err = w.publish("leader BN", a, "")
			w.OK(err)
		}
		if got := w.shown(); !slices.Equal(got, []string{"C", "B", "A"}) {
			w.t.Errorf("where nobody keeps a list: %q", got)
		}
		w.OK(w.categories("officer BN", "Không có bài", "B", "A"))
		if got := w.shown(); !slices.Equal(got, []string{"B", "A", "C"}) {
			w.t.Errorf("in the desk's order: %q", got)
		}
	})
}

// However often a category is renamed, a text under any name that it had is filed under the
// one that it has, and under none of another's.
func TestATextFollowsItsCategoryThroughAllItsNames(t *testing.T) {
	each(t, func(w world) {
		articles := 0
		rapid.Check(w.t, func(t *rapid.T) {
			name := rapid.StringMatching(`[a-d]`)
			w.OK(w.categories("officer BN")) // none
			w.OK(w.categories("officer BN", "một", "hai"))
			now := map[string]string{"một": "một", "hai": "hai"} // each name that is known to its present one
			for range rapid.IntRange(0, 4).Draw(t, "renames") {
				names := w.kept()
				at := rapid.IntRange(0, 1).Draw(t, "which")
				old, other, to := names[at], names[1-at], name.Draw(t, "to")
				names[at] = old + ">" + to
				if to == other {
					refused(w.t, "both the same", w.categories("officer BN", names...), fault.Invalid)
					continue
				}
				w.OK(w.categories("officer BN", names...))
				for was, is := range now {
					if is == old {
						now[was] = to
					}
				}
				now[to] = to
			}
			for was, is := range now {
				text := morning
				text.Category = was
				articles++
				a, err := w.begin("officer BN", fmt.Sprint("bài ", articles), text)
				w.OK(err)
				if a.Text.Category != is {
					t.Errorf("%q is filed under %q, want %q", was, a.Text.Category, is)
				}
			}
		})
	})
}
