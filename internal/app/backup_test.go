package app_test

import (
	"bytes"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"giaoban/internal/app"
	"giaoban/internal/base/access"
	"giaoban/internal/base/archive"
	"giaoban/internal/base/clock"
	"giaoban/internal/base/file"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/marking"
	"giaoban/internal/base/store"
	"giaoban/internal/base/testing/count"
	"giaoban/internal/base/testing/enginetest"
	"giaoban/internal/base/testing/pgtest"
	"giaoban/internal/part/board"
)

// A random history goes from SQLite to PostgreSQL and back by backups; the
// archives are the same, so are the boards, and it goes on everywhere.
func TestAnInstallationGrowsIntoTheOtherEngineAndBack(t *testing.T) {
	manual := clock.NewManual(time.Date(2020, time.June, 1, 1, 0, 0, 0, time.UTC))
	h := &history{T: t, random: rand.New(rand.NewPCG(seed, 5)), clock: manual, done: map[string]int{}}
	steps := count.Of(40, 3000)
	h.pace = 2 * 100 * 24 * time.Hour / time.Duration(steps)
	config := app.Config{Data: t.TempDir(), Business: manual, Version: "test"}
	h.open(config)
	h.begin()
	h.attach("biên bản")
	for range steps {
		h.step()
	}
	for _, database := range []string{pgtest.New(t), "", pgtest.New(t)} {
		config = h.moveTo(config, database)
		for range steps {
			h.step()
		}
		h.compare("after going on")
	}
	t.Logf("%d steps of seed %d on each of four installations: %v", steps, seed, h.done)
	if err := h.Close(); err != nil {
		t.Fatal(err)
	}
}

// moveTo backs up, restores at another database and compares the two.
func (h *history) moveTo(config app.Config, database string) app.Config {
	h.Helper()
	before, sums := h.backUp()
	cells := h.cells()
	if err := h.Close(); err != nil {
		h.Fatal(err)
	}
	config.Data, config.Database = filepath.Join(h.TempDir(), "restored"), database
	restored, err := app.Restore(h.Context(), config, bytes.NewReader(before), func(int, int) {})
	if err != nil {
		h.Fatal(err)
	}
	if v := restored.Verified; len(v.Findings) > 0 || v.Events != restored.Header.Position || v.Covered != v.Events {
		h.Errorf("verifying what was restored: %+v, want %d events, all covered", v, restored.Header.Position)
	}
	h.open(config)
	h.compare("after restoring")
	if diff := cmp.Diff(cells, h.cells()); diff != "" {
		h.Errorf("boards (-before +after):\n%s", diff)
	}
	_, again := h.backUp()
	if diff := cmp.Diff(sums, again); diff != "" {
		h.Errorf("archives (-before +after):\n%s", diff)
	}
	return config
}

func (h *history) backUp() ([]byte, archive.Manifest) {
	h.Helper()
	var b bytes.Buffer
	made, err := h.Backup(h.Context(), &b, func(int, int) {})
	if err != nil {
		h.Fatal(err)
	}
	if len(made.Missing) > 0 || made.Files != 2 {
		h.Errorf("the backup holds %d files and misses %q, want the key and what was attached", made.Files, made.Missing)
	}
	_, sums := contents(h.T, b.Bytes())
	return b.Bytes(), sums
}

