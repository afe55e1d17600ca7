package briefingui

import (
	"context"
	"slices"
	"strconv"

	"giaoban/internal/base/file"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/store"
	"giaoban/internal/base/tree"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/briefing"
)

// readerView is a version of a handout as its pages are read, alone or on the screen
// of the meeting.
type readerView struct {
	Path     string // of the handout
	Title    string
	Version  briefing.HandoutVersion
	Newest   bool
	By       string // the site that handed it out; "" for the host
	Page     int
	Notes    map[string]string // the person's own, by page
	Together bool              // on the screen of the meeting
	Presents bool              // the person turns the page for everybody
	Handout  int64
	Board    tree.UnitID // whose board the presenter goes back to
	Wall     bool
	Prints   bool // this machine prints Office files as PDF
}

// Kind is how it is shown: "pdf", "picture", or "" for what can only be downloaded.
func (v readerView) Kind() string {
	switch {
	case v.Version.PDF != "" || v.Version.File.Kind == file.PDF:
		return "pdf"
	case v.Version.File.Kind.Picture():
		return "picture"
	}
	return ""
}

// Waits says that its PDF is being made.
func (v readerView) Waits() bool {
	return v.Prints && v.Version.File.Kind.Office() && v.Version.PDF == "" && !v.Version.Failed
}

// Source is where its pages are read.
func (v readerView) Source() string {
	source := v.Path + "/file?version=" + strconv.Itoa(v.Version.Number)
	if v.Version.PDF != "" {
		source += "&as=pdf"
	}
	return source
}

// readerOf is a handout's pages for one person, with what that person wrote beside
// them.
func (s *Screens) readerOf(r *web.Request, q store.Querier, b seated, h briefing.Handout, v briefing.HandoutVersion) (readerView, error) {
	view := readerView{
		Prints: s.Prints, Path: handoutPath(h), Title: h.Title, Version: v, Newest: h.Newest(v), Page: max(int(queryNumber(r, "page")), 1), Notes: map[string]string{}, Handout: h.ID,
	}
	if h.Unit != b.Unit {
		view.By = names(r.Actor.Tree)(h.Unit)
	}
	notes, err := briefing.NotesOf(r.Context(), q, r.Actor, h.ID)
	for _, n := range notes {
		if n.Version == v.Number {
			view.Notes[strconv.Itoa(n.Page)] = n.Text
		}
	}
	return view, err
}

// handoutSheet is the page of a handout that all screens of the meeting show.
func (s *Screens) handoutSheet(r *web.Request) error {
	b, h, v, err := s.handoutAt(r)
	if err != nil {
		return err
	}
	var view readerView
	err = r.View(func(q store.Querier) (err error) {
		if view, err = s.readerOf(r, q, b, h, v); err != nil {
			return err
		}
		view.Presents, err = briefing.Presents(r.Context(), q, r.Actor, b.Briefing)
		return err
	})
	if err != nil {
		return err
	}
	view.Together, view.Wall, view.Board = true, r.Layout().Wall, b.Unit
	if own, ok := b.own(); ok && !b.Seat.Presides() {
		view.Board = own.Unit
	}
	view.Presents = view.Presents && !view.Wall
	return r.RenderPart(s.room, "reader", view)
}

// writeNote keeps a private note beside a page.
func (s *Screens) writeNote(r *web.Request) error {
	b, h, _, err := s.handoutAt(r)
	if err != nil {
		return err
	}
	form, err := r.Posted("note")
	if err != nil {
		return err
	}
	err = r.Update(func(tx *ledger.Tx) error {
		return briefing.WriteNote(r.Context(), tx, r.Actor, b.ID, h.ID, briefing.PageNote{
			Version: int(min(number(form, "version"), briefing.MostVersions+1)), Page: int(min(number(form, "page"), briefing.MostPages+1)), Text: form.Lines("note"),
		})
	})
	if err != nil {
		return err
	}
	if r.WantsJSON() {
		return r.JSON(map[string]bool{"done": true})
	}
	return r.See(handoutPath(h))
}

// stageHandout is a handout beside the agenda in the room.
type stageHandout struct {
	ID     int64
	Title  string
	Path   string
	For    []tree.UnitID // sites that may show it while they have the floor
	Shown  bool
	Number int // of the agenda's item; 0 for the briefing as a whole
}

func (p *stagePage) handouts(ctx context.Context, q store.Querier) error {
	list, err := briefing.Handouts(ctx, q, p.ID)
	if err != nil {
		return err
	}
	for _, h := range list {
		row := stageHandout{ID: h.ID, Title: h.Title, Path: handoutPath(h), For: []tree.UnitID{h.Unit}, Shown: h.ID == p.Shown.Handout}
		if at := slices.IndexFunc(p.Items, func(i itemRow) bool { return i.ID == h.Item }); h.Item != 0 && at >= 0 {
			row.Number = p.Items[at].Number
			for _, site := range p.Sites {
				if site.ID == p.Items[at].Site {
					row.For = append(row.For, site.Unit)
				}
			}
		}
		p.Handouts = append(p.Handouts, row)
	}
	slices.SortStableFunc(p.Handouts, func(a, b stageHandout) int { return a.Number - b.Number })
	return nil
}
