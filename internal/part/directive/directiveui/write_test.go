package directiveui_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"giaoban/internal/base/access"
	"giaoban/internal/base/file"
	"giaoban/internal/base/profile"
	"giaoban/internal/base/testing/texttest"
	"giaoban/internal/base/text"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/directive"
	"giaoban/internal/part/directive/directiveui"
)

// begin starts a draft from a template, "empty" for none, and gives its address.
func (b *visitor) begin(template string) (path string, id int64) {
	b.Helper()
	b.visit("/directives/new")
	form := b.form("/directives/new")
	form.Set("template", template)
	b.post("/directives/new", form)
	b.want(http.StatusOK, "Soạn chỉ thị")
	if _, err := fmt.Sscanf(b.path, "/directives/%d/edit", &id); err != nil {
		b.Fatalf("a new draft led to %s", b.path)
	}
	return fmt.Sprintf("/directives/%d", id), id
}

// press sends the draft's form by one of its buttons.
func (b *visitor) press(path, button string, change func(url.Values)) {
	b.Helper()
	form := b.form(path + "/edit")
	if change != nil {
		change(form)
	}
	form.Set("do", button)
	b.post(path+"/edit", form)
}

func TestFromATemplateToASignedDirective(t *testing.T) {
	each(t, func(s *site) {
		b := s.signedIn("trunguong")
		path, id := b.begin("congresses-2020")
		b.want(http.StatusOK, "Mốc 2")
		b.press(path, "review", nil)
		b.want(http.StatusOK, "Xem lại 35-CT/TW", "4 đơn vị", "Tổ chức cơ sở đảng 2", "30/6/2020", "không quá “Số đại biểu được triệu tập”")
		form := b.form(path + "/issue")
		b.post(path+"/issue", form)
		b.want(http.StatusUnprocessableEntity, "Vui lòng nhập mật khẩu để ký.")
		form.Set("password", "sai")
		b.post(path+"/issue", form)
		b.want(http.StatusUnprocessableEntity, "Mật khẩu chưa đúng.")
		form.Set("password", password)
		b.post(path+"/issue", form)
		b.want(http.StatusOK, "Đã ban hành 35-CT/TW, bản 1.", "Nguyễn Thị Lan đã ký")
		if d := s.get(id); d.State != directive.InForce || d.Version != 1 {
			t.Errorf("the directive is %s, version %d; want issued, 1", d.State, d.Version)
		}
		b.visit("/directives")
		b.want(http.StatusOK, "đang thực hiện", "30/6/2020 còn 57 ngày")
	})
}

func TestTheReviewWarnsOfDeadlinesThatHavePassed(t *testing.T) {
	each(t, func(s *site) {
		b := s.signedIn("trunguong")
		path, _ := b.begin("congresses-2020")
		b.press(path, "review", nil)
		b.lack("hạn đã qua")
		b.visit(path + "/edit")
		b.press(path, "review", func(f url.Values) { f.Set("milestones.1.deadlines.grassroots", "30/4/2020") })
		b.want(http.StatusOK, "1 hạn đã qua: các đơn vị của cấp đó bị tính chậm ngay khi ban hành.", "30/4/2020 đã qua")
	})
}

