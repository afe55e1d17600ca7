package report

import (
	"slices"
	"strings"
	"time"
	"unicode"

	"giaoban/internal/base/clock"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/fold"
	"giaoban/internal/base/marking"
	"giaoban/internal/base/profile"
	"giaoban/internal/base/sheet"
	"giaoban/internal/base/text"
	"giaoban/internal/base/tree"
	"giaoban/internal/part/directive"
)

// row takes up what a row tells: as something to be entered, as what stands
// already, or as errors at its cells.
func (p *planner) row(t table, row int, untyped bool) {
	before := len(p.plan.Errors)
	for _, column := range [...]string{columnCode, columnName} {
		if c := t.cell(row, column); c.Problem != nil && t.columns[column] == c.At.Column {
			p.wrong(c, c.Problem)
		}
	}
	told, values, said := p.told(t, row)
	if len(p.plan.Errors) > before {
		return
	}
	unit, refusal := p.units.find(t.cell(row, columnCode), t.cell(row, columnName), untyped)
	at := t.unitCell(row)
	if refusal != nil {
		if told || strings.TrimSpace(at.Text) != "" {
			p.wrong(at, refusal)
		}
		return
	}
	if !told {
		p.plan.Skipped++
		return
	}
	if first, twice := p.seen[unit.ID]; twice {
		p.wrong(at, fault.New(fault.Invalid, "report.list.twice", "unit", unit.Name, "first", first))
		return
	}
	p.seen[unit.ID] = at.At.Ref()
	p.enter(at, unit, TellCommand{
		Slot:    Slot{p.options.Directive, p.options.Milestone, unit.ID},
		Telling: said, Values: values, Lang: text.EN, // as canonical values are written
		Marks: p.marksOf(unit.ID),
	})
}

// told reads everything that a row says of its unit: whether it tells of
// something done at all, the canonical values, and how it came.
func (p *planner) told(t table, row int) (told bool, values map[string]string, said Telling) {
	before := len(p.plan.Errors)
	values = map[string]string{}
	for _, i := range p.milestone.Indicators {
		if c := t.cell(row, columnValue+i.Key); hasColumn(t, columnValue+i.Key) {
			if value := p.value(i, c); value != "" {
				values[i.Key] = value
			}
		}
	}
	done, day := p.done(t.cell(row, columnDone), hasColumn(t, columnDone))
	filled := len(values) > 0
	switch {
	case len(p.plan.Errors) > before:
		return true, nil, said
	case done == no && filled:
		p.wrong(t.cell(row, columnDone), fault.New(fault.Invalid, "report.list.not-done"))
		return true, nil, said
	case done == no, done == unsaid && !filled:
		return false, nil, said
	}
	if day != "" {
		p.fillDay(t, values, day)
	}
	said = p.telling(t, row)
	p.checkValues(t, row, values)
	return true, values, said
}

func hasColumn(t table, column string) bool { _, ok := t.columns[column]; return ok }

// fillDay takes the day in the column "done" for the milestone's only day, where
// that has no column of its own.
func (p *planner) fillDay(t table, values map[string]string, day clock.Date) {
	var days []string
	for _, i := range p.milestone.Indicators {
		if i.Kind == profile.Date {
			days = append(days, i.Key)
		}
	}
	if len(days) == 1 && !hasColumn(t, columnValue+days[0]) {
		values[days[0]] = string(day)
	}
}

// checkValues checks the values of a row together: what is missing, and what
// must not be more than another one.
func (p *planner) checkValues(t table, row int, values map[string]string) {
	_, err := p.milestone.Check(text.EN, values)
	for _, f := range fault.All(err) {
		p.wrong(t.cell(row, columnValue+f.Field), f)
	}
}

