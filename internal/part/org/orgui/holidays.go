package orgui

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"

	"giaoban/internal/base/calendar"
	"giaoban/internal/base/clock"
	"giaoban/internal/base/ledger"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/org"
)

// mostAhead is how many of the next days off a page names.
const mostAhead = 12

// holidaysPage is on which days nobody works, and the file of it.
type holidaysPage struct {
	Own   bool // the installation has a file of its own
	Ahead []clock.Date
	Form  *web.Form
}

func (s *screens) showHolidays(r *web.Request) error {
	return asRunner(r, func(v *view) error { return s.renderHolidays(v, nil) })
}

func (s *screens) renderHolidays(v *view, form *web.Form) error {
	own, err := org.Holidays(v.r.Context(), v.q)
	if err != nil {
		return err
	}
	days := v.profile.Calendar()
	page := holidaysPage{Own: own != "", Form: form}
	if page.Form == nil {
		if own == "" {
			own = recent(days, v.Today).Document()
		}
		page.Form = v.r.NewForm("holidays").Set("holidays", own)
	}
	for _, day := range slices.Compact(slices.Sorted(slices.Values(days.Holidays))) {
		if day >= v.Today && len(page.Ahead) < mostAhead {
			page.Ahead = append(page.Ahead, day)
		}
	}
	layout := v.r.Layout()
	layout.Title, layout.Rail, layout.Narrow = v.r.T("orgui.holidays"), "/settings", true
	layout.Crumb(v.r.T("orgui.holidays"), "")
	return v.r.RenderStatus(page.Form.Status(), s.holidays, page)
}

// recent is a calendar without the days that were over a year ago.
func recent(c calendar.Calendar, today clock.Date) calendar.Calendar {
	over := func(day clock.Date) bool { return day < today.AddDays(-366) }
	c.Holidays, c.Worked = slices.DeleteFunc(slices.Clone(c.Holidays), over), slices.DeleteFunc(slices.Clone(c.Worked), over)
	return c
}

// setHolidays takes a file of holidays, or what was typed; by "default" it goes back to
// the profile's.
func (s *screens) setHolidays(r *web.Request) error {
	form, err := r.Posted("holidays")
	if err != nil {
		return err
	}
	notice := "orgui.holidays.saved"
	switch {
	case form.Text("act") == "default":
		form.Set("holidays", "")
		notice = "orgui.holidays.back"
	default:
		if err := takeFile(form); err != nil {
			return err
		}
	}
	refused := r.Update(func(tx *ledger.Tx) error { return org.SetHolidays(r.Context(), tx, r.Actor, form.Raw("holidays")) })
	if err := form.Refused(refused); err != nil {
		return err
	}
	if !form.OK() {
		return asRunner(r, func(v *view) error { return s.renderHolidays(v, form) })
	}
	r.Notice(notice)
	return r.See("/settings/holidays")
}

// takeFile puts a file that was sent in the place of what was typed.
func takeFile(form *web.Form) error {
	header, err := form.File("file")
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	file, err := header.Open()
	if err != nil {
		return fmt.Errorf("opening a file of holidays: %w", err)
	}
	defer file.Close()
	content, err := io.ReadAll(io.LimitReader(file, largestProfile))
	if err != nil {
		return fmt.Errorf("reading a file of holidays: %w", err)
	}
	form.Set("holidays", string(content))
	return nil
}
