package app_test

import (
	"bytes"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"giaoban/internal/app"
	"giaoban/internal/base/clock"
	"giaoban/internal/base/testing/enginetest"
	"giaoban/internal/part/board"
)

// reopened opens an installation, gives its central board and what was logged.
func reopened(t *testing.T, config app.Config) (board.View, string) {
	t.Helper()
	var log bytes.Buffer
	config.Log = slog.New(slog.NewTextHandler(&log, nil))
	a, err := app.Open(t.Context(), config)
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := a.Close(); err != nil {
			t.Error(err)
		}
	}()
	root, _ := a.Tree.Root()
	view, err := a.Boards.Read(centrally, root.ID, 0)
	if err != nil {
		t.Fatal(err)
	}
	return view, log.String()
}

func TestAStartGoesOnFromTheSnapshotAndThrowsAwayOneThatDoesNotFit(t *testing.T) {
	enginetest.Each(t, func(t *testing.T, database string) {
		config := app.Config{Data: t.TempDir(), Database: database, Version: "v1"}
		file := filepath.Join(config.Data, "board.snapshot")
		a, err := app.OpenDemo(t.Context(), config, false)
		if err != nil {
			t.Fatal(err)
		}
		config.Business = clock.NewManual(a.Ledger.Now())
		if err := errors.Join(a.SaveBoards(t.Context(), 0), a.Close()); err != nil {
			t.Fatal(err)
		}
		want, said := reopened(t, config)
		if said != "" {
			t.Errorf("with a good snapshot the log says %s", said)
		}
		whole, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		flipped := bytes.Clone(whole)
		flipped[len(flipped)/2] ^= 4
		for _, one := range []struct {
			name, version, because string
			snapshot               []byte
		}{
			{"cut short", "v1", "cut short", whole[:len(whole)/3]},
			{"damaged", "v1", "damaged", flipped},
			{"empty", "v1", "cut short", nil},
			{"of another program", "v2", "version", whole},
			{"something else", "v1", "no sense", bytes.Repeat([]byte("giaoban "), 100)},
		} {
			t.Run(one.name, func(t *testing.T) {
				if err := os.WriteFile(file, one.snapshot, 0o600); err != nil {
					t.Fatal(err)
				}
				config.Version = one.version
				got, said := reopened(t, config)
				if !strings.Contains(said, "thrown away") || !strings.Contains(said, one.because) {
					t.Errorf("the log says %q, want that the snapshot is thrown away because %q", said, one.because)
				}
				if diff := cmp.Diff(want, got); diff != "" {
					t.Errorf("the central board (-from the snapshot +built anew):\n%s", diff)
				}
				if _, err := os.Stat(file); !os.IsNotExist(err) {
					t.Errorf("the bad snapshot is still there: %v", err)
				}
			})
		}
	})
}
