package directiveui

import (
	"crypto/rand"
	"slices"
	"strconv"
	"strings"

	"giaoban/internal/base/clock"
	"giaoban/internal/base/marking"
	"giaoban/internal/base/profile"
	"giaoban/internal/base/text"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/directive"
)

// sheet is the form in which a draft is written. Its fields are named by their
// place, "milestones.0.indicators.2.name", as package directive names them in
// its refusals; a deadline's last word is the level, and an empty one means that
// the level does not report.
//
// A name is written in the language of the page and kept in both: the other
// language stands in the field with ".other" added.
type sheet struct {
	form   *web.Form
	lang   text.Lang
	levels []profile.Level // below the issuing unit
	stored directive.Draft // what the form was filled from
	typed  map[string]string
}

// fill puts a draft into the form, with the errors of what cannot be read in it.
func (s *sheet) fill(draft directive.Draft) {
	d := draft.Document
	f := s.form
	f.Set("written", string(s.lang))
	f.Set("number", d.Number).Set("date", d.Date).Set("title", d.Title).Set("term", d.Term).Set("text", d.Text)
	f.Set("secrecy", string(d.Secrecy)).Set("urgency", string(d.Urgency))
	f.Values["acknowledge"] = slices.Clone(d.Acknowledge)
	if d.Acknowledge == nil {
		f.Values["acknowledge"] = []string{}
	}
	s.tick("siblings", d.OpenSiblings)
	for i, milestone := range d.Milestones {
		s.fillMilestone(at("milestones", i), milestone)
	}
	for _, name := range sorted(draft.Typed) {
		f.Values.Set(name, draft.Typed[name])
		if isDay(name) {
			f.Date(name)
		} else {
			f.Number(name)
		}
	}
}

func (s *sheet) fillMilestone(field string, m directive.Milestone) {
	s.form.Set(field+".key", m.Key)
	s.fillWords(field+".name", m.Name)
	s.fillWords(field+".hint", m.Hint)
	for _, deadline := range m.Deadlines {
		s.form.Set(field+".deadlines."+deadline.Level, deadline.Date)
	}
	for j, indicator := range m.Indicators {
		s.fillIndicator(at(field+".indicators", j), indicator)
	}
}

func (s *sheet) fillIndicator(field string, i profile.Indicator) {
	f := s.form
	f.Set(field+".key", i.Key).Set(field+".kind", string(i.Kind))
	s.fillWords(field+".name", i.Name)
	s.fillWords(field+".hint", i.Hint)
	s.fillWords(field+".unit", i.Unit)
	s.tick(field+".required", i.Required)
	if i.Min != nil {
		f.Set(field+".min", *i.Min)
	}
	if i.Max != nil {
		f.Set(field+".max", *i.Max)
	}
	f.Set(field+".decimals", strconv.Itoa(i.Decimals)).Set(field+".notOver", i.NotOver)
	f.Set(field+".from", i.From).Set(field+".until", i.Until)
	lines := make([]string, len(i.Options))
	for n, option := range i.Options {
		lines[n] = optionLine(option.Name)
	}
	f.Set(field+".options", strings.Join(lines, "\n"))
}

func (s *sheet) fillWords(field string, w text.Words) {
	primary, other := w.VI, w.EN
	if s.lang == text.EN {
		primary, other = other, primary
	}
	if primary == "" {
		primary = other
	}
	s.form.Set(field, primary).Set(field+".other", other)
}

func (s *sheet) tick(field string, on bool) {
	if on {
		s.form.Set(field, "yes")
	}
}

// draft reads the form, rearranged by what was pressed. What cannot be read is
// kept as typed.
func (s *sheet) draft(do act) directive.Draft {
	f := s.form
	s.typed = map[string]string{}
	d := directive.Document{
		Number: f.Text("number"), Date: s.day("date", "date"), Title: f.Text("title"), Text: f.Lines("text"),
		Term: f.Text("term"), File: s.stored.Document.File, OpenSiblings: f.Checked("siblings"),
		Profile: s.stored.Document.Profile,
		Marks:   marking.Marks{Secrecy: marking.Secrecy(f.Text("secrecy")), Urgency: marking.Urgency(f.Text("urgency"))},
	}
	for _, level := range s.levels {
		if slices.Contains(f.All("acknowledge"), level.Key) {
			d.Acknowledge = append(d.Acknowledge, level.Key)
		}
	}
	for to, i := range do.order("milestone", s.count("milestones"), nil) {
		if i == fresh {
			d.Milestones = append(d.Milestones, directive.Milestone{Key: newKey("m")})
			continue
		}
		d.Milestones = append(d.Milestones, s.milestone(i, at("milestones", i), at("milestones", to), do))
	}
	if len(s.typed) == 0 {
		s.typed = nil
	}
	return directive.Draft{Document: d, Typed: s.typed}
}

// count is how many rows of a kind the form has.
func (s *sheet) count(field string) int {
	n := 0
	for s.form.Values.Has(at(field, n) + ".key") {
		n++
	}
	return n
}

