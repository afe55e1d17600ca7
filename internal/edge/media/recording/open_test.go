package recording

import (
	"io"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// developed writes a lane's film into a file of its own.
func developed(t testing.TB, r *Recording, lane string) string {
	t.Helper()
	film, err := r.Lane(lane)
	if err != nil {
		t.Fatal(err)
	}
	defer film.Close()
	bytes, err := io.ReadAll(film)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), lane+".webm")
	if err := os.WriteFile(path, bytes, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestARecordingOpensAsOneFileALane(t *testing.T) {
	const length = 130 * time.Second
	r, err := Open(made(t, length))
	if err != nil {
		t.Fatal(err)
	}
	if len(r.Lanes) != 2 || r.Lanes[0].Name != "floor" || r.Lanes[1].Name != "sound-1" {
		t.Fatalf("the lanes are %+v, want floor and sound-1", r.Lanes)
	}
	for _, l := range r.Lanes {
		p := probed(t, developed(t, r, l.Name))
		if got := p.length(t); got < length-40*time.Millisecond || got > length+40*time.Millisecond {
			t.Errorf("%s lasts %v, want %v", l.Name, got, length)
		}
		if want := 2 - min(1, len(l.Name)-len("floor")); len(p.Streams) != want {
			t.Errorf("%s has %d tracks, want %d", l.Name, len(p.Streams), want)
		}
	}
}
