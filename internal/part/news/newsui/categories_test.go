package newsui_test

import (
	"net/http"
	"strings"
	"testing"

	"giaoban/internal/base/testing/enginetest"
)

func TestADeskSetsItsCategoriesAndWritersChooseFromThem(t *testing.T) {
	enginetest.Each(t, func(t *testing.T, database string) {
		s := site(t, database)
		officer := s.Visit(t, "officer BN")
		form := officer.Get("/desk/new").Form("article")
		form.Set("headline", "Giao ban")
		form.Set("category", "Thời sự")
		officer.Post("/desk/new", form).Want(http.StatusOK, "Đã lưu.")

		form = officer.Get("/desk/categories").Form("categories")
		if form.Get("name.0") != "Thời sự" {
			t.Errorf("a list begins as %v, want with what the desk's texts name", form)
		}
		form.Set("act", "add")
		page := officer.Post("/desk/categories", form)
		form = page.Form("categories")
		form.Set("name.1", "thoi su")
		form.Set("act", "save")
		page = officer.Post("/desk/categories", form)
		page.Want(http.StatusUnprocessableEntity, "“thoi su” đã có trong danh sách.")
		form = page.Form("categories")
		if form.Get("name.1") != "thoi su" {
			t.Errorf("kept %q, want what was typed", form.Get("name.1"))
		}
		form.Set("name.1", "Xây dựng Đảng")
		form.Set("act", "up.1")
		form = officer.Post("/desk/categories", form).Form("categories")
		form.Set("act", "save")
		officer.Post("/desk/categories", form).Want(http.StatusOK, "Đã lưu danh sách chuyên mục.")
		s.Visit(t, "leader BN").Post("/desk/categories", form).Want(http.StatusUnprocessableEntity, "Có người vừa sửa danh sách chuyên mục.")
		s.Visit(t, "officer QV").Get("/desk/categories?unit=2").Want(http.StatusForbidden)

		form = officer.Get("/desk/categories").Form("categories")
		if form.Get("name.0") != "Xây dựng Đảng" || form.Get("name.1") != "Thời sự" {
			t.Errorf("the list is %v", form)
		}
		form.Set("name.1", "Tin nóng")
		form.Set("act", "save")
		officer.Post("/desk/categories", form).Want(http.StatusOK, "Đã lưu danh sách chuyên mục.")
		page = officer.Get("/desk/1")
		page.Want(http.StatusOK, "Thời sự (nay là Tin nóng)")
		form = page.Form("article")
		form.Set("category", "Thời sự") // which is chosen
		form.Set("lead", "Sáng 10/7.")
		officer.Post("/desk/1", form).Want(http.StatusOK, "Đã lưu.")
		page = officer.Get("/desk/1")
		if !strings.Contains(page.Body, `<option value="Tin nóng" selected>`) || strings.Contains(page.Body, "Thời sự") {
			t.Errorf("saved again it is not under its category's new name:\n%s", page.Text())
		}
		form = page.Form("article")
		form.Set("category", "Thể thao")
		officer.Post("/desk/1", form).Want(http.StatusUnprocessableEntity, "“Thể thao” không có trong danh sách chuyên mục của tòa soạn.")
	})
}
