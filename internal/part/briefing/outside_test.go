package briefing_test

import (
	"fmt"
	"strings"
	"testing"

	"giaoban/internal/base/access"
	"giaoban/internal/base/account"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/profile"
	"giaoban/internal/base/text"
	"giaoban/internal/part/briefing"
	"giaoban/internal/part/org"
	"giaoban/internal/part/register"
)

// putUp has minutes wait to be signed outside.
func (w *world) putUp(by access.Actor, b briefing.Briefing) (p register.Paper, err error) {
	err = w.try(func(tx *ledger.Tx) error {
		p, err = briefing.DraftMinutes(w.Context(), tx, by, b.ID)
		return err
	})
	return p, err
}

// printed is a copy of minutes as they are now, in their chair's name.
func (w *world) printed(b briefing.Briefing, p register.Paper) (c register.Copy) {
	w.Helper()
	code, err := account.NewCode()
	w.ok(err)
	_, says, err := briefing.MinutesSaid(w.Context(), w.db.Reader(), w.tree, b, w.clock.Now())
	w.ok(err)
	cmd := register.CopyCommand{
		Key: string(code), Paper: p.ID, Code: code, Content: says, Lang: text.VI, PDF: w.upload(string(code)), Signatory: "chair",
		By: &register.Signatory{Key: "chair", Name: b.Chair.Name, Person: b.Chair.ID},
	}
	w.do(func(tx *ledger.Tx) error {
		c, err = register.GiveOut(w.Context(), tx, w.secretary, cmd)
		return err
	})
	return c
}

// scanned puts the scan of a copy in.
func (w *world) scanned(b briefing.Briefing, c register.Copy) error {
	w.Helper()
	_, says, err := briefing.MinutesSaid(w.Context(), w.db.Reader(), w.tree, b, w.clock.Now())
	w.ok(err)
	cmd := register.ScanCommand{Paper: c.Paper, Code: string(c.Code), Content: says, Scan: w.picture()}
	return w.try(func(tx *ledger.Tx) error {
		return briefing.FollowRegister(w.Context(), tx, w.secretary, briefing.MinutesSubject(b.ID), func() (register.Paper, error) {
			return register.EnterScan(w.Context(), tx, w.secretary, cmd)
		})
	})
}

func (w *world) minutes(b briefing.Briefing) briefing.Minutes {
	w.Helper()
	m, err := briefing.MinutesOf(w.Context(), w.db.Reader(), b.ID)
	w.ok(err)
	return m
}

func TestMinutesAreSignedOnPaper(t *testing.T) {
	each(t, func(w *world) {
		begun := w.begun()
		_, err := w.putUp(w.secretary, begun)
		w.refused("before the meeting is over", err, fault.Conflict, "briefing.not-over")
		b := w.ended(begun)
		_, err = w.putUp(w.atBacNinh, b)
		w.refused("by a site", err, fault.Forbidden, "access.refused")
		var p register.Paper
		for range 2 { // twice changes nothing
			p, err = w.putUp(w.secretary, b)
			w.ok(err)
		}
		if p.State != register.Drafted || p.Initialler == "" {
			w.Errorf("put up, the minutes stand in the register as %+v", p)
		}
		c := w.printed(b, p)
		w.ok(w.scanned(b, c))
		m := w.minutes(b)
		if m.Signer != b.Chair.Name || m.Method != register.ByPen || m.Body.Record == nil || m.SignedAt.IsZero() {
			w.Errorf("signed on paper, they are %+v", m)
		}
		_, err = w.putUp(w.secretary, b)
		w.refused("once they are signed", err, fault.Conflict, "briefing.minutes-signed")
		paper := briefing.MinutesPaper(texts(w.TB), text.VI, briefing.Official{Briefing: b, Minutes: m, Host: "Trung ương", Zone: hanoi(w.TB)})
		if chair := paper.Signatures[1]; !strings.HasPrefix(chair.Note, "Đã ký trên bản giấy") || paper.Stamp != "" {
			w.Errorf("their paper says %+v, stamp %q", chair, paper.Stamp)
		}
		p, err = w.issue(w.secretary, b)
		w.ok(err)
		if p.NumberText != "01-BB" || p.Method != register.ByPen {
			w.Errorf("issued, they are %+v", p)
		}
	})
}

