package conclusion_test

import (
	"testing"
	"time"

	"giaoban/internal/base/account"
	"giaoban/internal/base/testing/golden"
	"giaoban/internal/base/testing/libreoffice"
	"giaoban/internal/base/testing/poppler"
	"giaoban/internal/base/text"
	"giaoban/internal/part/conclusion"
	"giaoban/internal/part/register"
)

// notice is the demonstration's notice of conclusions, as it is issued.
func notice() conclusion.Official {
	hanoi := time.FixedZone("Asia/Ho_Chi_Minh", 7*3600)
	at := time.Date(2020, time.July, 10, 11, 30, 0, 0, hanoi)
	return conclusion.Official{
		Motto: "Đảng Cộng sản Việt Nam", Host: "Văn phòng Trung ương", Zone: hanoi,
		Meeting: conclusion.Meeting{Title: "hội nghị giao ban trực tuyến với văn phòng cấp ủy các tỉnh, thành phố", Held: at.Add(-3 * time.Hour), Chair: "Đồng chí Chánh Văn phòng"},
		Notice: conclusion.Notice{
			PreparedAt: at, Head: conclusion.Head{
				Above: "Ban Chấp hành Trung ương", Issuer: "Văn phòng", Place: "Hà Nội", Subject: "kết luận giao ban trực tuyến ngày 10 tháng 7 năm 2020",
				Recipients: []string{"Văn phòng các tỉnh ủy, thành ủy", "Lưu Văn phòng"},
			},
			Paper: register.Paper{
				State: register.Issued, NumberText: "05-TB/VPTW", Dated: "2020-07-10", Authority: "T/L BAN BÍ THƯ", Signer: "Nguyễn Minh Hải, Chánh Văn phòng",
				Method: account.ByPassword, SignedAt: at.Add(time.Hour),
			},
		},
		Points: []conclusion.Point{
			{Number: 1, Title: "Giữ tiến độ đại hội cấp trên trực tiếp cơ sở", Who: "Toàn bộ tỉnh ủy, thành ủy: 63 đơn vị", Deadline: "2020-08-31", Done: "báo cáo kèm minh chứng"},
			{
				Number: 2, Title: "Báo cáo khó khăn còn lại", Text: "Nêu rõ cấp có thẩm quyền giải quyết.", Who: "2 đơn vị", Names: []string{"Tỉnh Bắc Ninh", "Thành phố Hà Nội"},
				Deadline: "2020-07-20", Done: "báo cáo kèm minh chứng", Old: "Báo cáo khó khăn", OldNumber: "04-TB/VPTW",
			},
			{Number: 3, Title: "Thôi báo cáo hằng ngày", Old: "Báo cáo hằng ngày", OldNumber: "04-TB/VPTW", Ends: true},
		},
	}
}

func catalogue(t *testing.T) *text.Catalog {
	t.Helper()
	c, err := text.Load(conclusion.Texts, text.Texts)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestANoticeIsLaidOutByTheGuidance(t *testing.T) {
	for _, lang := range text.Langs {
		paper := conclusion.NoticePaper(catalogue(t), lang, notice())
		word, err := paper.Word()
		if err != nil {
			t.Fatal(err)
		}
		golden.File(t, "notice."+string(lang)+".document.xml", golden.Part(t, word, "word/document.xml"))
		pdf, err := paper.PDF()
		if err != nil {
			t.Fatal(err)
		}
		golden.File(t, "notice."+string(lang)+".pdf.txt", poppler.Text(t, pdf, "-layout"))
	}
}

func TestANoticeOpensInLibreOffice(t *testing.T) {
	word, err := conclusion.NoticePaper(catalogue(t), text.VI, notice()).Word()
	if err != nil {
		t.Fatal(err)
	}
	golden.File(t, "notice.office.txt", poppler.Text(t, libreoffice.PDF(t, word), "-layout"))
}

func TestADraftSaysSo(t *testing.T) {
	of := notice()
	of.Notice.Paper = register.Paper{State: register.Drafted}
	p := conclusion.NoticePaper(catalogue(t), text.VI, of)
	if p.Stamp != "DỰ THẢO" || p.Number != "" || p.Signatures[0].Signed {
		t.Errorf("a draft has the stamp %q, the number %q and the signature %+v", p.Stamp, p.Number, p.Signatures[0])
	}
}