func TestRowsAreAddedMovedAndRemovedWithoutScript(t *testing.T) {
	sqlite(t, func(s *site) {
		b := s.signedIn("chuyenvien")
		path, id := b.begin("empty")
		b.press(path, "add-milestone", func(f url.Values) {
			f.Set("number", "01-KH/TW")
			f.Set("milestones.0.name", "Mốc đầu")
			f.Set("milestones.0.deadlines.grassroots", "30.6.2020")
		})
		b.press(path, "add-indicator.1", func(f url.Values) { f.Set("milestones.1.name", "Mốc sau") })
		b.press(path, "add-indicator.1", func(f url.Values) {
			f.Set("milestones.1.indicators.0.name", "Phương án")
			f.Set("milestones.1.indicators.0.kind", "choice")
			f.Set("milestones.1.indicators.0.required", "yes")
			f.Set("milestones.1.indicators.0.options", "Đồng ý | Agree\r\n\r\n Không đồng ý ")
		})
		b.press(path, "up-indicator.1.1", func(f url.Values) {
			f.Set("milestones.1.indicators.1.name", "Số dự")
			f.Set("milestones.1.indicators.1.unit", "người")
			f.Set("milestones.1.indicators.1.max", "1.500")
			f.Set("milestones.1.indicators.1.decimals", "1")
		})
		b.press(path, "up-milestone.1", nil)
		d := s.get(id)
		keys := func(d directive.Directive) (list []string) {
			for _, m := range d.Draft.Document.Milestones {
				list = append(list, m.Name.VI)
				for _, i := range m.Indicators {
					list = append(list, i.Name.VI)
				}
			}
			return list
		}
		if diff := cmp.Diff([]string{"Mốc sau", "Số dự", "Phương án", "Mốc đầu"}, keys(d)); diff != "" {
			t.Fatalf("rows (-want +got):\n%s", diff)
		}
		most := text.Whole(1500)
		got := d.Draft.Document.Milestones[0].Indicators
		want := []profile.Indicator{
			{Key: got[0].Key, Name: text.Words{VI: "Số dự"}, Kind: profile.Number, Unit: text.Words{VI: "người"}, Max: &most, Decimals: 1},
			{Key: got[1].Key, Name: text.Words{VI: "Phương án"}, Kind: profile.Choice, Required: true, Options: []profile.Option{
				{Key: got[1].Options[0].Key, Name: text.Words{VI: "Đồng ý", EN: "Agree"}},
				{Key: got[1].Options[1].Key, Name: text.Words{VI: "Không đồng ý"}},
			}},
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("indicators (-want +got):\n%s", diff)
		}
		b.press(path, "remove-indicator.0.0", nil)
		b.press(path, "remove-milestone.1", nil)
		if diff := cmp.Diff([]string{"Mốc sau", "Phương án"}, keys(s.get(id))); diff != "" {
			t.Errorf("rows after removing (-want +got):\n%s", diff)
		}
	})
}

func TestAnAnswerKeepsItsKeyWhenItsWordingChanges(t *testing.T) {
	sqlite(t, func(s *site) {
		b := s.signedIn("trunguong")
		path, id := b.begin("congresses-2020")
		const field = "milestones.0.indicators.1.options"
		b.press(path, "save", func(f url.Values) { f.Set(field, "Lấy ý kiến xong\nĐã được duyệt | Approved\nMới") })
		options := s.get(id).Draft.Document.Milestones[0].Indicators[1].Options
		var got []string
		for _, option := range options {
			got = append(got, option.Key)
		}
		want := []string{"drafting", "approved", options[2].Key}
		if diff := cmp.Diff(want, got); diff != "" || options[2].Key == "consulted" {
			t.Errorf("keys (-want +got):\n%s", diff)
		}
	})
}

func TestWhatCannotBeReadIsKeptAndToldAtItsField(t *testing.T) {
	sqlite(t, func(s *site) {
		b := s.signedIn("trunguong")
		path, id := b.begin("congresses-2020")
		b.press(path, "save", func(f url.Values) {
			f.Set("date", "31/6/2020")
			f.Set("milestones.1.deadlines.grassroots", "cuối tháng")
			f.Set("milestones.1.indicators.1.max", "nhiều")
			f.Set("title", "Trích yếu mới")
		})
		b.want(http.StatusOK, "Không có ngày “31/6/2020” trong lịch", "“cuối tháng” không phải là ngày", "“nhiều” không phải là số")
		form := b.form(path + "/edit")
		for name, want := range map[string]string{
			"date": "31/6/2020", "milestones.1.deadlines.grassroots": "cuối tháng", "milestones.1.indicators.1.max": "nhiều", "title": "Trích yếu mới",
		} {
			if got := form.Get(name); got != want {
				t.Errorf("field %s holds %q, want what was typed: %q", name, got, want)
			}
		}
		b.press(path, "review", nil)
		b.want(http.StatusUnprocessableEntity, "Còn 3 chỗ cần sửa")
		b.press(path, "remove-milestone.0", nil)
		if diff := cmp.Diff(map[string]string{
			"date": "31/6/2020", "milestones.0.deadlines.grassroots": "cuối tháng", "milestones.0.indicators.1.max": "nhiều",
		}, s.get(id).Draft.Typed); diff != "" {
			t.Errorf("what was typed moved with its row (-want +got):\n%s", diff)
		}
	})
}

