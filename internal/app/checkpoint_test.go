package app_test

import (
	"context"
	"database/sql"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/mod/sumdb/note"

	"giaoban/internal/app"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/testing/browser"
)

// TestABrowserFindsOutALogThatWasMadeAnew: a browser that saw a checkpoint
// compares the next day. The demonstration's mark is taken away: browsers keep
// nothing of a log that is thrown away.
func TestABrowserFindsOutALogThatWasMadeAnew(t *testing.T) {
	s := serveDemo(t, "")
	b := browser.New(t)
	look := func() {
		b.Go(s.url + "/check?lang=vi")
		b.Wait("h1")
	}
	wait := func(condition string) {
		b.Eval(`new Promise((done) => { const look = () => (` + condition + `) ? done(true) : setTimeout(look, 20); look(); })`)
	}
	next := func() { // an hour passes
		b.Eval(`localStorage.removeItem("giaoban.checkpoint.asked")`)
		look()
	}
	kept := func() string {
		held, _ := b.Eval(`localStorage.getItem("giaoban.checkpoint")`).(string)
		return held
	}
	look()
	if err := os.Remove(filepath.Join(s.dir, "demonstration")); err != nil {
		t.Fatal(err)
	}
	next()
	wait(`localStorage.getItem("giaoban.checkpoint") !== null`)
	first := kept()
	if _, err := ledger.OpenCheckpoint(first, s.Key.Verifier); err != nil {
		t.Fatalf("the browser keeps %q: %v", first, err)
	}

	// The log grows; the browser checks the proof and keeps the newer one.
	for range 3 {
		happens(t, s)
		before := kept()
		next()
		wait(`localStorage.getItem("giaoban.checkpoint") !== ` + strconv.Quote(before))
	}
	if b.Eval(`document.querySelector("[data-broken]") !== null`) == true {
		t.Fatal("a log that has only grown is said to be broken")
	}

	// Somebody rewrites the log and signs it with its own key.
	newest := kept()
	tree, err := ledger.OpenCheckpoint(newest, s.Key.Verifier)
	if err != nil {
		t.Fatal(err)
	}
	tree.Hash[0] ^= 1
	forged, err := note.Sign(&note.Note{Text: "giaoban\n" + strconv.FormatInt(tree.N, 10) + "\n" + tree.Hash.String() + "\n"}, s.Key.Signer)
	if err != nil {
		t.Fatal(err)
	}
	replace := func(text string) {
		err := s.DB.Update(t.Context(), func(tx *sql.Tx) error {
			_, err := tx.ExecContext(t.Context(), `UPDATE ledger_checkpoint SET note = $1 WHERE size = $2`, text, tree.N)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	replace(string(forged))
	next()
	b.WaitText("[data-broken]", "CẢNH BÁO")
	b.WaitText("[data-broken]", strings.Split(newest, "\n")[2])
	b.Axe(t)
	if folder := os.Getenv("GIAOBAN_SHOTS"); folder != "" {
		b.Screenshot(filepath.Join(folder, "checkpoint-broken-desk-vi.png"))
	}
	if kept() != newest {
		t.Error("the browser gave up what it had kept")
	}
	replace(newest)

	// What the browser itself was told to keep by somebody else is not this log's.
	next()
	b.WaitGone("[data-broken]")
	other, err := ledger.LoadKey(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	foreign, err := note.Sign(&note.Note{Text: "giaoban\n" + strconv.FormatInt(tree.N, 10) + "\n" + tree.Hash.String() + "\n"}, other.Signer)
	if err != nil {
		t.Fatal(err)
	}
	b.Eval(`localStorage.setItem("giaoban.checkpoint", ` + strconv.Quote(string(foreign)) + `)`)
	next()
	b.WaitText("[data-broken=foreign]", "khóa khác")
	b.Click("[data-broken] button")
	b.WaitGone("[data-broken]")
	if kept() != newest {
		t.Error("told that the system was installed anew, the browser does not keep the new log")
	}
}

// happens appends an event and grows the tree over it.
func happens(t *testing.T, s served) {
	t.Helper()
	_, err := s.Ledger.Update(t.Context(), "program", func(tx *ledger.Tx) error {
		return tx.Append(ledger.New{Kind: "test.happened", Subject: "test:1", Payload: struct{}{}})
	})
	if err == nil {
		err = s.CatchUp(t.Context())
	}
	if err != nil {
		t.Fatal(err)
	}
}

func TestServingSendsCheckpointsToTheWitness(t *testing.T) {
	kept := make(chan string, 10)
	witness := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		kept <- string(body)
	}))
	defer witness.Close()
	config := app.Config{Data: t.TempDir(), Witness: witness.URL}
	a, err := app.OpenDemo(t.Context(), config, false)
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	ctx, stop := context.WithCancel(t.Context())
	followed := make(chan struct{})
	go func() { defer close(followed); a.Follow(ctx) }()
	checkpoint := <-kept
	stop()
	<-followed
	result, err := a.Verify(t.Context(), checkpoint)
	if err != nil || result.Outside != 1 || len(result.Findings) > 0 {
		t.Errorf("verified against what the witness kept: %+v, %v", result, err)
	}
}
