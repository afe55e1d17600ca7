package folderui_test

import (
	"context"
	"database/sql"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"giaoban/internal/base/file"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/testing/officetest"
	"giaoban/internal/base/tree"
	"giaoban/internal/edge/live"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/difficulty/difficultyui"
	"giaoban/internal/part/folder"
	"giaoban/internal/part/report/reportui"
	"giaoban/internal/part/task"
	"giaoban/internal/part/task/taskui"
)

// Whoever meets a decision reads that it came from paper and who entered it; the way to
// the slip is for the office alone.
func TestTheMattersPageSaysThatItWasDecidedOnPaper(t *testing.T) {
	s := site(t, t.TempDir()+"/giaoban.db", matters(t))
	sent := s.Submitted("PL", officetest.Held, 0, officetest.Day("24/6/2020"))
	d := raised(s)
	done := finished(s)
	secretary, below := s.Visit(t, "officer QV"), s.Visit(t, "officer PL")
	list := secretary.Get("/folders")
	secretary.Post(strings.ReplaceAll(action(t, list.Body, "print"), "&amp;", "&"), list.Form("print")).Want(http.StatusOK)
	for path, decided := range map[string]struct {
		choice  folder.Choice
		note    string
		subject string
	}{
		fmt.Sprintf("/report/%d", sent.ID):                        {folder.Accept, "", sent.Subject()},
		fmt.Sprintf("/difficulties/%d", d.ID):                     {folder.Answer, "Bổ sung hai đồng chí nữ.", fmt.Sprintf("difficulty:%d", d.ID)},
		fmt.Sprintf("/tasks/%d/units/%d", done.ID, s.Units["PL"]): {folder.Return, "Chưa kèm danh sách.", task.ShareSubject(done.ID, s.Units["PL"])},
	} {
		var code string
		s.OK(s.Ledger.DB().Reader().QueryRowContext(t.Context(), `SELECT code FROM folder_slip WHERE subject = $1`, decided.subject).Scan(&code))
		slip := secretary.Get("/slips/" + code)
		slip.Want(http.StatusOK)
		if !strings.Contains(slip.Body, `href="`+path+`"`) {
			t.Errorf("the slip does not lead to %s", path)
		}
		form := slip.Form("enter")
		form["choice"], form["note"] = []string{string(decided.choice)}, []string{decided.note}
		body, kind := returned(t, form, "phieu.png", photograph(t))
		secretary.Send("/slips/"+code, body, kind).Want(http.StatusOK, "Đã ghi nhận ý kiến của leader QV")
		for who, at := range map[string]*officetest.Visitor{"the office": secretary, "the unit below": below} {
			page := at.Get(path)
			page.Want(http.StatusOK, "leader QV", "Quyết định trên giấy, do T/L BÍ THƯ, officer QV nhập", "phiếu "+code, decided.note)
			if links := strings.Contains(page.Body, `href="/slips/`+code+`"`); links != (at == secretary) {
				t.Errorf("%s finds a way from %s to the slip: %v", who, path, links)
			}
		}
	}
}

// finished is a task of the district that the commune says is done.
func finished(s *officetest.Site) (given task.Task) {
	s.Update(func(tx *ledger.Tx) (err error) {
		given, err = task.Give(s.Ctx(), tx, s.People["officer QV"], task.GiveCommand{
			Key: "t", Giver: s.Units["QV"], Source: task.Source{Kind: task.ByHand}, Title: "Rà soát nguồn cấp ủy nữ",
			Units: []tree.UnitID{s.Units["PL"]}, Deadline: "2020-07-15",
		})
		return err
	})
	s.Update(func(tx *ledger.Tx) error {
		_, err := task.Finish(s.Ctx(), tx, s.People["officer PL"], task.FinishCommand{Task: given.ID, Unit: s.Units["PL"], Text: "Đã rà soát."})
		return err
	})
	return given
}

// matters are the screens on which matters are read.
func matters(t *testing.T) func(*web.Frame, *officetest.Site, *file.Folder) {
	return func(f *web.Frame, s *officetest.Site, files *file.Folder) {
		var index *task.Index
		s.OK(s.Ledger.DB().View(t.Context(), func(tx *sql.Tx) (err error) {
			index, _, err = task.Load(t.Context(), tx, s.Tree)
			return err
		}))
		hub, err := live.Open(nil)
		s.OK(err)
		t.Cleanup(func() { s.OK(hub.Close(context.WithoutCancel(t.Context()))) })
		s.Follow(index.Apply)
		reportui.Add(f, reportui.Config{Machine: s.Machine, Key: s.Key.Verifier, Folder: files})
		difficultyui.Add(f, files)
		taskui.Add(f, taskui.Config{Folder: files, Tree: s.Tree, Index: index, Hub: hub})
	}
}
