package newsui

import (
	"slices"
	"strconv"
	"strings"

	"giaoban/internal/base/access"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/store"
	"giaoban/internal/base/tree"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/news"
)

// categoriesPage is the categories that a desk keeps, to be changed.
type categoriesPage struct {
	Unit tree.Unit
	Form *web.Form
	Rows []categoryRow
	Read []string // as the desk had them when the form was made
}

// categoryRow is a category in the form; its fields carry its number.
type categoryRow struct {
	At    int
	Was   string // "" of a new one
	Focus bool   // it was just added
}

func (s *screens) showCategories(r *web.Request) error {
	unit := unitOf(r)
	if err := r.Actor.May(access.NewsWrite, unit); err != nil {
		return err
	}
	form := r.NewForm("categories")
	var list []news.CategoryEntry
	err := r.View(func(q store.Querier) error {
		kept, err := news.CategoriesOf(r.Context(), q, unit)
		if err != nil {
			return err
		}
		for _, k := range kept {
			list = append(list, news.CategoryEntry{Was: k.Name, Name: k.Name})
			form.Values.Add("read", k.Name)
		}
		if len(kept) > 0 {
			return nil
		}
		used, err := news.UsedAt(r.Context(), q, unit) // a desk begins with what its texts name
		for _, name := range used.Categories {
			list = append(list, news.CategoryEntry{Name: name})
		}
		return err
	})
	if err != nil {
		return err
	}
	if len(list) == 0 {
		list = make([]news.CategoryEntry, 1)
	}
	return s.renderCategories(r, unit, form, list)
}

func (s *screens) renderCategories(r *web.Request, unit tree.UnitID, form *web.Form, list []news.CategoryEntry) error {
	page := categoriesPage{Form: form, Read: form.All("read")}
	page.Unit, _ = r.Actor.Tree.Unit(unit)
	for i, entry := range list {
		form.Values.Set("name."+strconv.Itoa(i), entry.Name)
		page.Rows = append(page.Rows, categoryRow{At: i, Was: entry.Was, Focus: i == len(list)-1 && form.Raw("act") == "add"})
	}
	layout := r.Layout()
	layout.Title, layout.Rail = r.T("newsui.categories.title"), "/desk"
	layout.Crumb(r.T("newsui.desk"), "/desk?unit="+strconv.FormatInt(int64(unit), 10)).Crumb(r.T("newsui.categories.title"), "")
	return r.RenderStatus(form.Status(), s.categories, page)
}

// setCategories keeps the list, or changes the form's rows: "add", "up.2", "remove.2".
func (s *screens) setCategories(r *web.Request) error {
	unit := unitOf(r)
	if err := r.Actor.May(access.NewsWrite, unit); err != nil {
		return err
	}
	form, err := r.Posted("categories")
	if err != nil {
		return err
	}
	list := categoriesIn(form)
	if act := form.Raw("act"); act != "save" && act != "" {
		return s.renderCategories(r, unit, form, movedIn(list, act))
	}
	err = r.Update(func(tx *ledger.Tx) error {
		_, err := news.SetCategories(r.Context(), tx, r.Actor, news.CategoriesCommand{Unit: unit, Read: form.All("read"), List: list})
		return err
	})
	if err == nil {
		r.Notice("newsui.categories.saved")
		return r.See("/desk/categories?unit=" + strconv.FormatInt(int64(unit), 10))
	}
	if err := form.Refused(err); err != nil {
		return err
	}
	return s.renderCategories(r, unit, form, list)
}

// categoriesIn are the form's rows.
func categoriesIn(form *web.Form) (list []news.CategoryEntry) {
	for i := range news.MostCategories + 2 { // one too many is told
		at := strconv.Itoa(i)
		if !form.Values.Has("name." + at) {
			break
		}
		list = append(list, news.CategoryEntry{Was: form.Raw("was." + at), Name: form.Text("name." + at)})
	}
	return list
}

// movedIn is the rows after a button of the form.
func movedIn(list []news.CategoryEntry, act string) []news.CategoryEntry {
	name, rest, _ := strings.Cut(act, ".")
	at, err := strconv.Atoi(rest)
	inside := err == nil && at >= 0 && at < len(list)
	switch {
	case name == "add":
		return append(list, news.CategoryEntry{})
	case name == "remove" && inside:
		return slices.Delete(list, at, at+1)
	case name == "up" && inside && at > 0:
		list[at-1], list[at] = list[at], list[at-1]
	}
	return list
}
