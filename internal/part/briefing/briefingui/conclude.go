package briefingui

import (
	"fmt"
	"slices"
	"strconv"

	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/profile"
	"giaoban/internal/base/store"
	"giaoban/internal/base/text"
	"giaoban/internal/base/tree"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/briefing"
	"giaoban/internal/part/conclusion"
	"giaoban/internal/part/directive"
	"giaoban/internal/part/org"
)

// concluded is the conclusions of a briefing, beside its minutes.
type concluded struct {
	Base     string
	Writes   bool // the person works in the host's office
	Presides bool // and may give the chair's word
	Chair    bool // as the chair
	Rows     []conclusionRow
	Notices  []noticeRow
	Issues   string               // where a notice of what is approved is prepared; "" when there is nothing for one
	Drafts   []conclusion.Version // that the chair's word is asked for
	Form     *web.Form
	Editing  int64 // the draft in the form; 0 for a new one

	Ways, Levels, Units, Figures, Compares, Steps, Verifiers []web.Option
}

// conclusionRow is a conclusion in words.
type conclusionRow struct {
	conclusion.Conclusion
	Who      string   // for whom it is
	Names    []string // of the units as they stand now, or as they were fixed
	More     int      // units that are not named
	Done     string   // what counts as done
	Verifies string   // whose office verifies; "" for the host's
	Old      string   // what it replaces
	// OldNumber is of the notice in which that stands.
	OldNumber string
	First     bool // among what is in no notice yet
	Last      bool
}

// mostUnits is how many units of a conclusion are named on the page.
const mostUnits = 80

// conclusions reads the conclusions that the person may see: the host's office all of
// them, others what the chair has approved.
func (s *Screens) conclusionsOf(r *web.Request, q store.Querier, b seated) (c concluded, err error) {
	c = concluded{Base: path(b.ID, "/conclusions"), Writes: b.Seat.Prepares && b.begun(), Presides: b.Seat.Presides() && b.begun(), Chair: b.Seat.Chair}
	list, err := conclusion.Of(r.Context(), q, b.ID)
	if err != nil {
		return c, err
	}
	w, err := s.conclusionWords(r, q, b)
	if err != nil {
		return c, err
	}
	for _, one := range list {
		if one.State == conclusion.Drafted && !b.Seat.Prepares && !b.Seat.Presides() {
			continue
		}
		row, err := w.row(one)
		if err != nil {
			return c, err
		}
		c.Rows = append(c.Rows, row)
		if one.State == conclusion.Drafted {
			c.Drafts = append(c.Drafts, conclusion.Version{ID: one.ID, Revision: one.Revision})
		}
	}
	for i := range c.Rows {
		c.Rows[i].First = i == 0 || c.Rows[i-1].Notice != c.Rows[i].Notice
		c.Rows[i].Last = i == len(c.Rows)-1
	}
	if c.Writes {
		w.choices(&c)
	}
	c.Notices, err = b.noticesOf(r, q)
	if c.Writes && slices.ContainsFunc(list, func(one conclusion.Conclusion) bool { return one.State == conclusion.Approved && one.Notice == 0 }) {
		c.Issues = path(b.ID, "/notices/new")
	}
	return c, err
}

// open puts a form on the page: the one that came back, that of the draft which the
// address names, or an empty one.
func (c *concluded) open(r *web.Request, q store.Querier, sent *web.Form) error {
	c.Form = sent
	if c.Form == nil {
		id, err := strconv.ParseInt(r.Query("edit"), 10, 64)
		if err != nil || !slices.ContainsFunc(c.Drafts, func(v conclusion.Version) bool { return v.ID == id }) {
			id = 0
		}
		var draft conclusion.Conclusion
		if id != 0 {
			if draft, err = conclusion.Get(r.Context(), q, id); err != nil {
				return err
			}
		}
		c.Form = conclusionForm(r, draft)
	}
	c.Editing = number(c.Form, "id")
	return nil
}

// begun says whether the meeting has begun and was not called off.
func (b seated) begun() bool { return b.State == briefing.Open || b.State == briefing.Ended }

// conclusionWords puts conclusions into words.
type conclusionWords struct {
	s     *Screens
	r     *web.Request
	q     store.Querier
	b     seated
	rules *profile.Profile
	of    directive.Directive // whose board is shown; the zero one for none
}

