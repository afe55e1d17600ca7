package newsui_test

import (
	"net/http"
	"strings"
	"testing"

	"giaoban/internal/base/ledger"
	"giaoban/internal/base/sheet"
	"giaoban/internal/base/testing/enginetest"
	"giaoban/internal/part/news"
)

func TestTheOpinionsOnAnArticleAreASheetByTopic(t *testing.T) {
	enginetest.Each(t, func(t *testing.T, database string) {
		s := site(t, database)
		officer, a := s.Visit(t, "officer BN"), published(s)
		s.Update(func(tx *ledger.Tx) error {
			_, err := news.Send(s.Ctx(), tx, news.SendCommand{Article: a.ID, Check: "một", Name: "=An", Email: "an@example.vn", Text: "=1+1\nĐường hỏng."})
			return err
		})
		opine(s, a, "Trường thiếu lớp.")
		form := officer.Get("/opinions").Form("opinion-1")
		form.Set("to", "topic")
		form.Set("topic", strings.Repeat("x", 61))
		page := officer.Post("/opinions/1", form)
		page.Want(http.StatusUnprocessableEntity, "Không quá 60 ký tự.")
		if kept := page.Form("opinion-1").Get("topic"); len(kept) != 61 {
			t.Errorf("kept %q, want what was typed", kept)
		}
		form.Set("topic", "Hạ tầng")
		officer.Post("/opinions/1", form).Want(http.StatusOK, "Đã ghi chủ đề.", "Hạ tầng")
		s.Visit(t, "officer QV").Get("/desk/1/opinions").Want(http.StatusForbidden)
		sheets, err := sheet.Read("ý kiến.xlsx", []byte(officer.Get("/desk/1/opinions").Body), sheet.Limits{})
		if err != nil {
			t.Fatal(err)
		}
		rows := sheets[0].Rows
		if len(rows) != 3 || rows[1][0].Text != "Hạ tầng" || rows[2][1].Text != "Trường thiếu lớp." {
			t.Fatalf("the sheet has %+v", rows)
		}
		for column, want := range map[int]string{1: "=1+1\nĐường hỏng.", 2: "=An"} {
			if got := rows[1][column]; got.Kind != sheet.KindText || got.Text != want || got.Formula {
				t.Errorf("column %d has %+v, want the text %q", column, got, want)
			}
		}
		for _, row := range rows {
			for _, cell := range row {
				if strings.Contains(cell.Text, "@") {
					t.Errorf("an address stands in the sheet: %q", cell.Text)
				}
			}
		}
	})
}
