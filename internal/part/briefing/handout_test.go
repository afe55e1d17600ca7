package briefing_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"giaoban/internal/base/access"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/file"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/marking"
	"giaoban/internal/part/briefing"
)

// upload is a PDF that lies in a folder of files.
func (w *world) upload(content string) file.Upload {
	w.Helper()
	folder, err := file.OpenFolder(w.TempDir())
	w.ok(err)
	upload, err := folder.Take("Báo cáo tháng 7.pdf", strings.NewReader("%PDF-1.7\n"+content+"\n%%EOF\n"))
	w.ok(err)
	return upload
}

// handOut is what a person hands out for a unit.
func (w *world) handOut(by access.Actor, cmd briefing.HandOutCommand) (h briefing.Handout, err error) {
	w.Helper()
	cmd.Upload = w.upload(cmd.Key)
	return h, w.try(func(tx *ledger.Tx) (err error) {
		h, err = briefing.HandOut(w.Context(), tx, by, cmd)
		return err
	})
}

// itemOf puts an item for a site on the agenda.
func (w *world) itemOf(b briefing.Briefing) briefing.Item {
	w.Helper()
	w.do(func(tx *ledger.Tx) error {
		_, err := briefing.SetAgenda(w.Context(), tx, w.secretary, b.ID, w.get(b.ID).Revision, []briefing.ItemDraft{{Title: "Bắc Ninh", Minutes: 5, Speaker: w.bacNinh}})
		return err
	})
	items, err := briefing.Items(w.Context(), w.db.Reader(), b.ID)
	w.ok(err)
	return items[0]
}

func TestTheHostHandsOutForAnyItemAndASiteForItsOwn(t *testing.T) {
	each(t, func(w *world) {
		b := w.call()
		item := w.itemOf(b)
		h, err := w.handOut(w.clerk, briefing.HandOutCommand{Briefing: b.ID, Unit: w.centre, Key: "a"})
		w.ok(err)
		if h.Title != "Báo cáo tháng 7" {
			t.Errorf("the title is %q, want the file's name", h.Title)
		}
		again, err := w.handOut(w.clerk, briefing.HandOutCommand{Briefing: b.ID, Unit: w.centre, Key: "a"})
		w.ok(err)
		if again.ID != h.ID {
			t.Errorf("the same form made handout %d after %d", again.ID, h.ID)
		}
		_, err = w.handOut(w.atBacNinh, briefing.HandOutCommand{Briefing: b.ID, Unit: w.bacNinh, Item: item.ID, Key: "b", Title: "Báo cáo của tỉnh"})
		w.ok(err)
		for what, one := range map[string]struct {
			by   access.Actor
			cmd  briefing.HandOutCommand
			kind fault.Kind
			key  string
		}{
			"a site for the whole briefing": {w.atBacNinh, briefing.HandOutCommand{Unit: w.bacNinh}, fault.Invalid, "briefing.handout-own"},
			"a site for another's item":     {w.atCaoBang, briefing.HandOutCommand{Unit: w.caoBang, Item: item.ID}, fault.Invalid, "briefing.handout-own"},
			"a site in the host's name":     {w.atBacNinh, briefing.HandOutCommand{Unit: w.centre}, fault.Forbidden, "access.refused"},
			"a site in another's name":      {w.atBacNinh, briefing.HandOutCommand{Unit: w.caoBang, Item: item.ID}, fault.Forbidden, "access.refused"},
			"somebody without a seat":       {w.atQueVo, briefing.HandOutCommand{Unit: w.queVo}, fault.NotFound, "briefing.not-found"},
			"for an item that is none":      {w.clerk, briefing.HandOutCommand{Unit: w.centre, Item: 99}, fault.Invalid, "briefing.item-unknown"},
			"above the ceiling":             {w.clerk, briefing.HandOutCommand{Unit: w.centre, Marks: marking.Marks{Secrecy: marking.Secret}}, fault.Invalid, "marking.above-ceiling.ordinary"},
		} {
			one.cmd.Briefing, one.cmd.Key = b.ID, what
			_, err := w.handOut(one.by, one.cmd)
			w.refused(what, err, one.kind, one.key)
		}
		w.do(func(tx *ledger.Tx) error { // the item goes, its papers stay
			_, err := briefing.SetAgenda(w.Context(), tx, w.secretary, b.ID, w.get(b.ID).Revision, nil)
			return err
		})
		list, err := briefing.Handouts(w.Context(), w.db.Reader(), b.ID)
		w.ok(err)
		if len(list) != 2 || list[1].Item != 0 {
			t.Errorf("after its item was left out the paper is %+v", list)
		}
	})
}

