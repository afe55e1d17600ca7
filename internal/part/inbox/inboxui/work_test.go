package inboxui_test

import (
	"fmt"
	"net/http"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"giaoban/internal/base/access"
	"giaoban/internal/base/account"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/marking"
	"giaoban/internal/base/profile"
	"giaoban/internal/base/testing/officetest"
	"giaoban/internal/base/testing/texttest"
	"giaoban/internal/base/text"
	"giaoban/internal/base/tree"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/board"
	"giaoban/internal/part/briefing"
	"giaoban/internal/part/difficulty"
	"giaoban/internal/part/directive"
	"giaoban/internal/part/inbox/inboxui"
	"giaoban/internal/part/org"
	"giaoban/internal/part/register"
	"giaoban/internal/part/report"
)

func newSite(t *testing.T) *officetest.Site { return site(t, true) }

// site serves the page; known says whether its boards hear of the directive, or
// there has been none yet.
func site(t *testing.T, known bool) *officetest.Site {
	t.Helper()
	texts, err := text.Load(text.Texts, web.Texts, access.Texts, account.Texts, profile.Texts, org.Texts,
		directive.Texts, report.Texts, inboxui.Texts)
	if err != nil {
		t.Fatal(err)
	}
	w := officetest.New(t, filepath.Join(t.TempDir(), "giaoban.db"))
	return w.Serve(web.Config{Texts: texts}, func(f *web.Frame, s *officetest.Site) {
		boards := board.New(s.Clock)
		if known {
			s.Follow(boards.Apply)
		}
		inboxui.Add(f, boards, nil)
	})
}

func TestMyWorkListsTheMostUrgentFirstWithTheWayToIt(t *testing.T) {
	s := newSite(t)
	sent := s.Submitted("PL", officetest.Held, 0, officetest.Day("24/6/2020"))
	_, err := s.Return("leader QV", sent.ID, "Thiếu số đại biểu dự")
	s.OK(err)
	page := s.Visit(t, "leader PL").Get("/work")
	page.Want(http.StatusOK, "Việc của tôi", "Bị trả lại, cần sửa", "Thiếu số đại biểu dự", "Đã quá hạn", "báo cáo thay chi bộ trực thuộc",
		"đã báo cáo 0/2", "Sắp đến hạn", "Đã gửi kế hoạch", "còn 4 ngày · 30/6")
	returned, late, soon := strings.Index(page.Body, `id="returned"`), strings.Index(page.Body, `id="late"`), strings.Index(page.Body, `id="soon"`)
	if returned < 0 || returned > late || late > soon {
		t.Errorf("returned at %d, late at %d, due soon at %d: the most urgent is not first", returned, late, soon)
	}
	for _, path := range []string{
		fmt.Sprintf("/report/%d/%s/%d", s.Directive, officetest.Held, s.Units["PL"]),
		fmt.Sprintf("/cells/%d/%s/%d", s.Directive, officetest.Plain, s.Units["PL"]),
	} {
		if !strings.Contains(page.Body, `href="`+path+`"`) {
			t.Errorf("nothing leads to %s", path)
		}
	}
}

func TestADraftOfTheOfficerWaitsForTheLeadersSignature(t *testing.T) {
	s := newSite(t)
	_, err := s.Save("officer PL", report.SaveCommand{Slot: s.Slot("PL", officetest.Held), Values: officetest.Day("24/6/2020")})
	s.OK(err)
	s.Visit(t, "leader PL").Get("/work").Want(http.StatusOK, "Bản nháp chờ ký", "officer PL lưu nháp")
	if text := s.Visit(t, "officer PL").Get("/work").Text(); strings.Contains(text, "Bản nháp chờ ký") {
		t.Error("the officer is asked to sign")
	}
}

func TestTheUnitAboveSeesWhatWaitsAndWhatIsLateBelow(t *testing.T) {
	s := newSite(t)
	s.Submitted("PL", officetest.Plain, 0, nil)
	leader := s.Visit(t, "leader QV")
	leader.Get("/work").Want(http.StatusOK, "1 báo cáo chờ duyệt", "Cấp dưới còn chậm", "chi bộ trực thuộc", "3/3 đơn vị chậm", "Chưa đến hạn")
	leader.Get("/work?lang=en").Want(http.StatusOK, "My work", "1 report waits for acceptance", "Late below")
}

func TestNothingToDoIsSaidKindly(t *testing.T) {
	s := newSite(t)
	s.Close()
	s.Visit(t, "leader DT").Get("/work").Want(http.StatusOK, "Không có việc nào đang chờ", "Xem bảng tiến độ")
}

