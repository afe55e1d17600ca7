package recording

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"giaoban/internal/base/clock"
)

// beginning is what a recording's folder holds beside its segments.
type beginning struct {
	Began time.Time `json:"began"` // media time 0
}

const beginningFile = "recording.json"

// readBeginning reads when a recording began; false when there is none in the folder.
func readBeginning(dir string) (b beginning, there bool, err error) {
	text, err := os.ReadFile(filepath.Join(dir, beginningFile))
	if errors.Is(err, fs.ErrNotExist) {
		return b, false, nil
	}
	if err == nil {
		err = json.Unmarshal(text, &b)
	}
	if err != nil {
		return b, false, fmt.Errorf("reading when the recording began: %w", err)
	}
	return b, true, nil
}

// write keeps it, whole or not at all.
func (b beginning) write(dir string) error {
	text, err := json.Marshal(b)
	if err != nil {
		return err
	}
	path := filepath.Join(dir, beginningFile)
	file, err := os.OpenFile(path+".new", os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	_, err = file.Write(text)
	if err = errors.Join(err, file.Sync(), file.Close()); err != nil {
		return err
	}
	if err := os.Rename(path+".new", path); err != nil {
		return err
	}
	return syncFolder(dir)
}

// timeline tells media time: since the recording began, by a clock that nobody sets.
type timeline struct {
	base    time.Duration
	started time.Time
}

func (t timeline) now() time.Duration { return t.base + time.Since(t.started) }

// folder is a recording as a recorder finds it.
type folder struct {
	timeline timeline
	written  int64
	numbers  map[string]int // of the lanes of sound, by identity
}

// openFolder begins a recording, or takes one up again after its last segment.
func openFolder(dir string) (f folder, err error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return f, fmt.Errorf("making the folder of the recording: %w", err)
	}
	b, there, err := readBeginning(dir)
	if err == nil && !there {
		b.Began = clock.Machine.Now()
		err = b.write(dir)
	}
	if err != nil {
		return f, err
	}
	old, err := Open(dir)
	if err != nil {
		return f, err
	}
	f.numbers = map[string]int{}
	for _, l := range old.Lanes {
		f.written += l.Size
		if number, found := strings.CutPrefix(l.Name, soundLane); found {
			f.numbers[l.Identity], err = strconv.Atoi(number)
		}
	}
	f.timeline = timeline{base: max(time.Since(b.Began), old.Length+quietLength), started: time.Now()}
	return f, err
}
