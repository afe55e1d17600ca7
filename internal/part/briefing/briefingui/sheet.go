package briefingui

import (
	"fmt"

	"giaoban/internal/base/fault"
	"giaoban/internal/base/file"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/store"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/briefing"
	"giaoban/internal/part/org"
)

// keepSheet takes the scan of the sheet that the people of a site signed.
func (s *Screens) keepSheet(r *web.Request) error {
	b, site, err := s.ownSite(r)
	if err != nil {
		return err
	}
	form, upload, err := s.receive(r, "sheet")
	if err != nil {
		return err
	}
	heads, _ := form.Whole("heads")
	if form.OK() {
		err = r.Update(func(tx *ledger.Tx) error {
			cmd := briefing.SheetCommand{Briefing: b.ID, Unit: site.Unit, Heads: int(min(heads, briefing.MostHeads+1)), Upload: upload}
			_, err := briefing.KeepSheet(r.Context(), tx, r.Actor, cmd)
			return err
		})
		if err == nil {
			r.Notice("briefings.sheet.kept")
			return r.See(peoplePath(b.Briefing, site))
		}
		if err := form.Refused(err); err != nil {
			return err
		}
	}
	list, err := s.listed(r, site)
	if err != nil {
		return err
	}
	people := peopleForm(r, site, list)
	return s.renderPeople(r, b, site, peopleForms{people, form}, len(list)+spareRows)
}

// showSheet sends that scan to the site and to the host's office.
func (s *Screens) showSheet(r *web.Request) error {
	b, err := s.sit(r)
	if err != nil {
		return err
	}
	unit, err := unitAt(r)
	if err != nil {
		return err
	}
	var sheet briefing.SignedSheet
	err = r.View(func(q store.Querier) error {
		site, err := briefing.SiteOf(r.Context(), q, b.ID, unit)
		if err != nil {
			return err
		}
		if err := briefing.MayReadSheet(r.Actor, b.Briefing, site); err != nil {
			return err
		}
		var ok bool
		if sheet, ok, err = briefing.SheetOf(r.Context(), q, site.ID); err == nil && !ok {
			err = fault.New(fault.NotFound, "briefings.sheet.none")
		}
		return err
	})
	if err != nil {
		return err
	}
	return s.send(r, sheet.File)
}

// blankSheet is the sheet to be printed and signed.
func (s *Screens) blankSheet(r *web.Request) error {
	b, site, err := s.ownSite(r)
	if err != nil {
		return err
	}
	of := briefing.Blank{Briefing: b.Briefing, Site: names(r.Actor.Tree)(site.Unit), Zone: r.Zone()}
	err = r.View(func(q store.Querier) (err error) {
		if of.Listed, err = briefing.Attendees(r.Context(), q, site.ID); err != nil {
			return err
		}
		p, err := org.Profile(r.Context(), q)
		if err == nil {
			of.Motto = p.Motto.In(r.Lang)
		}
		return err
	})
	if err != nil {
		return err
	}
	content, err := briefing.BlankPaper(r.Texts(), r.Lang, of).PDF()
	if err != nil {
		return fmt.Errorf("printing the sheet to sign of site %d: %w", site.ID, err)
	}
	return r.Attach(fmt.Sprintf("%s-%d.pdf", r.T("briefings.sheet.file"), b.ID), file.PDF, content)
}
