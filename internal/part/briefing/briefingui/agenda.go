package briefingui

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"giaoban/internal/base/access"
	"giaoban/internal/base/clock"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/store"
	"giaoban/internal/base/tree"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/board"
	"giaoban/internal/part/briefing"
	"giaoban/internal/part/difficulty"
	"giaoban/internal/part/org"
)

// agendaPage is the agenda being written, beside what the program proposes.
type agendaPage struct {
	seated
	Form      *web.Form
	Rows      []agendaRow
	Proposals []proposalRow
	Speakers  []web.Option
	Minutes   int
}

// agendaRow is an item in the form; its fields carry its number.
type agendaRow struct {
	At     int
	ID     int64
	Begun  bool   // it was spoken to, and stays
	Reason string // as JSON, for a new one that was proposed
	Why    *briefing.Reason
	Level  string
}

// proposalRow is an item that the program proposes.
type proposalRow struct {
	Name  string
	Why   *briefing.Reason
	Level string
	Value string // of the button that takes it
	Taken bool   // it stands on the agenda already
}

func (s *Screens) showAgenda(r *web.Request) error {
	b, err := s.sit(r)
	if err != nil {
		return err
	}
	if err := r.Actor.May(access.BriefingCall, b.Unit); err != nil {
		return err
	}
	var list []briefing.Item
	err = r.View(func(q store.Querier) (err error) {
		list, err = briefing.Items(r.Context(), q, b.ID)
		return err
	})
	if err != nil {
		return err
	}
	form := r.NewForm("agenda")
	units := map[int64]tree.UnitID{}
	for _, site := range b.Sites {
		units[site.ID] = site.Unit
	}
	for i, item := range list {
		fill(form, i, briefing.ItemDraft{ID: item.ID, Title: item.Title, Minutes: item.Minutes, Speaker: units[item.Site], Milestone: item.Milestone, Why: item.Why})
	}
	return s.renderAgenda(r, b, form, len(list))
}

// fill writes an item into the form's row.
func fill(form *web.Form, i int, item briefing.ItemDraft) {
	at := strconv.Itoa(i)
	form.Set("id."+at, item.ID).Set("item."+at+".title", item.Title).Set("item."+at+".site", int64(item.Speaker)).Set("milestone."+at, item.Milestone)
	if item.Minutes > 0 {
		form.Set("item."+at+".minutes", item.Minutes)
	}
	if item.Why != nil {
		if why, err := json.Marshal(item.Why); err == nil { // of plain fields
			form.Values.Set("why."+at, string(why))
		}
	}
}

// drafts reads the form's rows.
func drafts(form *web.Form) (list []briefing.ItemDraft) {
	for i := range briefing.MostItems + 1 {
		at := strconv.Itoa(i)
		if !form.Values.Has("item." + at + ".title") {
			return list
		}
		item := briefing.ItemDraft{Title: form.Text("item." + at + ".title"), Milestone: form.Text("milestone." + at)}
		item.ID, _ = strconv.ParseInt(form.Raw("id."+at), 10, 64) // none for a new one
		site, _ := strconv.ParseInt(form.Text("item."+at+".site"), 10, 64)
		item.Speaker = tree.UnitID(site)
		if n, ok := form.Whole("item." + at + ".minutes"); ok {
			item.Minutes = int(min(max(n, 0), briefing.MostItemMinutes+1))
		}
		if why := form.Raw("why." + at); why != "" {
			item.Why = &briefing.Reason{}
			if json.Unmarshal([]byte(why), item.Why) != nil {
				item.Why = nil
			}
		}
		list = append(list, item)
	}
	return list
}

// setAgenda keeps the agenda, or changes the form's rows: "add", "remove.2", "up.2",
// "take." and a proposal.
func (s *Screens) setAgenda(r *web.Request) error {
	b, err := s.sit(r)
	if err != nil {
		return err
	}
	if err := r.Actor.May(access.BriefingCall, b.Unit); err != nil {
		return err
	}
	form, err := r.Posted("agenda")
	if err != nil {
		return err
	}
	list := drafts(form)
	if act := form.Raw("act"); act != "save" {
		fresh := r.NewForm("agenda")
		fresh.Key = form.Key
		list = changed(list, act)
		for i, item := range list {
			fill(fresh, i, item)
		}
		fresh.Set("revision", form.Raw("revision"))
		return s.renderAgenda(r, b, fresh, len(list))
	}
	if form.OK() {
		revision, _ := strconv.ParseInt(form.Raw("revision"), 10, 64) // none is none that was read
		err = r.Update(func(tx *ledger.Tx) error {
			_, err := briefing.SetAgenda(r.Context(), tx, r.Actor, b.ID, revision, list)
			return err
		})
		if err == nil {
			r.Notice("briefings.agenda.kept")
			return r.See(path(b.ID, ""))
		}
		if err := form.Refused(err); err != nil {
			return err
		}
	}
	return s.renderAgenda(r, b, form, len(list))
}

