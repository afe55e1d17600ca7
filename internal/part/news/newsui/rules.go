package newsui

import (
	"strconv"
	"strings"

	"giaoban/internal/base/access"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/store"
	"giaoban/internal/base/tree"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/news"
)

// rulesPage is what a desk does about opinions by itself.
type rulesPage struct {
	Unit  tree.Unit
	Thens []web.Option
	Form  *web.Form
}

func (s *screens) showRules(r *web.Request) error {
	unit := unitOf(r)
	if err := r.Actor.May(access.NewsModerate, unit); err != nil {
		return err
	}
	form := r.NewForm("rules")
	err := r.View(func(q store.Querier) error {
		rules, err := news.RulesOf(r.Context(), q, unit)
		form.Set("links", string(rules.Links)).Set("repeated", string(rules.Repeated)).Set("words", string(rules.Words)).Set("rate", string(rules.Rate))
		form.Set("list", strings.Join(rules.List, "\n")).Set("most", rules.Most).Set("days", rules.Days).Set("kept", rules.Kept)
		form.Set("email", map[bool]string{true: "yes"}[rules.Email])
		return err
	})
	if err != nil {
		return err
	}
	return s.renderRules(r, unit, form)
}

func (s *screens) renderRules(r *web.Request, unit tree.UnitID, form *web.Form) error {
	page := rulesPage{Form: form}
	page.Unit, _ = r.Actor.Tree.Unit(unit)
	for _, then := range []news.Consequence{news.Ignore, news.Tell, news.Refuse} {
		page.Thens = append(page.Thens, web.Option{Value: string(then), Label: r.T("newsui.rules." + string(then))})
	}
	layout := r.Layout()
	layout.Title, layout.Rail = r.T("newsui.rules.title"), "/desk"
	at := strconv.FormatInt(int64(unit), 10)
	layout.Crumb(r.T("newsui.desk"), "/desk?unit="+at).Crumb(r.T("newsui.opinions"), "/opinions?unit="+at).Crumb(r.T("newsui.rules"), "")
	return r.RenderStatus(form.Status(), s.rules, page)
}

func (s *screens) setRules(r *web.Request) error {
	unit := unitOf(r)
	if err := r.Actor.May(access.NewsModerate, unit); err != nil {
		return err
	}
	form, err := r.Posted("rules")
	if err != nil {
		return err
	}
	then := func(name string) news.Consequence { return news.Consequence(form.Raw(name)) }
	rules := news.Rules{Links: then("links"), Repeated: then("repeated"), Words: then("words"), Rate: then("rate"), List: strings.Split(form.Lines("list"), "\n")}
	most, _ := form.Whole("most") // what is no number is said at its field
	days, _ := form.Whole("days")
	kept, _ := form.Whole("kept")
	rules.Most, rules.Days, rules.Kept, rules.Email = int(most), int(days), int(kept), form.Checked("email")
	if !form.OK() {
		return s.renderRules(r, unit, form)
	}
	err = r.Update(func(tx *ledger.Tx) error {
		_, err := news.SetRules(r.Context(), tx, r.Actor, unit, rules)
		return err
	})
	if err == nil {
		r.Notice("newsui.rules.saved")
		return r.See("/opinions/rules?unit=" + strconv.FormatInt(int64(unit), 10))
	}
	if err := form.Refused(err); err != nil {
		return err
	}
	return s.renderRules(r, unit, form)
}