func TestBeforeTheFirstDirectiveThePageSaysWhereToBegin(t *testing.T) {
	s := site(t, false)
	s.Close()
	s.Person("admin TW", "TW", access.UnitAdmin)
	page := s.Visit(t, "leader QV").Get("/work")
	page.Want(http.StatusOK, "Bắt đầu từ đâu", "Soạn chỉ thị đầu tiên")
	if !strings.Contains(page.Body, `href="/directives/new"`) {
		t.Error("nothing leads to a new directive")
	}
	for _, word := range []string{"Nạp danh sách đơn vị", "Mời lãnh đạo"} {
		if strings.Contains(page.Text(), word) {
			t.Errorf("a leader who administers nothing is offered %q", word)
		}
	}
	s.Visit(t, "admin TW").Get("/work").Want(http.StatusOK, "Nạp danh sách đơn vị", "đã có 2 đơn vị trực thuộc",
		"Mời người của đơn vị mình", "Mời lãnh đạo các đơn vị trực thuộc", "Lãnh đạo ban hành chỉ thị đầu tiên")
	s.Visit(t, "leader C1").Get("/work").Want(http.StatusOK, "Không có việc nào đang chờ")
}

func TestEveryTextIsUsedAndEveryKeyHasOne(t *testing.T) {
	texttest.Check(t, ".", inboxui.Texts, web.Texts)
}

func TestABriefingUnderWayStandsOnTopWithTheWayToTheRoom(t *testing.T) {
	s := newSite(t)
	chair := briefing.Person{ID: s.People["leader TW"].Person, Name: "leader TW"}
	call := func(key, title string, in time.Duration) (b briefing.Briefing) {
		s.Update(func(tx *ledger.Tx) (err error) {
			b, err = briefing.Call(t.Context(), tx, s.People["leader TW"], briefing.CallCommand{
				Unit: s.Units["TW"], Key: key, Title: title, Begins: s.Clock.Now().Add(in), Minutes: 60, Chair: chair, Sites: []tree.UnitID{s.Units["BN"]},
			})
			return err
		})
		return b
	}
	now, ahead := call("now", "Giao ban sáng nay", 0), call("ahead", "Giao ban tháng 7", 96*time.Hour)
	s.Update(func(tx *ledger.Tx) error {
		_, err := briefing.Begin(t.Context(), tx, s.People["leader TW"], now.ID)
		return err
	})
	page := s.Visit(t, "officer BN").Get("/work")
	page.Want(http.StatusOK, "Giao ban: vào phòng họp", "Giao ban sáng nay", "khai mạc lúc", "Vào phòng họp", "Giấy mời giao ban chờ trả lời", "Giao ban tháng 7", "còn 4 ngày")
	if first, second := strings.Index(page.Body, `id="now"`), strings.Index(page.Body, `id="late"`); first < 0 || second >= 0 && first > second {
		t.Errorf("the briefing under way stands at %d, what is late at %d", first, second)
	}
	for _, path := range []string{fmt.Sprintf("/briefings/%d/room", now.ID), fmt.Sprintf("/briefings/%d", ahead.ID)} {
		if !strings.Contains(page.Body, `href="`+path+`"`) {
			t.Errorf("nothing leads to %s", path)
		}
	}
}

// One list: what is late before what somebody waits for, and that before what has
// days yet; of one part the earliest day first.
func TestWhatWaitsStandsInTheOrderInWhichItIsToBeDone(t *testing.T) {
	s := newSite(t)
	s.Submitted("PL", officetest.Plain, 0, nil) // waits for QV
	raise := func(unit, title string, urgency marking.Urgency) {
		s.Update(func(tx *ledger.Tx) error {
			_, err := difficulty.Raise(t.Context(), tx, s.People["officer "+unit], difficulty.RaiseCommand{
				Unit: s.Units[unit], Key: title, Sort: difficulty.Obstacle, Kind: "personnel", Title: title, Obstacle: "Có vướng mắc.",
				Marks: marking.Marks{Urgency: urgency},
			})
			return err
		})
	}
	raise("PL", "Chưa có người thay", "")
	raise("DT", "Lũ về đêm qua", marking.Urgent)
	page := s.Visit(t, "leader QV").Get("/work")
	page.Want(http.StatusOK, "Trong hôm nay", "Những ngày tới", "rồi chuyển lên cấp trên")
	last := -1
	for _, text := range []string{"part-do-today", "Lũ về đêm qua", "1 báo cáo chờ duyệt", "part-do-ahead", "Chưa có người thay", "part-later"} {
		at := strings.Index(page.Body, text)
		if at <= last {
			t.Errorf("%q stands at %d, after %d: not in its order", text, at, last)
		}
		last = at
	}
}