func (s *Screens) conclusionWords(r *web.Request, q store.Querier, b seated) (*conclusionWords, error) {
	rules, err := org.Profile(r.Context(), q)
	if err != nil {
		return nil, err
	}
	w := &conclusionWords{s: s, r: r, q: q, b: b, rules: rules}
	if b.Directive != 0 {
		w.of, err = directive.Get(r.Context(), q, b.Directive)
	}
	return w, err
}

func (w *conclusionWords) row(c conclusion.Conclusion) (row conclusionRow, err error) {
	row = conclusionRow{Conclusion: c, Done: w.r.T("briefings.conclusion.by-report")}
	if c.Milestone != "" {
		row.Done = w.r.T("briefings.conclusion.by-milestone", "milestone", w.milestone(c.Milestone))
	}
	if c.Verifier != c.Unit {
		row.Verifies = w.name(c.Verifier)
	}
	if c.Replaces != 0 {
		old, err := conclusion.Get(w.r.Context(), w.q, c.Replaces)
		if err != nil {
			return row, err
		}
		notice, err := conclusion.NoticeOf(w.r.Context(), w.q, old.Briefing, old.Notice)
		if err != nil {
			return row, err
		}
		row.Old, row.OldNumber = old.Title, notice.Paper.NumberText
	}
	if c.Ends {
		return row, nil
	}
	units, err := w.units(c)
	if err != nil {
		return row, err
	}
	row.Who = w.who(c.To, len(units))
	for _, unit := range units[:min(len(units), mostUnits)] {
		row.Names = append(row.Names, w.name(unit))
	}
	row.More = len(units) - len(row.Names)
	return row, nil
}

// units are whom a conclusion is for: as they were fixed, or of a draft as they stand
// now.
func (w *conclusionWords) units(c conclusion.Conclusion) ([]tree.UnitID, error) {
	if c.Task != 0 {
		return conclusion.Units(w.r.Context(), w.q, c)
	}
	units, err := c.To.Resolve(w.r.Actor.Tree, w.b.Unit, conclusion.Figures{Boards: w.s.Boards, Directive: w.b.Directive})
	if fault.Is(err, fault.Invalid) || fault.Is(err, fault.NotFound) {
		return nil, nil // a unit or a figure is not there any more: the chair's word will be refused
	}
	return units, err
}

func (w *conclusionWords) name(id tree.UnitID) string { return names(w.r.Actor.Tree)(id) }

func (w *conclusionWords) level(key string) string {
	level, _ := w.rules.Level(key)
	return level.Plural.In(w.r.Lang)
}

func (w *conclusionWords) milestone(key string) string {
	for _, m := range w.of.Document.Milestones {
		if m.Key == key {
			return m.Name.In(w.r.Lang)
		}
	}
	return key
}

// who says for whom a conclusion is.
func (w *conclusionWords) who(to conclusion.Assignees, n int) string {
	switch to.Way {
	case conclusion.OfLevel:
		return w.r.T("briefings.conclusion.who.level", "level", w.level(to.Level), "n", n)
	case conclusion.Condition:
		return text.Capital(w.r.T("briefings.conclusion.who.condition."+string(to.Compare), "level", w.level(to.Level), "milestone", w.milestone(to.Milestone),
			"counted", w.level(to.Counted), "percent", to.Percent, "n", n))
	}
	return w.r.T("briefings.conclusion.who.named", "n", n)
}

