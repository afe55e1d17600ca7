package directive_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"giaoban/internal/base/access"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/file"
	"giaoban/internal/base/profile"
	"giaoban/internal/base/testing/texttest"
	"giaoban/internal/base/text"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/directive"
	"giaoban/internal/part/directive/directiveui"
)

func TestWhatKeepsADocumentFromBeingIssued(t *testing.T) {
	p, err := profile.Get("vn-party-2020")
	if err != nil {
		t.Fatal(err)
	}
	one, two := text.Whole(1), text.Whole(2)
	tests := map[string]struct {
		change func(*directive.Document)
		want   []string // fields and keys
	}{
		"nothing":                    {func(*directive.Document) {}, nil},
		"a file instead of the text": {func(d *directive.Document) { d.Text, d.File = "", "a" }, nil},
		"no number":                  {func(d *directive.Document) { d.Number = " " }, []string{"number directive.number.none"}},
		"no title":                   {func(d *directive.Document) { d.Title = "" }, []string{"title directive.title.none"}},
		"no date":                    {func(d *directive.Document) { d.Date = "" }, []string{"date directive.date.none"}},
		"no such day":                {func(d *directive.Document) { d.Date = "2019-02-30" }, []string{"date directive.unread"}},
		"neither text nor file":      {func(d *directive.Document) { d.Text = "" }, []string{"text directive.text.none"}},
		"a title without end":        {func(d *directive.Document) { d.Title = strings.Repeat("đ", 501) }, []string{"title directive.long"}},
		"no milestone":               {func(d *directive.Document) { d.Milestones = nil }, []string{"milestones directive.milestones.none"}},
		"many milestones": {
			func(d *directive.Document) { d.Milestones = many(d.Milestones[0], 51) },
			[]string{"milestones directive.milestones.many"},
		},
		"the issuer's own level": {
			func(d *directive.Document) { d.Milestones[0].Deadlines[0].Level = "centre" },
			[]string{"milestones.0.deadlines.centre directive.level.above"},
		},
		"an unknown level acknowledges": {
			func(d *directive.Document) { d.Acknowledge = []string{"moon"} },
			[]string{"acknowledge directive.level.above"},
		},
		"no level": {
			func(d *directive.Document) { d.Milestones[0].Deadlines = nil },
			[]string{"milestones.0.deadlines profile.no-deadlines"},
		},
		"a level twice": {
			func(d *directive.Document) { d.Milestones[0].Deadlines[0].Level = "grassroots" },
			[]string{"milestones.0.deadlines.grassroots directive.level.twice"},
		},
		"no deadline": {
			func(d *directive.Document) { d.Milestones[0].Deadlines[1].Date = "" },
			[]string{"milestones.0.deadlines.grassroots directive.deadline.none"},
		},
		"a deadline before the document": {
			func(d *directive.Document) { d.Milestones[0].Deadlines[1].Date = "2019-05-29" },
			[]string{"milestones.0.deadlines.grassroots directive.deadline.early"},
		},
		"a milestone twice": {
			func(d *directive.Document) { d.Milestones = append(d.Milestones, d.Milestones[0]) },
			[]string{"milestones.1.name directive.milestone.twice"},
		},
		"a milestone without a name": {
			func(d *directive.Document) { d.Milestones[0].Name = text.Words{} },
			[]string{"milestones.0.name profile.no-name"},
		},
		"a hostile key": {
			func(d *directive.Document) { d.Milestones[0].Key = "../x" },
			[]string{"milestones.0.name profile.bad-key"},
		},
		"an indicator without a name": {
			func(d *directive.Document) { d.Milestones[0].Indicators[1].Name = text.Words{} },
			[]string{"milestones.0.indicators.1.name profile.no-name"},
		},
		"an indicator of no kind": {
			func(d *directive.Document) { d.Milestones[0].Indicators[0].Kind = "" },
			[]string{"milestones.0.indicators.0.kind profile.unknown-indicator-kind"},
		},
		"bounds that leave nothing": {
			func(d *directive.Document) { i := &d.Milestones[0].Indicators[0]; i.Min, i.Max = &two, &one },
			[]string{"milestones.0.indicators.0.max profile.empty-range"},
		},
		"a choice of one": {
			func(d *directive.Document) {
				d.Milestones[0].Indicators[1] = profile.Indicator{
					Key: "plan", Name: text.Words{VI: "Phương án"}, Kind: profile.Choice,
					Options: []profile.Option{{Key: "a", Name: text.Words{VI: "Một"}}},
				}
			},
			[]string{"milestones.0.indicators.1.options profile.few-options"},
		},
		"two answers of one name": {
			func(d *directive.Document) {
				d.Milestones[0].Indicators[1] = profile.Indicator{
					Key: "plan", Name: text.Words{VI: "Phương án"}, Kind: profile.Choice,
					Options: []profile.Option{{Key: "a", Name: text.Words{VI: "Một"}}, {Key: "b", Name: text.Words{VI: "một"}}},
				}
			},
			[]string{"milestones.0.indicators.1.options profile.word-of-two"},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			d := document()
			test.change(&d)
			var got []string
			for _, f := range d.Check(directive.LevelsBelow(p, "centre")) {
				got = append(got, f.Field+" "+f.Key)
				if f.Kind != fault.Invalid {
					t.Errorf("%v is no Invalid", f)
				}
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("refusals (-want +got):\n%s", diff)
			}
		})
	}
}

