package profile_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"giaoban/internal/base/fault"
	"giaoban/internal/base/profile"
	"giaoban/internal/base/text"
)

func decimal(d text.Decimal) *text.Decimal { return &d }

var (
	name    = text.Words{VI: "Tên", EN: "Name"}
	whole   = profile.Indicator{Key: "n", Name: name, Kind: profile.Number, Required: true, Min: decimal(text.Whole(1)), Max: decimal(text.Whole(5000))}
	share   = profile.Indicator{Key: "s", Name: name, Kind: profile.Number, Decimals: 1, Min: decimal(0), Max: decimal(text.Whole(100))}
	day     = profile.Indicator{Key: "d", Name: name, Kind: profile.Date, From: "2019-05-30", Until: "2020-12-31"}
	yesNo   = profile.Indicator{Key: "y", Name: name, Kind: profile.YesNo}
	manner  = profile.Indicator{Key: "c", Name: name, Kind: profile.Choice, Options: []profile.Option{{Key: "in-person", Name: text.Words{VI: "Trực tiếp", EN: "In person"}}, {Key: "online", Name: text.Words{VI: "Trực tuyến", EN: "Online"}}}}
	remarks = profile.Indicator{Key: "t", Name: name, Kind: profile.Text}
)

func TestValuesAreCheckedByTheirIndicator(t *testing.T) {
	for _, c := range []struct {
		indicator profile.Indicator
		typed     string
		vi, en    string // canonical, or the key of the fault
	}{
		{whole, "148", "148", "148"},
		{whole, "1.234", "1234", "indicator.not-whole"},
		{whole, "1,234", "indicator.not-whole", "1234"},
		{whole, " 5 000 ", "5000", "5000"},
		{whole, "5001", "indicator.too-large", "indicator.too-large"},
		{whole, "0", "indicator.too-small", "indicator.too-small"},
		{whole, "1.5", "indicator.not-whole", "indicator.not-whole"},
		{whole, "nhiều", "number.not-a-number", "number.not-a-number"},
		{whole, " ", "indicator.required", "indicator.required"},
		{share, "", "", ""},
		{share, "99,8", "99.8", "99.8"},
		{share, "99.85", "indicator.too-fine", "indicator.too-fine"},
		{share, "100.0", "100", "100"},
		{day, "26/6/2020", "2020-06-26", "2020-06-26"},
		{day, "29/5/2019", "indicator.too-early", "indicator.too-early"},
		{day, "1 January 2021", "indicator.too-late", "indicator.too-late"},
		{day, "26/6/20", "date.short-year", "date.short-year"},
		{day, "mai", "date.not-a-date", "date.not-a-date"},
		{yesNo, "Có", "yes", "yes"},
		{yesNo, "on", "yes", "yes"},
		{yesNo, "KHÔNG", "no", "no"},
		{yesNo, "có lẽ", "indicator.not-yes-or-no", "indicator.not-yes-or-no"},
		{manner, "online", "online", "online"},
		{manner, "trực tiếp", "in-person", "in-person"},
		{manner, "In Person", "in-person", "in-person"},
		{manner, "by post", "indicator.not-an-option", "indicator.not-an-option"},
		{remarks, "  Đã xong.\r\nCảm ơn.\x00 ", "Đã xong.\nCảm ơn.", "Đã xong.\nCảm ơn."},
		{remarks, strings.Repeat("ấ", profile.LongestText), strings.Repeat("ấ", profile.LongestText), strings.Repeat("ấ", profile.LongestText)},
		{remarks, strings.Repeat("a", profile.LongestText+1), "indicator.too-long", "indicator.too-long"},
	} {
		for lang, want := range map[text.Lang]string{text.VI: c.vi, text.EN: c.en} {
			got, err := c.indicator.Check(lang, c.typed)
			if faults := fault.All(err); len(faults) > 0 {
				got = faults[0].Key
				if faults[0].Field != c.indicator.Key {
					t.Errorf("the fault of %q is at %q, want %q", c.typed, faults[0].Field, c.indicator.Key)
				}
			}
			if got != want {
				t.Errorf("%s %s: Check(%q) = %q, want %q", c.indicator.Kind, lang, c.typed, got, want)
			}
		}
	}
}

