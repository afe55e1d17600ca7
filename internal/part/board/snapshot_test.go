package board

import (
	"bufio"
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"giaoban/internal/base/clock"
	"giaoban/internal/base/ledger"
	sizes "giaoban/internal/base/testing/count"
)

// year is the events of a small organisation, with some of everything.
func year(t *testing.T) ([]ledger.Event, *clock.Manual) {
	t.Helper()
	c := newCountry(t, 400)
	return c.events, clock.NewManual(time.Date(2020, time.July, 10, 1, 0, 0, 0, time.UTC))
}

func build(t *testing.T, events []ledger.Event, manual clock.Clock) *Boards {
	t.Helper()
	b := New(manual)
	if err := b.Apply(events); err != nil {
		t.Fatal(err)
	}
	return b
}

func leaf(position int64) ([32]byte, error) { return [32]byte{byte(position), 7}, nil }

func anyStamp(Stamp) error { return nil }

func read(t *testing.T, b *Boards) View {
	t.Helper()
	v, err := b.Read(1, 1, 0)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func TestASnapshotWithTheTailEqualsBoardsBuiltAnew(t *testing.T) {
	events, manual := year(t)
	file := filepath.Join(t.TempDir(), "board.snapshot")
	half := len(events) - 300
	stamp, err := build(t, events[:half], manual).Save(file, "v1", leaf)
	if err != nil {
		t.Fatal(err)
	}
	if want := (Stamp{int64(half), [32]byte{byte(half), 7}, "v1"}); stamp != want {
		t.Errorf("the snapshot's stamp: got %+v, want %+v", stamp, want)
	}
	again := New(manual)
	if got, err := again.Load(file, anyStamp); err != nil || got != stamp {
		t.Fatalf("loading: got %+v, %v", got, err)
	}
	if err := again.Apply(events[half:]); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(read(t, build(t, events, manual)), read(t, again)); diff != "" {
		t.Errorf("(-built anew +from the snapshot):\n%s", diff)
	}
	if left, err := filepath.Glob(file + ".*"); err != nil || len(left) > 0 {
		t.Errorf("beside the snapshot there is %v (%v)", left, err)
	}
}

func TestASnapshotIsWrittenWhileEventsGoOn(t *testing.T) {
	events, manual := year(t)
	b := build(t, events[:len(events)-300], manual)
	held := b.hold()
	want := read(t, b)
	if err := b.Apply(events[len(events)-300:]); err != nil {
		t.Fatal(err)
	}
	var file bytes.Buffer
	if err := held.write(&file, Stamp{}); err != nil {
		t.Fatal(err)
	}
	then := New(manual)
	if _, err := then.take(&file, anyStamp); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, read(t, then)); diff != "" {
		t.Errorf("(-when it was begun +as it was written):\n%s", diff)
	}
}

func TestASnapshotOfAnotherLogIsNotTakenUp(t *testing.T) {
	events, manual := year(t)
	file := filepath.Join(t.TempDir(), "board.snapshot")
	if _, err := build(t, events, manual).Save(file, "v1", leaf); err != nil {
		t.Fatal(err)
	}
	b := New(manual)
	foreign := errors.New("another leaf")
	if _, err := b.Load(file, func(Stamp) error { return foreign }); !errors.Is(err, foreign) {
		t.Errorf("loading gave %v, want %v", err, foreign)
	}
	if _, err := b.Load(file+".none", anyStamp); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("loading what is not there gave %v", err)
	}
	harmless(t, b, events)
}

func FuzzSnapshot(f *testing.F) {
	manual := clock.NewManual(time.Date(2020, time.July, 10, 1, 0, 0, 0, time.UTC))
	b := New(manual)
	if err := b.Apply(newCountry(f, 20).events); err != nil {
		f.Fatal(err)
	}
	var whole bytes.Buffer
	c := &coder{out: bufio.NewWriter(&whole)}
	b.hold().code(c)
	if err := errors.Join(c.err, c.out.Flush()); err != nil {
		f.Fatal(err)
	}
	f.Add(whole.Bytes())
	f.Add([]byte{})
	// What the checksums let through may be anything: it is refused or read, and
	// never ends the program.
	f.Fuzz(func(t *testing.T, content []byte) {
		read := New(manual)
		c := &coder{in: bufio.NewReader(bytes.NewReader(content))}
		read.code(c)
	})
}

// harmless checks that boards into which loading failed are built as if nothing
// had been.
func harmless(t *testing.T, b *Boards, events []ledger.Event) {
	t.Helper()
	if b.position != 0 || len(b.issues) > 0 || len(b.units.ids) > 0 {
		t.Fatalf("after a failed load the boards are at %d and have %d units", b.position, len(b.units.ids))
	}
	if err := b.Apply(events); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(read(t, build(t, events, b.clock)), read(t, b)); diff != "" {
		t.Errorf("(-built anew +built after a failed load):\n%s", diff)
	}
}

func TestATornOrDamagedSnapshotHarmsNothing(t *testing.T) {
	events, manual := year(t)
	file := filepath.Join(t.TempDir(), "board.snapshot")
	if _, err := build(t, events, manual).Save(file, "v1", leaf); err != nil {
		t.Fatal(err)
	}
	whole, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	stride := max(1, len(whole)/sizes.Of(300, 20000))
	b := New(manual)
	tried := 0
	for at := 0; at < len(whole); at += stride {
		flipped := bytes.Clone(whole)
		flipped[at] ^= 1 << (at % 8)
		for what, damaged := range map[string][]byte{"cut at": whole[:at], "flipped at": flipped} {
			tried++
			if _, err := b.take(bytes.NewReader(damaged), anyStamp); err == nil {
				t.Fatalf("a snapshot %s %d of %d was taken up", what, at, len(whole))
			}
			b = New(manual)
		}
	}
	t.Logf("%d damaged snapshots of %d bytes", tried, len(whole))
	if err := os.WriteFile(file, whole[:len(whole)/2], 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := b.Load(file, anyStamp); err == nil || !strings.Contains(err.Error(), "cut short") {
		t.Errorf("loading half a snapshot gave %v", err)
	}
	harmless(t, b, events)
}