func TestANewVersionReplacesAndOldOnesStayReadable(t *testing.T) {
	each(t, func(w *world) {
		b := w.call()
		h, err := w.handOut(w.clerk, briefing.HandOutCommand{Briefing: b.ID, Unit: w.centre, Key: "a"})
		w.ok(err)
		w.opens(w.atBacNinh, h, 0)
		replace := func(by access.Actor, key string) error {
			upload := w.upload(key)
			return w.try(func(tx *ledger.Tx) error {
				_, err := briefing.Replace(w.Context(), tx, by, briefing.ReplaceCommand{Briefing: b.ID, Handout: h.ID, Key: key, Upload: upload})
				return err
			})
		}
		w.ok(replace(w.clerk, "b"))
		w.ok(replace(w.clerk, "b")) // the same form again
		w.refused("a site that replaces the host's paper", replace(w.atBacNinh, "c"), fault.Forbidden, "access.refused")
		w.opens(w.atBacNinh, h, 0)
		w.opens(w.atCaoBang, h, 1)
		w.opens(w.atCaoBang, h, 1)

		h, err = briefing.HandoutOf(w.Context(), w.db.Reader(), b.ID, h.ID)
		w.ok(err)
		first, err := h.Version(1)
		w.ok(err)
		if len(h.Versions) != 2 || h.Newest(first) || !h.Newest(h.Versions[0]) {
			t.Errorf("versions %+v", h.Versions)
		}
		read, err := briefing.Readings(w.Context(), w.db.Reader(), b.ID)
		w.ok(err)
		want := []briefing.Reading{
			{Unit: w.bacNinh, Version: 2, People: 1, First: w.ledger.Now()},
			{Unit: w.bacNinh, Version: 1, People: 1, First: w.ledger.Now()},
			{Unit: w.caoBang, Version: 1, People: 1, First: w.ledger.Now()},
		}
		for i := range want { // of the moment each was opened, which stands still here
			if i < len(read[h.ID]) {
				want[i].First = read[h.ID][i].First
			}
		}
		if diff := cmp.Diff(want, read[h.ID]); diff != "" {
			t.Errorf("who opened it (-want +got):\n%s", diff)
		}
		w.do(func(tx *ledger.Tx) error { return briefing.Withdraw(w.Context(), tx, w.secretary, b.ID, h.ID) })
		_, err = briefing.HandoutOf(w.Context(), w.db.Reader(), b.ID, h.ID)
		w.refused("a paper that was withdrawn", err, fault.NotFound, "briefing.handout-unknown")
	})
}

func (w *world) opens(by access.Actor, h briefing.Handout, version int) {
	w.Helper()
	w.do(func(tx *ledger.Tx) error { return briefing.OpenHandout(w.Context(), tx, by, h.Briefing, h.ID, version) })
}

func TestAPrivateNoteIsItsWritersAlone(t *testing.T) {
	each(t, func(w *world) {
		b := w.begun()
		h, err := w.handOut(w.clerk, briefing.HandOutCommand{Briefing: b.ID, Unit: w.centre, Key: "a"})
		w.ok(err)
		write := func(by access.Actor, note briefing.PageNote) error {
			return w.try(func(tx *ledger.Tx) error { return briefing.WriteNote(w.Context(), tx, by, b.ID, h.ID, note) })
		}
		notes := func(by access.Actor) []briefing.PageNote {
			list, err := briefing.NotesOf(w.Context(), w.db.Reader(), by, h.ID)
			w.ok(err)
			return list
		}
		before := len(w.kinds(b.ID))
		w.ok(write(w.atBacNinh, briefing.PageNote{Page: 7, Text: "hỏi lại số liệu"}))
		w.ok(write(w.atBacNinh, briefing.PageNote{Page: 7, Text: "hỏi lại số liệu tháng 6"}))
		w.refused("a page that is none", write(w.atBacNinh, briefing.PageNote{Page: 0, Text: "x"}), fault.Invalid, "briefing.page-unknown")
		w.refused("a note without end", write(w.atBacNinh, briefing.PageNote{Page: 1, Text: strings.Repeat("a", briefing.MostNote+1)}), fault.Invalid, "briefing.long")
		w.refused("a stranger's note", write(w.atQueVo, briefing.PageNote{Page: 1, Text: "x"}), fault.NotFound, "briefing.not-found")
		if got := notes(w.atBacNinh); !cmp.Equal(got, []briefing.PageNote{{Version: 1, Page: 7, Text: "hỏi lại số liệu tháng 6"}}) {
			t.Errorf("the writer reads %+v", got)
		}
		for name, other := range map[string]access.Actor{"chair": w.chair, "secretary": w.secretary, "site": w.atCaoBang} {
			if got := notes(other); len(got) != 0 {
				t.Errorf("the %s reads another's notes: %+v", name, got)
			}
		}
		if after := len(w.kinds(b.ID)); after != before {
			t.Errorf("notes left %d events in the log", after-before)
		}
		w.opens(w.atBacNinh, h, 0)
		w.do(func(tx *ledger.Tx) error { return briefing.OfReaders.Clear(w.Context(), tx, w.atBacNinh.Person, "#11") })
		opened, err := briefing.OpenedBy(w.Context(), w.db.Reader(), b.ID, w.atBacNinh.Person)
		w.ok(err)
		if len(notes(w.atBacNinh)) != 0 || len(opened) != 0 {
			t.Errorf("after the person was erased there are notes %+v and marks %v", notes(w.atBacNinh), opened)
		}
	})
}

