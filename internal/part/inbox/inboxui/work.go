package inboxui

import (
	"embed"
	"fmt"
	"net/url"
	"strconv"

	"giaoban/internal/base/access"
	"giaoban/internal/base/clock"
	"giaoban/internal/base/marking"
	"giaoban/internal/base/store"
	"giaoban/internal/base/text"
	"giaoban/internal/base/tree"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/board"
	"giaoban/internal/part/folder"
	"giaoban/internal/part/inbox"
	"giaoban/internal/part/report"
	"giaoban/internal/part/task"
)

// Texts are the words of this page.
//
//go:embed texts.yaml
var Texts embed.FS

//go:embed page/*.html
var pages embed.FS

// Add declares the page's route in a frame.
func Add(f *web.Frame, boards *board.Boards, tasks *task.Index) {
	screen := f.Screen(pages, "page/work.html")
	f.Add(web.Route{Pattern: "GET /work", Action: access.SignedIn, Handle: func(r *web.Request) error {
		work, err := of(r, boards, tasks)
		if err != nil {
			return err
		}
		layout := r.Layout()
		layout.Title = r.T("inboxui.title")
		layout.Crumb(r.T("inboxui.title"), "")
		unit, _ := r.Actor.Tree.Unit(r.Actor.Home())
		choices, at := unitChoices(r, work)
		shown := newPage(r, at, unit)
		shown.Units = choices
		if work.Empty() && len(boards.Directives(unit.ID)) == 0 {
			shown.Steps = first(r, unit)
		}
		return r.Render(screen, shown)
	}})
}

// waiting is the work of a person, and what was entered in the person's name from paper.
type waiting struct {
	inbox.Work
	Entered  []folder.Slip // to be looked at
	Disputed []folder.Slip // that the person entered, and the leader says otherwise
}

// Count is how many things wait.
func (w waiting) Count() int { return w.Work.Count() + len(w.Entered) + len(w.Disputed) }

// Hot says that something is late, was returned or is under way.
func (w waiting) Hot() bool { return w.Work.Hot() || len(w.Disputed) > 0 }

// AtUnit is what waits at one unit.
func (w waiting) AtUnit(unit tree.UnitID) waiting {
	at := func(list []folder.Slip) (kept []folder.Slip) {
		for _, s := range list {
			if s.Unit == unit {
				kept = append(kept, s)
			}
		}
		return kept
	}
	return waiting{w.Work.AtUnit(unit), at(w.Entered), at(w.Disputed)}
}

func of(r *web.Request, boards *board.Boards, tasks *task.Index) (w waiting, err error) {
	err = r.View(func(q store.Querier) (err error) {
		if w.Work, err = inbox.For(r.Context(), q, boards, tasks, r.Actor, r.Now(), r.Zone()); err != nil {
			return err
		}
		if w.Entered, err = folder.Unanswered(r.Context(), q, r.Actor.Person); err != nil {
			return err
		}
		w.Disputed, err = folder.Disputed(r.Context(), q, r.Actor.Person, r.Now())
		return err
	})
	return w, err
}

// Counts are what the rail shows beside "my work" and "waiting for acceptance":
// how many things wait, how many of them are reports to decide, and whether
// something is late.
func Counts(r *web.Request, tasks *task.Index) (work, waiting int, hot bool, err error) {
	w, err := of(r, nil, tasks)
	return w.Count(), w.Waiting(), w.Hot(), err
}

// page is the work as the template lists it.
type page struct {
	waiting
	Unit   tree.Unit
	Groups []group
	Dates  []dateGroup
	Next   string       // what comes next on the calendar, in a sentence; "" for nothing
	Units  []unitChoice // of somebody with posts in several units; none otherwise
	Steps  []step       // what comes before the first directive

	lines []line          // that are not in their order yet
	seen  map[string]bool // kinds of which the page has a line
}

// unitChoice is a unit whose work alone can be shown; the first is all of them.
type unitChoice struct {
	Name, Path string
	Count      int
	Hot        bool
	Current    bool
}

