package ledger_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/mod/sumdb/note"

	"giaoban/internal/base/ledger"
)

func TestTheKeyIsMadeOnceAndKept(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "ledger.key")
	// What was left by a start that was cut off is no key.
	if err := os.WriteFile(path+".new", []byte("PRIVATE+KEY+giao"), 0o600); err != nil {
		t.Fatal(err)
	}
	first, err := ledger.LoadKey(dir)
	if err != nil {
		t.Fatal(err)
	}
	again, err := ledger.LoadKey(dir)
	if err != nil {
		t.Fatal(err)
	}
	signed, err := note.Sign(&note.Note{Text: "giaoban\n"}, first.Signer)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := note.Open(signed, note.VerifierList(again.Verifier)); err != nil {
		t.Errorf("what the key signed is not accepted after a new start: %v", err)
	}
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	if info.Mode().Perm() != 0o600 {
		t.Errorf("the key's file has mode %o, want 600", info.Mode().Perm())
	}
}

func TestEachInstallationHasItsOwnKey(t *testing.T) {
	one, err := ledger.LoadKey(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	other, err := ledger.LoadKey(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	signed, err := note.Sign(&note.Note{Text: "giaoban\n"}, one.Signer)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := note.Open(signed, note.VerifierList(other.Verifier)); err == nil {
		t.Error("one installation's signature is accepted by another")
	}
}

func TestABrokenKeyIsNotReplaced(t *testing.T) {
	for _, content := range []string{"", "PRIVATE+KEY+giaoban", "one\ntwo\n"} {
		dir := t.TempDir()
		path := filepath.Join(dir, "ledger.key")
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := ledger.LoadKey(dir); err == nil || !strings.Contains(err.Error(), "ledger.key") {
			t.Errorf("a key file with %q gives %v, want an error that names it", content, err)
		}
		if kept, err := os.ReadFile(path); err != nil || string(kept) != content {
			t.Errorf("the key file became %q, %v; want it untouched: %q", kept, err, content)
		}
	}
}