func TestTheReviewIsReachedOnlyByACompleteDraft(t *testing.T) {
	sqlite(t, func(s *site) {
		b := s.signedIn("trunguong")
		path, _ := b.begin("empty")
		b.press(path, "review", nil)
		b.want(http.StatusUnprocessableEntity, "Vui lòng nhập số, ký hiệu văn bản.", "Vui lòng nhập trích yếu.", "Thiếu tên.")
		for _, field := range []string{"directive-number", "directive-milestones.0.name", "directive-milestones.0.deadlines"} {
			if !strings.Contains(b.body, `href="#`+field+`"`) || !strings.Contains(b.body, `id="`+field+`"`) {
				t.Errorf("no error leads to the field %s", field)
			}
		}
		b.visit(path + "/review")
		if b.path != path+"/edit" {
			t.Errorf("the review of an incomplete draft is at %s, want its form", b.path)
		}
	})
}

func TestTheSecondEditorSeesBothTextsAndLosesNothing(t *testing.T) {
	each(t, func(s *site) {
		lan, minh := s.signedIn("trunguong"), s.signedIn("chuyenvien")
		path, id := lan.begin("congresses-2020")
		minh.visit(path + "/edit")
		lan.press(path, "save", func(f url.Values) { f.Set("title", "Của Lan") })
		minh.press(path, "save", func(f url.Values) { f.Set("title", "Của Minh") })
		minh.want(http.StatusConflict, "Người khác đã lưu bản nháp này trước", "Nguyễn Thị Lan đã lưu", "bản đã lưu: Của Lan", "bản của bạn: Của Minh")
		if got := minh.form(path + "/edit").Get("title"); got != "Của Minh" {
			t.Errorf("the form holds %q, want what Minh typed", got)
		}
		if got := s.get(id).Draft.Document.Title; got != "Của Lan" {
			t.Errorf("the draft's title is %q, want Lan's", got)
		}
		minh.press(path, "save", nil)
		minh.want(http.StatusOK)
		if got := s.get(id).Draft.Document.Title; got != "Của Minh" {
			t.Errorf("after choosing, the title is %q, want Minh's", got)
		}
	})
}

func TestTheDraftSavesItselfForAScript(t *testing.T) {
	sqlite(t, func(s *site) {
		b := s.signedIn("trunguong")
		path, id := b.begin("empty")
		form := b.form(path + "/edit")
		form.Set("title", "Đang gõ")
		b.post(path+"/edit", form, "Accept", "application/json")
		if want := `"saved":"Đã lưu nháp 08:42"`; b.status != http.StatusOK || !strings.Contains(b.body, want) {
			t.Errorf("answered %d %s, want %s", b.status, b.body, want)
		}
		if got := s.get(id).Draft.Document.Title; got != "Đang gõ" {
			t.Errorf("kept %q", got)
		}
		form.Set("title", "Cửa sổ cũ")
		b.post(path+"/edit", form, "Accept", "application/json")
		if b.status != http.StatusConflict || !strings.Contains(b.body, `"kind":"conflict"`) {
			t.Errorf("an old window was answered %d %s, want a conflict", b.status, b.body)
		}
	})
}

