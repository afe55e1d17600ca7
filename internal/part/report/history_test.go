package report_test

import (
	"errors"
	"path/filepath"
	"strconv"
	"testing"

	"pgregory.net/rapid"

	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/testing/officetest"
	"giaoban/internal/base/text"
	"giaoban/internal/part/report"
)

// model is what a slot should be after a history.
type model struct {
	w        *world
	slot     report.Slot
	unit     string
	parent   string
	states   []report.State
	keys     []string // of the versions
	contents []string
	draft    map[string]string
	revision int64
	filling  int
}

// TestHistoriesKeepTheRules lets several people draft, submit, correct, accept
// and return in any order, with stale pages and repeated clicks, and compares
// every answer and every state with a model.
func TestHistoriesKeepTheRules(t *testing.T) {
	w := newWorld(t, filepath.Join(t.TempDir(), "giaoban.db"))
	round := 0
	rapid.Check(t, func(rt *rapid.T) {
		round++
		document := officetest.Document("round " + strconv.Itoa(round))
		w.Directive = w.Issue(document)
		m := &model{w: w, unit: "PL", parent: "QV"}
		m.slot = w.Slot(m.unit, held)
		rt.Repeat(map[string]func(*rapid.T){
			"save":     m.save,
			"submit":   m.submit,
			"resubmit": m.resubmit,
			"accept":   func(rt *rapid.T) { m.decide(rt, report.Done) },
			"return":   func(rt *rapid.T) { m.decide(rt, report.SentBack) },
			"":         m.check,
		})
	})
	w.verified()
}

var days = rapid.SampledFrom([]string{"22/6/2020", "23/6/2020", "24/6/2020"})

// save drafts with a revision that may be stale.
func (m *model) save(rt *rapid.T) {
	values := day(days.Draw(rt, "day"))
	revision := rapid.Int64Range(0, m.revision).Draw(rt, "revision")
	after := rapid.IntRange(0, len(m.states)).Draw(rt, "after")
	who := rapid.SampledFrom([]string{"officer PL", "leader PL"}).Draw(rt, "who")
	saved, err := m.w.Save(who, report.SaveCommand{Slot: m.slot, Revision: revision, After: after, Values: values})
	switch {
	case after != len(m.states):
		mustBe(rt, err, fault.Conflict)
	case m.draft != nil && revision != m.revision && m.draft["held-on"] != values["held-on"]:
		mustBe(rt, err, fault.Conflict)
	case err != nil:
		rt.Fatalf("saving on revision %d of %d: %v", revision, m.revision, err)
	default:
		m.draft, m.revision = values, saved.Revision
	}
}

// submit sends what may be wrong, on a page that may be stale.
func (m *model) submit(rt *rapid.T) {
	value := rapid.SampledFrom([]string{"22/6/2020", "23/6/2020", "chưa rõ"}).Draw(rt, "day")
	after := rapid.IntRange(0, len(m.states)).Draw(rt, "after")
	m.filling++
	cmd := report.SubmitCommand{
		Slot: m.slot, Key: m.slot.Milestone + strconv.FormatInt(m.w.Directive, 10) + "/" + strconv.Itoa(m.filling),
		Revision: m.revision, After: after, Values: day(value), Lang: text.VI,
	}
	r, err := m.w.SubmitAs("leader PL", cmd)
	switch {
	case value == "chưa rõ":
		mustBe(rt, err, fault.Invalid)
	case after == len(m.states):
		if err != nil || r.Version != after+1 {
			rt.Fatalf("submitting after version %d: version %d, %v", after, r.Version, err)
		}
		m.sent(r)
	case after == len(m.states)-1 && m.contents[after] == contentOf(value):
		if err != nil || r.Key != m.keys[after] {
			rt.Fatalf("the same content from a stale page: report %q, %v, want %q", r.Key, err, m.keys[after])
		}
		m.draft, m.revision = nil, 0
	default:
		mustBe(rt, err, fault.Conflict)
	}
}

