package recording

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// A segment ends with its shot, at the first key frame after most, at the latest after
// longest.
const (
	most    = 50 * time.Second
	longest = 59 * time.Second
)

// darkEvery is how often a black picture is shown where there is none, so that a player can
// jump there.
const darkEvery = 10 * time.Second

// tape writes one lane: one segment after the other, a cluster at a time.
type tape struct {
	dir, lane string

	file  *os.File
	from  time.Duration // of the segment
	end   time.Duration // of the sound that is written
	shown time.Duration // the last black picture
	lit   bool          // the last picture is not black
}

// write puts a window on disk and says how many bytes it took. When it returns, they stay
// there whatever happens.
func (t *tape) write(w window) (n int64, err error) {
	if n, err = t.put(w); err != nil || t.file == nil {
		return n, err
	}
	if err := t.file.Sync(); err != nil {
		return n, fmt.Errorf("writing the recording: %w", err)
	}
	return n, nil
}

// put hands a window to the system.
func (t *tape) put(w window) (n int64, err error) {
	if w.first {
		if err := t.close(); err != nil {
			return 0, err
		}
	}
	for _, group := range groups(t.fill(w)) {
		if t.wants(group[0]) {
			if err := t.close(); err != nil {
				return n, err
			}
		}
		if t.file == nil {
			if err := t.begin(w.identity, group[0].at); err != nil {
				return n, err
			}
		}
		bytes, err := cluster(group)
		if err != nil {
			return n, err
		}
		wrote, err := t.file.Write(bytes)
		n += int64(wrote)
		if err != nil {
			return n, fmt.Errorf("writing the recording: %w", err)
		}
	}
	if w.last {
		return n, t.close()
	}
	return n, nil
}

// wants says whether a new segment should begin with a frame.
func (t *tape) wants(first frame) bool {
	if t.file == nil {
		return false
	}
	age := first.at - t.from
	return age >= longest || age >= most && (first.key || !pictured(t.lane))
}

// fill puts silence between the sounds of a window, and black where nobody shows a picture.
func (t *tape) fill(w window) []frame {
	if w.first || t.end < w.from-windowLength {
		t.end = w.from
	}
	var filled []frame
	silent := func(until time.Duration) {
		for ; t.end+quietLength <= until; t.end += quietLength {
			filled = append(filled, frame{at: t.end, data: quiet})
		}
	}
	if w.dark && pictured(t.lane) && (t.lit || w.first || w.from-t.shown >= darkEvery) {
		filled = append(filled, frame{at: w.from, picture: true, key: true, data: black})
		t.shown, t.lit = w.from, false
	}
	for _, f := range w.frames {
		if f.picture {
			filled, t.lit = append(filled, f), true
			continue
		}
		silent(f.at)
		if f.at+quietLength/2 < t.end { // it sounds while another still does
			continue
		}
		filled = append(filled, f)
		t.end = f.at + opusLength(f.data)
	}
	silent(w.until)
	slices.SortStableFunc(filled, before)
	return filled
}

// groups are the frames of each cluster: one begins with a key frame, so that a player
// can jump there, but a publisher of nothing but key frames does not make one of each.
func groups(frames []frame) (all [][]frame) {
	key := -time.Hour // the moment of the last that begins with one
	for _, f := range frames {
		if begins := f.key && f.at-key >= windowLength/4; begins || len(all) == 0 {
			all = append(all, nil)
			if begins {
				key = f.at
			}
		}
		all[len(all)-1] = append(all[len(all)-1], f)
	}
	return all
}

func (t *tape) begin(identity string, at time.Duration) error {
	head, err := opening(prologue{Info: about(0), Tracks: tracks(t.sizes())}, -1)
	if err != nil {
		return err
	}
	path := filepath.Join(t.dir, segmentName{t.lane, at, identity}.String())
	if t.file, err = os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600); err != nil {
		return fmt.Errorf("beginning a segment of the recording: %w", err)
	}
	t.from = at
	if _, err := t.file.Write(head); err != nil {
		return fmt.Errorf("beginning a segment of the recording: %w", err)
	}
	return syncFolder(t.dir)
}

// sizes are what a segment's head says of its picture; the key frames say it for each.
func (t *tape) sizes() (width, height int) {
	if pictured(t.lane) {
		return measures(black)
	}
	return 0, 0
}

func (t *tape) close() error {
	if t.file == nil {
		return nil
	}
	err := errors.Join(t.file.Sync(), t.file.Close())
	t.file = nil
	if err != nil {
		return fmt.Errorf("ending a segment of the recording: %w", err)
	}
	return nil
}

// syncFolder has the names in a folder stay.
func syncFolder(dir string) error {
	folder, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(folder.Sync(), folder.Close())
}

// segmentName says of a segment what its file's name does: "floor.000012345.unit-27.webm".
type segmentName struct {
	lane     string
	from     time.Duration
	identity string
}

func (s segmentName) String() string {
	return fmt.Sprintf("%s.%09d.%s.webm", s.lane, milliseconds(s.from), strings.ReplaceAll(s.identity, ":", "-"))
}

// parseSegmentName reads a file's name; false is any other file.
func parseSegmentName(name string) (s segmentName, ok bool) {
	var number int64
	parts := strings.Split(name, ".")
	if len(parts) != 4 || parts[3] != "webm" || !pictured(parts[0]) && !strings.HasPrefix(parts[0], soundLane) {
		return s, false
	}
	if _, err := fmt.Sscanf(parts[1], "%d", &number); err != nil || number < 0 || number > maximum.Milliseconds() {
		return s, false
	}
	return segmentName{parts[0], time.Duration(number) * time.Millisecond, strings.Replace(parts[2], "-", ":", 1)}, true
}

// maximum is how long a recording can be.
const maximum = 7 * 24 * time.Hour