func TestAFileIsAttachedReadAndRemoved(t *testing.T) {
	each(t, func(s *site) {
		b := s.signedIn("trunguong")
		path, id := b.begin("congresses-2020")
		content := []byte("%PDF-1.7\n%%EOF\n")
		form := b.form(path + "/edit")
		form.Set("do", "save")
		b.upload(path+"/edit", form, "công văn.pdf", content)
		b.want(http.StatusOK, "công văn.pdf", "15 B")
		b.visit(path + "/file?version=draft")
		if b.body != string(content) || b.header.Get("Content-Type") != "application/pdf" ||
			!strings.HasPrefix(b.header.Get("Content-Disposition"), "attachment; filename*=utf-8''c%C3%B4ng") {
			t.Errorf("downloaded %q with %v", b.body, b.header)
		}
		b.visit(path + "/edit")
		form = b.form(path + "/edit")
		form.Set("title", "Vẫn còn")
		form.Set("do", "save")
		b.upload(path+"/edit", form, "virus.pdf", []byte("MZ"))
		b.want(http.StatusUnprocessableEntity, "Nội dung không phải là tệp .pdf hợp lệ", "công văn.pdf")
		if got := s.get(id).Draft.Document.Title; got != "Vẫn còn" {
			t.Errorf("with the refused file, the title %q was kept, want what was typed", got)
		}
		other := s.signedIn("bacninh")
		other.visit(path + "/file?version=draft")
		other.want(http.StatusNotFound)
		b.press(path, "remove-file", nil)
		if got := s.get(id).Draft.Document.File; got != "" {
			t.Errorf("the file %s is still attached", got)
		}
	})
}

func TestAnOfficerReviewsAndALeaderSigns(t *testing.T) {
	sqlite(t, func(s *site) {
		minh := s.signedIn("chuyenvien")
		path, id := minh.begin("congresses-2020")
		minh.press(path, "review", nil)
		minh.want(http.StatusOK, "Chỉ lãnh đạo của đơn vị ký ban hành được")
		minh.post(path+"/issue", url.Values{"revision": {"1"}, "version": {"0"}, "password": {password}})
		minh.want(http.StatusForbidden)
		lan := s.signedIn("trunguong")
		lan.visit(path + "/review")
		lan.post(path+"/issue", url.Values{"revision": {"0"}, "version": {"0"}, "password": {password}})
		lan.want(http.StatusUnprocessableEntity, "Bản nháp đã thay đổi sau khi bạn đọc", "Đang trong thời gian ký: còn 15 phút")
		lan.post(path+"/issue", lan.form(path+"/issue"))
		lan.want(http.StatusOK, "Đã ban hành 35-CT/TW")
		if got := s.get(id).State; got != directive.InForce {
			t.Errorf("the directive is %s", got)
		}
	})
}

func TestADraftIsDiscarded(t *testing.T) {
	sqlite(t, func(s *site) {
		b := s.signedIn("trunguong")
		path, _ := b.begin("empty")
		b.post(path+"/discard", nil)
		b.want(http.StatusOK, "Đã bỏ bản nháp.", "Đơn vị chưa ban hành chỉ thị nào")
		b.visit(path)
		b.want(http.StatusNotFound)
	})
}

func TestNamesAreWrittenInTwoLanguages(t *testing.T) {
	sqlite(t, func(s *site) {
		b := s.signedIn("trunguong")
		path, id := b.begin("congresses-2020")
		b.visit(path + "/edit?lang=en")
		b.want(http.StatusOK, "Name of the milestone")
		form := b.form(path + "/edit")
		if got := form.Get("milestones.1.name"); got != "Congress held" {
			t.Errorf("in English the name is %q, want Congress held", got)
		}
		b.press(path, "save", func(f url.Values) {
			f.Set("milestones.1.name", "Congress over")
			f.Set("milestones.1.deadlines.grassroots", "15 July 2020")
		})
		m := s.get(id).Draft.Document.Milestones[1]
		if want := (text.Words{VI: "Tổ chức xong đại hội", EN: "Congress over"}); m.Name != want {
			t.Errorf("the name is %v, want %v", m.Name, want)
		}
		if got, _ := m.Deadline("grassroots"); got != "2020-07-15" {
			t.Errorf("the deadline is %s, want 2020-07-15", got)
		}
	})
}

func TestTextsAreUsed(t *testing.T) {
	texttest.Check(t, ".", directiveui.Texts, directive.Texts, web.Texts, file.Texts, access.Texts)
}