// value reads the cell of an indicator and gives the canonical value.
func (p *planner) value(i profile.Indicator, c sheet.Cell) string {
	if strings.TrimSpace(c.Text) == "" && c.Problem == nil {
		return ""
	}
	written, lang, ok := p.plain(c)
	if !ok {
		return ""
	}
	switch i.Kind {
	case profile.YesNo:
		if word := wordOf(written); word != unsaid {
			written = map[word3]string{yes: "yes", no: "no"}[word]
		}
	case profile.Choice:
		written = optionOf(i, written)
	}
	value, err := i.Check(lang, written)
	for _, f := range fault.All(err) {
		p.wrong(c, f)
	}
	return value
}

// plain is what stands in a cell, and the language in which it is read: numbers,
// days and yes or no of a spreadsheet are canonical.
func (p *planner) plain(c sheet.Cell) (written string, lang text.Lang, ok bool) {
	switch {
	case c.Problem != nil:
		p.wrong(c, c.Problem)
		return "", "", false
	case strings.ContainsFunc(c.Text, isHostile):
		p.wrong(c, fault.New(fault.Invalid, "report.list.control"))
		return "", "", false
	case c.Kind == sheet.KindDate:
		return c.Text[:len("2006-01-02")], text.EN, true
	case c.Kind == sheet.KindNumber, c.Kind == sheet.KindBool:
		return c.Text, text.EN, true
	}
	return strings.TrimSpace(c.Text), p.lang, true
}

func isHostile(r rune) bool {
	return unicode.IsControl(r) && r != '\n' && r != '\r' && r != '\t' || r == unicode.ReplacementChar
}

// optionOf is the key of the option that a word names, else the word.
func optionOf(i profile.Indicator, word string) string {
	at := slices.IndexFunc(i.Options, func(o profile.Option) bool {
		key := fold.Key(word)
		return key == fold.Key(o.Key) || key == fold.Key(o.Name.VI) || key == fold.Key(o.Name.EN)
	})
	if at < 0 {
		return word
	}
	return i.Options[at].Key
}

// word3 is yes, no or neither.
type word3 int

const (
	unsaid word3 = iota
	yes
	no
)

// done reads the column that says whether the unit has done it, or when.
func (p *planner) done(c sheet.Cell, there bool) (word3, clock.Date) {
	if !there {
		return unsaid, ""
	}
	if strings.TrimSpace(c.Text) == "" && c.Problem == nil {
		return unsaid, ""
	}
	written, _, ok := p.plain(c)
	if !ok {
		return unsaid, ""
	}
	if word := wordOf(written); word != unsaid && c.Kind != sheet.KindDate {
		return word, ""
	}
	day, err := text.ParseDate(p.lang, written)
	if err != nil || day == "" {
		p.wrong(c, fault.New(fault.Invalid, "report.list.done", "written", excerpt(written)))
		return unsaid, ""
	}
	return yes, day
}

// yesWords and noWords are how offices say that a unit has done it, folded.
var (
	yesWords = []string{"co", "x", "xong", "da xong", "roi", "hoan thanh", "da hoan thanh", "dat", "1", "yes", "y", "done", "true", "ok", "✓", "v"}
	noWords  = []string{"khong", "chua", "chua xong", "chua hoan thanh", "0", "no", "n", "false", "not yet", "-", "–"}
)

func wordOf(written string) word3 {
	switch word := fold.Key(written); {
	case slices.Contains(yesWords, word):
		return yes
	case slices.Contains(noWords, word):
		return no
	}
	return unsaid
}

// sourceWords are how offices name the ways, folded.
var sourceWords = map[Source][]string{
	ByPhone: {"phone", "by phone", "telephone", "dien thoai", "qua dien thoai", "goi dien", "dt"},
	ByChat:  {"chat", "by chat", "message", "tin nhan", "qua tin nhan", "nhan tin", "zalo", "sms", "viber", "nhom zalo"},
	OnPaper: {"paper", "on paper", "letter", "van ban", "van ban giay", "bang van ban", "giay", "cong van", "bao cao giay", "fax"},
}

