package briefingui

import (
	"context"
	"database/sql"
	"errors"
	"io/fs"
	"net/http"
	"os"
	"strconv"

	"giaoban/internal/base/ledger"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/briefing"
)

// anybody is how the form says that whoever had a seat may watch.
const anybody = "seated"

// forms are those of whoever presides, as they came back or fresh; it gives the page's
// status.
func (p *replayPage) forms(r *web.Request, keeping, deleting *web.Form) int {
	if !p.Seat.Presides() || !p.Recording.Kept() {
		return http.StatusOK
	}
	for _, key := range []string{anybody, string(briefing.HostOnly)} {
		p.Watchers = append(p.Watchers, web.Option{Value: key, Label: r.T("briefings.replay.watchers." + key)})
	}
	status := http.StatusOK
	if p.Keeping = keeping; keeping != nil {
		status = keeping.Status()
	} else {
		p.Keeping = r.NewForm("keep").Set("until", p.Recording.Until).Set("watchers", anybody)
		if p.Recording.Watchers == briefing.HostOnly {
			p.Keeping.Set("watchers", string(briefing.HostOnly))
		}
	}
	if p.Deleting = deleting; deleting != nil {
		return deleting.Status()
	}
	p.Deleting = r.NewForm("delete")
	return status
}

// keepRecording says who may watch, and until when it is kept.
func (s *Screens) keepRecording(r *web.Request) error {
	w, err := s.watch(r)
	if err != nil {
		return err
	}
	form, err := r.Posted("keep")
	if err != nil {
		return err
	}
	cmd := briefing.KeepCommand{Briefing: w.ID, Watchers: briefing.Watchers(form.Text("watchers"))}
	if cmd.Watchers == anybody {
		cmd.Watchers = briefing.Seated
	}
	cmd.Until = form.Date("until")
	if form.OK() {
		err = r.Update(func(tx *ledger.Tx) error {
			_, err := briefing.KeepRecording(r.Context(), tx, r.Actor, cmd)
			return err
		})
		if err == nil {
			r.Notice("briefings.replay.kept")
			return r.See(path(w.ID, "/replay"))
		}
		if err := form.Refused(err); err != nil {
			return err
		}
	}
	return s.renderReplay(r, w, form, nil)
}

// deleteRecording deletes the recording before its day. Its files go at once; those
// that cannot are swept away later.
func (s *Screens) deleteRecording(r *web.Request) error {
	w, err := s.watch(r)
	if err != nil {
		return err
	}
	form, err := r.Posted("delete")
	if err != nil {
		return err
	}
	err = r.Update(func(tx *ledger.Tx) error {
		_, err := briefing.DeleteRecording(r.Context(), tx, r.Actor, w.ID, form.Text("reason"))
		return err
	})
	if err == nil {
		if err := s.SweepRecordings(r.Context()); err != nil {
			s.Log.WarnContext(r.Context(), "sweeping a recording away", "briefing", w.ID, "error", err)
		}
		r.Notice("briefings.replay.deleted")
		return r.See(path(w.ID, "/replay"))
	}
	if err := form.Refused(err); err != nil {
		return err
	}
	return s.renderReplay(r, w, nil, form)
}

// SweepRecordings removes the files of recordings that were deleted.
func (s *Screens) SweepRecordings(ctx context.Context) error {
	entries, err := os.ReadDir(s.Recordings)
	if errors.Is(err, fs.ErrNotExist) {
		return nil // nothing was ever recorded
	}
	failed := []error{err}
	for _, entry := range entries {
		id, err := strconv.ParseInt(entry.Name(), 10, 64)
		if err != nil {
			continue // it is none of ours
		}
		var recording briefing.Recording
		err = s.DB.View(ctx, func(tx *sql.Tx) (err error) {
			recording, err = briefing.RecordingOf(ctx, tx, id)
			return err
		})
		if err == nil && !recording.Deleted.IsZero() {
			err = os.RemoveAll(s.folder(id))
		}
		failed = append(failed, err)
	}
	return errors.Join(failed...)
}
