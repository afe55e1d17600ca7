package news_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"giaoban/internal/base/text"
	"giaoban/internal/part/news"
	"giaoban/internal/part/news/prose"
)

func TestAnArticleFromABriefingReadsAsNews(t *testing.T) {
	texts, err := text.Load(text.Texts, news.Texts)
	if err != nil {
		t.Fatal(err)
	}
	hanoi := time.FixedZone("Asia/Ho_Chi_Minh", 7*3600)
	for _, c := range []struct {
		title          string
		hour, sites    int
		headline, lead string
	}{
		{"Giao ban trực tuyến tháng 7", 8, 11, "Tỉnh ủy Bắc Ninh giao ban trực tuyến tháng 7", "Sáng 10/7/2020, tại điểm cầu Tỉnh ủy Bắc Ninh, đồng chí Lê Quốc Hùng, Chánh Văn phòng Tỉnh ủy, chủ trì hội nghị giao ban trực tuyến tháng 7. Dự hội nghị có 11 điểm cầu."},
		{"Tiến độ đại hội", 14, 0, "Tỉnh ủy Bắc Ninh: Tiến độ đại hội", "Chiều 10/7/2020, tại điểm cầu Tỉnh ủy Bắc Ninh, đồng chí Lê Quốc Hùng, Chánh Văn phòng Tỉnh ủy, chủ trì hội nghị “Tiến độ đại hội”."},
	} {
		got, err := news.Report(texts, text.VI, hanoi, news.Meeting{
			Title: c.title, Source: "BTV", Host: "Tỉnh ủy Bắc Ninh", Chair: "Lê Quốc Hùng, Chánh Văn phòng Tỉnh ủy", Began: time.Date(2020, 7, 10, c.hour, 0, 0, 0, hanoi), Sites: c.sites,
		})
		if err != nil {
			t.Fatal(err)
		}
		if got.Headline != c.headline || got.Lead != c.lead || got.Source != "BTV" {
			t.Errorf("of %q:\n%s\n(%s) %s\nwant\n%s\n%s", c.title, got.Headline, got.Source, got.Lead, c.headline, c.lead)
		}
	}
}

func TestFiguresAndConclusionsOfABriefingReadAsNews(t *testing.T) {
	texts, err := text.Load(text.Texts, news.Texts)
	if err != nil {
		t.Fatal(err)
	}
	closed := time.Date(2020, 7, 9, 10, 0, 0, 0, time.UTC)
	of := prose.Figure{Directive: 1, Milestone: "congress-held", Unit: 1, Moment: closed}
	m := news.Meeting{
		Title: "Giao ban tháng 7", Host: "Tỉnh ủy Bắc Ninh", Chair: "Lê Quốc Hùng, Chánh Văn phòng Tỉnh ủy", Began: closed, As: closed,
		Figures: []news.Figure{
			{Of: of, Milestone: "Tổ chức xong đại hội", Level: "tổ chức cơ sở đảng", Done: 3226, Total: 3236},
			{Of: of, Milestone: "Tổ chức xong đại hội", Level: "đảng bộ cấp trên trực tiếp cơ sở", Done: 417, Total: 1297},
			{Of: of, Milestone: "Gửi kế hoạch", Level: "tổ chức cơ sở đảng", Done: 3236, Total: 3236},
		},
		Conclusions: []string{"Xong đại hội cấp trên cơ sở trước 31/8.", "Báo cáo mỗi tuần."},
	}
	const want = `Theo bảng tiến độ, tính đến 17 giờ ngày 9/7/2020:

Tổ chức xong đại hội: 3.226/3.236 tổ chức cơ sở đảng (99,7 %); 417/1.297 đảng bộ cấp trên trực tiếp cơ sở (32,2 %)
Gửi kế hoạch: 3.236/3.236 tổ chức cơ sở đảng (100 %)

Kết luận giao ban, đồng chí Lê Quốc Hùng nêu 2 nội dung:

Xong đại hội cấp trên cơ sở trước 31/8.
Báo cáo mỗi tuần.`
	written, err := news.Report(texts, text.VI, time.FixedZone("Asia/Ho_Chi_Minh", 7*3600), m)
	if err != nil {
		t.Fatal(err)
	}
	body, err := written.Document()
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, strings.ReplaceAll(body.Text(), "\u00a0", " ")); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	figures := 0
	for run := range body.Figures() {
		if figures++; !run.Figure.Moment.Equal(closed) {
			t.Errorf("%q is bound to %v", run.Text, run.Figure.Moment)
		}
	}
	if figures != 9 {
		t.Errorf("%d figures are bound, want 9", figures)
	}
}