// unitChoices are the units of somebody with posts in several, and the work at the
// one that the address names: "?unit=". A unit that is none of them shows all.
func unitChoices(r *web.Request, work waiting) ([]unitChoice, waiting) {
	units := r.Actor.Units(access.DirectiveRead)
	if len(units) < 2 {
		return nil, work
	}
	asked, shown := r.Query("unit"), work
	list := []unitChoice{{Name: r.T("inboxui.units.all"), Path: "/work", Count: work.Count(), Hot: work.Hot(), Current: true}}
	for _, id := range units {
		unit, _ := r.Actor.Tree.Unit(id)
		at, key := work.AtUnit(id), strconv.FormatInt(int64(id), 10)
		current := asked == key
		if current {
			list[0].Current, shown = false, at
		}
		list = append(list, unitChoice{unit.Name, "/work?unit=" + key, at.Count(), at.Hot(), current})
	}
	return list, shown
}

// group is a part of the list; its title is "inboxui.group." and the key.
type group struct {
	Key   string
	Count int
	Hot   bool
	Lines []line
}

// line is one thing to do. Why it stands there is its kind, whose words are
// "inboxui.group." and the key.
type line struct {
	Kind  string
	First bool // of its kind
	when  when
	due   clock.Date // the day by which it should be done; "" where none is set
	count int        // how many things it stands for
	Path  string
	What  string
	Small []string
	Sign  string // of the state; "" for none
	Word  string
	Act   string // of a button that leads there; "" for none
	Quote string // a reason
	Marks marking.Marks
}

func newPage(r *web.Request, work waiting, unit tree.Unit) page {
	p := page{waiting: work, Unit: unit, seen: map[string]bool{}}
	p.briefings(r, "now", work.Now)
	p.reports(r, "returned", work.Returned)
	p.reports(r, "late", work.Late)
	p.asked(r)
	p.reports(r, "signature", work.Signature)
	p.papers(r)
	p.articles(r)
	p.acceptance(r)
	p.publicBoards(r)
	p.briefings(r, "minutes", work.Minutes)
	p.reports(r, "told", work.Told)
	p.answered(r)
	p.entered(r)
	p.disputed(r)
	p.briefings(r, "invited", work.Invited)
	p.briefings(r, "unnamed", work.Unnamed)
	p.briefings(r, "unchecked", work.Unchecked)
	p.tasks(r)
	p.verify(r)
	p.reports(r, "soon", work.Soon)
	p.acknowledge(r)
	p.addresses(r)
	p.order()
	p.reports(r, "later", work.Later)
	p.below(r)
	p.Dates, p.Next = dates(r, work.Work)
	return p
}

func (p *page) reports(r *web.Request, key string, list []inbox.Report) {
	var lines []line
	for _, one := range list {
		l := line{
			Path: path("report", one.Slot), What: one.Milestone.In(r.Lang), Small: []string{one.At.Name, one.Number},
			Sign: string(one.Mark), Word: due(r, one, p.Today), Marks: one.Marks, due: one.Deadline,
		}
		if one.Cells > 0 {
			l.Path = path("cells", one.Slot)
			l.What = r.T("inboxui.cells", "milestone", one.Milestone.In(r.Lang), "level", one.Level.Plural.In(r.Lang))
			l.Small = append(l.Small, r.T("inboxui.cells.reported", "done", one.Reported, "total", one.Cells))
		}
		if one.Returned.ID != 0 {
			l.Small = append(l.Small, r.T("inboxui.returned-by", "name", one.Returned.Decider))
			l.Quote = one.Returned.Reason
		}
		if one.Told.ID != 0 {
			office, _ := r.Actor.Tree.Unit(one.Told.Telling.By)
			l.Small = append(l.Small, r.T("inboxui.told-by", "unit", office.Name, "said", one.Told.Telling.Said))
		}
		if name := one.ApartName.In(r.Lang); name != "" {
			l.Small = append(l.Small, name)
		}
		if one.InPlace != "" {
			l.Small = append(l.Small, r.T("inboxui.in-place", "as", one.InPlace, "since", day(r, one.Since)))
		}
		if one.Draft.Revision > 0 {
			l.Small = append(l.Small, draft(r, one))
		}
		lines = append(lines, l)
	}
	p.add(key, lines)
}

