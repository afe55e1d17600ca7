package bench

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"time"

	"giaoban/internal/base/ledger"
	"giaoban/internal/edge/media/recording"
	"giaoban/internal/part/briefing"
)

// recording measures what the program takes more while it records the floor of a briefing, how large
// an hour of that is, and how soon after the briefing's end it can be watched.
func (b *bench) recording(ctx context.Context) (err error) {
	h, err := b.openHall(ctx, 1)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, h.close()) }()
	if err := h.fill(ctx, 1); err != nil {
		return err
	}
	long := b.Time / 2
	pass := func() error { return pause(ctx, long) }
	without, err := h.carry(pass)
	if err != nil {
		return err
	}
	folder, err := h.meeting.record(ctx)
	if err != nil {
		return err
	}
	size, err := sizeOf(folder)
	if err != nil {
		return err
	}
	with, err := h.carry(pass)
	if err != nil {
		return err
	}
	memory, err := resident(os.Getpid())
	if err != nil {
		return err
	}
	grown, err := sizeOf(folder)
	if err != nil {
		return err
	}
	ready, err := h.meeting.replayed(ctx, folder)
	if err != nil {
		return err
	}
	b.tell("recording.processor", 100*(with.program-without.program), "% of one core more for the program")
	b.tell("recording.memory", memory, "MiB of it while it records")
	b.tell("recording.size", float64(grown-size)/with.seconds*3600/1e9, "GB an hour")
	b.tell("recording.ready", ready.Seconds(), "s from the end of the briefing until all of it can be watched")
	return nil
}

func pause(ctx context.Context, long time.Duration) error {
	select {
	case <-time.After(long):
	case <-ctx.Done():
	}
	return ctx.Err()
}

// record has the chair record, and returns once the program does.
func (m *meeting) record(ctx context.Context) (folder string, err error) {
	_, err = m.serving.Ledger.Update(ctx, "program", func(tx *ledger.Tx) error {
		_, err := briefing.StartRecording(ctx, tx, m.chair, m.id)
		return err
	})
	if err != nil {
		return "", err
	}
	folder = filepath.Join(m.serving.data, "recordings", fmt.Sprint(m.id))
	for late := time.Now().Add(time.Minute); ; {
		segments, err := filepath.Glob(filepath.Join(folder, "*.webm"))
		if err != nil || len(segments) > 0 {
			return folder, err
		}
		if time.Now().After(late) {
			return "", errors.New("nothing was recorded for a minute")
		}
		if err := pause(ctx, 50*time.Millisecond); err != nil {
			return "", err
		}
	}
}

// replayed ends the briefing and is how long it took until the chair could watch all of the floor.
func (m *meeting) replayed(ctx context.Context, folder string) (time.Duration, error) {
	began := time.Now()
	if err := m.end(); err != nil {
		return 0, err
	}
	for late := began.Add(time.Minute); time.Now().Before(late); {
		film, err := recording.Open(folder)
		if err != nil {
			return 0, err
		}
		if film.Began.Add(film.Length + onTheWay).After(began) {
			return time.Since(began), m.plays(ctx)
		}
		if err := pause(ctx, 20*time.Millisecond); err != nil {
			return 0, err
		}
	}
	return 0, errors.New("the end of the film was not there for a minute")
}

// onTheWay is how much later a frame is recorded than it was seen.
const onTheWay = 200 * time.Millisecond

// plays begins to watch the floor.
func (m *meeting) plays(ctx context.Context) error {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, m.address("/replay/lanes/floor"), http.NoBody)
	if err != nil {
		return err
	}
	request.Header.Set("Cookie", m.leads.cookie)
	request.Header.Set("Range", "bytes=0-65535")
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusPartialContent {
		return fmt.Errorf("the film of the floor answers %s", response.Status)
	}
	_, err = io.Copy(io.Discard, response.Body)
	return err
}

// sizeOf is how many bytes lie in a folder.
func sizeOf(folder string) (size int64, err error) {
	err = filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, ".webm") {
			return err
		}
		info, err := entry.Info()
		if err == nil {
			size += info.Size()
		}
		return err
	})
	return size, err
}
