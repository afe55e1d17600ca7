package profile_test

import (
	"testing"

	"giaoban/internal/base/clock"
	"giaoban/internal/base/profile"
)

func TestADeputysTurnComesAfterTheLeadersWorkingDays(t *testing.T) {
	p := party(t)
	for _, c := range []struct {
		came, from clock.Date
		why        string
	}{
		{"2020-07-06", "2020-07-09", "a Monday: Tuesday and Wednesday are the leader's"},
		{"2020-07-10", "2020-07-15", "a Friday: nobody works at the weekend"},
		{"2020-07-11", "2020-07-15", "a Saturday counts as the Friday before"},
		{"2020-04-29", "2020-05-06", "30 April and 1 May are holidays (labour code, article 112)"},
		{"2020-01-22", "2020-02-01", "the new year's holidays"},
	} {
		if from, ok := p.DeputyFrom(c.came); !ok || from != c.from {
			t.Errorf("came on %s: from %s, %v, want %s: %s", c.came, from, ok, c.from, c.why)
		}
	}
	other := *p
	other.Deputies = nil
	if from, ok := other.DeputyFrom("2020-07-06"); ok {
		t.Errorf("a profile that says nothing gives the deputy %s", from)
	}
}

func TestAPostStandsInForTheHeadOfItsBody(t *testing.T) {
	p := party(t)
	for _, c := range []struct{ body, post, authority string }{
		{"standing-body", "deputy-secretary", "K/T BÍ THƯ"},
		{"standing-body", "standing-deputy", "K/T BÍ THƯ"},
		{"standing-body", "secretary", ""},
		{"office", "officer", ""},
		{"office", "deputy-secretary", ""},
	} {
		head, ok := p.InPlaceOf(c.body, c.post)
		got := ""
		if ok {
			got = head.Authority()
		}
		if got != c.authority {
			t.Errorf("%s of %s signs %q, want %q", c.post, c.body, got, c.authority)
		}
	}
}

func TestAShippedProfileThatGivesDeputiesATurnSaysWhoTheyAre(t *testing.T) {
	for _, name := range profile.Shipped() {
		p, err := profile.Get(name)
		if err != nil {
			t.Fatal(err)
		}
		deputies := 0
		for _, body := range p.Bodies {
			for _, post := range body.Posts {
				if _, ok := p.InPlaceOf(body.Key, post.Key); ok {
					deputies++
				}
			}
		}
		if (deputies > 0) != (p.Deputies != nil) {
			t.Errorf("%s: %d posts stand in for another, and deputies are %+v", name, deputies, p.Deputies)
		}
	}
}
