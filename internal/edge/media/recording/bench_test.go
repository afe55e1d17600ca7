package recording

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// threeHours is a recording of the floor at the full pace, with the chair and two more
// microphones beside it.
func threeHours(b *testing.B) string {
	b.Helper()
	dir := b.TempDir()
	if _, err := openFolder(dir); err != nil {
		b.Fatal(err)
	}
	const length = 3 * time.Hour
	picture := bytes.Repeat([]byte{1}, (pace-20_000)/15) // the rest is sound, and the others
	for _, name := range []string{floorLane, soundLane + "1", soundLane + "2"} {
		l := &lane{name: name, tape: &tape{dir: dir, lane: name}}
		l.turn("unit:27", 0)
		for at := time.Duration(0); at < length; at += 20 * time.Millisecond {
			l.add(frame{at: at, data: bytes.Repeat([]byte{0xf8}, 80)}, at)
			if n := at / (20 * time.Millisecond); n%10 < 3 && pictured(name) {
				data := picture
				if at%keyEvery == 0 {
					data = append(append([]byte{}, black...), picture...)[:len(picture)]
				}
				l.add(frame{at: at, picture: true, key: isKey(data), data: data}, at)
			}
			if at%time.Second == 0 {
				for _, w := range l.due(at) {
					if err := quickly(l.tape, w); err != nil {
						b.Fatal(err)
					}
				}
			}
		}
		l.turn("", length)
		write(b, l, length+2*grace)
	}
	return dir
}

// quickly writes a window without waiting for the disk.
func quickly(t *tape, w window) error {
	_, err := t.put(w)
	return err
}

// BenchmarkOpen opens a recording of three hours, of 2.7 GB, and reads the floor's head.
func BenchmarkOpen(b *testing.B) {
	dir := threeHours(b)
	size := int64(0)
	paths, err := filepath.Glob(filepath.Join(dir, "*.webm"))
	if err != nil {
		b.Fatal(err)
	}
	for _, path := range paths {
		info, err := os.Stat(path)
		if err != nil {
			b.Fatal(err)
		}
		size += info.Size()
	}
	b.ResetTimer()
	for b.Loop() {
		r, err := Open(dir)
		if err != nil {
			b.Fatal(err)
		}
		film, err := r.Lane("floor")
		if err != nil {
			b.Fatal(err)
		}
		if _, err := io.CopyN(io.Discard, film, 1<<20); err != nil {
			b.Fatal(err)
		}
		film.Close()
	}
	b.ReportMetric(float64(size)/1e9, "GB")
	b.ReportMetric(float64(len(paths)), "segments")
}
