package profile_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"giaoban/internal/base/clock"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/profile"
	"giaoban/internal/base/testing/texttest"
	"giaoban/internal/base/text"
)

func TestEveryTextIsUsed(t *testing.T) { texttest.Check(t, ".", text.Texts) }

// party is the profile of the congress year 2020.
func party(t *testing.T) *profile.Profile {
	t.Helper()
	p, err := profile.Get("vn-party-2020")
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestShippedProfilesAreWhole(t *testing.T) {
	if diff := cmp.Diff([]string{profile.Default, "vn-party-2025", "association"}, profile.Shipped()); diff != "" {
		t.Errorf("shipped (-want +got):\n%s", diff)
	}
	for _, name := range profile.Shipped() {
		t.Run(name, func(t *testing.T) {
			p, err := profile.Get(name)
			if err != nil {
				t.Fatal(err)
			}
			if p.Name != name || p.DueSoonDays != 7 || p.Location().String() != "Asia/Ho_Chi_Minh" {
				t.Errorf("name %q, due soon %d days, zone %v", p.Name, p.DueSoonDays, p.Location())
			}
			if len(p.Templates) == 0 {
				t.Error("there is no directive to begin from")
			}
			if p.Levels[0].Key != p.Root.Level {
				t.Errorf("root is of level %q, highest level is %q", p.Root.Level, p.Levels[0].Key)
			}
		})
	}
}

func TestAProfileThatIsNotShippedIsNotFound(t *testing.T) {
	if _, err := profile.Get("vn-party-1930"); !fault.Is(err, fault.NotFound) {
		t.Errorf("Get gives %v, want a fault of kind not found", err)
	}
}

func TestLevelsGoDownInOrder(t *testing.T) {
	p := party(t)
	var keys []string
	for level, ok := p.Level(p.Root.Level); ok; level, ok = p.LevelBelow(level.Key) {
		keys = append(keys, level.Key)
	}
	want := []string{"centre", "provincial", "above-grassroots", "grassroots", "cell"}
	if diff := cmp.Diff(want, keys); diff != "" {
		t.Errorf("levels (-want +got):\n%s", diff)
	}
	if below, ok := p.LevelBelow("sub-committee"); !ok || below.Key != "cell" {
		t.Errorf("below a sub-committee is %q, %v, want a cell", below.Key, ok)
	}
	if below, ok := p.LevelBelow("no-such-level"); ok {
		t.Errorf("below an unknown level is %q", below.Key)
	}
	var reported []string
	for _, l := range p.Levels {
		if l.ReportedByParent {
			reported = append(reported, l.Key)
		}
	}
	if diff := cmp.Diff([]string{"cell"}, reported); diff != "" {
		t.Errorf("reported by their parent (-want +got):\n%s", diff)
	}
}

func TestLevelFollowsParentAndKind(t *testing.T) {
	p := party(t)
	for _, c := range []struct{ parent, kind, level, rule string }{
		{"centre", "province", "provincial", profile.ByOrder},
		{"centre", "city", "provincial", profile.ByOrder},
		{"centre", "army", "provincial", profile.ByOrder},
		{"provincial", "district", "above-grassroots", profile.ByOrder},
		{"provincial", "city", "above-grassroots", profile.ByOrder},
		{"provincial", "enterprise", "above-grassroots", profile.ByOrder},
		{"provincial", "grassroots-committee", "grassroots", profile.ByMap},
		{"provincial", "grassroots-cell", "grassroots", profile.ByMap},
		{"above-grassroots", "commune", "grassroots", profile.ByOrder},
		{"above-grassroots", "", "grassroots", profile.ByOrder},
		{"above-grassroots", "grassroots-cell", "grassroots", profile.ByMap},
		{"above-grassroots", "cell", "grassroots", profile.ByMap},
		{"grassroots", "cell", "cell", profile.ByOrder},
		{"grassroots", "", "cell", profile.ByOrder},
		{"grassroots", "sub-committee", "sub-committee", profile.ByMap},
		{"sub-committee", "cell", "cell", profile.ByOrder},
		{"cell", "cell", "", ""},
		{"no-such-level", "cell", "", ""},
	} {
		if level, rule := p.LevelOf(c.parent, c.kind); level != c.level || rule != c.rule {
			t.Errorf("LevelOf(%q, %q) = %q, %q, want %q, %q", c.parent, c.kind, level, rule, c.level, c.rule)
		}
	}
}

func TestWordsOfSpreadsheetsAreKinds(t *testing.T) {
	p := party(t)
	for word, want := range map[string]string{
		"tinh": "province", "thanh-pho": "city", "quan": "urban-district", "huyen": "district", "thi-xa": "town",
		"xa": "commune", "phuong": "ward", "thi-tran": "township",
		"Thành phố": "city", " THỊ  XÃ ": "town", "Tỉnh ủy": "province", "grassroots_cell": "grassroots-cell",
		"Chi bộ cơ sở": "grassroots-cell", "chi bộ": "cell", "Doanh nghiệp": "enterprise", "Ward": "ward",
		"hợp tác xã": "", "": "",
	} {
		if got, ok := p.Kind(word); got.Key != want || ok != (want != "") {
			t.Errorf("Kind(%q) = %q, %v, want %q", word, got.Key, ok, want)
		}
	}
	if kind, ok := p.KindOf("ward"); !ok || kind.Name.VI != "phường" {
		t.Errorf("KindOf(ward) = %v, %v", kind, ok)
	}
}

func TestWordsOfSpreadsheetsAreLevels(t *testing.T) {
	p := party(t)
	for word, want := range map[string]string{
		"grassroots": "grassroots", "Cấp cơ sở": "grassroots", "cấp xã": "grassroots", "Trực thuộc TW": "provincial",
		"CẤP TỈNH": "provincial", "above grassroots": "above-grassroots", "chi bộ": "cell", "cấp trời": "", "": "",
	} {
		if got, ok := p.LevelNamed(word); got.Key != want || ok != (want != "") {
			t.Errorf("LevelNamed(%q) = %q, %v, want %q", word, got.Key, ok, want)
		}
	}
}

func TestBodiesDependOnTheLevel(t *testing.T) {
	p := party(t)
	names := func(level string) []string {
		var keys []string
		for _, b := range p.BodiesOf(level) {
			keys = append(keys, b.Key)
		}
		return keys
	}
	if diff := cmp.Diff([]string{"committee", "standing-body"}, names("cell")); diff != "" {
		t.Errorf("bodies of a cell (-want +got):\n%s", diff)
	}
	if provincial := names("provincial"); !slices.Contains(provincial, "mass-mobilisation-board") || len(provincial) != 8 {
		t.Errorf("bodies of a province are %v", provincial)
	}
	if post, ok := p.Post("standing-body", "secretary"); !ok || !post.Single || post.Name.VI != "bí thư" {
		t.Errorf("the secretary's post is %+v, %v", post, ok)
	}
	for _, keys := range [][2]string{{"office", "secretary"}, {"no-body", "secretary"}} {
		if post, ok := p.Post(keys[0], keys[1]); ok {
			t.Errorf("Post%q = %+v, want none", keys, post)
		}
	}
}

// The deadlines of directive 35-CT/TW as the profile has them.
func TestTheTemplateHasTheDeadlinesOfItsLevels(t *testing.T) {
	template := party(t).Templates[0]
	if template.Number != "35-CT/TW" || template.Date != "2019-05-30" {
		t.Errorf("the template is %s of %s", template.Number, template.Date)
	}
	for _, c := range []struct {
		milestone, level string
		want             clock.Date
	}{
		{"congress-held", "grassroots", "2020-06-30"},
		{"congress-held", "above-grassroots", "2020-08-31"},
		{"congress-held", "provincial", "2020-10-31"},
		{"congress-held", "cell", ""},
		{"preparation", "above-grassroots", "2020-06-30"},
		{"preparation", "provincial", "2020-08-31"},
		{"preparation", "grassroots", ""},
	} {
		at := slices.IndexFunc(template.Milestones, func(m profile.Milestone) bool { return m.Key == c.milestone })
		if at < 0 {
			t.Fatalf("there is no milestone %q", c.milestone)
		}
		if got, ok := template.Milestones[at].Deadline(c.level); got != c.want || ok != (c.want != "") {
			t.Errorf("deadline of %s for %s is %q, %v, want %q", c.milestone, c.level, got, ok, c.want)
		}
	}
}
