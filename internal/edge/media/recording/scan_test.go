package recording

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/at-wat/ebml-go"
	"github.com/at-wat/ebml-go/webm"
	"pgregory.net/rapid"
)

// segmentsOf are the files of a lane, in order.
func segmentsOf(t testing.TB, dir, lane string) []string {
	t.Helper()
	paths, err := filepath.Glob(filepath.Join(dir, lane+".*.webm"))
	if err != nil || len(paths) == 0 {
		t.Fatalf("the segments of %s are %v: %v", lane, paths, err)
	}
	slices.Sort(paths)
	return paths
}

func TestASegmentThatIsTornAnywhereKeepsItsWholeClusters(t *testing.T) {
	path := segmentsOf(t, made(t, 4*time.Second), floorLane)[0]
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	all, end, err := scan(bytes.NewReader(whole), int64(len(whole)))
	if err != nil || len(all) < 3 {
		t.Fatalf("the whole segment has %d clusters: %v", len(all), err)
	}
	for torn := range whole {
		got, until, err := scan(bytes.NewReader(whole[:torn]), int64(torn))
		if err != nil {
			t.Fatalf("torn after %d bytes: %v", torn, err)
		}
		want := 0
		for _, p := range all {
			if p.offset+p.size <= int64(torn) {
				want++
			}
		}
		if len(got) != want || until > end {
			t.Fatalf("torn after %d bytes, the segment has %d clusters until %v, want %d until %v at most", torn, len(got), until, want, end)
		}
	}
}

func TestAnEndOfZerosIsLeftOut(t *testing.T) {
	whole, err := os.ReadFile(segmentsOf(t, made(t, 4*time.Second), floorLane)[0])
	if err != nil {
		t.Fatal(err)
	}
	all, _, err := scan(bytes.NewReader(whole), int64(len(whole)))
	if err != nil {
		t.Fatal(err)
	}
	last := all[len(all)-1]
	for _, from := range []int64{last.offset, last.offset + 3, last.offset + 20, last.offset + last.size/2} {
		torn := slices.Clone(whole)
		clear(torn[from:])
		got, _, err := scan(bytes.NewReader(torn), int64(len(torn)))
		if err != nil || len(got) != len(all)-1 {
			t.Errorf("with zeros from %d on, the segment has %d clusters, want %d: %v", from, len(got), len(all)-1, err)
		}
	}
}

func TestARecordingWhoseLastSegmentIsTornOpens(t *testing.T) {
	dir := made(t, 70*time.Second)
	paths := segmentsOf(t, dir, floorLane)
	last := paths[len(paths)-1]
	info, err := os.Stat(last)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Truncate(last, info.Size()-5); err != nil {
		t.Fatal(err)
	}
	r := opened(t, dir)
	if p := probed(t, developed(t, r, "floor")); p.length(t) < 69*time.Second {
		t.Errorf("the torn lane lasts %v, want the length of the other, 70s", p.length(t))
	}
	spans := r.Lanes[0].Spans
	if until := spans[len(spans)-1].Until; until < 68*time.Second || until > 69*time.Second+grace {
		t.Errorf("the torn lane is recorded until %v, want one cluster less than 70s", until)
	}
}

// read is a film as the library that wrote its segments reads it.
func read(t testing.TB, r *Recording, lane string) (content struct {
	Segment struct {
		Info    webm.Info
		Cues    webm.Cues
		Cluster []webm.Cluster
	}
}, bytes []byte,
) {
	t.Helper()
	film, err := r.Lane(lane)
	if err != nil {
		t.Fatal(err)
	}
	defer film.Close()
	if bytes, err = io.ReadAll(film); err != nil {
		t.Fatal(err)
	}
	if err := ebml.Unmarshal(bytesReader(bytes), &content, ebml.WithIgnoreUnknown(true)); err != nil {
		t.Fatal(err)
	}
	return content, bytes
}

func bytesReader(b []byte) io.Reader { return bytes.NewReader(b) }

func TestCuesLeadToKeyFrames(t *testing.T) {
	r := opened(t, made(t, 130*time.Second))
	content, film := read(t, r, "floor")
	head := bodyOf(film[:1<<10])
	if n := len(content.Segment.Cues.CuePoint); n < 26 {
		t.Fatalf("130 s with a key frame every 5 s have %d cues, want 26 at least", n)
	}
	for _, c := range content.Segment.Cues.CuePoint {
		offset := head + int64(c.CueTrackPositions[0].CueClusterPosition)
		e, err := elementAt(bytes.NewReader(film), offset, int64(len(film)))
		if err != nil || e.id != idCluster {
			t.Fatalf("the cue of %d ms leads to %x: %v", c.CueTime, e.id, err)
		}
		p, ok, err := first(bytes.NewReader(film), e)
		if err != nil || !ok || !p.key || p.at != time.Duration(c.CueTime)*time.Millisecond {
			t.Errorf("the cue of %d ms leads to %+v", c.CueTime, p)
		}
	}
}

