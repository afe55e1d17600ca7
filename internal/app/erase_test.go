package app_test

import (
	"bytes"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"giaoban/internal/app"
	"giaoban/internal/base/access"
	"giaoban/internal/base/account"
	"giaoban/internal/base/archive"
	"giaoban/internal/base/clock"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/testing/enginetest"
	"giaoban/internal/part/org"
)

// A person who was erased is in no row, no backup and no exported log, and all of
// them still prove that nothing else was altered.
func TestAnErasedPersonStaysErasedAndEverythingVerifies(t *testing.T) {
	enginetest.Each(t, func(t *testing.T, database string) {
		h := &history{T: t, random: rand.New(rand.NewPCG(seed, 9)), clock: clock.NewManual(time.Date(2020, time.June, 1, 1, 0, 0, 0, time.UTC)), done: map[string]int{}}
		config := app.Config{Data: t.TempDir(), Database: database, Business: h.clock, Version: "test"}
		h.open(config)
		h.begin()
		h.attach("biên bản")
		const name = "Nguyễn Thị Bí Mật"
		leaver := h.hold(name)
		content, _ := h.backUp()
		if !strings.Contains(rowsOf(t, content), name) {
			t.Fatal("the name is nowhere to begin with: this test cannot fail")
		}
		h.erase(leaver)
		content, _ = h.backUp()
		if strings.Contains(rowsOf(t, content), name) {
			t.Error("the backup still holds the name")
		}
		h.checkedElsewhere(name)
		h.restoredWithout(config, content, name)
	})
}

// hold has somebody with an account take up a post.
func (h *history) hold(name string) int64 {
	h.Helper()
	root, _ := h.Tree.Root()
	var p account.Person
	h.try("appoint", func(tx *ledger.Tx, actor access.Actor) (err error) {
		p, err = account.CreatePerson(h.Context(), tx, actor, account.CreateCommand{
			Name: name, Email: "bi.mat@example.vn", Grants: []access.Grant{{Unit: root.ID, Role: access.Viewer}},
		})
		if err != nil {
			return err
		}
		_, err = org.Appoint(h.Context(), tx, actor, org.AppointCommand{
			Unit: root.ID, Body: "standing-body", Post: "secretary", Person: p.ID, Name: name, From: "2020-05-01",
		})
		return err
	})
	return p.ID
}

func (h *history) erase(person int64) {
	h.Helper()
	h.try("erase", func(tx *ledger.Tx, actor access.Actor) error {
		if err := account.Disable(h.Context(), tx, actor, person); err != nil {
			return err
		}
		_, err := account.Erase(h.Context(), tx, actor, account.EraseCommand{
			Person: person, Reason: "đã nghỉ hưu", Elsewhere: []account.Elsewhere{org.NamesOfHolders},
		})
		return err
	})
	if h.done["erase"] == 0 {
		h.Fatalf("erasing is refused: %v", h.refused)
	}
}

// rowsOf is every value of every row of a backup.
func rowsOf(t *testing.T, content []byte) string {
	t.Helper()
	var all strings.Builder
	_, err := archive.Read(bytes.NewReader(content), archive.Contents{
		Header: func(archive.Header) error { return nil },
		Rows:   func(_ archive.Table, rows [][]any) error { _, err := fmt.Fprintln(&all, rows); return err },
		File: func(_ string, _ int64, content io.Reader) error {
			_, err := io.Copy(io.Discard, content)
			return err
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	return all.String()
}

// checkedElsewhere has the independent verifier check the exported log.
func (h *history) checkedElsewhere(without string) {
	h.Helper()
	var exported bytes.Buffer
	if err := h.ExportProof(h.Context(), app.ProofRequest{}, &exported, func(int, int) {}); err != nil {
		h.Fatal(err)
	}
	if bytes.Contains(exported.Bytes(), []byte(without)) {
		h.Error("the exported log still holds the name")
	}
	bundle := filepath.Join(h.TempDir(), "bundle.zip")
	if err := os.WriteFile(bundle, exported.Bytes(), 0o600); err != nil {
		h.Fatal(err)
	}
	check := exec.CommandContext(h.Context(), "go", "run", "giaoban/cmd/giaoban-verify", "-key", h.Key.Public, bundle)
	printed, err := check.CombinedOutput()
	if err != nil {
		h.Fatalf("the independent verifier says: %v, %s", err, printed)
	}
	if !strings.Contains(string(printed), " 2 of those erased;") {
		h.Errorf("the independent verifier says: %s, want two events erased", printed)
	}
}

// restoredWithout restores a backup at a new place and looks for a name there.
func (h *history) restoredWithout(config app.Config, content []byte, name string) {
	h.Helper()
	if err := h.Close(); err != nil {
		h.Fatal(err)
	}
	config.Data, config.Database = filepath.Join(h.TempDir(), "restored"), ""
	restored, err := app.Restore(h.Context(), config, bytes.NewReader(content), func(int, int) {})
	if err != nil {
		h.Fatal(err)
	}
	if v := restored.Verified; len(v.Findings) > 0 || len(v.Erased) != 2 || v.Covered != v.Events {
		h.Errorf("verifying what was restored: %+v, want two payloads erased and nothing found", v)
	}
	h.open(config)
	again, _ := h.backUp()
	if strings.Contains(rowsOf(h.T, again), name) {
		h.Error("what was restored holds the name again")
	}
	if err := h.Close(); err != nil {
		h.Fatal(err)
	}
}
