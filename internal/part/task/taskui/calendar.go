package taskui

import (
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"giaoban/internal/base/access"
	"giaoban/internal/base/account"
	"giaoban/internal/base/clock"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/marking"
	"giaoban/internal/base/store"
	"giaoban/internal/base/tree"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/task"
)

// calendarPage is a month with the last days of what a unit has and gave.
type calendarPage struct {
	Unit           tree.Unit
	Month          clock.Date // its first day
	Before, After  string     // addresses of the months beside
	Weeks          [][]day
	Busy           bool // something ends in the month
	Form           *web.Form
	Made           time.Time // since when the person's calendar program has an address; zero for never
	Address        string    // the new one, shown once; "" otherwise
	MayHaveAddress bool
}

// Label names the month: "7/2020".
func (p calendarPage) Label() string { return p.Month.Time().Format("1/2006") }

// day is a day of the month with what ends on it.
type day struct {
	clock.Date
	Outside bool // of another month
	Today   bool
	Shares  []view
	Given   []given
}

// Number is the day in its month.
func (d day) Number() int { return d.Time().Day() }

// InMonth is the number of its month.
func (d day) InMonth() int { return int(d.Time().Month()) }

// Any says that something ends on the day.
func (d day) Any() bool { return len(d.Shares)+len(d.Given) > 0 }

func (s *screens) showCalendar(r *web.Request) error { return s.renderCalendar(r, "") }

func (s *screens) renderCalendar(r *web.Request, address string) error {
	unit := unitOf(r)
	if err := r.Actor.May(access.TaskRead, unit); err != nil {
		return err
	}
	p := calendarPage{Month: monthOf(r), Form: r.NewForm("address"), Address: address, MayHaveAddress: r.Actor.Person != 0}
	p.Unit, _ = r.Actor.Tree.Unit(unit)
	p.Before, p.After = monthPath(unit, p.Month.AddDays(-1)), monthPath(unit, p.Month.AddDays(31))
	if err := r.View(func(q store.Querier) error { return s.readMonth(r, q, &p) }); err != nil {
		return err
	}
	layout := r.Layout()
	layout.Title, layout.Rail = r.T("tasks.calendar"), "/tasks"
	layout.Crumb(r.T("tasks.title"), listPath(unit, office)).Crumb(r.T("tasks.calendar"), "")
	layout.Script("task/task.ts")
	return r.Render(s.calendar, p)
}

// monthOf is the first day of the month of the address, or of this one.
func monthOf(r *web.Request) clock.Date {
	if first, err := clock.ParseDate(r.Query("month") + "-01"); err == nil {
		return first
	}
	return today(r)[:len("2006-01")] + "-01"
}

func monthPath(unit tree.UnitID, in clock.Date) string {
	return "/tasks/calendar?unit=" + strconv.FormatInt(int64(unit), 10) + "&month=" + string(in[:len("2006-01")])
}

func (s *screens) readMonth(r *web.Request, q store.Querier, p *calendarPage) error {
	shares := map[clock.Date][]task.Standing{}
	for _, at := range s.Index.Of(p.Unit.ID, today(r)) {
		shares[at.Deadline] = append(shares[at.Deadline], at)
	}
	tasks, err := task.Heads(r.Context(), q, s.Index.GivenBy(p.Unit.ID))
	if err != nil {
		return err
	}
	gave := map[clock.Date][]given{}
	for _, t := range tasks {
		gave[t.Deadline] = append(gave[t.Deadline], s.given(r, t))
	}
	first := p.Month
	for first.Time().Weekday() != time.Monday {
		first = first.AddDays(-1)
	}
	month := p.Month[:len("2006-01")]
	for at := first; at[:len(month)] <= month; {
		var week []day
		for range 7 {
			d := day{Date: at, Outside: at[:len(month)] != month, Today: at == today(r), Given: gave[at]}
			if d.Shares, err = s.views(r, q, shares[at]); err != nil {
				return err
			}
			week = append(week, d)
			p.Busy = p.Busy || d.Any() && !d.Outside
			at = at.AddDays(1)
		}
		p.Weeks = append(p.Weeks, week)
	}
	p.Made, err = task.CalendarMade(r.Context(), q, r.Actor.Person)
	return err
}

// renewAddress gives the person a new address for a calendar program, and shows it once.
func (s *screens) renewAddress(r *web.Request) error {
	if err := r.Actor.May(access.TaskRead, unitOf(r)); err != nil {
		return err
	}
	if _, err := r.Posted("address"); err != nil {
		return err
	}
	var secret string
	err := r.Update(func(tx *ledger.Tx) (err error) {
		secret, err = task.RenewCalendar(r.Context(), tx, r.Actor)
		return err
	})
	if err != nil {
		return err
	}
	return s.renderCalendar(r, s.addressOf(r, "/calendar/"+secret))
}

// addressOf is a path as people outside reach it.
func (s *screens) addressOf(r *web.Request, path string) string {
	if s.Address != "" {
		return strings.TrimSuffix(s.Address, "/") + path
	}
	scheme := "http://"
	if r.TLS != nil {
		scheme = "https://"
	}
	return scheme + r.Host + path
}

// feed is the tasks of the person whose secret the address holds, for a calendar program:
// what the person was given, and what the units of the person's have.
func (s *screens) feed(r *web.Request) error {
	var list []due
	err := r.View(func(q store.Querier) error {
		person, err := task.CalendarOf(r.Context(), q, r.PathValue("code"))
		if err != nil {
			return err
		}
		actor, err := account.Actor(r.Context(), q, s.Tree, person, today(r))
		if err != nil {
			return err
		}
		if !actor.SignedIn() {
			return fault.New(fault.NotFound, "task.not-found")
		}
		r.Actor = actor // whoever has the secret reads as the person does
		list, err = s.dues(r, q)
		return err
	})
	if err != nil {
		return err
	}
	header := r.Writer.Header()
	header.Set("Content-Type", "text/calendar; charset=utf-8")
	header.Set("Cache-Control", "private, no-store")
	r.Writer.WriteHeader(http.StatusOK)
	_, _ = r.Writer.Write(icalendar(r.T("tasks.title"), list, r.Now())) // a program that went away is told nothing
	return nil
}

// dues are the last days of what a person has to do. What is marked secret is named by
// its number alone: the address is all that keeps it.
func (s *screens) dues(r *web.Request, q store.Querier) (list []due, err error) {
	var shares []task.Standing
	for _, unit := range r.Actor.Units(access.TaskDo) {
		shares = append(shares, s.Index.Of(unit, today(r))...)
	}
	shares = slices.DeleteFunc(shares, func(at task.Standing) bool { return !at.Stage.Owed() })
	views, err := s.views(r, q, shares)
	for _, v := range views {
		title := v.Title
		if v.Secrecy != marking.Ordinary {
			title = r.T("tasks.secret", "n", v.ID)
		}
		list = append(list, due{
			UID: "task-" + strconv.FormatInt(v.ID, 10) + "-" + strconv.FormatInt(int64(v.At.Unit), 10) + "@giaoban",
			Day: v.At.Deadline, Title: title, Text: v.Name + " · " + v.Word, Address: s.addressOf(r, v.Path()),
		})
	}
	return list, err
}
