package reportui_test

import (
	"bytes"
	"fmt"
	"image"
	"image/png"
	"mime/multipart"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"giaoban/internal/base/testing/officetest"
	"giaoban/internal/part/report"
)

// filled is the form of what a commune told, as it opens, with what an officer
// types.
func told(page officetest.Page, day string) url.Values {
	return with(page.Form("tell"), "source", "phone", "said", "Chị Hoa, văn phòng", "value.held-on", day)
}

func TestAnOfficeEntersWhatAUnitToldAndItConfirmsInOneStep(t *testing.T) {
	s := newSite(t)
	officer := s.Visit(t, "officer BN")
	path := form(s, officetest.Held, "PL")
	officer.Get(path).Want(http.StatusOK, "Chưa có báo cáo", "Ghi thay đơn vị")
	page := officer.Get(path + "/tell")
	page.Want(http.StatusOK, "Điện thoại", "Tin nhắn", "Văn bản giấy", "Tỉnh ủy Bắc Ninh")
	shown := officer.Post(path+"/tell", told(page, "24/6/2020"))
	shown.Want(http.StatusOK, "Đã ghi số liệu tạm tính cho Đảng ủy xã Phù Lãng", "tạm tính", "Chị Hoa, văn phòng báo qua điện thoại", "24/6/2020", "Rút lại số liệu này")

	leader := s.Visit(t, "leader PL")
	leader.Get("/work").Want(http.StatusOK, "Đã ghi thay đơn vị: xác nhận hoặc sửa", "Tỉnh ủy Bắc Ninh ghi theo lời Chị Hoa")
	confirm := leader.Get(path)
	confirm.Want(http.StatusOK, "Cấp trên đã ghi thay đơn vị bạn", "24/6/2020", "Đúng, ký và gửi", "Sửa lại")
	leader.Post(shown.Path()+"/confirm", confirm.Form("confirm")).Want(http.StatusUnprocessableEntity, "Vui lòng nhập mật khẩu")
	sent := leader.Post(shown.Path()+"/confirm", with(confirm.Form("confirm"), "password", officetest.Password))
	sent.Want(http.StatusOK, "Đã xác nhận, ký và gửi đến Huyện ủy Quế Võ", "chờ duyệt", "bản 2", "giống số liệu đã ghi thay", "Chị Hoa, văn phòng báo qua điện thoại")
	again := leader.Post(shown.Path()+"/confirm", confirm.Form("confirm"))
	if again.Path() != sent.Path() {
		t.Errorf("confirmed twice leads to %s, want %s", again.Path(), sent.Path())
	}
	officer.Get(shown.Path()).Want(http.StatusOK, "Đây không phải bản mới nhất", "đã có bản thay thế")
	officer.Post(path+"/tell", told(page, "25/6/2020")).Want(http.StatusUnprocessableEntity, "Đơn vị đã tự gửi báo cáo")
}

func TestWhatWasToldIsCorrectedByTheUnit(t *testing.T) {
	s := newSite(t)
	_, err := s.Tell("officer QV", "QV", "PL", officetest.Held, officetest.Day("24/6/2020"))
	s.OK(err)
	leader, path := s.Visit(t, "leader PL"), form(s, officetest.Held, "PL")
	page := leader.Get(path + "?correct=1")
	page.Want(http.StatusOK, "Biểu mẫu đã điền sẵn số liệu ghi thay")
	typed := page.Form("report")
	if got := typed.Get("value.held-on"); got != "24/6/2020" {
		t.Errorf("the form opens with %q, want what was told", got)
	}
	leader.Post(path, with(typed, "value.held-on", "25/6/2020", "act", "sign", "password", officetest.Password)).
		Want(http.StatusOK, "Đã ký và gửi", "25/6/2020", "khác số liệu đã ghi thay")
}

func TestATellingIsReplacedAndTakenBack(t *testing.T) {
	s := newSite(t)
	officer, path := s.Visit(t, "officer QV"), form(s, officetest.Held, "PL")
	officer.Post(path+"/tell", told(officer.Get(path+"/tell"), "24/6/2020")).Want(http.StatusOK, "bản 1")
	newer := officer.Get(path + "/tell")
	newer.Want(http.StatusOK, "officer QV đã ghi số liệu cho đơn vị")
	if got := newer.Form("tell").Get("value.held-on"); got != "24/6/2020" {
		t.Errorf("the form opens with %q, want what was told before", got)
	}
	officer.Post(path+"/tell", told(newer, "23/6/2020")).Want(http.StatusOK, "bản 2", "23/6/2020")
	officer.Post(path+"/withdraw", url.Values{}).Want(http.StatusOK, "Đã rút lại số liệu ghi thay Đảng ủy xã Phù Lãng", "Chưa có báo cáo")
	s.Visit(t, "leader PL").Get(path).Want(http.StatusOK, "còn 4 ngày", "Ký và gửi")
}

func TestWrongFieldsOfATellingAreNamed(t *testing.T) {
	s := newSite(t)
	officer, path := s.Visit(t, "officer QV"), form(s, officetest.Held, "PL")
	page := officer.Post(path+"/tell", with(officer.Get(path+"/tell").Form("tell"), "value.held-on", "31/6/2020"))
	page.Want(http.StatusUnprocessableEntity, "Vui lòng chọn cách đơn vị báo", "Vui lòng ghi người báo của đơn vị", "31/6/2020")
	for _, id := range []string{"tell-source-wrong", "tell-said-wrong", "tell-value.held-on-wrong"} {
		if !strings.Contains(page.Body, `id="`+id+`"`) {
			t.Errorf("no error stands at %s", id)
		}
	}
}