func path(kind string, s report.Slot) string {
	return fmt.Sprintf("/%s/%d/%s/%d", kind, s.Directive, url.PathEscape(s.Milestone), s.Unit)
}

func (p *page) acceptance(r *web.Request) {
	var lines []line
	for _, q := range p.Acceptance {
		l := line{
			Path: "/queue/" + strconv.FormatInt(int64(q.At.ID), 10), What: r.T("inboxui.queue", "n", q.Count),
			Small: []string{q.At.Name, r.T("inboxui.queue.since", "time", moment(r, q.Oldest))},
			Sign:  "waiting", Word: r.T("inboxui.waiting"), count: q.Count,
		}
		if q.InPlace != "" {
			l.Small = append(l.Small, r.T("inboxui.in-place", "as", q.InPlace, "since", day(r, q.Oldest)))
		}
		lines = append(lines, l)
	}
	p.add("acceptance", lines)
}

// entered lists what somebody entered in the leader's name, for the leader to look at.
func (p *page) entered(r *web.Request) {
	var lines []line
	for _, s := range p.Entered {
		lines = append(lines, line{
			Path: folder.SlipPath(s.Code), What: s.Content.Title, Marks: s.Content.Marks,
			Small: []string{s.Content.From, r.T("inboxui.entered-by", "name", r.Person(s.Enterer), "time", moment(r, s.At))},
			Sign:  "waiting", Word: r.T("inboxui.entered"),
		})
	}
	p.add("entered", lines)
}

// disputed lists what the person entered in the name of a leader who says that it is not
// so.
func (p *page) disputed(r *web.Request) {
	var lines []line
	for _, s := range p.Disputed {
		lines = append(lines, line{
			Path: folder.SlipPath(s.Code), What: s.Content.Title, Marks: s.Content.Marks, Small: []string{s.Content.From, r.Person(s.Name)},
			Sign: "late", Word: r.T("inboxui.disputed"), Quote: s.Remark,
		})
	}
	p.add("disputed", lines)
}

func (p *page) acknowledge(r *web.Request) {
	var lines []line
	for _, d := range p.Acknowledge {
		l := line{
			Path: fmt.Sprintf("/directives/%d?unit=%d", d.ID, d.At.ID), What: d.Document.Number + " · " + d.Document.Title,
			Small: []string{d.At.Name, r.T("inboxui.issued", "date", day(r, d.IssuedAt))}, Marks: d.Document.Marks,
		}
		if d.InPlace != "" {
			l.Small = append(l.Small, r.T("inboxui.in-place", "as", d.InPlace, "since", day(r, d.IssuedAt)))
		}
		if d.By != "" {
			l.due, l.Sign, l.Word = d.By, string(report.MarkSoon), text.Remaining(r.Lang, d.By, p.Today)+" · "+text.NearDate(r.Lang, d.By, p.Today)
		}
		if d.By != "" && d.By < p.Today {
			l.Sign = string(report.MarkLate)
		}
		lines = append(lines, l)
	}
	p.add("acknowledge", lines)
}

func (p *page) below(r *web.Request) {
	var lines []line
	for _, b := range p.Below {
		path := fmt.Sprintf("/board/%d/%d/column/%d?state=late", b.Directive, b.At.ID, b.Column)
		if r.Actor.May(access.ReportDraft, b.At.ID) == nil { // whoever does the work there urges them
			path = fmt.Sprintf("/late/%d/%s/%s/%d", b.Directive, b.Key, b.Level.Key, b.At.ID)
		}
		lines = append(lines, line{
			Path:  path,
			What:  b.Milestone.In(r.Lang) + " · " + b.Level.Plural.In(r.Lang),
			Small: []string{b.At.Name, b.Number}, Sign: "late", Word: r.T("inboxui.below", "n", b.Late, "total", b.Total),
		})
	}
	p.add("below", lines)
}