func TestWhoWasSentOutReadsNoPapers(t *testing.T) {
	each(t, func(w *world) {
		b := w.begun()
		h, err := w.handOut(w.clerk, briefing.HandOutCommand{Briefing: b.ID, Unit: w.centre, Key: "a"})
		w.ok(err)
		viewer := w.person(20, w.bacNinh, access.Viewer)
		w.do(func(tx *ledger.Tx) error {
			_, err := briefing.Bring(w.Context(), tx, w.atBacNinh, b.ID, w.bacNinh, w.queVo)
			return err
		})
		opens := func(by access.Actor) error {
			return w.try(func(tx *ledger.Tx) error { return briefing.OpenHandout(w.Context(), tx, by, b.ID, h.ID, 0) })
		}
		for _, who := range []access.Actor{w.atBacNinh, viewer, w.atQueVo} {
			w.ok(opens(who))
		}
		w.do(func(tx *ledger.Tx) error {
			_, err := briefing.Remove(w.Context(), tx, w.chair, b.ID, w.bacNinh)
			return err
		})
		for what, who := range map[string]access.Actor{"its leader": w.atBacNinh, "who only looks on": viewer, "whom it brought in": w.atQueVo} {
			w.refused(what, opens(who), fault.Forbidden, "briefing.removed")
		}
		w.ok(opens(w.chair))
		w.ok(opens(w.atCaoBang))
	})
}

func TestAPageOfAPaperIsShownByWhoPresentsIt(t *testing.T) {
	each(t, func(w *world) {
		b := w.call()
		item := w.itemOf(b)
		hosts, err := w.handOut(w.clerk, briefing.HandOutCommand{Briefing: b.ID, Unit: w.centre, Key: "a", Title: "Báo cáo tổng hợp"})
		w.ok(err)
		own, err := w.handOut(w.atBacNinh, briefing.HandOutCommand{Briefing: b.ID, Unit: w.bacNinh, Item: item.ID, Key: "b"})
		w.ok(err)
		w.arrive(b.ID, w.atBacNinh, w.bacNinh)
		w.clock.Set(b.Begins)
		w.do(func(tx *ledger.Tx) error {
			_, err := briefing.Begin(w.Context(), tx, w.chair, b.ID)
			return err
		})
		show := func(by access.Actor, shown briefing.Shown) error {
			return w.try(func(tx *ledger.Tx) error {
				_, err := briefing.Show(w.Context(), tx, by, briefing.ShowCommand{Briefing: b.ID, Shown: shown})
				return err
			})
		}
		w.ok(show(w.secretary, briefing.Shown{Handout: hosts.ID, Page: 7, Unit: w.haNoi}))
		if got := w.get(b.ID).Shown; got != (briefing.Shown{Handout: hosts.ID, Version: 1, Page: 7}) {
			t.Errorf("shown is %+v", got)
		}
		kinds := w.kinds(b.ID)
		if last := kinds[len(kinds)-1]; last != briefing.PageShown {
			t.Errorf("the log says %s, want %s", last, briefing.PageShown)
		}
		w.refused("a page that is none", show(w.chair, briefing.Shown{Handout: hosts.ID, Page: -1}), fault.Invalid, "briefing.page-unknown")
		w.refused("a version that is none", show(w.chair, briefing.Shown{Handout: hosts.ID, Version: 2}), fault.NotFound, "briefing.handout-unknown")
		w.refused("a site without the floor", show(w.atBacNinh, briefing.Shown{Handout: own.ID}), fault.Forbidden, "briefing.not-presiding")
		w.give(b.ID, w.chair, w.bacNinh, 5)
		if got := w.get(b.ID).Shown; got.Handout != 0 || got.Unit != w.bacNinh {
			t.Errorf("with the floor comes %+v, want the speaker's board", got)
		}
		w.ok(show(w.atBacNinh, briefing.Shown{Handout: own.ID, Page: 2}))
		w.refused("the speaker with the host's paper", show(w.atBacNinh, briefing.Shown{Handout: hosts.ID}), fault.Forbidden, "briefing.shows-own-handout")
		w.do(func(tx *ledger.Tx) error { return briefing.Withdraw(w.Context(), tx, w.clerk, b.ID, own.ID) })
		if got := w.get(b.ID).Shown; got != (briefing.Shown{Unit: w.centre}) {
			t.Errorf("after it was withdrawn, %+v is shown", got)
		}
	})
}
