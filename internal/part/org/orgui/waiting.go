package orgui

import (
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"giaoban/internal/base/clock"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/tree"
	"giaoban/internal/part/org"
)

const (
	// largestList is the size of the largest file that is taken.
	largestList = 64 << 20
	// waitingTime is how long a list waits to be applied.
	waitingTime = 24 * time.Hour
	// mostWaiting is how many lists of one person wait: one more, and the oldest
	// goes. Nobody fills the disk with lists.
	mostWaiting = 5
)

// waitingList is a list that was sent and not applied yet. Only who sent it
// can go on with it.
type waitingList struct {
	Token  string      `json:"-"`
	Person int64       `json:"person"`
	Name   string      `json:"name"` // of the file
	Size   int64       `json:"size"`
	Under  tree.UnitID `json:"under"`
	AsOf   clock.Date  `json:"asOf"`
	// Mapping is what the person said of the columns.
	Mapping org.Mapping `json:"mapping"`
}

// waitingRoom keeps lists as files of a folder, under names that nobody can
// guess.
type waitingRoom struct{ dir string }

func newWaitingRoom(data string) *waitingRoom { return &waitingRoom{filepath.Join(data, "lists")} }

// put keeps a list and gives its token. Lists that waited too long go.
func (w *waitingRoom) put(list waitingList, content []byte) (string, error) {
	if err := os.MkdirAll(w.dir, 0o700); err != nil {
		return "", fmt.Errorf("making the folder of lists: %w", err)
	}
	w.sweep()
	w.makeRoom(list.Person)
	list.Token = rand.Text()
	if err := os.WriteFile(w.path(list.Token, ".list"), content, 0o600); err != nil {
		return "", fmt.Errorf("keeping a list: %w", err)
	}
	return list.Token, w.note(list)
}

// note keeps what is known of a list.
func (w *waitingRoom) note(list waitingList) error {
	encoded, err := json.Marshal(list)
	if err != nil {
		return fmt.Errorf("noting a list: %w", err)
	}
	if err := os.WriteFile(w.path(list.Token, ".json"), encoded, 0o600); err != nil {
		return fmt.Errorf("noting a list: %w", err)
	}
	return nil
}

// get gives a list that a person sent, and its content. One that is not there,
// not any more, or not the person's, is NotFound.
func (w *waitingRoom) get(token string, person int64) (waitingList, []byte, error) {
	gone := fault.New(fault.NotFound, "orgui.import.gone")
	if len(token) != len(rand.Text()) || strings.Trim(token, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567") != "" {
		return waitingList{}, nil, gone
	}
	list, err := w.noted(token)
	if errors.Is(err, fs.ErrNotExist) {
		return waitingList{}, nil, gone
	}
	if err != nil {
		return waitingList{}, nil, err
	}
	if list.Person != person {
		return waitingList{}, nil, gone
	}
	content, err := os.ReadFile(w.path(token, ".list"))
	if err != nil {
		return waitingList{}, nil, fmt.Errorf("reading a list: %w", err)
	}
	return list, content, nil
}

// drop forgets a list.
func (w *waitingRoom) drop(token string) {
	for _, ending := range []string{".json", ".list"} {
		// A file that stays goes with the next sweep.
		_ = os.Remove(w.path(token, ending))
	}
}

// sweep forgets lists that waited too long. The files' own times count, which
// the machine's clock made.
func (w *waitingRoom) sweep() {
	entries, err := os.ReadDir(w.dir)
	if err != nil {
		return // a folder that cannot be read is told when something is put there
	}
	for _, entry := range entries {
		if info, err := entry.Info(); err == nil && clock.Machine.Now().Sub(info.ModTime()) > waitingTime {
			_ = os.Remove(filepath.Join(w.dir, entry.Name())) // the next sweep tries again
		}
	}
}

// makeRoom forgets the oldest lists of a person that has too many.
func (w *waitingRoom) makeRoom(person int64) {
	entries, err := os.ReadDir(w.dir)
	if err != nil {
		return // told when something is put there
	}
	var own []fs.FileInfo
	for _, entry := range entries {
		token, isNote := strings.CutSuffix(entry.Name(), ".json")
		info, err := entry.Info()
		if !isNote || err != nil {
			continue // no list, or one that went a moment ago
		}
		if list, err := w.noted(token); err == nil && list.Person == person {
			own = append(own, info)
		}
	}
	slices.SortFunc(own, func(a, b fs.FileInfo) int { return a.ModTime().Compare(b.ModTime()) })
	for _, oldest := range own[:max(0, len(own)-mostWaiting+1)] {
		w.drop(strings.TrimSuffix(oldest.Name(), ".json"))
	}
}

// noted reads what is known of a list.
func (w *waitingRoom) noted(token string) (waitingList, error) {
	list := waitingList{Token: token}
	noted, err := os.ReadFile(w.path(token, ".json"))
	if err == nil {
		err = json.Unmarshal(noted, &list)
	}
	if err != nil {
		return waitingList{}, fmt.Errorf("reading a list: %w", err)
	}
	return list, nil
}

func (w *waitingRoom) path(token, ending string) string { return filepath.Join(w.dir, token+ending) }