func TestAValueShownCanBeTypedAgain(t *testing.T) {
	texts, err := text.Load(text.Texts, profile.Texts)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		indicator     profile.Indicator
		value, vi, en string
	}{
		{whole, "1234", "1.234", "1,234"},
		{share, "99.8", "99,8", "99.8"},
		{day, "2020-06-26", "26/6/2020", "26 June 2020"},
		{yesNo, "yes", "Có", "Yes"},
		{yesNo, "no", "Không", "No"},
		{manner, "online", "Trực tuyến", "Online"},
		{remarks, "Đã xong.", "Đã xong.", "Đã xong."},
		{share, "", "", ""},
	} {
		for lang, want := range map[text.Lang]string{text.VI: c.vi, text.EN: c.en} {
			shown := c.indicator.Show(texts, lang, c.value)
			if shown != want {
				t.Errorf("Show(%s, %q) = %q, want %q", lang, c.value, shown, want)
			}
			if back, err := c.indicator.Check(lang, shown); err != nil || back != c.value {
				t.Errorf("%q typed again is %q, %v, want %q", shown, back, err, c.value)
			}
		}
	}
	if got := manner.Show(texts, text.VI, "by-post"); got != "by-post" {
		t.Errorf("a value of no option shows as %q", got)
	}
}

func TestAnythingTypedGivesAValueOrAFault(t *testing.T) {
	all := []profile.Indicator{whole, share, day, yesNo, manner, remarks}
	rapid.Check(t, func(t *rapid.T) {
		indicator := rapid.SampledFrom(all).Draw(t, "indicator")
		typed := rapid.OneOf(rapid.String(), rapid.StringMatching(`[-0-9., /]{0,12}`)).Draw(t, "typed")
		value, err := indicator.Check(text.VI, typed)
		if err != nil {
			if !fault.Is(err, fault.Invalid) {
				t.Fatalf("Check(%q): %v is no fault", typed, err)
			}
			return
		}
		if again, err := indicator.Check(text.EN, value); err == nil && again != value {
			t.Fatalf("the value %q of %q is read again as %q", value, typed, again)
		}
	})
}

func TestAMilestoneTellsAllFaultsAtOnce(t *testing.T) {
	held := party(t).Templates[0].Milestones[1]
	good := map[string]string{"held-on": "26/6/2020", "delegates-convened": "1.148", "delegates-present": "1.148", "members-elected": "15"}
	values, err := held.Check(text.VI, good)
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]string{"held-on": "2020-06-26", "delegates-convened": "1148", "delegates-present": "1148", "members-elected": "15"}
	if diff := cmp.Diff(want, values); diff != "" {
		t.Errorf("values (-want +got):\n%s", diff)
	}
	for _, c := range []struct {
		name  string
		typed map[string]string
		want  []string // key at field
	}{
		{"more present than convened", map[string]string{"delegates-present": "1.149"}, []string{"indicator.over-other at delegates-present"}},
		{"nothing typed", map[string]string{"held-on": "", "delegates-convened": "", "delegates-present": "", "members-elected": ""}, []string{
			"indicator.required at held-on", "indicator.required at delegates-convened", "indicator.required at delegates-present", "indicator.required at members-elected",
		}},
		{"the limit is wrong itself", map[string]string{"delegates-convened": "x"}, []string{"number.not-a-number at delegates-convened"}},
		{"two kinds of faults, in order", map[string]string{"delegates-present": "1.200", "members-elected": "0"}, []string{
			"indicator.over-other at delegates-present", "indicator.too-small at members-elected",
		}},
		{"an indicator that is not asked for", map[string]string{"guests": "3"}, []string{"indicator.unknown at guests"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			typed := map[string]string{}
			for key, value := range good {
				typed[key] = value
			}
			for key, value := range c.typed {
				typed[key] = value
			}
			_, err := held.Check(text.VI, typed)
			if diff := cmp.Diff(c.want, at(err)); diff != "" {
				t.Errorf("faults (-want +got):\n%s", diff)
			}
		})
	}
}

func TestAFaultReadsAsASentence(t *testing.T) {
	texts, err := text.Load(text.Texts, profile.Texts)
	if err != nil {
		t.Fatal(err)
	}
	held := party(t).Templates[0].Milestones[1]
	_, err = held.Check(text.VI, map[string]string{"held-on": "26/6/2020", "delegates-convened": "1.148", "delegates-present": "1.200", "members-elected": "15"})
	faults := fault.All(err)
	if len(faults) != 1 {
		t.Fatalf("faults are %v, want one", faults)
	}
	for lang, want := range map[text.Lang]string{
		text.VI: "“Số đại biểu có mặt” không được lớn hơn “Số đại biểu được triệu tập” (1.148).",
		text.EN: "“Delegates present” must not be more than “Delegates convened” (1,148).",
	} {
		if got := texts.T(lang, faults[0].Key, faults[0].Args...); got != want {
			t.Errorf("the fault says %q, want %q", got, want)
		}
	}
}

// at are the faults of an error as "key at field".
func at(err error) []string {
	var all []string
	for _, f := range fault.All(err) {
		all = append(all, f.Key+" at "+f.Field)
	}
	return all
}
