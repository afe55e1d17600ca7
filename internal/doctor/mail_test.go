package doctor_test

import (
	"log/slog"
	"net"
	"path/filepath"
	"testing"
	"time"

	"giaoban/internal/base/ledger"
	"giaoban/internal/base/testing/enginetest"
	"giaoban/internal/doctor"
	"giaoban/internal/edge/mail"
	"giaoban/internal/part/briefing"
)

// mail gives what the check of mail finds.
func (w *ward) mail() doctor.Finding {
	w.Helper()
	for _, f := range doctor.Examine(w.Context(), w.Patient) {
		if f.Check == "mail" {
			return f
		}
	}
	w.Fatal("mail was not looked at")
	return doctor.Finding{}
}

func TestAMailServerThatDoesNotAnswerIsFound(t *testing.T) {
	w := newWard(t, filepath.Join(t.TempDir(), "giaoban.db"))
	gone, err := net.Listen("tcp", "127.0.0.1:0")
	w.OK(err)
	address := gone.Addr().String()
	w.OK(gone.Close())
	courier, err := mail.New(mail.Config{
		Server: mail.Server{Address: address, From: "giaoban@example.vn", Encryption: mail.Plain}, Ledger: w.world.Ledger, Machine: w.machine, Log: slog.New(slog.DiscardHandler),
	})
	w.OK(err)
	if f := w.mail(); f.Grade != doctor.Well {
		t.Errorf("without a mail server: %+v, want it well", f)
	}
	w.Mail = courier.Probe
	if f := w.mail(); f.Grade != doctor.Wrong || f.Key != "doctor.mail.unreachable" {
		t.Errorf("the server is gone: %+v, want doctor.mail.unreachable", f)
	}
}

func TestALetterThatWaitsTooLongIsFound(t *testing.T) {
	enginetest.Each(t, func(t *testing.T, url string) {
		w := newWard(t, url)
		w.world.Update(func(tx *ledger.Tx) error {
			_, err := tx.ExecContext(w.Context(), `INSERT INTO briefing (key, unit_id, directive_id, title, asked, begins_at, minutes, cutoff_at, repeats, series_id,
				chair_id, chair, state, revision, called_by, called_at, opened_at, ended_at, paused_at, locked, live, item_id, turn_id, shown_unit, shown_milestone, shown_at, neutral)
				VALUES ('k', 1, 0, 'Giao ban', '', 0, 60, 0, '', 0, 1, 'Chủ trì', $1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, '', 0, 0)`, briefing.Called)
			if err == nil {
				_, err = tx.ExecContext(w.Context(), `INSERT INTO letter (briefing_id, unit_id, person_id, kind, cause, begins_at, minutes, was_at, made_at, state, attempts,
					due_at, sent_at, trouble, said) SELECT id, 1, 1, 'invited', 1, 0, 60, 0, $1, 'waiting', 0, 0, 0, '', '' FROM briefing`, tx.Now().UnixMicro())
			}
			return err
		})
		if f := w.mail(); f.Grade != doctor.Well {
			t.Errorf("a letter of now: %+v, want it well", f)
		}
		w.world.Clock.Advance(3 * time.Hour)
		if f := w.mail(); f.Grade != doctor.Wrong || f.Key != "doctor.mail.waiting" {
			t.Errorf("a letter of three hours ago: %+v, want doctor.mail.waiting", f)
		}
	})
}
