package briefingui

import (
	"slices"
	"strconv"
	"time"

	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/profile"
	"giaoban/internal/base/store"
	"giaoban/internal/base/text"
	"giaoban/internal/base/tree"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/briefing"
	"giaoban/internal/part/org"
)

// showPage is a briefing before and after it is held.
type showPage struct {
	seated
	Host      string
	Directive string // number and title; "" for none
	Answering *web.Form
	Own       briefing.Site
	OwnName   string
	Answers   []web.Option
	Cancel    *web.Form
	Rows      []siteRow
	Counts    answerCounts
	Items     []itemRow
	Minutes   int         // of the agenda
	Checks    checkCounts // of the sites, for the host
	Try       string      // where the person's site tries its place; "" for who acts for none
	Handouts  []handoutRow
	Hands     bool // the person may hand papers out
	Enter     bool
	Signed    bool
	Reviews   bool     // may have the report of the figures
	Replay    bool     // there is a recording to watch
	Last      lastTime // with which this one begins
}

// siteRow is a site in a table.
type siteRow struct {
	briefing.Site
	Name  string
	Below bool // another site brought it in
	Host  bool
	Line  siteLine  // how its picture and sound come, in the room
	Check *checkRow // what it found before the day; nil for none, or who may not know
}

// answerCounts is how many sites gave each answer.
type answerCounts struct{ Comes, StandsIn, Cannot, None int }

// itemRow is an item of the agenda in a list.
type itemRow struct {
	briefing.Item
	Number  int
	Speaker string
	Level   string // name, of the reason's
	Current bool
	Over    bool
}

func (s *Screens) showBriefing(r *web.Request) error {
	b, err := s.sit(r)
	if err != nil {
		return err
	}
	return s.renderBriefing(r, b, nil, nil)
}

// renderBriefing shows a briefing with its forms: those that came back with errors,
// or fresh ones.
func (s *Screens) renderBriefing(r *web.Request, b seated, answering, cancel *web.Form) error {
	name := names(r.Actor.Tree)
	data := showPage{seated: b, Host: name(b.Unit), Cancel: cancel}
	if data.Cancel == nil {
		data.Cancel = r.NewForm("cancel")
	}
	if b.Briefing.Directive != 0 {
		data.Reviews = b.reviews(r) == nil
		if d, err := s.Boards.Directive(b.Briefing.Directive); err == nil {
			data.Directive = d.Document.Number + " · " + d.Document.Title
		}
	}
	for _, site := range b.Sites {
		data.Rows = append(data.Rows, siteRow{Site: site, Name: name(site.Unit), Below: site.Parent != 0, Host: site.Unit == b.Unit})
		if site.Unit != b.Unit {
			data.Counts.add(site.Answer)
		}
	}
	data.answerForm(r, answering)
	err := r.View(func(q store.Querier) error {
		minutes, err := briefing.MinutesOf(r.Context(), q, b.ID)
		if err != nil {
			return err
		}
		data.Signed = minutes.Signed()
		if data.Last, err = s.last(r, q, b); err != nil {
			return err
		}
		if data.Items, err = items(r, q, b); err != nil {
			return err
		}
		if data.Handouts, err = handouts(r, q, b, data.Items); err != nil {
			return err
		}
		if data.Replay, err = b.replayable(r, q); err != nil {
			return err
		}
		return data.checked(r, q)
	})
	if err != nil {
		return err
	}
	for _, item := range data.Items {
		data.Minutes += item.Item.Minutes
	}
	if own, ok := b.own(); ok {
		data.Try = path(b.ID, "/check/"+siteRow{Site: own}.Key())
	}
	data.Hands = ahead(b.Briefing) && (b.Seat.Prepares || data.speaks())
	soon := !r.Now().Before(b.Begins.Add(-2 * time.Hour))
	data.Enter = b.State == briefing.Open || b.State == briefing.Called && (soon || b.Seat.Presides())
	b.frame(r, "")
	r.Layout().Script("briefing/briefing.ts")
	status := data.Cancel.Status()
	if answering != nil {
		status = answering.Status()
	}
	return r.RenderStatus(status, s.show, data)
}

