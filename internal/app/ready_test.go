package app_test

import (
	"testing"
	"time"

	"giaoban/internal/app"
	"giaoban/internal/base/access"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/testing/browser"
	"giaoban/internal/base/testing/livekittest"
	"giaoban/internal/edge/media"
	"giaoban/internal/part/briefing"
)

// Who speaks next has its microphone there before the floor comes, muted; it is heard
// with the floor, and never before: not even when its device unmutes by itself.
func TestTheMicrophoneOfWhoSpeaksNextIsThereAndNotHeard(t *testing.T) {
	find := livekittest.Start(t).Find
	s := serveDemoAs(t, app.Config{Media: find})
	bacNinh, haNoi := s.unit(t, "Tỉnh Bắc Ninh"), s.unit(t, "Thành phố Hà Nội")
	m := meeting{served: s, t: t}
	chair, site := s.person(t, "trunguong"), s.person(t, "bacninh")
	for _, one := range []*browser.Browser{chair, site} {
		one.Allow("that's not present") // LiveKit's script, of the device that leaves
	}
	chair.Go(s.url + "/briefings/1/room")
	chair.Eval(listens)
	m.join(chair, "open")
	site.Go(s.url + "/briefings/1/room")
	m.join(site, "closed")

	s.lead(t, func(tx *ledger.Tx, chair access.Actor) error {
		_, err := briefing.Take(t.Context(), tx, chair, 1)
		return err
	})
	catchUp(t, "Bac Ninh, whose item is next, has its microphone there and muted", func() bool {
		there, muted := microphone(t, find, media.SiteIdentity(bacNinh))
		return there && muted
	})

	// Ha Noi asks for the floor by a device that does not mute itself.
	s.lead(t, func(tx *ledger.Tx, _ access.Actor) error {
		_, err := briefing.Raise(t.Context(), tx, access.Program(s.Tree), 1, haNoi, "")
		return err
	})
	there, err := find()
	if err != nil {
		t.Fatal(err)
	}
	token, err := there.Token(media.Seat{Briefing: 1, Identity: media.SiteIdentity(haNoi), Name: "Hà Nội", Role: media.Site, Ready: true})
	if err != nil {
		t.Fatal(err)
	}
	rogue, err := livekittest.Join(t, there.URL, token)
	if err != nil {
		t.Fatal(err)
	}
	if err := rogue.Speak(t); err != nil {
		t.Fatal(err)
	}
	catchUp(t, "the device sends what it hears", func() bool {
		there, muted := microphone(t, find, media.SiteIdentity(haNoi))
		return there && !muted
	})
	chair.WaitTrue("nobody is heard", `sounds === 0`)

	give := func(unit string) {
		t.Helper()
		s.lead(t, func(tx *ledger.Tx, chair access.Actor) error {
			_, err := briefing.Give(t.Context(), tx, chair, briefing.GiveCommand{Briefing: 1, Unit: s.unit(t, unit)})
			return err
		})
	}
	give("Tỉnh Bắc Ninh")
	site.Wait(`[data-media][data-state="open"]`)
	chair.WaitTrue("Bac Ninh alone is heard", `sounds === 1 && loud > 0`)
	give("Thành phố Hà Nội")
	site.Wait(`[data-media][data-state="closed"]`)
	catchUp(t, "the microphone of whose floor has gone on is closed", func() bool {
		there, muted := microphone(t, find, media.SiteIdentity(bacNinh))
		return !there || muted
	})
	chair.WaitTrue("Ha Noi alone is heard", `sounds === 1`)
}

// microphone is whether somebody has a microphone in the room of the demonstration's
// briefing, and whether it is muted.
func microphone(t testing.TB, find media.Finder, identity string) (there, muted bool) {
	t.Helper()
	people, err := find.People(t.Context(), 1)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range people {
		for _, track := range p.Tracks {
			if p.Identity == identity && track.Kind == media.Microphone {
				return true, track.Muted
			}
		}
	}
	return false, false
}

// catchUp waits until something is so.
func catchUp(t testing.TB, what string, so func() bool) {
	t.Helper()
	for end := time.Now().Add(20 * time.Second); !so(); time.Sleep(50 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("not so: %s", what)
		}
	}
}
