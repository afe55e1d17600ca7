package web

import (
	"regexp"
	"time"

	"giaoban/internal/base/clock"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/text"
)

// components answers the page that shows every component in all its states, in
// the language of the person: what a screen is made of is chosen from here.
func (f *Frame) components() func(*Request) error {
	screen := f.Screen(templates, "template/components.html")
	return func(r *Request) error {
		title := r.T("web.sample.title")
		r.Layout().Crumb(r.T("web.sample.home"), "/").Crumb(title, "").Title = title
		r.Layout().Live = true
		return r.Render(screen, sample(r))
	}
}

// sampleData is what the component page shows; all of it is made up.
type sampleData struct {
	Swatches []swatch
	Icons    []string
	Rows     []sampleRow
	Cells    []string
	Form     *Form // as a person finds it
	Wrong    *Form // as it comes back with errors
	Levels   []Option
	Pager    Pager
	Now      time.Time
	Before   time.Time
	Today    clock.Date
	Hash     string
}

// swatch is one colour of the look.
type swatch struct{ Name, Colour string }

// sampleRow is one unit of the sample board.
type sampleRow struct {
	Name, State, Word string
	Base, Above       Bar
	Change            int
}

func sample(r *Request) sampleData {
	form := r.NewForm("sample")
	form.Set("level", "base").Set("held", clock.Date("2020-06-26")).Set("invited", 148).Set("at", text.TypedMoment(r.Lang, r.Now(), r.Zone())).Set("share", "98,5").Set("pilot", "no")
	wrong := r.NewForm("wrong")
	wrong.Set("delegates", 184).Set("date", "31/6/2020")
	wrong.Wrong(fault.New(fault.Invalid, "web.sample.wrong", "most", 148, "typed", 184).At("delegates"))
	wrong.Date("date")
	wrong.Need("level", r.T("web.sample.level"))
	levels := []Option{
		{Value: "base", Label: r.T("web.sample.level.base"), Hint: r.T("web.sample.level.base.hint")},
		{Value: "above", Label: r.T("web.sample.level.above"), Hint: r.T("web.sample.level.above.hint")},
	}
	return sampleData{
		Swatches: swatches(), Icons: iconNames(), Rows: sampleRows(r), Form: form, Wrong: wrong,
		Cells:  []string{"done", "waiting", "told", "none", "soon", "late"},
		Levels: levels,
		Pager:  Pager{From: 51, To: 100, Total: 584, Previous: "/components", Next: "/components"},
		Now:    r.Now(), Before: r.Now().Add(-43 * time.Hour), Today: r.Layout().Today(),
		Hash: "q3vQ0mJ5mY1b0kS8t4c2yXo7Yw0l8Hq1N9d3E6fKpXs=",
	}
}

func sampleRows(r *Request) []sampleRow {
	base := func(done, total int) Bar { return Bar{Done: done, Total: total, Due: total} }
	above := func(done, waiting, total, due int) Bar {
		return Bar{Done: done, Waiting: waiting, Total: total, Due: due}
	}
	told := Bar{Done: 702, Told: 14, Total: 716, Due: 716}
	return []sampleRow{
		{"Cao Bằng", "late", r.T("web.sample.late"), base(561, 584), above(2, 0, 17, 7), 0},
		{"Hà Nội", "soon", r.T("web.sample.soon"), base(3124, 3124), above(13, 4, 50, 20), 6},
		{"Bắc Ninh", "done", r.T("web.sample.plan"), base(664, 664), above(6, 1, 11, 5), 2},
		{"Đà Nẵng", "told", r.T("web.sample.told"), told, above(5, 0, 17, 7), 1},
		{"Quân đội", "waiting", r.T("web.state.waiting"), base(2410, 2410), above(55, 3, 90, 36), 12},
		{"Cà Mau", "none", r.T("web.state.none"), base(603, 603), above(0, 0, 14, 6), -1},
	}
}

// swatches are the colours of the style sheet's tokens.
func swatches() []swatch {
	css, err := sources.ReadFile("asset/look/token.css")
	if err != nil {
		panic("web: colours: " + err.Error()) // it is part of the program
	}
	var list []swatch
	for _, m := range tokenForm.FindAllSubmatch(css, -1) {
		list = append(list, swatch{string(m[1]), string(m[2])})
	}
	return list
}

var tokenForm = regexp.MustCompile(`--([a-z0-9-]+):(#[0-9a-f]{6})`)
