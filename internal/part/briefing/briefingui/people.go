package briefingui

import (
	"strconv"

	"giaoban/internal/base/access"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/store"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/briefing"
)

// peoplePage is the list of who is in the room of a site.
type peoplePage struct {
	Form  *web.Form
	Sheet *web.Form // sends the scan of the signed one
	Sent  bool      // there is such a scan
	Path  string
	Back  string
	Unit  string
	Rows  []int // numbers of the form's rows
}

// peopleForms are the forms of that page.
type peopleForms struct{ list, sheet *web.Form }

func peoplePath(b briefing.Briefing, site briefing.Site) string {
	return path(b.ID, "/people/"+strconv.FormatInt(int64(site.Unit), 10))
}

// spareRows is how many empty rows the list offers.
const spareRows = 5

func (s *Screens) showPeople(r *web.Request) error {
	b, site, err := s.ownSite(r)
	if err != nil {
		return err
	}
	list, err := s.listed(r, site)
	if err != nil {
		return err
	}
	return s.renderPeople(r, b, site, peopleForms{list: peopleForm(r, site, list)}, len(list)+spareRows)
}

func (s *Screens) listed(r *web.Request, site briefing.Site) (list []briefing.Attendee, err error) {
	return list, r.View(func(q store.Querier) (err error) {
		list, err = briefing.Attendees(r.Context(), q, site.ID)
		return err
	})
}

// peopleForm is the form with the list as it is.
func peopleForm(r *web.Request, site briefing.Site, list []briefing.Attendee) *web.Form {
	form := r.NewForm("people")
	if site.Heads > 0 {
		form.Set("heads", site.Heads)
	}
	for i, a := range list {
		at := strconv.Itoa(i)
		form.Set("name."+at, a.Name).Set("post."+at, a.Post).Set("reason."+at, a.Reason)
		if a.Absent {
			form.Set("absent."+at, "yes")
		}
	}
	return form
}

// ownSite is the site of the address, for whoever acts for it.
func (s *Screens) ownSite(r *web.Request) (b seated, site briefing.Site, err error) {
	if b, err = s.sit(r); err != nil {
		return b, site, err
	}
	unit, err := unitAt(r)
	if err != nil {
		return b, site, err
	}
	if err := r.Actor.May(access.BriefingAttend, unit); err != nil {
		return b, site, err
	}
	err = r.View(func(q store.Querier) (err error) {
		site, err = briefing.SiteOf(r.Context(), q, b.ID, unit)
		return err
	})
	return b, site, err
}

func (s *Screens) renderPeople(r *web.Request, b seated, site briefing.Site, forms peopleForms, rows int) error {
	data := peoplePage{Form: forms.list, Sheet: forms.sheet, Path: peoplePath(b.Briefing, site), Back: r.Back(path(b.ID, "")), Unit: names(r.Actor.Tree)(site.Unit)}
	status := forms.list.Status()
	if data.Sheet == nil {
		data.Sheet = r.NewForm("sheet")
		if site.Heads > 0 {
			data.Sheet.Set("heads", site.Heads)
		}
	} else {
		status = data.Sheet.Status()
	}
	err := r.View(func(q store.Querier) (err error) {
		_, data.Sent, err = briefing.SheetOf(r.Context(), q, site.ID)
		return err
	})
	if err != nil {
		return err
	}
	for i := range min(rows, briefing.MostAttendees) {
		data.Rows = append(data.Rows, i)
	}
	b.frame(r, r.T("briefings.people")).Script("briefing/briefing.ts") // for its style
	return r.RenderStatus(status, s.attendees, data)
}

func (s *Screens) keepPeople(r *web.Request) error {
	b, site, err := s.ownSite(r)
	if err != nil {
		return err
	}
	form, err := r.Posted("people")
	if err != nil {
		return err
	}
	cmd := briefing.ListCommand{Briefing: b.ID, Unit: site.Unit}
	if n, ok := form.Whole("heads"); ok {
		cmd.Heads = int(min(n, briefing.MostHeads+1))
	}
	rows := 0
	for i := range briefing.MostAttendees + 1 {
		at := strconv.Itoa(i)
		if !form.Values.Has("name." + at) {
			break
		}
		rows++
		cmd.Attendees = append(cmd.Attendees, briefing.Attendee{
			Name: form.Text("name." + at), Post: form.Text("post." + at), Absent: form.Checked("absent." + at), Reason: form.Text("reason." + at),
		})
	}
	if form.OK() {
		err = r.Update(func(tx *ledger.Tx) error {
			_, err := briefing.KeepList(r.Context(), tx, r.Actor, cmd)
			return err
		})
		if err == nil {
			r.Notice("briefings.people.kept")
			if form.Raw("more") != "" {
				return r.See(peoplePath(b.Briefing, site))
			}
			return r.See(path(b.ID, ""))
		}
		if err := form.Refused(err); err != nil {
			return err
		}
	}
	return s.renderPeople(r, b, site, peopleForms{list: form}, rows)
}