func TestTheCalendarSaysWhatComesNext(t *testing.T) {
	s := newSite(t)
	s.Update(func(tx *ledger.Tx) error {
		_, err := briefing.Call(t.Context(), tx, s.People["leader TW"], briefing.CallCommand{
			Unit: s.Units["TW"], Key: "ahead", Title: "Giao ban tháng 7", Begins: s.Clock.Now().Add(14 * 24 * time.Hour), Minutes: 60,
			Chair: briefing.Person{ID: s.People["leader TW"].Person, Name: "leader TW"}, Sites: []tree.UnitID{s.Units["BN"]},
		})
		return err
	})
	page := s.Visit(t, "leader TW").Get("/work")
	page.Want(http.StatusOK, "Lịch", "Hôm nay · thứ Sáu, 26/6", "Không có lịch họp, không có hạn.", "còn 4 ngày · thứ Ba, 30/6", "Hạn: Tổ chức xong đại hội",
		"Giao ban tháng 7", "Không có việc nào đang chờ", "Tiếp theo: Tổ chức xong đại hội, còn 4 ngày · 30/6.")
	if deadline, meeting := strings.Index(page.Text(), "30/6"), strings.Index(page.Text(), "Giao ban tháng 7"); deadline > meeting {
		t.Errorf("the deadline stands at %d, the later briefing at %d", deadline, meeting)
	}
	if text := s.Visit(t, "leader HN").Get("/work").Text(); strings.Contains(text, "Giao ban tháng 7") {
		t.Error("a briefing to which the unit is not invited stands on its calendar")
	}
}

func TestWhomNoLetterReachesIsToldAndSoIsWhoAdministersThem(t *testing.T) {
	s := newSite(t)
	s.Person("admin BN", "BN", access.UnitAdmin)
	s.Person("admin HN", "HN", access.UnitAdmin)
	leader := s.People["leader PL"]
	s.Update(func(tx *ledger.Tx) error {
		err := account.Change(t.Context(), tx, leader, account.ChangeCommand{Person: leader.Person, Name: "leader PL", Email: "pl@example.vn"})
		if err != nil {
			return err
		}
		return account.AddressRefused(t.Context(), tx, leader.Person, "pl@example.vn", "550 no such user")
	})
	s.Visit(t, "leader PL").Get("/work").Want(http.StatusOK, "Thư gửi tới pl@example.vn bị trả lại")
	s.Visit(t, "admin BN").Get("/work").Want(http.StatusOK, "1 người có địa chỉ thư bị từ chối")
	for _, who := range []string{"officer PL", "admin HN"} {
		if text := s.Visit(t, who).Get("/work").Text(); strings.Contains(text, "địa chỉ thư bị") || strings.Contains(text, "Thư gửi tới") {
			t.Errorf("%s is told of an address that is nothing to that person", who)
		}
	}
}

func TestAPaperOfTheOfficeStandsInMyWorkWithTheWayToIt(t *testing.T) {
	s := newSite(t)
	var p register.Paper
	s.Update(func(tx *ledger.Tx) (err error) {
		p, err = register.Draft(s.Ctx(), tx, s.People["officer BN"], register.DraftCommand{
			Key: "paper", Unit: s.Units["BN"], Kind: "notice", Subject: "notice:7", Title: "kết luận giao ban tháng 6",
		})
		return err
	})
	page := s.Visit(t, "officer BN").Get("/work")
	page.Want(http.StatusOK, "Văn bản chờ ký nháy", "Kết luận giao ban tháng 6", "Thông báo", "officer BN soạn")
	if way := fmt.Sprintf(`href="/papers/%d/open"`, p.ID); !strings.Contains(page.Body, way) {
		t.Errorf("nothing leads to the paper by %s", way)
	}
	s.Update(func(tx *ledger.Tx) error {
		_, err := register.Initial(s.Ctx(), tx, s.People["officer BN"], p.ID, []byte("1. Giữ tiến độ."))
		return err
	})
	s.Visit(t, "leader BN").Get("/work").Want(http.StatusOK, "Văn bản chờ ký", "Kết luận giao ban tháng 6")
}
