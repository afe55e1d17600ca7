package app_test

import (
	"testing"
	"time"

	"giaoban/internal/base/access"
	"giaoban/internal/base/account"
	"giaoban/internal/base/clock"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/profile"
	"giaoban/internal/base/text"
	"giaoban/internal/base/tree"
	"giaoban/internal/part/briefing"
	"giaoban/internal/part/directive"
	"giaoban/internal/part/report"
)

// Who is late, and who owes something this week, leaves the wall of the province at the
// moment its report is accepted: nothing is loaded anew.
func TestWhoIsLateAndWhoOwesThisWeekLeaveTheWallWhenTheirReportIsAccepted(t *testing.T) {
	s := serveDemo(t, "")
	chair := s.person(t, "bacninh")
	for _, c := range []struct {
		picture  briefing.Picture
		deadline clock.Date
	}{{briefing.LatePicture, "2020-07-08"}, {briefing.DuePicture, "2020-07-13"}} {
		of := s.issueDue(t, c.deadline)
		id := s.callProvince(t, of, c.picture)
		wall := s.hang(t, chair, id, 1, c.picture)
		wall.WaitText(".picture", "Yên Phong")
		wall.Eval(`window.neverReloaded = true`)
		s.reportAndAccept(t, of)
		wall.WaitTrue("Yên Phong has left the wall", `!document.querySelector(".picture").innerText.includes("Yên Phong")`)
		if wall.Eval(`window.neverReloaded === true`) != true {
			t.Errorf("the wall %q was loaded anew; it should have changed in place", c.picture)
		}
	}
}

// issueDue issues a directive of Bac Ninh's to its districts that is due on a day.
func (s served) issueDue(t *testing.T, deadline clock.Date) int64 {
	t.Helper()
	title := "Báo cáo nhanh trước đại hội"
	var issued directive.Directive
	s.program(t, func(tx *ledger.Tx, program access.Actor) error {
		d, err := directive.Create(t.Context(), tx, program, directive.CreateCommand{
			Unit: s.unit(t, bacNinh), Key: string(deadline), Draft: directive.Draft{Document: directive.Document{
				Number: "Công văn đến hạn " + string(deadline), Date: "2020-07-01", Title: title, Text: title, Acknowledge: []string{"above-grassroots"},
				Milestones: []directive.Milestone{{
					Key: milestone, Name: text.Words{VI: title, EN: title}, Deadlines: []profile.Deadline{{Level: "above-grassroots", Date: deadline}},
					Indicators: []profile.Indicator{{Key: "note", Name: text.Words{VI: "Ghi chú", EN: "Note"}, Kind: profile.Text}},
				}},
			}},
		})
		if err != nil {
			return err
		}
		issued, err = directive.Issue(t.Context(), tx, program, directive.IssueCommand{Directive: d.ID, Revision: d.Revision, Signature: simulated})
		return err
	})
	return issued.ID
}

// callProvince calls a briefing of Bac Ninh's office on a directive, with one wall.
func (s served) callProvince(t *testing.T, of int64, picture briefing.Picture) (id int64) {
	t.Helper()
	host := s.unit(t, bacNinh)
	chair, err := account.FindLogin(t.Context(), s.DB.Reader(), "bacninh")
	if err != nil {
		t.Fatal(err)
	}
	leads := access.Actor{Person: chair.ID, Name: chair.Name, Tree: s.Tree, Grants: []access.Grant{{Unit: host, Role: access.Leader}}}
	s.program(t, func(tx *ledger.Tx, _ access.Actor) error {
		b, err := briefing.Call(t.Context(), tx, leads, briefing.CallCommand{
			Unit: host, Key: string(picture), Directive: of, Title: "Giao ban tỉnh", Begins: tx.Now().Add(time.Hour), Minutes: 60,
			Chair: briefing.Person{ID: chair.ID, Name: chair.Name}, Sites: []tree.UnitID{s.unit(t, yenPhong)},
		})
		if err != nil {
			return err
		}
		id = b.ID
		_, err = briefing.SetWall(t.Context(), tx, leads, briefing.WallCommand{Briefing: id, Number: 1, Pictures: []briefing.Picture{picture}})
		return err
	})
	return id
}

// reportAndAccept has Yen Phong report and its province accept.
func (s served) reportAndAccept(t *testing.T, of int64) {
	t.Helper()
	s.program(t, func(tx *ledger.Tx, program access.Actor) error {
		sent, err := report.Submit(t.Context(), tx, program, report.SubmitCommand{
			Slot:   report.Slot{Directive: of, Milestone: milestone, Unit: s.unit(t, yenPhong)},
			Values: map[string]string{"note": "Đã xong"}, Lang: text.VI, Signature: simulated,
		})
		if err != nil {
			return err
		}
		_, err = report.Accept(t.Context(), tx, program, report.DecideCommand{Report: sent.ID, Decider: "Lê Quốc Hùng"})
		return err
	})
}

// program does something in the program's own name.
func (s served) program(t *testing.T, do func(*ledger.Tx, access.Actor) error) {
	t.Helper()
	_, err := s.Ledger.Update(t.Context(), "program", func(tx *ledger.Tx) error { return do(tx, access.Program(s.Tree)) })
	if err != nil {
		t.Fatal(err)
	}
}
