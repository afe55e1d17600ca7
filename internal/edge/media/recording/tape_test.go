package recording

import (
	"encoding/json"
	"os/exec"
	"strconv"
	"testing"
	"time"
)

// write makes a recording of made-up frames in a new folder: a picture every 100 ms with a key frame every 5 s, and
// sound.
func made(t testing.TB, length time.Duration) string {
	t.Helper()
	dir := t.TempDir()
	if _, err := openFolder(dir); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{floorLane, soundLane + "1"} {
		l := &lane{name: name, tape: &tape{dir: dir, lane: name}}
		l.turn("unit:27", 500*time.Millisecond)
		for at := 500 * time.Millisecond; at < length; at += 20 * time.Millisecond {
			l.add(frame{at: at, data: []byte{0xf8, 1, 2, 3}}, at)
			if at%(100*time.Millisecond) == 0 && pictured(name) {
				key := at%(5*time.Second) == 0
				data := append([]byte{1}, black[1:]...)
				if key {
					data = black
				}
				l.add(frame{at: at, picture: true, key: key, data: data}, at)
			}
			write(t, l, at)
		}
		l.turn("", length)
		write(t, l, length+2*grace)
	}
	return dir
}

func write(t testing.TB, l *lane, now time.Duration) {
	t.Helper()
	for _, w := range l.due(now) {
		if _, err := l.tape.write(w); err != nil {
			t.Fatal(err)
		}
	}
}

// probe is what ffprobe says of a file.
type probe struct {
	Streams []struct {
		Type   string `json:"codec_type"`
		Name   string `json:"codec_name"`
		Frames string `json:"nb_read_packets"`
		Width  int
	}
	Format struct{ Duration string }
}

func probed(t testing.TB, path string) (p probe) {
	t.Helper()
	out, err := exec.Command("ffprobe", "-v", "error", "-count_packets", "-show_streams", "-show_format", "-of", "json", path).Output()
	if err != nil {
		t.Fatalf("ffprobe (install ffmpeg): %v", err)
	}
	if err := json.Unmarshal(out, &p); err != nil {
		t.Fatal(err)
	}
	return p
}

func (p probe) length(t testing.TB) time.Duration {
	t.Helper()
	s, err := strconv.ParseFloat(p.Format.Duration, 64)
	if err != nil {
		t.Fatal(err)
	}
	return time.Duration(s * float64(time.Second))
}