// changed is the rows after a button of the form.
func changed(list []briefing.ItemDraft, act string) []briefing.ItemDraft {
	name, rest, _ := strings.Cut(act, ".")
	at, err := strconv.Atoi(rest)
	inside := err == nil && at >= 0 && at < len(list)
	switch {
	case name == "add":
		return append(list, briefing.ItemDraft{Minutes: 5})
	case name == "remove" && inside:
		return slices.Delete(list, at, at+1)
	case name == "up" && inside && at > 0:
		list[at-1], list[at] = list[at], list[at-1]
	case name == "take":
		var taken briefing.ItemDraft
		if json.Unmarshal([]byte(rest), &taken) == nil && taken.Title != "" {
			taken.ID = 0
			return append(list, taken)
		}
	}
	return list
}

func (s *Screens) renderAgenda(r *web.Request, b seated, form *web.Form, rows int) error {
	data := agendaPage{seated: b, Form: form}
	if form.Raw("revision") == "" {
		form.Set("revision", b.Revision)
	}
	begun := map[int64]bool{}
	level := func(string) string { return "" }
	err := r.View(func(q store.Querier) error {
		list, err := briefing.Items(r.Context(), q, b.ID)
		if err != nil {
			return err
		}
		for _, item := range list {
			begun[item.ID] = !item.Began.IsZero()
		}
		p, err := org.Profile(r.Context(), q)
		level = func(key string) string { return levelName(p, key).In(r.Lang) }
		return err
	})
	if err != nil {
		return err
	}
	on := map[tree.UnitID]bool{}
	for i, item := range drafts(form)[:rows] {
		row := agendaRow{At: i, ID: item.ID, Begun: begun[item.ID], Why: item.Why}
		if item.Why != nil {
			row.Level = level(item.Why.Level)
		}
		data.Rows, data.Minutes = append(data.Rows, row), data.Minutes+item.Minutes
		on[item.Speaker] = true
	}
	name := names(r.Actor.Tree)
	data.Speakers = append(data.Speakers, web.Option{Value: "0", Label: "–"})
	for _, site := range b.Sites {
		data.Speakers = append(data.Speakers, web.Option{Value: strconv.FormatInt(int64(site.Unit), 10), Label: name(site.Unit)})
	}
	proposals, err := s.proposals(r, b)
	if err != nil {
		return err
	}
	for _, p := range proposals {
		value, err := json.Marshal(briefing.ItemDraft{Title: name(p.Unit), Minutes: p.Minutes, Speaker: p.Unit, Milestone: p.Milestone, Why: &p.Why})
		if err != nil {
			return fmt.Errorf("encoding a proposal: %w", err)
		}
		data.Proposals = append(data.Proposals, proposalRow{
			Name: name(p.Unit), Why: &p.Why, Level: level(p.Why.Level), Value: "take." + string(value), Taken: on[p.Unit],
		})
	}
	b.frame(r, r.T("briefings.agenda")).Script("briefing/briefing.ts") // for its style
	return r.RenderStatus(form.Status(), s.agenda, data)
}

// proposals asks the host's board what should be spoken about: since the last
// briefing of the host on the same directive, or for a month, and until a week after
// this one.
func (s *Screens) proposals(r *web.Request, b seated) ([]briefing.Proposal, error) {
	view := board.View{}
	if b.Directive != 0 {
		since, err := s.before(r, b)
		if err != nil {
			return nil, err
		}
		if view, err = s.Boards.Read(b.Directive, b.Unit, since); err != nil {
			return nil, err
		}
	}
	until := clock.DateOf(b.Begins, r.Zone()).AddDays(7)
	if b.Repeats == briefing.Monthly {
		until = clock.DateOf(b.Begins.AddDate(0, 1, 0), r.Zone())
	}
	var open []difficulty.Difficulty
	var owed []briefing.Owed
	err := r.View(func(q store.Querier) (err error) {
		if open, err = difficulty.Below(r.Context(), q, s.Tree, b.Unit); err != nil {
			return err
		}
		owed, err = s.owed(r.Context(), q, b, clock.DateOf(r.Now(), r.Zone()))
		return err
	})
	return briefing.Propose(view, b.Sites, briefing.Hindrances(s.Tree, b.Sites, open), briefing.Debts(b.Sites, owed), until), err
}

// before is the ledger's position at the last briefing of the host on the same
// directive; without one, a month ago.
func (s *Screens) before(r *web.Request, b seated) (position int64, err error) {
	at := r.Now().AddDate(0, -1, 0)
	err = r.View(func(q store.Querier) error {
		last, held, err := briefing.Before(r.Context(), q, b.Briefing)
		if err != nil {
			return err
		}
		if held {
			at = last.OpenedAt
		}
		position, err = ledger.PositionAt(r.Context(), q, at)
		return err
	})
	return max(position, 1), err // 0 asks the board for nothing
}