func many(m directive.Milestone, n int) []directive.Milestone {
	list := make([]directive.Milestone, n)
	for i := range list {
		list[i] = m
		list[i].Key = "m" + strings.Repeat("x", i)
	}
	return list
}

func TestEveryShippedTemplateCanBeIssued(t *testing.T) {
	for _, name := range profile.Shipped() {
		p, err := profile.Get(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, template := range p.Templates {
			d := directive.From(p, template, p.Root.Level, text.VI)
			if d.Number == "" {
				d.Number = "01-CT/TW"
			}
			if d.Date == "" {
				d.Date = p.ValidFrom
			}
			if wrong := d.Check(directive.LevelsBelow(p, p.Root.Level)); len(wrong) > 0 {
				t.Errorf("%s of %s: %v", template.Key, name, wrong)
			}
		}
	}
}

func TestATemplateIsCutToTheLevelsBelow(t *testing.T) {
	p, err := profile.Get("vn-party-2020")
	if err != nil {
		t.Fatal(err)
	}
	got := directive.From(p, p.Templates[0], "above-grassroots", text.VI)
	if got.Number != "" || got.Date != "" || len(got.Acknowledge) != 0 {
		t.Errorf("a district begins with number %q, date %q, acknowledged by %v; want none", got.Number, got.Date, got.Acknowledge)
	}
	var levels []string
	for _, m := range got.Milestones {
		for _, deadline := range m.Deadlines {
			levels = append(levels, m.Key+" "+deadline.Level)
		}
	}
	if diff := cmp.Diff([]string{"congress-held grassroots"}, levels); diff != "" {
		t.Errorf("levels (-want +got):\n%s", diff)
	}
}

func TestChangesSayWhatDiffers(t *testing.T) {
	before, after := document(), document()
	after.Title = "Khác"
	after.Acknowledge = []string{"above-grassroots", "provincial"} // the same set
	after.Milestones[0].Deadlines = []profile.Deadline{{Level: "grassroots", Date: "2020-07-15"}, {Level: "cell", Date: "2020-06-01"}}
	after.Milestones[0].Indicators = append([]profile.Indicator{}, after.Milestones[0].Indicators[0])
	after.Milestones[0].Indicators[0].Required = false
	name := before.Milestones[0].Name
	want := []directive.Change{
		{Key: "directive.change.title", Before: before.Title, After: "Khác"},
		{Key: "directive.change.level.removed", Milestone: name, Level: "above-grassroots", Before: "2020-08-31"},
		{Key: "directive.change.deadline", Milestone: name, Level: "grassroots", Before: "2020-06-30", After: "2020-07-15"},
		{Key: "directive.change.level.added", Milestone: name, Level: "cell", After: "2020-06-01"},
		{Key: "directive.change.indicator.removed", Milestone: name, Indicator: before.Milestones[0].Indicators[1].Name},
		{Key: "directive.change.indicator.changed", Milestone: name, Indicator: before.Milestones[0].Indicators[0].Name},
	}
	if diff := cmp.Diff(want, directive.Changes(before, after)); diff != "" {
		t.Errorf("changes (-want +got):\n%s", diff)
	}
}

func TestTextsAreUsed(t *testing.T) {
	texttest.Check(t, ".", directive.Texts, file.Texts, directiveui.Texts, web.Texts, access.Texts)
}
