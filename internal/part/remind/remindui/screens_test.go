package remindui_test

import (
	"database/sql"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"giaoban/internal/base/access"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/marking"
	"giaoban/internal/base/testing/officetest"
	"giaoban/internal/part/directive"
	"giaoban/internal/part/remind"
	"giaoban/internal/part/task"
)

func TestWhoIsLateIsUrgedAndReadsItAtTheBell(t *testing.T) {
	s := newSite(t)
	officer := s.Visit(t, "officer QV")
	page := officer.Get(s.late("QV"))
	for _, want := range []string{"Đảng ủy xã Phù Lãng", "leader PL", "2 đơn vị chưa gửi báo cáo", "Gửi báo cáo tại: https://giaoban.example/work"} {
		if !strings.Contains(page.Body, want) {
			t.Errorf("the list of who is late lacks %q", want)
		}
	}
	form := url.Values{"key": {"một"}, "note": {"Gửi trước 17 giờ."}}
	if page := officer.Post(s.late("QV"), form); page.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(page.Body, "Gửi trước 17 giờ.") {
		t.Errorf("nobody chosen: %s, want a refusal with what was typed", page.Status)
	}
	form["unit"], form["key"] = []string{fmt.Sprint(s.Units["PL"])}, []string{"hai"}
	if page := officer.Post(s.late("QV"), form); !strings.Contains(page.Body, "Đã đôn đốc 1 đơn vị.") {
		t.Errorf("urging says nothing of it: %s", page.Status)
	}
	leader := s.Visit(t, "leader PL")
	list := leader.Get("/reminders")
	if !strings.Contains(list.Body, "Huyện ủy Quế Võ đôn đốc") || !strings.Contains(list.Body, "Gửi trước 17 giờ.") || !strings.Contains(list.Body, "1 lời nhắc chưa đọc") {
		t.Error("the unit does not read that it was urged")
	}
	if got := leader.Get("/reminders/unread").Body; !strings.Contains(got, `"unread":1`) {
		t.Errorf("the bell says %s", got)
	}
	leader.Post("/reminders/read", url.Values{"key": {"ba"}, "to": {"1"}})
	if got := leader.Get("/reminders/unread").Body; !strings.Contains(got, `"unread":0`) {
		t.Errorf("once all is read the bell says %s", got)
	}
	leader.Post("/reminders/mail", url.Values{"key": {"bốn"}})
	if strings.Contains(leader.Get("/reminders").Body, `name="mailed" value="on" checked`) {
		t.Error("mail is on though it was turned off")
	}
}

func TestAReminderOfADirectiveLeadsToWhereItIsAcknowledged(t *testing.T) {
	s := newSite(t)
	document := officetest.Document("36-CT/TW")
	document.Acknowledge, document.Milestones = []string{"provincial"}, document.Milestones[1:]
	id := s.Issue(document)
	s.Clock.Set(time.Date(2020, 7, 8, 2, 0, 0, 0, time.UTC)) // after the leader's two days, and two more
	s.OK(s.Ledger.DB().View(t.Context(), func(tx *sql.Tx) error {
		tasks, _, err := task.Load(t.Context(), tx, s.Tree)
		if err != nil {
			return err
		}
		_, err = remind.Rounds{Ledger: s.Ledger, Boards: s.boards, Tasks: tasks, Tree: s.Tree}.Make(t.Context())
		return err
	}))
	for who, want := range map[string]struct{ words, path string }{
		"leader BN": {"Xác nhận đã nhận văn bản 36-CT/TW", fmt.Sprintf("/directives/%d?unit=%d", id, s.Units["BN"])},
		"leader TW": {"Văn bản 36-CT/TW: 2 đơn vị cấp dưới chưa xác nhận đã nhận", fmt.Sprintf("/directives/%d/receipts?unit=%d&open=1", id, s.Units["TW"])},
	} {
		visitor := s.Visit(t, who)
		list := visitor.Get("/reminders").Body
		link := regexp.MustCompile(`href="(/reminders/\d+)">` + want.words).FindStringSubmatch(list)
		if link == nil {
			t.Errorf("%s does not read %q", who, want.words)
			continue
		}
		if got := visitor.Get(link[1]).Path(); got != want.path {
			t.Errorf("%s is led to %s, want %s", who, got, want.path)
		}
	}
}

