package profile_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"giaoban/internal/base/profile"
	"giaoban/internal/base/text"
)

func TestVersionsAreComparedThingByThing(t *testing.T) {
	before := party(t)
	if same := profile.Compare(before, before); len(same) != 0 {
		t.Errorf("a version differs from itself: %+v", same)
	}
	document := string(before.Bytes())
	for _, change := range [][2]string{
		{"dueSoonDays: 7", "dueSoonDays: 5"},
		{"  - {key: centre, name: {vi: \"trung ương\", en: \"centre\"}, words: [\"TW\"]}\n", "  - {key: centre, name: {vi: \"trung ương\", en: \"centre\"}}\n  - {key: fleet, name: {vi: \"hạm đội\", en: \"fleet\"}}\n"},
		{"  - {parent: centre, kind: grassroots-cell, level: grassroots}\n", ""},
	} {
		if !strings.Contains(document, change[0]) {
			t.Fatalf("the profile lacks %q", change[0])
		}
		document = strings.Replace(document, change[0], change[1], 1)
	}
	next, err := profile.Parse([]byte(document))
	if err != nil {
		t.Fatal(err)
	}
	want := []profile.Difference{
		{Sort: profile.OfLevelRule, How: profile.Dropped, Key: "centre/grassroots-cell", Name: text.Words{VI: "chi bộ cơ sở · trung ương → cấp cơ sở", EN: "grassroots cell · centre → grassroots"}},
		{Sort: profile.OfKind, How: profile.Altered, Key: "centre", Name: text.Words{VI: "trung ương", EN: "centre"}},
		{Sort: profile.OfKind, How: profile.Added, Key: "fleet", Name: text.Words{VI: "hạm đội", EN: "fleet"}},
		{Sort: profile.OfSetting, How: profile.Altered, Key: "dueSoonDays"},
	}
	if diff := cmp.Diff(want, profile.Compare(before, next)); diff != "" {
		t.Errorf("differences (-want +got):\n%s", diff)
	}
}
