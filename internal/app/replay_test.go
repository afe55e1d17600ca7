package app_test

import (
	"fmt"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"giaoban/internal/base/access"
	"giaoban/internal/base/clock"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/store"
	"giaoban/internal/base/tree"
	"giaoban/internal/part/briefing"
	"giaoban/internal/part/report"
	"giaoban/internal/simulate"
)

// filmed is a briefing of Bac Ninh's office with Thuan Thanh that is being recorded,
// by a clock that the test moves.
type filmed struct {
	*office
	t           *testing.T
	clock       *clock.Manual
	briefing    briefing.Briefing
	lead        access.Actor
	chair, site *visitor
	address     string
}

func newFilmed(t *testing.T) *filmed {
	t.Helper()
	business := clock.NewManual(simulate.Morning().Add(time.Hour))
	r := &filmed{office: newOfficeAt(t, "", business), t: t, clock: business}
	r.chair, r.site = r.as("bacninh"), r.as("thuanthanh")
	r.lead = access.Actor{Person: r.chair.person, Tree: r.Tree, Grants: []access.Grant{{Unit: r.home, Role: access.Leader}}}
	r.update(func(tx *ledger.Tx) (err error) {
		r.briefing, err = briefing.Call(t.Context(), tx, r.lead, briefing.CallCommand{
			Unit: r.home, Key: "recorded", Directive: centrally, Title: "Giao ban", Begins: tx.Now(), Minutes: 60, Media: true,
			Chair: briefing.Person{ID: r.chair.person, Name: "Chánh Văn phòng"}, Sites: []tree.UnitID{r.thuanThanh},
		})
		if err != nil {
			return err
		}
		_, err = briefing.Begin(t.Context(), tx, r.lead, r.briefing.ID)
		return err
	})
	r.address = fmt.Sprintf("/briefings/%d", r.briefing.ID)
	return r
}

// next does something a minute later and gives when that was.
func (r *filmed) next(do func(tx *ledger.Tx) error) time.Time {
	r.t.Helper()
	at := r.clock.Advance(time.Minute)
	r.update(do)
	return at
}

func (r *filmed) records(on bool) func(tx *ledger.Tx) error {
	return func(tx *ledger.Tx) error {
		act := briefing.StopRecording
		if on {
			act = briefing.StartRecording
		}
		_, err := act(r.t.Context(), tx, r.lead, r.briefing.ID)
		return err
	}
}

func (r *filmed) shows(unit tree.UnitID, neutral bool) func(tx *ledger.Tx) error {
	return func(tx *ledger.Tx) error {
		_, err := briefing.Show(r.t.Context(), tx, r.lead, briefing.ShowCommand{
			Briefing: r.briefing.ID, Shown: briefing.Shown{Unit: unit}, Live: true, Neutral: neutral,
		})
		return err
	}
}

func (r *filmed) board(who *visitor, at time.Time) answered {
	return who.get(fmt.Sprintf("%s/replay/board?at=%d", r.address, store.Micro(at)))
}

// The board of a second of the recording has that second's figures, and what was shown
// while nobody recorded, or behind the neutral picture, is not given.
func TestTheReplaysBoardIsThatOfTheSecond(t *testing.T) {
	r := newFilmed(t)
	before := r.next(r.shows(r.yenPhong, false))
	began := r.next(r.records(true))
	shown := r.next(r.shows(r.home, false))
	accepted := r.next(func(tx *ledger.Tx) error {
		_, err := report.Accept(t.Context(), tx, r.program(), report.DecideCommand{Report: r.waiting, Decider: "Lê Quốc Hùng"})
		return err
	})
	dark := r.next(r.shows(r.home, true))
	r.next(r.records(false))
	after := r.next(r.shows(r.thuanThanh, false))
	for _, c := range []struct {
		name  string
		at    time.Time
		unit  string
		done  int
		empty bool
	}{
		{"when the recording began", began, "Huyện Yên Phong", -1, false},
		{"before it began: as when it began", before, "Huyện Yên Phong", -1, false},
		{"when the province was shown", shown, "Tỉnh Bắc Ninh", 6, false},
		{"a moment before a report is accepted", accepted.Add(-time.Microsecond), "Tỉnh Bắc Ninh", 6, false},
		{"when it is accepted", accepted, "Tỉnh Bắc Ninh", 7, false},
		{"behind the neutral picture", dark, "", 0, true},
		{"after the recording: as when it ended", after, "", 0, true},
	} {
		a := r.board(r.site, c.at)
		if c.empty {
			if a.status != http.StatusNoContent {
				t.Errorf("%s: answered %d, want nothing (204)", c.name, a.status)
			}
			continue
		}
		if a.status != http.StatusOK || !strings.Contains(a.body, "<h2>"+c.unit+"</h2>") {
			t.Errorf("%s: answered %d without the board of %s:\n%.600s", c.name, a.status, c.unit, a.body)
		}
		if want := fmt.Sprintf(`<span data-show="done">%d</span> <small>/ <span data-show="total">11`, c.done); c.done >= 0 && !strings.Contains(a.body, want) {
			t.Errorf("%s the board has not %d/11:\n%.1500s", c.name, c.done, a.body)
		}
	}
}