func TestAPictureOfWhatWasToldIsKept(t *testing.T) {
	s := newSite(t)
	officer, path := s.Visit(t, "officer QV"), form(s, officetest.Plain, "PL")
	picture := photograph(t)
	shown := tellWith(t, s, officer, path, picture, "source", "chat", "said", "Anh Nam")
	shown.Want(http.StatusOK, "Anh Nam báo qua tin nhắn", "tin nhắn.png")
	if want := fmt.Sprintf(`<img src="%s/file" alt="Ảnh của Anh Nam"`, shown.Path()); !strings.Contains(shown.Body, want) {
		t.Errorf("the page does not show the picture: no %s", want)
	}
	s.Visit(t, "leader PL").Get(path).Want(http.StatusOK, "Cấp trên đã ghi thay đơn vị bạn", "tin nhắn.png")
	got := officer.Get(shown.Path() + "/file")
	if got.StatusCode != http.StatusOK || got.Body != string(picture) {
		t.Errorf("the picture comes back as %d bytes with status %d, want %d bytes", len(got.Body), got.StatusCode, len(picture))
	}
	s.Visit(t, "leader TS").Get(shown.Path() + "/file").Want(http.StatusForbidden)
}

func TestAFileThatIsNoPictureIsRefusedAndTheRestIsKept(t *testing.T) {
	s := newSite(t)
	officer, path := s.Visit(t, "officer QV"), form(s, officetest.Held, "PL")
	for name, content := range map[string]string{
		"tin nhan.png": "<script>alert(1)</script>", "tin nhan.exe": "MZ\x90\x00", "trang.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>", "trong.png": "",
	} {
		page := tellWithFile(t, s, officer, path, name, []byte(content), "source", "phone", "said", "Chị Hoa", "value.held-on", "24/6/2020")
		page.Want(http.StatusUnprocessableEntity)
		if !strings.Contains(page.Body, `id="tell-file-wrong"`) {
			t.Errorf("%s: no error stands at the file", name)
		}
		if got := page.Form("tell"); got.Get("said") != "Chị Hoa" || got.Get("value.held-on") != "24/6/2020" || got.Get("source") != "phone" {
			t.Errorf("%s: what was typed is %v now", name, got)
		}
	}
	standing, err := report.StandingOf(t.Context(), s.Ledger.DB().Reader(), s.Slot("PL", officetest.Held))
	s.OK(err)
	if standing.Newest.ID != 0 {
		t.Errorf("something was entered: %+v", standing.Newest)
	}
}

func TestWhoMayNotTellOrConfirmIsRefused(t *testing.T) {
	s := newSite(t)
	path := form(s, officetest.Held, "PL")
	for _, who := range []string{"officer PL", "leader PL", "officer TS", "leader DT", "leader C1"} {
		s.Visit(t, who).Get(path + "/tell").Want(http.StatusForbidden)
		s.Visit(t, who).Post(path+"/tell", url.Values{"source": {"phone"}}).Want(http.StatusForbidden)
		s.Visit(t, who).Post(path+"/withdraw", url.Values{}).Want(http.StatusForbidden)
	}
	told, err := s.Tell("officer QV", "QV", "PL", officetest.Held, officetest.Day("24/6/2020"))
	s.OK(err)
	for _, who := range []string{"officer PL", "leader QV", "leader TS"} {
		s.Visit(t, who).Post(fmt.Sprintf("/report/%d/confirm", told.ID), url.Values{"password": {officetest.Password}}).Want(http.StatusForbidden)
	}
	s.Visit(t, "officer PL").Get(path).Want(http.StatusOK, "Chỉ lãnh đạo đơn vị xác nhận được", "Sửa và lưu để trình ký")
}

func TestAnExemptUnitIsNotAskedAndItsFormSaysSo(t *testing.T) {
	s := newSite(t)
	_, err := s.Stand("QV", "PL", "exempt", "")
	s.OK(err)
	leader := s.Visit(t, "leader PL")
	leader.Get(form(s, officetest.Held, "PL")).Want(http.StatusOK, "được miễn", "Đơn vị đã được miễn báo cáo mốc này")
	page := leader.Get("/work").Text()
	if strings.Contains(page, "Tổ chức xong đại hội Đảng ủy xã Phù Lãng") {
		t.Errorf("the work of an exempt unit asks for its report:\n%s", page)
	}
	_, err = s.Stand("QV", "DT", "postponed", "2020-09-15")
	s.OK(err)
	s.Visit(t, "leader DT").Get(form(s, officetest.Held, "DT")).Want(http.StatusOK, "được lùi thời hạn", "hạn 15/9/2020")
}

// photograph is one of a message.
func photograph(t *testing.T) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 8, 8))); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// tellWith sends the form of a telling with a picture and changed fields.
func tellWith(t *testing.T, s *officetest.Site, officer *officetest.Visitor, path string, picture []byte, changed ...string) officetest.Page {
	t.Helper()
	return tellWithFile(t, s, officer, path, "tin nhắn.png", picture, changed...)
}

func tellWithFile(t *testing.T, s *officetest.Site, officer *officetest.Visitor, path, name string, content []byte, changed ...string) officetest.Page {
	t.Helper()
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	for name, values := range with(officer.Get(path+"/tell").Form("tell"), changed...) {
		if name != "file" {
			s.OK(w.WriteField(name, values[0]))
		}
	}
	part, err := w.CreateFormFile("file", name)
	s.OK(err)
	_, err = part.Write(content)
	s.OK(err)
	s.OK(w.Close())
	return officer.Send(path+"/tell", &body, w.FormDataContentType())
}