// speaks says whether the person's own site speaks to an item of the agenda.
func (p *showPage) speaks() bool {
	own, ok := p.own()
	return ok && slices.ContainsFunc(p.Items, func(i itemRow) bool { return i.Site == own.ID })
}

func (c *answerCounts) add(a briefing.Answer) {
	switch a {
	case briefing.Comes:
		c.Comes++
	case briefing.StandsIn:
		c.StandsIn++
	case briefing.Cannot:
		c.Cannot++
	default:
		c.None++
	}
}

// answerForm is the form in which the person's site answers, where it may.
func (p *showPage) answerForm(r *web.Request, sent *web.Form) {
	site, ok := p.own()
	if !ok || site.Unit == p.Unit || p.State != briefing.Called && p.State != briefing.Open {
		return
	}
	p.Own, p.OwnName = site, names(r.Actor.Tree)(site.Unit)
	for _, answer := range []briefing.Answer{briefing.Comes, briefing.StandsIn, briefing.Cannot} {
		p.Answers = append(p.Answers, web.Option{Value: string(answer), Label: r.T("briefings.answer." + string(answer))})
	}
	if p.Answering = sent; sent != nil {
		return
	}
	form := r.NewForm("answer")
	if site.Answer != briefing.NoAnswer {
		form.Set("answer", string(site.Answer))
	}
	form.Set("reason", site.AnswerReason).Set("stand-in", site.StandIn).Set("topic", site.Topic)
	if site.TopicMinutes > 0 {
		form.Set("minutes", site.TopicMinutes)
	}
	p.Answering = form
}

// answer takes the answer of the person's site.
func (s *Screens) answer(r *web.Request) error {
	b, err := s.sit(r)
	if err != nil {
		return err
	}
	unit, err := unitAt(r)
	if err != nil {
		return err
	}
	form, err := r.Posted("answer")
	if err != nil {
		return err
	}
	cmd := briefing.AnswerCommand{
		Briefing: b.ID, Unit: unit, Answer: briefing.Answer(form.Text("answer")), Reason: form.Text("reason"), StandIn: form.Text("stand-in"), Topic: form.Text("topic"),
	}
	if n, ok := form.Whole("minutes"); ok {
		cmd.Minutes = int(min(n, briefing.MostTopicMinutes+1))
	}
	if form.OK() {
		err = r.Update(func(tx *ledger.Tx) error {
			_, err := briefing.Reply(r.Context(), tx, r.Actor, cmd)
			return err
		})
		if err == nil {
			r.Notice("briefings.answered")
			return r.See(path(b.ID, ""))
		}
		if err := form.Refused(err); err != nil {
			return err
		}
	}
	if own, ok := b.own(); !ok || own.Unit != unit {
		return fault.New(fault.Forbidden, "access.refused")
	}
	return s.renderBriefing(r, b, form, nil)
}

// items are the rows of a briefing's agenda.
func items(r *web.Request, q store.Querier, b seated) ([]itemRow, error) {
	list, err := briefing.Items(r.Context(), q, b.ID)
	if err != nil || len(list) == 0 {
		return nil, err
	}
	p, err := org.Profile(r.Context(), q)
	if err != nil {
		return nil, err
	}
	return itemRows(list, b, names(r.Actor.Tree), func(key string) string { return levelName(p, key).In(r.Lang) }), nil
}

func itemRows(list []briefing.Item, b seated, name func(tree.UnitID) string, level func(string) string) []itemRow {
	speakers := map[int64]string{}
	for _, site := range b.Sites {
		speakers[site.ID] = name(site.Unit)
	}
	rows := make([]itemRow, len(list))
	for i, item := range list {
		rows[i] = itemRow{
			Item: item, Number: i + 1, Speaker: speakers[item.Site],
			Current: item.ID == b.Item && item.ID != 0, Over: !item.Began.IsZero() && item.ID != b.Item,
		}
		if item.Why != nil {
			rows[i].Level = level(item.Why.Level)
		}
	}
	return rows
}

// levelName is what a level is called.
func levelName(p *profile.Profile, key string) text.Words {
	level, _ := p.Level(key)
	return level.Name
}

// Key is the site's unit as forms name it.
func (s siteRow) Key() string { return strconv.FormatInt(int64(s.Unit), 10) }
