package registerui_test

import (
	"context"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"giaoban/internal/base/access"
	"giaoban/internal/base/account"
	"giaoban/internal/base/clock"
	"giaoban/internal/base/file"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/marking"
	"giaoban/internal/base/signedpdf"
	"giaoban/internal/base/store"
	"giaoban/internal/base/testing/enginetest"
	"giaoban/internal/base/testing/officetest"
	"giaoban/internal/base/testing/signtest"
	"giaoban/internal/base/testing/texttest"
	"giaoban/internal/base/text"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/document"
	"giaoban/internal/part/org"
	"giaoban/internal/part/register"
	"giaoban/internal/part/register/registerui"
)

func TestEveryTextIsUsed(t *testing.T) {
	texttest.Check(t, ".", registerui.Texts, register.Texts, access.Texts, web.Texts, text.Texts)
}

// says is what every paper of these tests says.
var says = register.Said{
	Content: []byte("1. Giữ tiến độ."), Place: "Bắc Ninh",
	Paper: document.Paper{Lang: "vi", Kind: "Thông báo", Issuer: "Tỉnh ủy Bắc Ninh", Stamp: "DỰ THẢO", Body: []document.Block{document.Paragraph{Text: "1. Giữ tiến độ."}}},
}

// signing is the screens of the register over the small organisation, which trusts the
// authority of one token and not that of the other.
type signing struct {
	*officetest.Site
	token, stranger signtest.Signer
}

func site(t *testing.T, database string) *signing {
	t.Helper()
	now := time.Now() // the library that signs writes the machine's time
	trusted, other := signtest.NewAuthority(t, "Chứng thực chuyên dùng Chính phủ", now), signtest.NewAuthority(t, "Ai cũng được", now)
	data := t.TempDir()
	if err := os.Mkdir(filepath.Join(data, signedpdf.Folder), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(data, signedpdf.Folder, "government.pem"), trusted.PEM(), 0o600); err != nil {
		t.Fatal(err)
	}
	signer := func(by signtest.Authority) signtest.Signer {
		return by.Signer(t, "Nguyễn Văn A", "Tỉnh ủy Bắc Ninh", now.AddDate(-1, 0, 0), now.AddDate(1, 0, 0))
	}
	return &signing{serve(t, database, data), signer(trusted), signer(other)}
}

func serve(t *testing.T, database, data string) *officetest.Site {
	t.Helper()
	texts, err := text.Load(text.Texts, access.Texts, marking.Texts, store.Texts, file.Texts, signedpdf.Texts, web.Texts, org.Texts, register.Texts, registerui.Texts)
	if err != nil {
		t.Fatal(err)
	}
	folder, err := file.OpenFolder(data)
	if err != nil {
		t.Fatal(err)
	}
	return officetest.New(t, database).Serve(web.Config{Texts: texts}, func(f *web.Frame, _ *officetest.Site) {
		registerui.Add(f, registerui.Config{
			Find: func(_ context.Context, _ store.Querier, subject string) (registerui.Place, error) {
				return registerui.Place{Page: "/read/" + subject, Word: "/read/" + subject + ".docx", PDF: "/read/" + subject + ".pdf"}, nil
			},
			Say: func(*web.Request, string) (register.Said, error) { return says, nil },
			Follow: func(_ context.Context, _ *ledger.Tx, _ access.Actor, _ string, act func() (register.Paper, error)) error {
				_, err := act()
				return err
			},
			Folder: folder, Data: data, Machine: clock.Machine, Address: "https://giaoban.example.vn",
		})
	})
}

// signed is a paper of Bac Ninh that its leader signed by password.
func signed(s *signing) int64 {
	var p register.Paper
	leader, unit := s.People["leader BN"], s.Units["BN"]
	s.Update(func(tx *ledger.Tx) (err error) {
		p, err = register.Draft(s.Ctx(), tx, s.People["officer BN"], register.DraftCommand{
			Key: "paper", Unit: unit, Kind: "notice", Subject: "notice:7", Title: "Kết luận giao ban tháng 7",
		})
		if err != nil {
			return err
		}
		_, err = register.Sign(s.Ctx(), tx, leader, register.SignCommand{Paper: p.ID, Content: []byte("1. Giữ tiến độ."), Signature: account.Signature{
			Person: leader.Person, Name: leader.Name, Method: account.ByPassword,
		}})
		return err
	})
	return p.ID
}

func path(id int64) string { return "/papers/" + strconv.FormatInt(id, 10) }

