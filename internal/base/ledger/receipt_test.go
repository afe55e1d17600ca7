package ledger_test

import (
	"bytes"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"giaoban/internal/base/ledger"
)

func TestACodeIsReadHoweverItIsTyped(t *testing.T) {
	for typed, want := range map[string]ledger.Code{
		"1284-7KQM2-XJ9RT":         "1284-7KQM2-XJ9RT",
		"\u00a01284 7kqm2 xj9rt\t": "1284-7KQM2-XJ9RT",
		"1284–7kqm2.xj9rt":         "1284-7KQM2-XJ9RT",
		"l284-7KQM2-XJ9RT":         "1284-7KQM2-XJ9RT",
		"3-OOOOO-IIIII":            "3-00000-11111",
		"":                         "",
		"7KQM2-XJ9RT":              "",
		"12B4-7KQM2-XJ9RT":         "",
		"1284-7KQM2-XJ9R!":         "",
		"0-7KQM2-XJ9RT":            "",
		strings.Repeat("9", 99):    "",
	} {
		got, ok := ledger.ParseCode(typed)
		if got != want || ok != (want != "") {
			t.Errorf("%q is read as %q, %v; want %q", typed, got, ok, want)
		}
	}
}

func TestAReceiptKeepsItsProofOutsideTheLog(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.grow(w.key, w.append(30))
		receipt, ok, err := ledger.MakeReceipt(t.Context(), w.DB().Reader(), 12, 13)
		if err != nil || !ok {
			t.Fatalf("no receipt: %v, %v", ok, err)
		}
		read, err := ledger.ParseReceipt(receipt.Text())
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(read.Text(), receipt.Text()) || read.Code.Position() != 13 {
			t.Errorf("read again, the receipt is\n%s\nwant\n%s", read.Text(), receipt.Text())
		}
		w.grow(w.key, w.append(10))
		checked, err := ledger.CheckReceipt(t.Context(), w.DB().Reader(), w.key.Verifier, read)
		if err != nil || checked.Verdict != ledger.Holds || checked.Original != 30 {
			t.Errorf("checked: %+v, %v", checked, err)
		}
		unpacked, ok := ledger.Unpack(ledger.Pack(receipt.Checkpoint))
		if !ok || unpacked != receipt.Checkpoint {
			t.Errorf("packed and unpacked the checkpoint is %q, want %q", unpacked, receipt.Checkpoint)
		}
	})
}

func TestAByteChangedInAReceiptIsSeen(t *testing.T) {
	each(t, changeReceipts)
}

func changeReceipts(t *testing.T, w *world) {
	w.grow(w.key, w.append(20))
	receipt, _, err := ledger.MakeReceipt(t.Context(), w.DB().Reader(), 7, 8)
	w.ok(err)
	text := receipt.Text()
	rapid.Check(t, func(t *rapid.T) {
		changed := bytes.Clone(text)
		at := rapid.IntRange(0, len(text)-1).Draw(t, "at")
		changed[at] ^= byte(rapid.IntRange(1, 255).Draw(t, "by"))
		read, err := ledger.ParseReceipt(changed)
		if err != nil {
			return
		}
		if _, err := ledger.OpenCheckpoint(read.Checkpoint, w.key.Verifier); err != nil {
			return
		}
		if !bytes.Equal(read.Text(), text) { // capitals in a hash say the same
			t.Errorf("byte %d changed from %q, and the receipt still holds:\n%s", at, text[at], changed)
		}
	})
}

// The last letter before the padding has bits that say nothing: a lax reader takes
// another letter for the same signature.
func TestASignatureWrittenOtherwiseIsNotTheOneGivenOut(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.grow(w.key, w.append(3))
		receipt, _, err := ledger.MakeReceipt(t.Context(), w.DB().Reader(), 2, 3)
		w.ok(err)
		at := strings.LastIndex(receipt.Checkpoint, "=") - 1
		const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
		other := letters[strings.IndexByte(letters, receipt.Checkpoint[at])^1]
		changed := receipt.Checkpoint[:at] + string(other) + receipt.Checkpoint[at+1:]
		if _, err := ledger.OpenCheckpoint(receipt.Checkpoint, w.key.Verifier); err != nil {
			t.Errorf("the checkpoint itself: %v", err)
		}
		if _, err := ledger.OpenCheckpoint(changed, w.key.Verifier); err == nil {
			t.Errorf("the letter %q in place of %q was not seen", other, receipt.Checkpoint[at])
		}
	})
}

func FuzzParseReceipt(f *testing.F) {
	f.Add([]byte("giaoban/receipt/1\n1-AAAAA-AAAAA\n1\t\t\t\t\t\t\t\t00\n\ngiaoban\n1\nAA=\n"))
	f.Add([]byte("giaoban/receipt/1\n1-AAAAA-AAAAA\n1\t2\tx\t3\tk\ts\t00\t{}\t00\t\n\n"))
	f.Fuzz(func(t *testing.T, text []byte) {
		if _, err := ledger.ParseReceipt(text); err == nil {
			t.Errorf("made-up bytes are a receipt: %q", text)
		}
	})
}
