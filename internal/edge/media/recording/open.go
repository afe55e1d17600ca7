package recording

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Recording is what is on disk of a recording at one moment.
type Recording struct {
	Began  time.Time     // by the machine's clock: media time 0
	Length time.Duration // of all lanes
	Lanes  []Lane        // floor, chair, screen, then sounds by number; those that were never used are missing

	films map[string]film
}

// Lane is one seekable WebM: sound for the whole length, and a picture unless the
// name begins with "sound-".
type Lane struct {
	Name     string // "floor", "chair", "screen", "sound-1" and so on
	Identity string // who was seen or heard there last
	Size     int64  // of the file, in bytes
	Length   time.Duration
	Spans    []Span // when something was recorded, in order
}

// Span is one stretch of a lane with the same identity; between spans it is dark and silent.
type Span struct {
	From, Until time.Duration
	Identity    string
}

// Open takes up a recording. It may go on meanwhile, or have been torn by a crash: what is whole is
// in it.
func Open(dir string) (*Recording, error) {
	b, there, err := readBeginning(dir)
	if err != nil {
		return nil, err
	}
	if !there {
		return nil, fmt.Errorf("opening the recording in %s: %w", dir, fs.ErrNotExist)
	}
	segments, err := scanFolder(dir)
	if err != nil {
		return nil, err
	}
	r := &Recording{Began: b.Began, films: map[string]film{}}
	for _, s := range segments {
		r.Length = max(r.Length, s.end)
	}
	for len(segments) > 0 {
		n := slices.IndexFunc(segments, func(s segment) bool { return s.lane != segments[0].lane })
		if n < 0 {
			n = len(segments)
		}
		f, err := newFilm(segments[:n], r.Length)
		if err != nil {
			return nil, err
		}
		name := segments[0].lane
		r.films[name] = f
		r.Lanes = append(r.Lanes, Lane{name, segments[n-1].identity, f.size, r.Length, spans(segments[:n])})
		segments = segments[n:]
	}
	return r, nil
}

// segment is one file of a lane.
type segment struct {
	segmentName
	path   string
	places []place
	end    time.Duration
}

// scanFolder scans all segments, lane by lane, in order of time.
func scanFolder(dir string) (all []segment, err error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, fmt.Errorf("opening the recording: %w", err)
	}
	for _, entry := range entries {
		name, ok := parseSegmentName(entry.Name())
		if !ok {
			continue
		}
		s, err := scanFile(filepath.Join(dir, entry.Name()))
		if err != nil {
			return nil, err
		}
		s.segmentName = name
		if len(s.places) > 0 {
			all = append(all, s)
		}
	}
	slices.SortFunc(all, func(a, b segment) int {
		if n := rank(a.lane) - rank(b.lane); n != 0 {
			return n
		}
		return int(milliseconds(a.from) - milliseconds(b.from))
	})
	return all, nil
}

func scanFile(path string) (s segment, err error) {
	file, err := os.Open(path)
	if err != nil {
		return s, fmt.Errorf("opening a segment of the recording: %w", err)
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	info, err := file.Stat()
	if err != nil {
		return s, fmt.Errorf("opening a segment of the recording: %w", err)
	}
	s.path = path
	s.places, s.end, err = scan(file, info.Size())
	return s, err
}

// rank is where a lane stands among the others.
func rank(lane string) int {
	if n := slices.Index([]string{floorLane, chairLane, screenLane}, lane); n >= 0 {
		return n
	}
	n, _ := strconv.Atoi(strings.TrimPrefix(lane, soundLane)) // parseSegmentName has seen to it
	return 3 + n
}

// spans joins segments that follow each other without a gap.
func spans(segments []segment) (all []Span) {
	for _, s := range segments {
		if n := len(all); n > 0 && all[n-1].Identity == s.identity && s.places[0].at-all[n-1].Until < time.Second {
			all[n-1].Until = s.end
			continue
		}
		all = append(all, Span{s.places[0].at, s.end, s.identity})
	}
	return all
}