// telling reads how the row's figures came; what it does not say is that of the
// list.
func (p *planner) telling(t table, row int) Telling {
	told := Telling{By: p.options.By, Source: p.options.Source, Said: p.options.Said, At: p.options.At}
	if c := t.cell(row, columnSource); hasColumn(t, columnSource) && strings.TrimSpace(c.Text) != "" {
		if written, _, ok := p.plain(c); ok {
			told.Source = sourceNamed(written)
		}
		if told.Source == "" {
			p.wrong(c, fault.New(fault.Invalid, "report.list.source", "written", excerpt(c.Text)))
		}
	} else if told.Source == "" {
		p.wrong(c, fault.New(fault.Invalid, "report.told-source-needed"))
	}
	if c := t.cell(row, columnSaid); hasColumn(t, columnSaid) && strings.TrimSpace(c.Text) != "" {
		if written, _, ok := p.plain(c); ok {
			told.Said = fold.Name(written)
		}
	} else if told.Said == "" {
		p.wrong(c, fault.New(fault.Invalid, "report.told-said-needed"))
	}
	if c := t.cell(row, columnAt); hasColumn(t, columnAt) && (strings.TrimSpace(c.Text) != "" || c.Problem != nil) {
		told.At = p.momentOf(c)
	}
	return told
}

func sourceNamed(written string) Source {
	for _, source := range Sources {
		if slices.Contains(sourceWords[source], fold.Key(written)) {
			return source
		}
	}
	return ""
}

// momentOf reads the day on which something was told: its beginning, as nothing
// more is known, and the present moment for today.
func (p *planner) momentOf(c sheet.Cell) time.Time {
	written, lang, ok := p.plain(c)
	if !ok {
		return p.options.Now
	}
	day, err := text.ParseDate(lang, written)
	for _, f := range fault.All(err) {
		p.wrong(c, f)
	}
	today := clock.DateOf(p.options.Now, p.options.Zone)
	switch {
	case day == "" || day == today:
		return p.options.Now
	case day > today:
		p.wrong(c, fault.New(fault.Invalid, "report.told-ahead"))
	case day < clock.DateOf(p.options.Now.Add(-earliestTold), p.options.Zone):
		p.wrong(c, fault.New(fault.Invalid, "report.told-long-ago"))
	}
	return day.Start(p.options.Zone)
}

// enter sorts a row that is right: to be entered, unchanged, or refused because
// of how the unit stands.
func (p *planner) enter(at sheet.Cell, unit tree.Unit, cmd TellCommand) {
	planned := PlannedTelling{TellCommand: cmd, Code: unit.Code, Name: unit.Name, Sheet: at.At.Sheet, Cell: at.At.Ref()}
	if refusal := p.refusal(unit); refusal != nil {
		p.plan.Refused = append(p.plan.Refused, p.errorAt(at, refusal))
		return
	}
	content, err := canonical(p.milestone, cmd.Lang, cmd.Values)
	for _, f := range fault.All(err) {
		p.wrong(at, f)
	}
	newest := p.standings[unit.ID].Newest
	switch {
	case err != nil:
	case newest.State == Provisional && newest.Content == content && newest.Telling.same(cmd.Telling):
		p.plan.Unchanged = append(p.plan.Unchanged, planned)
	default:
		p.plan.Told = append(p.plan.Told, planned)
	}
}

// marksOf is how what is told of a unit is marked: as what was told before, else
// as the directive that it answers.
func (p *planner) marksOf(unit tree.UnitID) marking.Marks {
	if before := p.standings[unit]; before.Provisional() {
		return before.Newest.Marks
	}
	return p.marks
}

// refusal says why nothing can be entered for a unit now.
func (p *planner) refusal(unit tree.Unit) *fault.Error {
	standing := p.standings[unit.ID]
	switch {
	case standing.Done():
		return fault.New(fault.Conflict, "report.told-after-accepted", "name", standing.Accepted.Decider)
	case standing.Waiting():
		return fault.New(fault.Conflict, "report.told-after-sent", "name", standing.Newest.Signer)
	}
	if directive.StandingAt(p.apart[unit.ID], p.options.Directive, p.options.Milestone, unit.ID).Exempt() {
		return fault.New(fault.Forbidden, "report.exempt")
	}
	return nil
}
