package newsui

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"

	"giaoban/internal/base/access"
	"giaoban/internal/base/clock"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/marking"
	"giaoban/internal/base/profile"
	"giaoban/internal/base/store"
	"giaoban/internal/base/text"
	"giaoban/internal/base/tree"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/briefing"
	"giaoban/internal/part/news"
	"giaoban/internal/part/news/prose"
	"giaoban/internal/part/org"
)

// figureChoice is which figures a desk can put into its article.
type figureChoice struct {
	Unit    tree.Unit
	Boards  []boardChoice
	Kinds   []web.Option
	Moments []web.Option // now, and when its briefings' figures were closed
}

// boardChoice is the figures of one directive.
type boardChoice struct {
	Directive string // its number and title
	ID        int64
	Columns   []web.Option // "directive/milestone/level"
}

// figuresFor are the figures that a unit's desk can put into an article or on a public
// board: of the directives that are no secret.
func (s *screens) figuresFor(r *web.Request, unit tree.UnitID) (choice figureChoice, err error) {
	choice.Unit, _ = s.Tree.Unit(unit)
	if r.Actor.May(access.BoardRead, unit) != nil {
		return choice, nil
	}
	var rules *profile.Profile
	var briefings []briefing.Briefing
	err = r.View(func(q store.Querier) error {
		if rules, err = org.Profile(r.Context(), q); err != nil {
			return err
		}
		briefings, err = briefing.List(r.Context(), q, []tree.UnitID{unit})
		return err
	})
	if err != nil {
		return choice, err
	}
	for _, id := range s.Boards.Directives(unit) {
		one, err := s.columnsOf(r, rules, id, unit)
		if err != nil {
			return choice, err
		}
		if len(one.Columns) > 0 {
			choice.Boards = append(choice.Boards, one)
		}
	}
	for _, kind := range []prose.FigureKind{prose.Done, prose.Total, prose.Percent} {
		choice.Kinds = append(choice.Kinds, web.Option{Value: string(kind), Label: r.T("newsui.figure.kind." + string(kind))})
	}
	choice.Moments = []web.Option{{Value: "", Label: r.T("newsui.figure.now")}}
	for _, b := range briefings {
		if b.Unit == unit && !b.Cutoff.IsZero() && b.Cutoff.Before(r.Now()) {
			choice.Moments = append(choice.Moments, web.Option{Value: b.Cutoff.UTC().Format(time.RFC3339Nano), Label: r.T("newsui.figure.briefing", "title", b.Title, "time", text.Moment(r.Lang, b.Cutoff, r.Zone()))})
		}
	}
	return choice, nil
}

// columnsOf are the figures of one directive's board; none where it is secret.
func (s *screens) columnsOf(r *web.Request, rules *profile.Profile, id int64, unit tree.UnitID) (one boardChoice, err error) {
	view, err := s.Boards.Read(id, unit, 0)
	if err != nil || view.Document.Secrecy.Above(marking.Ordinary) {
		return one, err
	}
	one.ID, one.Directive = id, strings.TrimSpace(view.Document.Number+" "+view.Document.Title)
	for i, column := range view.Columns {
		if view.Head.Cells[i].Total == 0 {
			continue
		}
		level, _ := rules.Level(column.Level)
		for _, milestone := range view.Document.Milestones {
			if milestone.Key == column.Milestone {
				one.Columns = append(one.Columns, web.Option{Value: fmt.Sprintf("%d/%s/%s", id, column.Milestone, column.Level), Label: milestone.Name.In(r.Lang) + " · " + level.Plural.In(r.Lang)})
			}
		}
	}
	return one, nil
}

// figure gives the editor a figure of a unit's board in the structure of a text.
func (s *screens) figure(r *web.Request) error {
	unit := unitOf(r)
	if err := r.Actor.May(access.NewsWrite, unit); err != nil {
		return err
	}
	if err := r.Actor.May(access.BoardRead, unit); err != nil {
		return err
	}
	bound, err := boundTo(r, unit)
	if err != nil {
		return err
	}
	var held news.Held
	err = r.View(func(q store.Querier) error {
		held, err = news.LookUp(r.Context(), q, s.Boards, prose.Run{Figure: &bound})
		return err
	})
	if fault.Is(err, fault.NotFound) {
		return errWhich.Because(err)
	}
	if err != nil {
		return err
	}
	shape, err := prose.Document{Blocks: []prose.Block{{Paragraph: &prose.Paragraph{Line: prose.Line{{Text: held.Says(r.Lang), Figure: &bound}}}}}}.Encode()
	if err != nil {
		return err
	}
	return r.JSON(json.RawMessage(shape))
}

// errWhich refuses to put in what no board has.
var errWhich = fault.New(fault.Invalid, "newsui.figure.wrong")

// boundTo is what the address asks a figure to be bound to.
func boundTo(r *web.Request, unit tree.UnitID) (prose.Figure, error) {
	column := strings.Split(r.Query("column"), "/")
	if len(column) != 3 {
		return prose.Figure{}, errWhich
	}
	id, err := strconv.ParseInt(column[0], 10, 64)
	if err != nil {
		return prose.Figure{}, errWhich.Because(err)
	}
	at := r.Now().UTC().Truncate(time.Microsecond)
	if asked := r.Query("at"); asked != "" {
		if at, err = time.Parse(time.RFC3339Nano, asked); err != nil || at.After(r.Now()) {
			return prose.Figure{}, errWhich
		}
	}
	return prose.Figure{Directive: id, Milestone: column[1], Unit: int64(unit), Level: column[2], Kind: prose.FigureKind(r.Query("kind")), Moment: at}, nil
}

// take has the board's figures stand in an article.
func (s *screens) take(r *web.Request) error {
	a, err := articleOf(r, access.NewsWrite)
	if err != nil {
		return err
	}
	form, err := r.Posted("publish")
	if err != nil {
		return err
	}
	revision, _ := strconv.ParseInt(form.Raw("revision"), 10, 64) // none is none that was read
	err = r.Update(func(tx *ledger.Tx) error {
		_, err := news.Take(r.Context(), tx, r.Actor, news.TakeCommand{Article: a.ID, Revision: revision, Boards: s.Boards, Lang: r.Lang})
		return err
	})
	return s.done(r, a, form, err, "newsui.figure.taken")
}

// asOf says as of when a figure is, in the reader's language.
func asOf(r *web.Request) func(time.Time) string {
	return func(at time.Time) string {
		local := at.In(r.Zone())
		return r.T("newsui.figure.as-of", "hour", strconv.Itoa(local.Hour()), "minute", local.Format("04"), "date", text.Date(r.Lang, clock.DateOf(at, r.Zone())))
	}
}

// moments says as of when the figures of a text are, each moment once.
func moments(r *web.Request, t news.Text) (said []string) {
	document, err := t.Document()
	if err != nil {
		return nil // as bodyOf
	}
	known := map[string]bool{}
	for run := range document.Figures() {
		if one := asOf(r)(run.Figure.Moment); !known[one] {
			known[one] = true
			said = append(said, one)
		}
	}
	return said
}