func TestACopyOfMinutesThatWereChangedSignsNothing(t *testing.T) {
	each(t, func(w *world) {
		b := w.over()
		p, err := w.putUp(w.secretary, b)
		w.ok(err)
		c := w.printed(b, p)
		w.do(func(tx *ledger.Tx) error {
			_, err := briefing.WriteMinutes(w.Context(), tx, w.secretary, b.ID, 1, briefing.Body{Sections: []briefing.Section{{Title: "Kết luận", Text: "Xong trước 15/8."}}})
			return err
		})
		w.refused("a copy of the minutes before", w.scanned(b, c), fault.Invalid, "register.code-old")
		if m := w.minutes(b); m.Signed() {
			w.Errorf("they are signed: %+v", m)
		}
		w.ok(w.scanned(b, w.printed(b, p)))
	})
}

func TestMinutesWhoseChairDidNotSignAreADraftAgain(t *testing.T) {
	each(t, func(w *world) {
		b := w.over()
		p, err := w.putUp(w.secretary, b)
		w.ok(err)
		c := w.printed(b, p)
		w.ok(w.scanned(b, c))
		chair := w.chair
		chair.Person = b.Chair.ID
		w.do(func(tx *ledger.Tx) error {
			return briefing.FollowRegister(w.Context(), tx, chair, p.Subject, func() (register.Paper, error) {
				return register.GiveAnswer(w.Context(), tx, chair, register.AnswerCommand{Paper: p.ID, Copy: c.Code, Answer: register.Disowned, Reason: "Tôi chưa ký."})
			})
		})
		if m := w.minutes(b); m.Signed() || m.Body.Record != nil {
			w.Errorf("disowned, they are %+v", m)
		}
		w.signs(b) // in the program, after all
		if got := w.inRegister(b); got.State != register.Signed || got.Method != account.ByPassword {
			w.Errorf("signed in the program, they stand in the register as %+v", got)
		}
	})
}

func TestMinutesAreSignedAsTheProfileSays(t *testing.T) {
	for ways, want := range map[string]struct{ program, outside string }{
		"paper":          {"briefing.minutes-not-so", ""},
		"program":        {"", "briefing.minutes-not-so"},
		"program, paper": {"", ""},
	} {
		t.Run(ways, func(t *testing.T) {
			w := newWorld(t, t.TempDir()+"/giaoban.db")
			p, err := profile.Get("vn-party-2020")
			w.ok(err)
			document := strings.Replace(string(p.Bytes()), "symbol: BB, signing: [program, paper, digital]", fmt.Sprintf("symbol: BB, signing: [%s]", ways), 1)
			document = strings.Replace(document, "version: 1\n", "version: 2\n", 1)
			w.do(func(tx *ledger.Tx) error {
				_, err := org.Adopt(w.Context(), tx, access.CommandLine(w.tree), org.AdoptCommand{Document: document})
				return err
			})
			b := w.over()
			_, err = w.putUp(w.secretary, b)
			w.said("outside", err, want.outside)
			w.said("in the program", w.try(func(tx *ledger.Tx) error {
				_, err := briefing.SignMinutes(w.Context(), tx, w.chair, briefing.SignCommand{Briefing: b.ID, Revision: 1, Signature: signature(w.chair.Person)})
				return err
			}), want.program)
		})
	}
}

// said wants a refusal by its key; "" for none.
func (w *world) said(what string, err error, key string) {
	w.Helper()
	if key == "" {
		w.ok(err)
		return
	}
	w.refused(what, err, fault.Conflict, key)
}