func TestTheSoundOfALaneIsUnbroken(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		dir, err := os.MkdirTemp("", "recording-")
		if err != nil {
			t.Fatal(err)
		}
		defer os.RemoveAll(dir)
		if _, err := openFolder(dir); err != nil {
			t.Fatal(err)
		}
		l := &lane{name: floorLane, tape: &tape{dir: dir, lane: floorLane}}
		end := time.Duration(rapid.IntRange(1000, 15_000).Draw(t, "length")) * time.Millisecond
		who := []string{"unit:1", "unit:2", ""}
		for now := time.Duration(0); now < end; now += time.Duration(rapid.IntRange(1, 400).Draw(t, "step")) * time.Millisecond {
			switch rapid.IntRange(0, 5).Draw(t, "what") {
			case 0:
				l.turn(rapid.SampledFrom(who).Draw(t, "who"), now)
			case 1:
				at := now - time.Duration(rapid.IntRange(-2000, 2000).Draw(t, "late"))*time.Millisecond
				l.add(frame{at: at, picture: true, key: rapid.Bool().Draw(t, "key"), data: black}, now)
			case 2, 3:
				at := now - time.Duration(rapid.IntRange(-100, 1000).Draw(t, "late"))*time.Millisecond
				l.add(frame{at: at, data: quiet}, now)
			case 4:
				if s := l.now(); s != nil {
					s.dark = !s.dark
				}
			case 5:
				for _, w := range l.due(now) {
					if _, err := l.tape.write(w); err != nil {
						t.Fatal(err)
					}
				}
			}
		}
		l.turn("", end)
		for _, w := range l.due(end + 3*grace) {
			if _, err := l.tape.write(w); err != nil {
				t.Fatal(err)
			}
		}
		unbroken(t, dir)
	})
}

// broken is what may be missing between two shots, in ms: less than a frame at the end of each,
// one before the next, and one that is too short for any.
const broken = 80

// unbroken checks that clusters of the floor are in order and its sound has no gap.
func unbroken(t *rapid.T, dir string) {
	r, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	if len(r.Lanes) == 0 {
		return
	}
	film, err := r.Lane("floor")
	if err != nil {
		t.Fatal(err)
	}
	defer film.Close()
	var content struct {
		Segment struct{ Cluster []webm.Cluster }
	}
	if err := ebml.Unmarshal(film, &content, ebml.WithIgnoreUnknown(true)); err != nil {
		t.Fatal(err)
	}
	last, until := int64(0), int64(0)
	for _, c := range content.Segment.Cluster {
		if int64(c.Timecode) < last-60 {
			t.Fatalf("a cluster of %d ms follows one of %d ms", c.Timecode, last)
		}
		last = int64(c.Timecode)
		for _, b := range c.SimpleBlock {
			if b.TrackNumber != soundTrack {
				continue
			}
			at := int64(c.Timecode) + int64(b.Timecode)
			if at-until > broken {
				t.Fatalf("after the sound until %d ms the next is at %d ms", until, at)
			}
			until = at + 20
		}
	}
	if length := r.Length.Milliseconds(); length-until > broken {
		t.Fatalf("the sound ends at %d ms of %d", until, length)
	}
}

func FuzzScan(f *testing.F) {
	for _, lane := range []string{floorLane, soundLane + "1"} {
		whole, err := os.ReadFile(segmentsOf(f, made(f, 2*time.Second), lane)[0])
		if err != nil {
			f.Fatal(err)
		}
		f.Add(whole)
		f.Add(whole[:len(whole)/2])
	}
	f.Fuzz(func(t *testing.T, bytes []byte) {
		places, end, err := scan(bytesReaderAt(bytes), int64(len(bytes)))
		if err != nil {
			t.Fatalf("reading memory failed: %v", err)
		}
		for i, p := range places {
			if p.offset < 0 || p.size <= 0 || p.offset+p.size > int64(len(bytes)) || i > 0 && p.offset < places[i-1].offset+places[i-1].size {
				t.Fatalf("cluster %d is at %d with %d bytes of %d", i, p.offset, p.size, len(bytes))
			}
		}
		if len(places) == 0 || end > time.Hour { // a film of days of silence takes its time
			return
		}
		s := segment{segmentName: segmentName{lane: floorLane}, places: places, end: end}
		if _, err := newFilm([]segment{s}, end); err != nil {
			t.Fatalf("no film: %v", err)
		}
	})
}

func bytesReaderAt(b []byte) io.ReaderAt { return bytes.NewReader(b) }
