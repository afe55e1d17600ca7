package main

import (
	"archive/zip"
	"bytes"
	"fmt"
	"go/parser"
	"go/token"
	"io"
	"log/slog"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"giaoban/internal/app"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/testing/count"
)

func TestTheVerifierIsOneShortFileOfTheStandardLibrary(t *testing.T) {
	source, err := os.ReadFile("main.go")
	if err != nil {
		t.Fatal(err)
	}
	if lines := bytes.Count(source, []byte("\n")); lines > 300 {
		t.Errorf("main.go has %d lines, want at most 300", lines)
	}
	file, err := parser.ParseFile(token.NewFileSet(), "main.go", source, parser.ImportsOnly)
	if err != nil {
		t.Fatal(err)
	}
	for _, one := range file.Imports {
		if path, _ := strconv.Unquote(one.Path.Value); strings.Contains(path, ".") || strings.HasPrefix(path, "giaoban") {
			t.Errorf("main.go imports %s", path)
		}
	}
	others, err := filepath.Glob("*.go")
	if err != nil || len(others) != 2 {
		t.Errorf("the folder holds %v, %v; want main.go and its test", others, err)
	}
}

// given is what the demonstration gave out: a bundle and a receipt.
type given struct {
	*testing.T
	dir     string
	files   map[string][]byte // of the bundle
	receipt string            // its file
	proof   ledger.Receipt
}

func give(t *testing.T) given {
	t.Helper()
	g := given{T: t, dir: t.TempDir(), files: map[string][]byte{}}
	a, err := app.OpenDemo(t.Context(), app.Config{Data: t.TempDir(), Log: slog.New(slog.NewTextHandler(t.Output(), nil))}, false)
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := a.Close(); err != nil {
			t.Error(err)
		}
	}()
	var bundle bytes.Buffer
	if err := a.ExportProof(t.Context(), app.ProofRequest{}, &bundle, func(int, int) {}); err != nil {
		t.Fatal(err)
	}
	g.read(bundle.Bytes())
	var sent, accepted int64
	q := a.DB.Reader()
	if err := q.QueryRowContext(t.Context(), `SELECT MAX(position) FROM event WHERE kind = 'report.accepted'`).Scan(&accepted); err != nil {
		t.Fatal(err)
	}
	err = q.QueryRowContext(t.Context(), `SELECT MAX(e.position) FROM event e JOIN event a ON a.subject = e.subject
		WHERE a.position = $1 AND e.kind = 'report.submitted'`, accepted).Scan(&sent)
	if err != nil {
		t.Fatal(err)
	}
	var ok bool
	if g.proof, ok, err = ledger.MakeReceipt(t.Context(), q, sent, accepted); err != nil || !ok {
		t.Fatalf("no receipt: %v, %v", ok, err)
	}
	g.receipt = filepath.Join(g.dir, "receipt.txt")
	g.write(g.receipt, g.proof.Text())
	return g
}

func (g given) read(bundle []byte) {
	g.Helper()
	archive, err := zip.NewReader(bytes.NewReader(bundle), int64(len(bundle)))
	if err != nil {
		g.Fatal(err)
	}
	for _, file := range archive.File {
		content, err := file.Open()
		if err != nil {
			g.Fatal(err)
		}
		if g.files[file.Name], err = io.ReadAll(content); err != nil {
			g.Fatal(err)
		}
	}
}

func (g given) write(name string, content []byte) {
	g.Helper()
	if err := os.WriteFile(name, content, 0o600); err != nil {
		g.Fatal(err)
	}
}

// check has the verifier check a bundle with other content in one file.
func (g given) check(name string, content []byte, receipts ...string) error {
	g.Helper()
	var b bytes.Buffer
	archive := zip.NewWriter(&b)
	for part, as := range g.files {
		if part == name {
			as = content
		}
		file, err := archive.CreateHeader(&zip.FileHeader{Name: part, Method: zip.Store})
		if err == nil {
			_, err = file.Write(as)
		}
		if err != nil {
			g.Fatal(err)
		}
	}
	if err := archive.Close(); err != nil {
		g.Fatal(err)
	}
	bundle := filepath.Join(g.dir, "bundle.zip")
	g.write(bundle, b.Bytes())
	return verify("", bundle, receipts, io.Discard)
}