// choices are what the form offers.
func (w *conclusionWords) choices(c *concluded) {
	t := w.r.T
	for _, way := range conclusion.Ways {
		if way == conclusion.Condition && w.b.Directive == 0 {
			continue
		}
		c.Ways = append(c.Ways, web.Option{Value: string(way), Label: t("briefings.conclusion.way." + string(way))})
	}
	host, _ := w.r.Actor.Tree.Unit(w.b.Unit)
	for level, ok := w.rules.LevelBelow(host.Level); ok; level, ok = w.rules.LevelBelow(level.Key) {
		c.Levels = append(c.Levels, web.Option{Value: level.Key, Label: level.Plural.In(w.r.Lang)})
	}
	for _, unit := range w.r.Actor.Tree.Children(w.b.Unit) {
		c.Units = append(c.Units, web.Option{Value: key(unit.ID), Label: unit.Name})
	}
	for _, cmp := range []conclusion.Compare{conclusion.Under, conclusion.AtLeast} {
		c.Compares = append(c.Compares, web.Option{Value: string(cmp), Label: t("briefings.conclusion.compare." + string(cmp))})
	}
	c.Verifiers = append([]web.Option{{Value: key(w.b.Unit), Label: host.Name}}, c.Units...)
	c.Steps = []web.Option{{Label: t("briefings.conclusion.by-report")}}
	for _, m := range w.of.Document.Milestones {
		c.Steps = append(c.Steps, web.Option{Value: m.Key, Label: t("briefings.conclusion.by-milestone", "milestone", m.Name.In(w.r.Lang))})
		for _, d := range m.Deadlines {
			c.Figures = append(c.Figures, web.Option{Value: m.Key + "/" + d.Level, Label: m.Name.In(w.r.Lang) + " · " + w.level(d.Level)})
		}
	}
}

// conclusionActs are what is done to one conclusion, by the name in the address.
var conclusionActs = map[string]func(r *web.Request, tx *ledger.Tx, b seated, id int64, form *web.Form) error{
	"up": func(r *web.Request, tx *ledger.Tx, b seated, id int64, form *web.Form) error {
		return conclusion.Move(r.Context(), tx, r.Actor, b.Meeting(), id, number(form, "revision"), true)
	},
	"down": func(r *web.Request, tx *ledger.Tx, b seated, id int64, form *web.Form) error {
		return conclusion.Move(r.Context(), tx, r.Actor, b.Meeting(), id, number(form, "revision"), false)
	},
	"remove": func(r *web.Request, tx *ledger.Tx, b seated, id int64, form *web.Form) error {
		return conclusion.Remove(r.Context(), tx, r.Actor, b.Meeting(), id, number(form, "revision"))
	},
	"amend": func(r *web.Request, tx *ledger.Tx, b seated, id int64, form *web.Form) error {
		_, err := conclusion.Amend(r.Context(), tx, r.Actor, b.Meeting(), id, false, form.Key)
		return err
	},
	"withdraw": func(r *web.Request, tx *ledger.Tx, b seated, id int64, form *web.Form) error {
		_, err := conclusion.Amend(r.Context(), tx, r.Actor, b.Meeting(), id, true, form.Key)
		return err
	},
	"recall": func(r *web.Request, tx *ledger.Tx, b seated, id int64, _ *web.Form) error {
		return briefing.RecallConclusion(r.Context(), tx, r.Actor, b.ID, id)
	},
}

// concludeOne does something to one conclusion.
func (s *Screens) concludeOne(r *web.Request) error {
	id, err := r.ID("conclusion")
	if err != nil {
		return err
	}
	act, known := conclusionActs[r.PathValue("act")]
	if !known {
		return fault.New(fault.NotFound, "web.not-found")
	}
	return s.conclude(r, func(tx *ledger.Tx, b seated, form *web.Form) error { return act(r, tx, b, id, form) })
}

// approveConclusions gives the chair's word for the drafts that the page showed.
func (s *Screens) approveConclusions(r *web.Request) error {
	return s.conclude(r, func(tx *ledger.Tx, b seated, form *web.Form) error {
		var read []conclusion.Version
		for _, typed := range form.All("draft") {
			var one conclusion.Version
			_, _ = fmt.Sscanf(typed, "%d:%d", &one.ID, &one.Revision) // none is not found
			read = append(read, one)
		}
		return briefing.ApproveConclusions(r.Context(), tx, r.Actor, s.Boards, b.ID, read)
	})
}

func (s *Screens) conclude(r *web.Request, do func(tx *ledger.Tx, b seated, form *web.Form) error) error {
	b, form, err := s.concludes(r)
	if err != nil {
		return err
	}
	err = r.Update(func(tx *ledger.Tx) error { return do(tx, b, form) })
	if err == nil {
		return r.See(path(b.ID, "/minutes#conclusions"))
	}
	empty := conclusionForm(r, conclusion.Conclusion{})
	if err := empty.Refused(err); err != nil {
		return err
	}
	return s.renderMinutes(r, b, nil, empty)
}