// contents proves an archive.
func contents(t *testing.T, content []byte) (header archive.Header, sums archive.Manifest) {
	t.Helper()
	sums, err := archive.Read(bytes.NewReader(content), archive.Contents{
		Header: func(h archive.Header) error { header = h; return nil },
		Rows:   func(archive.Table, [][]any) error { return nil },
		File: func(_ string, _ int64, content io.Reader) error {
			_, err := io.Copy(io.Discard, content)
			return err
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	return header, sums
}

// cells are all boards' figures by unit.
func (h *history) cells() map[string][]board.Cell {
	h.Helper()
	root, _ := h.Tree.Root()
	all := map[string][]board.Cell{}
	for _, u := range h.Tree.Subtree(root.ID) {
		v, err := h.Boards.Read(h.id, u.ID, 0)
		if err != nil {
			h.Fatal(err)
		}
		all[fmt.Sprint(u.ID, u.Code)] = v.Head.Cells
	}
	return all
}

// attach stores a file.
func (h *history) attach(words string) {
	h.Helper()
	upload, err := h.Files.Take("a.pdf", strings.NewReader("%PDF-1.4\n"+words+"\n%%EOF\n"))
	if err != nil {
		h.Fatal(err)
	}
	h.try("attach", func(tx *ledger.Tx, _ access.Actor) error {
		_, err := file.Save(h.Context(), tx, upload, marking.Marks{}, 1, 0)
		return err
	})
}

// Every table that a migration makes is in the archive: a part that adds one
// adds it to backups.
func TestABackupHoldsEveryTableOfTheSchema(t *testing.T) {
	made := tablesOfMigrations(t)
	enginetest.Each(t, func(t *testing.T, url string) {
		h := &history{T: t, random: rand.New(rand.NewPCG(seed, 6)), clock: clock.NewManual(time.Unix(1.6e9, 0)), done: map[string]int{}}
		h.open(app.Config{Data: t.TempDir(), Database: url, Business: h.clock})
		h.begin()
		h.attach("một")
		content, sums := h.backUp()
		header, _ := contents(t, content)
		var names []string
		for _, table := range header.Tables {
			names = append(names, table.Name)
			n, err := store.Count(t.Context(), h.DB.Reader(), table.Table)
			if err != nil || n != sums.Tables[table.Name].Count {
				t.Errorf("table %s: the archive has %d rows, the database %d (%v)", table.Name, sums.Tables[table.Name].Count, n, err)
			}
		}
		if diff := cmp.Diff(made, names, cmpopts.SortSlices(strings.Compare)); diff != "" {
			t.Errorf("tables (-migrations +archive):\n%s", diff)
		}
		if err := h.Close(); err != nil {
			t.Fatal(err)
		}
	})
}

var (
	creates = regexp.MustCompile(`(?m)^CREATE TABLE (\w+)`)
	drops   = regexp.MustCompile(`(?m)^DROP TABLE (\w+)|^ALTER TABLE (\w+) RENAME TO (\w+)`)
)

// tablesOfMigrations reads the migrations' own text.
func tablesOfMigrations(t *testing.T) []string {
	t.Helper()
	texts := map[string]string{}
	for _, schema := range app.Schemas() {
		names, err := fs.Glob(schema, "schema/*.sql")
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range names {
			content, err := fs.ReadFile(schema, name)
			if err != nil {
				t.Fatal(err)
			}
			texts[filepath.Base(name)] = string(content)
		}
	}
	tables := map[string]bool{}
	for _, name := range slices.Sorted(maps.Keys(texts)) {
		for _, found := range creates.FindAllStringSubmatch(texts[name], -1) {
			tables[found[1]] = true
		}
		for _, found := range drops.FindAllStringSubmatch(texts[name], -1) {
			delete(tables, found[1]+found[2])
			if found[3] != "" {
				tables[found[3]] = true
			}
		}
	}
	return slices.Sorted(maps.Keys(tables))
}

// A backup that is cut short anywhere restores nothing and leaves nothing, in
// the directory and in the database.
func TestABackupCutShortLeavesNothing(t *testing.T) {
	h := &history{T: t, random: rand.New(rand.NewPCG(seed, 7)), clock: clock.NewManual(time.Unix(1.6e9, 0)), done: map[string]int{}}
	h.open(app.Config{Data: t.TempDir(), Business: h.clock})
	h.begin()
	h.attach("một")
	whole, _ := h.backUp()
	if err := h.Close(); err != nil {
		t.Fatal(err)
	}
	n := count.Of(4, 100)
	enginetest.Each(t, func(t *testing.T, url string) {
		config := app.Config{Data: t.TempDir(), Business: h.clock}
		if strings.HasPrefix(url, "postgres") {
			config.Database = url
		}
		for i := range n {
			at := len(whole) * (i + 1) / (n + 1)
			if _, err := app.Restore(t.Context(), config, bytes.NewReader(whole[:at]), func(int, int) {}); err == nil {
				t.Fatalf("%d of %d bytes are restored", at, len(whole))
			}
			left, err := os.ReadDir(config.Data)
			if err != nil || len(left) != 1 || left[0].Name() != "giaoban.lock" {
				t.Fatalf("after %d bytes the directory holds %v (%v), want its lock alone", at, left, err)
			}
		}
		// Nor did it harm the whole one's coming after it, in the same place.
		if _, err := app.Restore(t.Context(), config, bytes.NewReader(whole), func(int, int) {}); err != nil {
			t.Fatal(err)
		}
		t.Logf("%d cuts of %d bytes", n, len(whole))
	})
}