func TestABundleAndAReceiptOfTheDemonstrationAreChecked(t *testing.T) {
	g := give(t)
	if err := g.check("", nil, g.receipt); err != nil {
		t.Errorf("what nobody altered is wrong: %v", err)
	}
	events := g.files["events.txt"]
	t.Run("a byte anywhere among the events", func(t *testing.T) {
		n := count.Of(150, 3000)
		t.Logf("%d flipped bytes", n)
		for range n {
			changed, at := bytes.Clone(events), rand.IntN(len(events))
			changed[at] ^= 1 << rand.IntN(8)
			event := fmt.Sprintf("event %d:", 1+bytes.Count(events[:at], []byte("\n")))
			if err := g.check("events.txt", changed); err == nil || !strings.HasPrefix(err.Error(), event) {
				t.Fatalf("byte %d, of %s was flipped, and the verifier says: %v", at, event, err)
			}
		}
	})
	t.Run("a byte of key, checkpoints or receipt", func(t *testing.T) {
		for name, content := range map[string][]byte{"key.txt": g.files["key.txt"], "checkpoints.txt": g.files["checkpoints.txt"], "": g.proof.Text()} {
			for range count.Of(60, 600) {
				changed, at := bytes.Clone(content), rand.IntN(len(content))
				changed[at] ^= 1 << rand.IntN(8)
				altered := filepath.Join(g.dir, "altered.txt")
				g.write(altered, changed)
				receipt := g.receipt
				if name == "" {
					receipt = altered
				}
				if g.check(name, changed, receipt) == nil {
					t.Errorf("byte %d (%q) of %s was flipped, and the verifier is content", at, content[at], name)
				}
			}
		}
	})
	t.Run("events taken away, cut off, put in, swapped", func(t *testing.T) {
		lines := bytes.SplitAfter(events, []byte("\n"))
		for name, changed := range map[string][]byte{
			"event 10 is missing": bytes.Join(append(append([][]byte{}, lines[:9]...), lines[10:]...), nil),
			"event 21: EOF":       bytes.Join(lines[:20], nil),
			"something stands":    append(bytes.Clone(events), lines[0]...),
			"event 3 is missing":  bytes.Join([][]byte{lines[0], lines[1], lines[3], lines[2], bytes.Join(lines[4:], nil)}, nil),
		} {
			if err := g.check("events.txt", changed); err == nil || !strings.Contains(err.Error(), name) {
				t.Errorf("the verifier says %v, want %s", err, name)
			}
		}
	})
	t.Run("an event made anew with its leaf", func(t *testing.T) {
		lines := strings.SplitAfter(string(events), "\n")
		one := strings.Split(strings.TrimSuffix(lines[4], "\n"), "\t")
		lines[4] = strings.Join([]string{one[0], "", "", "", "", "", "", "", strings.Repeat("ab", 32)}, "\t") + "\n"
		if err := g.check("events.txt", []byte(strings.Join(lines, ""))); err == nil || !strings.Contains(err.Error(), "not those that were signed") {
			t.Errorf("the verifier says %v", err)
		}
	})
	t.Run("another key", func(t *testing.T) {
		bundle := filepath.Join(g.dir, "bundle.zip")
		if err := g.check("", nil); err != nil {
			t.Fatal(err)
		}
		if err := verify("giaoban+00000000+AAAA", bundle, nil, io.Discard); err == nil {
			t.Error("a bundle is accepted that the trusted key did not sign")
		}
		if err := verify(string(g.files["key.txt"]), bundle, nil, io.Discard); err != nil {
			t.Errorf("the bundle's own key, trusted, is refused: %v", err)
		}
	})
}

func TestADirectiveAloneIsToldAndTheRestOnlyProven(t *testing.T) {
	dir := t.TempDir()
	a, err := app.OpenDemo(t.Context(), app.Config{Data: t.TempDir(), Log: slog.New(slog.NewTextHandler(t.Output(), nil))}, false)
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	file, err := os.Create(filepath.Join(dir, "one.zip"))
	if err != nil {
		t.Fatal(err)
	}
	if err := a.ExportProof(t.Context(), app.ProofRequest{Directive: 1}, file, func(int, int) {}); err != nil {
		t.Fatal(err)
	}
	if err := file.Close(); err != nil {
		t.Fatal(err)
	}
	var said bytes.Buffer
	if err := verify("", file.Name(), nil, &said); err != nil {
		t.Fatal(err)
	}
	content, err := os.ReadFile(file.Name())
	if err != nil {
		t.Fatal(err)
	}
	g := given{T: t, files: map[string][]byte{}}
	g.read(content)
	for _, secret := range []string{"account.created", "org.created", "org.founded"} {
		if bytes.Contains(g.files["events.txt"], []byte(secret)) {
			t.Errorf("the bundle of one directive tells %q", secret)
		}
	}
	if !bytes.Contains(g.files["events.txt"], []byte("report.accepted")) {
		t.Error("the bundle of the directive tells no report")
	}
	t.Log(said.String())
}
