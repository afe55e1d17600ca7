package news_test

import (
	"testing"
	"time"

	"giaoban/internal/base/text"
	"giaoban/internal/part/news"
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
		{"Giao ban trực tuyến tháng 7", 8, 11, "Tỉnh ủy Bắc Ninh giao ban trực tuyến tháng 7", "Sáng 10/7/2020, tại điểm cầu Tỉnh ủy Bắc Ninh, đồng chí Lê Quốc Hùng chủ trì giao ban trực tuyến tháng 7. Tham dự có 11 điểm cầu."},
		{"Tiến độ đại hội", 14, 0, "Tỉnh ủy Bắc Ninh: Tiến độ đại hội", "Chiều 10/7/2020, tại điểm cầu Tỉnh ủy Bắc Ninh, đồng chí Lê Quốc Hùng chủ trì hội nghị “Tiến độ đại hội”."},
	} {
		got, err := news.Report(texts, text.VI, hanoi, news.Meeting{
			Title: c.title, Source: "BTV", Host: "Tỉnh ủy Bắc Ninh", Chair: "Lê Quốc Hùng", Began: time.Date(2020, 7, 10, c.hour, 0, 0, 0, hanoi), Sites: c.sites,
		})
		if err != nil {
			t.Fatal(err)
		}
		if got.Headline != c.headline || got.Lead != c.lead || got.Source != "BTV" {
			t.Errorf("of %q:\n%s\n(%s) %s\nwant\n%s\n%s", c.title, got.Headline, got.Source, got.Lead, c.headline, c.lead)
		}
	}
}