// resubmit clicks once more on a form that was sent, perhaps long ago.
func (m *model) resubmit(rt *rapid.T) {
	if len(m.keys) == 0 {
		rt.Skip("nothing was sent yet")
	}
	i := rapid.IntRange(0, len(m.keys)-1).Draw(rt, "version")
	value := days.Draw(rt, "day")
	r, err := m.w.SubmitAs("leader PL", report.SubmitCommand{
		Slot: m.slot, Key: m.keys[i], Revision: m.revision, After: i, Values: day(value), Lang: text.VI,
	})
	if contentOf(value) != m.contents[i] {
		mustBe(rt, err, fault.Conflict)
		return
	}
	if err != nil || r.Version != i+1 {
		rt.Fatalf("the key of version %d sent again: version %d, %v", i+1, r.Version, err)
	}
}

// decide accepts or returns any version, as one of several people.
func (m *model) decide(rt *rapid.T, to report.State) {
	versions, err := report.Versions(m.w.Ctx(), m.w.Ledger.DB().Reader(), m.slot)
	if err != nil {
		rt.Fatal(err)
	}
	if len(versions) == 0 {
		rt.Skip("nothing was sent yet")
	}
	r := rapid.SampledFrom(versions).Draw(rt, "version")
	who := rapid.SampledFrom([]string{"leader QV", "leader QV", "leader BN", "leader DT", "officer QV", "leader PL"}).Draw(rt, "who")
	if to == report.Done {
		_, err = m.w.Accept(who, r.ID)
	} else {
		_, err = m.w.Return(who, r.ID, "chưa khớp")
	}
	switch {
	case who != "leader QV":
		mustBe(rt, err, fault.Forbidden)
	case r.State == report.Waiting:
		if err != nil {
			rt.Fatalf("deciding a waiting version: %v", err)
		}
		m.decided(r.Version-1, to)
	case r.State == to:
		if err != nil {
			rt.Fatalf("deciding the same again: %v", err)
		}
	default:
		mustBe(rt, err, fault.Conflict)
	}
}

func (m *model) sent(r report.Report) {
	for i, s := range m.states {
		if s == report.Waiting {
			m.states[i] = report.Superseded
		}
	}
	m.states, m.keys, m.contents = append(m.states, report.Waiting), append(m.keys, r.Key), append(m.contents, r.Content)
	m.draft, m.revision = nil, 0
}

func (m *model) decided(version int, to report.State) {
	for i, s := range m.states {
		if to == report.Done && s == report.Done {
			m.states[i] = report.Superseded
		}
	}
	m.states[version] = to
}

// check holds the database against the model.
func (m *model) check(rt *rapid.T) {
	states := m.w.states(m.slot)
	if len(states) != len(m.states) {
		rt.Fatalf("%d versions, want %d", len(states), len(m.states))
	}
	for i := range states {
		if states[i] != m.states[i] {
			rt.Fatalf("version %d is %s, want %s", i+1, states[i], m.states[i])
		}
	}
	draft, ok, err := report.DraftOf(m.w.Ctx(), m.w.Ledger.DB().Reader(), m.slot)
	if err != nil || ok != (m.draft != nil) || draft.Values["held-on"] != m.draft["held-on"] {
		rt.Fatalf("draft %+v (%v, %v), want %v", draft, ok, err, m.draft)
	}
	m.w.dense(rt)
}

// dense says that the log has no gaps.
func (w *world) dense(rt *rapid.T) {
	var events, head int64
	err := w.Ledger.DB().Reader().QueryRowContext(w.Ctx(), `SELECT COUNT(*) FROM event`).Scan(&events)
	if err == nil {
		head, _, err = ledger.Head(w.Ctx(), w.Ledger.DB().Reader())
	}
	if err != nil || events != head {
		rt.Fatalf("%d events up to position %d (%v)", events, head, err)
	}
}

func mustBe(rt *rapid.T, err error, kind fault.Kind) {
	rt.Helper()
	if !fault.Is(err, kind) {
		rt.Fatalf("got %v, want %s", err, kind)
	}
	var overtaken *report.Overtaken
	if errors.As(err, &overtaken) && overtaken.Values() == nil {
		rt.Fatalf("told of a conflict without the other text")
	}
}

// contentOf is the signed content of a report that tells a day alone.
func contentOf(typed string) string { return `{"held-on":"2020-06-` + typed[:2] + `"}` }
