package media

import (
	"strings"
	"testing"
)

// Who speaks next may have its microphone there, and nothing else that is heard: what a
// seat may publish is all that LiveKit keeps of it.
func TestASeatIsReadBackFromItsPass(t *testing.T) {
	there := LiveKit{Keys: Keys{Key: "key", Secret: strings.Repeat("secret", 8)}}
	for name, change := range map[string]func(*Seat){
		"silent":   func(*Seat) {},
		"speaking": func(s *Seat) { s.Speaks = true },
		"ready":    func(s *Seat) { s.Ready = true },
		"sharing":  func(s *Seat) { s.Ready, s.Shares = true, true },
	} {
		want := Seat{Briefing: 7, Identity: "unit:7", Name: "Bắc Ninh", Role: Site}
		change(&want)
		pass, err := there.Token(want)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := there.seat(pass); err != nil || got != want {
			t.Errorf("%s: %+v, %v; want %+v", name, got, err, want)
		}
	}
}
