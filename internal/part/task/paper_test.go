package task_test

import (
	"testing"
	"time"

	"giaoban/internal/base/testing/golden"
	"giaoban/internal/base/testing/poppler"
	"giaoban/internal/base/text"
	"giaoban/internal/part/task"
)

// The list of what an office gave out, with a title that takes two lines.
func TestAListOfTasksIsAPaper(t *testing.T) {
	texts, err := text.Load(task.Texts, text.Texts)
	if err != nil {
		t.Fatal(err)
	}
	hanoi := time.FixedZone("Asia/Ho_Chi_Minh", 7*3600)
	list := task.List{
		Motto: "Đảng Cộng sản Việt Nam", Host: "Tỉnh ủy Bắc Ninh", Subject: "việc đã giao cho các đơn vị", As: time.Date(2020, time.July, 12, 8, 5, 0, 0, hanoi), Zone: hanoi,
		Rows: []task.Line{
			{Title: "Rà soát nguồn cấp ủy nữ và cấp ủy trẻ, báo cáo phương án của từng đảng bộ trực thuộc", Source: "Giao ban: giao ban tháng 7", Whom: "8 đơn vị", Deadline: "2020-07-15", Standing: "hoàn thành 5/8; quá hạn 1"},
			{Title: "Gửi kế hoạch", Whom: "1 đơn vị", Deadline: "2020-08-01", Standing: "hoàn thành 0/1"},
		},
	}
	for _, lang := range text.Langs {
		pdf, err := task.ListPaper(texts, lang, list).PDF()
		if err != nil {
			t.Fatal(err)
		}
		golden.File(t, "list."+string(lang)+".txt", poppler.Text(t, pdf, "-layout"))
	}
	if missing := texts.Missing(); len(missing) > 0 {
		t.Errorf("texts are missing: %v", missing)
	}
}