func TestAClerkGivesAReservedNumberAndTheRegisterSaysHowThePaperWasSigned(t *testing.T) {
	enginetest.Each(t, func(t *testing.T, database string) {
		s := site(t, database)
		v := s.Visit(t, "officer BN")
		v.Get("/papers").Want(http.StatusOK, "Đơn vị chưa có văn bản nào")
		id := signed(s)
		form := v.Get("/papers/numbers").Form("symbol")
		form.Set("symbol", "VPTU")
		v.Post("/papers/numbers/symbol", form).Want(http.StatusOK, "Đã đặt ký hiệu.", "VPTU")
		form = v.Get("/papers/numbers?kind=notice").Form("reserve")
		form.Set("reason", "Chờ thông báo ký sau")
		for range 2 { // sent twice it is one number
			v.Post("/papers/numbers/reserve?kind=notice", form).Want(http.StatusOK)
		}
		v.Get("/papers/numbers?kind=notice").Want(http.StatusOK, "Giữ trước", "Chờ thông báo ký sau", "Số 01")

		page := v.Get(path(id))
		page.Want(http.StatusOK, "Đã ký, chờ cấp số", "Ký trong chương trình bằng mật khẩu", "leader BN", "Số 01 đã giữ: Chờ thông báo ký sau")
		for _, file := range []string{"/read/notice:7.docx", "/read/notice:7.pdf"} {
			if !strings.Contains(page.Body, `href="`+file+`"`) {
				t.Errorf("the paper's page has no way to %s", file)
			}
		}
		form = page.Form("number")
		form.Set("dated", "27/6/2020")
		page = v.Post(path(id)+"/number", form)
		page.Want(http.StatusUnprocessableEntity, "Ngày ghi trên văn bản phải từ hôm nay trở về trước.")
		if typed := page.Form("number").Get("dated"); typed != "27/6/2020" {
			t.Errorf("kept %q, want what was typed", typed)
		}
		form.Set("dated", "26/6/2020")
		form.Set("number", "1")
		v.Post(path(id)+"/number", form).Want(http.StatusOK, "01-TB/VPTU", "Đã cấp số 01-TB/VPTU", "Đã có số, chờ ban hành")

		v.Get("/papers?q="+url.QueryEscape("ket luan")).Want(http.StatusOK, "01-TB/VPTU", "Kết luận giao ban tháng 7")
		v.Get("/papers?q="+url.QueryEscape("01-tb")).Want(http.StatusOK, "Kết luận giao ban tháng 7")
		form = v.Get("/papers/numbers").Form("term")
		form.Set("from", "27/6/2020")
		v.Post("/papers/numbers/term", form).Want(http.StatusOK, "Đã bắt đầu nhiệm kỳ mới.")
		v.Get("/papers").Want(http.StatusOK, "Từ 27/6/2020", "01-TB/VPTU")
		v.Get("/papers?term=2020-06-27").Want(http.StatusOK, "Không tìm thấy văn bản nào")
		v.Get("/papers?kind=minutes").Want(http.StatusOK, "Không tìm thấy văn bản nào")
	})
}

func TestANumberIsCancelledAndATermBegunWithWhatIsWrongSaidAtItsField(t *testing.T) {
	s := site(t, t.TempDir()+"/giaoban.db")
	v := s.Visit(t, "officer BN")
	form := v.Get("/papers/numbers").Form("reserve")
	v.Post("/papers/numbers/reserve?kind=notice", form).Want(http.StatusUnprocessableEntity, "Lý do cần từ 1 đến 500 ký tự.")
	form = v.Get("/papers/numbers").Form("reserve")
	form.Set("reason", "Giữ cho thông báo")
	v.Post("/papers/numbers/reserve?kind=notice", form).Want(http.StatusOK, "Đã giữ số.")
	form = v.Get("/papers/numbers").Form("cancel")
	form.Set("number", "2")
	form.Set("reason", "Không ban hành nữa")
	page := v.Post("/papers/numbers/cancel?kind=notice", form)
	page.Want(http.StatusUnprocessableEntity, "Số này không giữ sẵn trong nhiệm kỳ này, hoặc đã hủy.")
	form = page.Form("cancel")
	if form.Get("reason") != "Không ban hành nữa" {
		t.Errorf("kept the reason %q, want what was typed", form.Get("reason"))
	}
	form.Set("number", "1")
	v.Post("/papers/numbers/cancel?kind=notice", form).Want(http.StatusOK, "Đã hủy số.", "Không ban hành nữa")
	form = v.Get("/papers/numbers").Form("term")
	form.Set("from", "31/2/2020")
	page = v.Post("/papers/numbers/term?kind=notice", form)
	page.Want(http.StatusUnprocessableEntity)
	if typed := page.Form("term").Get("from"); typed != "31/2/2020" {
		t.Errorf("kept the day %q, want what was typed", typed)
	}
	form = v.Get("/papers/numbers").Form("term")
	form.Set("from", "20/6/2020")
	v.Post("/papers/numbers/term?kind=notice", form).Want(http.StatusOK, "Đã bắt đầu nhiệm kỳ mới.", "20/6/2020")
}

func TestARegisterIsItsUnitsOwn(t *testing.T) {
	s := site(t, t.TempDir()+"/giaoban.db")
	id := signed(s)
	other, above := s.Visit(t, "officer QV"), strconv.FormatInt(int64(s.Units["BN"]), 10)
	other.Get("/papers?unit=" + above).Want(http.StatusForbidden)
	other.Get("/papers/numbers?unit=" + above).Want(http.StatusForbidden)
	other.Get(path(id)).Want(http.StatusForbidden)
	form := other.Get("/papers/numbers").Form("reserve")
	form.Set("reason", "Giữ số của người khác")
	other.Post("/papers/numbers/reserve?kind=notice&unit="+above, form).Want(http.StatusForbidden)
	form.Set("dated", "26/6/2020")
	other.Post(path(id)+"/number", form).Want(http.StatusForbidden)
}