// Who may watch, the chair says; the addresses of a recording refuse everybody else, also
// when typed.
func TestARecordingIsRefusedToWhoMayNotWatch(t *testing.T) {
	r := newFilmed(t)
	began := r.next(r.records(true))
	r.next(r.records(false))
	stranger, other := r.as("hanoi"), r.as("yenphong")
	answers := func(who *visitor, name string, want int) {
		t.Helper()
		for _, path := range []string{"/replay", fmt.Sprintf("/replay/board?at=%d", store.Micro(began))} {
			if a := who.get(r.address + path); a.status != want {
				t.Errorf("%s is answered %d at %s, want %d", name, a.status, path, want)
			}
		}
	}
	answers(r.site, "a site", http.StatusOK)
	answers(other, "a district that was not called", http.StatusNotFound)
	answers(stranger, "another province", http.StatusNotFound)
	if a := r.site.get(r.address + "/replay/lanes/floor"); a.status != http.StatusNotFound {
		t.Errorf("pictures that are not there are answered %d, want 404", a.status)
	}
	keep := url.Values{"until": {"31/12/2020"}, "watchers": {"host"}}
	if a := r.site.post(r.address+"/replay/keep", keep); a.status != http.StatusForbidden {
		t.Errorf("a site that chooses who may watch is answered %d, want 403", a.status)
	}
	if a := r.chair.post(r.address+"/replay/keep", url.Values{"until": {"1/1/2020"}, "watchers": {"host"}}); a.status != http.StatusUnprocessableEntity {
		t.Errorf("a day that has passed is answered %d, want 422", a.status)
	}
	if a := r.chair.post(r.address+"/replay/keep", keep); a.status != http.StatusSeeOther {
		t.Errorf("the chair who chooses is answered %d, want 303:\n%.2000s", a.status, a.body)
	}
	answers(r.site, "a site, once it is for the host alone", http.StatusForbidden)
	answers(r.chair, "the chair", http.StatusOK)
	if a := r.site.get(r.address + "/record"); strings.Contains(a.body, "/replay") {
		t.Error("a site that may not watch is led to the recording")
	}
	r.next(func(tx *ledger.Tx) error {
		_, err := briefing.KeepRecording(t.Context(), tx, r.lead, briefing.KeepCommand{Briefing: r.briefing.ID, Until: "2020-12-31"})
		return err
	})
	answers(r.site, "a site, once it is for all", http.StatusOK)
	r.next(func(tx *ledger.Tx) error {
		_, err := briefing.Remove(t.Context(), tx, r.lead, r.briefing.ID, r.thuanThanh)
		return err
	})
	answers(r.site, "a site that was sent out", http.StatusForbidden)
}

// A recording that is deleted takes its files along, and the page says what became of it.
func TestADeletedRecordingIsGone(t *testing.T) {
	r := newFilmed(t)
	r.next(r.records(true))
	r.next(r.records(false))
	folder := filepath.Join(r.dir, "recordings", fmt.Sprint(r.briefing.ID))
	if err := os.MkdirAll(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	if a := r.chair.post(r.address+"/replay/delete", url.Values{"reason": {""}}); a.status != http.StatusUnprocessableEntity {
		t.Errorf("deleting without a reason is answered %d, want 422", a.status)
	}
	if a := r.chair.post(r.address+"/replay/delete", url.Values{"reason": {"Có nội dung mật"}}); a.status != http.StatusSeeOther {
		t.Errorf("deleting is answered %d, want 303:\n%.2000s", a.status, a.body)
	}
	if _, err := os.Stat(folder); !os.IsNotExist(err) {
		t.Errorf("the files are still there: %v", err)
	}
	if a := r.chair.get(r.address + "/replay"); !strings.Contains(a.body, "Bản ghi hình đã bị xóa") {
		t.Errorf("the page does not say that it was deleted:\n%.1500s", a.body)
	}
	if a := r.chair.get(r.address + "/record"); !strings.Contains(a.body, "Có nội dung mật") {
		t.Error("the record does not say why it was deleted")
	}
}