// milestone reads the i-th milestone, which stands at from and will stand at to.
func (s *sheet) milestone(i int, from, to string, do act) directive.Milestone {
	m := directive.Milestone{Key: s.key(from, "m"), Name: s.words(from + ".name"), Hint: s.words(from + ".hint")}
	for _, level := range s.levels {
		field := ".deadlines." + level.Key
		if day := s.day(from+field, to+field); day != "" {
			m.Deadlines = append(m.Deadlines, profile.Deadline{Level: level.Key, Date: day})
		}
	}
	for j, k := range do.order("indicator", s.count(from+".indicators"), &i) {
		if k == fresh {
			m.Indicators = append(m.Indicators, profile.Indicator{Key: newKey("i"), Kind: profile.Number})
			continue
		}
		m.Indicators = append(m.Indicators, s.indicator(m.Key, at(from+".indicators", k), at(to+".indicators", j)))
	}
	return m
}

// indicator reads one indicator with the settings that its kind has.
func (s *sheet) indicator(milestone, from, to string) profile.Indicator {
	f := s.form
	i := profile.Indicator{
		Key: s.key(from, "i"), Name: s.words(from + ".name"), Hint: s.words(from + ".hint"),
		Kind: profile.IndicatorKind(f.Text(from + ".kind")), Required: f.Checked(from + ".required"),
	}
	switch i.Kind {
	case profile.Number:
		i.Unit = s.words(from + ".unit")
		i.Min, i.Max = s.number(from+".min", to+".min"), s.number(from+".max", to+".max")
		i.Decimals, _ = strconv.Atoi(f.Text(from + ".decimals")) // a list to choose from: anything else counts as 0
		i.NotOver = f.Text(from + ".notOver")
	case profile.Date:
		i.From, i.Until = s.day(from+".from", to+".from"), s.day(from+".until", to+".until")
	case profile.Choice:
		i.Options = readOptions(f.Lines(from+".options"), s.storedOptions(milestone, i.Key))
	}
	return i
}

func (s *sheet) storedOptions(milestone, indicator string) []profile.Option {
	for _, m := range s.stored.Document.Milestones {
		if m.Key == milestone {
			stored, _ := m.Indicator(indicator)
			return stored.Options
		}
	}
	return nil
}

// key is the row's own, a new one when it has none.
func (s *sheet) key(field, prefix string) string {
	if key := s.form.Text(field + ".key"); key != "" {
		return key
	}
	return newKey(prefix)
}

// words reads a text and the other language's, which is not kept when it says
// the same.
func (s *sheet) words(field string) text.Words {
	w := text.Words{VI: s.form.Text(field), EN: s.form.Text(field + ".other")}
	if s.form.Text("written") == string(text.EN) {
		w.VI, w.EN = w.EN, w.VI
	}
	if w.VI == w.EN {
		w.EN = ""
	}
	return w
}

// day reads a day at from; what is none is kept under to.
func (s *sheet) day(from, to string) clock.Date {
	before := len(s.form.Errors)
	day := s.form.Date(from)
	s.keep(before, from, to)
	return day
}

// number reads a number as day does; nil for none.
func (s *sheet) number(from, to string) *text.Decimal {
	before := len(s.form.Errors)
	number, ok := s.form.Number(from)
	s.keep(before, from, to)
	if !ok {
		return nil
	}
	return &number
}

func (s *sheet) keep(before int, from, to string) {
	if len(s.form.Errors) > before {
		s.typed[to] = s.form.Text(from)
	}
}

// isDay says whether a field is one for a day.
func isDay(name string) bool {
	return name == "date" || strings.Contains(name, ".deadlines.") ||
		strings.HasSuffix(name, ".from") || strings.HasSuffix(name, ".until")
}

// optionLine writes an answer as one line: "Đồng ý | Agree".
func optionLine(w text.Words) string {
	if w.EN == "" || w.EN == w.VI {
		return w.In(text.VI)
	}
	return w.VI + " | " + w.EN
}

// readOptions reads answers, one a line. A line that was there before keeps its
// key; so does the one in whose place another wording now stands.
func readOptions(lines string, stored []profile.Option) []profile.Option {
	var options []profile.Option
	used := map[string]bool{}
	for _, line := range strings.Split(lines, "\n") {
		vi, en, _ := strings.Cut(line, "|")
		name := text.Words{VI: strings.TrimSpace(vi), EN: strings.TrimSpace(en)}
		if name.IsZero() {
			continue
		}
		option := profile.Option{Name: name}
		for _, old := range stored {
			if optionLine(old.Name) == optionLine(name) && !used[old.Key] {
				option.Key, used[old.Key] = old.Key, true
				break
			}
		}
		options = append(options, option)
	}
	for i := range options {
		switch {
		case options[i].Key != "":
		case i < len(stored) && !used[stored[i].Key]:
			options[i].Key, used[stored[i].Key] = stored[i].Key, true
		default:
			options[i].Key = newKey("o")
		}
	}
	return options
}

// newKey makes a key that no other version or milestone has.
func newKey(prefix string) string { return prefix + "-" + strings.ToLower(rand.Text()[:8]) }

func at(field string, i int) string { return field + "." + strconv.Itoa(i) }