func TestACallIsNotedAndADictatedReportIsOpened(t *testing.T) {
	s := newSite(t)
	officer := s.Visit(t, "officer QV")
	path := fmt.Sprintf("%s/call?to=%d", s.late("QV"), s.Units["PL"])
	if page := officer.Post(path, url.Values{"key": {"một"}, "note": {"Chị Hoa nghe máy"}}); page.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(page.Body, "Chị Hoa nghe máy") {
		t.Errorf("without a result: %s", page.Status)
	}
	page := officer.Post(path, url.Values{"key": {"hai"}, "result": {"promised"}, "until": {"03/07/2020"}})
	if !strings.Contains(page.Body, "hẹn gửi trước hết 3/7/2020") && !strings.Contains(page.Body, "hẹn gửi trước hết 03/07/2020") {
		t.Error("the list does not say what was promised")
	}
	page = officer.Post(path, url.Values{"key": {"ba"}, "result": {"dictated"}})
	if want := fmt.Sprintf("/report/%d/%s/%d/tell", s.Directive, officetest.Held, s.Units["PL"]); page.Request.URL.Path != want {
		t.Errorf("dictated figures lead to %s, want %s", page.Request.URL.Path, want)
	}
}

func TestOthersDoNotSeeWhoIsLate(t *testing.T) {
	s := newSite(t)
	for _, who := range []string{"officer TS", "officer HN", "officer PL"} {
		if page := s.Visit(t, who).Get(s.late("QV")); page.StatusCode != http.StatusForbidden {
			t.Errorf("%s sees the list of Quế Võ: %s", who, page.Status)
		}
	}
	if page := s.Visit(t, "officer QV").Get(fmt.Sprintf("%s/call?to=%d", s.late("QV"), s.Units["TS"])); page.StatusCode != http.StatusNotFound {
		t.Errorf("a call to a unit beside: %s", page.Status)
	}
}

// What bears a mark of secrecy is not named in a text that goes into a chat.
func TestNothingSecretStandsInTheTextForAChat(t *testing.T) {
	s := newSite(t)
	document := officetest.Document("Mật-01/TW")
	document.Marks.Secrecy = marking.Secret
	var id int64
	s.Update(func(tx *ledger.Tx) error {
		return marking.SetCeiling(s.Ctx(), tx, access.CommandLine(s.Tree), s.Units["TW"], marking.Secret)
	})
	s.Update(func(tx *ledger.Tx) error {
		d, err := directive.Create(s.Ctx(), tx, s.People["leader TW"], directive.CreateCommand{Unit: s.Units["TW"], Key: "mật", Draft: directive.Draft{Document: document}})
		id = d.ID
		if err == nil {
			_, err = directive.Issue(s.Ctx(), tx, s.People["leader TW"], directive.IssueCommand{Directive: d.ID, Revision: d.Revision, Signature: officetest.Sign(s.People["leader TW"])})
		}
		return err
	})
	body := s.Visit(t, "officer QV").Get(fmt.Sprintf("/late/%d/%s/grassroots/%d", id, officetest.Held, s.Units["QV"])).Body
	_, paste, found := strings.Cut(body, "<textarea id=\"paste-text\"")
	if !found || strings.Contains(paste, "Mật-01/TW") || strings.Contains(paste, "Tổ chức xong đại hội") || !strings.Contains(paste, "Phù Lãng") {
		t.Errorf("the text for a chat is:\n%s", paste)
	}
}
