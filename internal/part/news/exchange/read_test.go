package exchange_test

import (
	"bytes"
	"math/rand/v2"
	"path/filepath"
	"testing"

	"golang.org/x/mod/sumdb/note"

	"giaoban/internal/base/fault"
	"giaoban/internal/part/news/exchange"
)

func read(content []byte, key note.Verifier) (*exchange.Bundle, error) {
	return exchange.Read(bytes.NewReader(content), int64(len(content)), key)
}

// bundled is an installation with a bundle of a picture, a file and an article.
func bundled(t testing.TB) (*side, []byte) {
	t.Helper()
	s := newSide(t, filepath.Join(t.TempDir(), "giaoban.db"))
	s.publishes("bài", s.withPicture())
	bundle := s.exports(exchange.News)
	if _, err := read(bundle, s.key.Verifier); err != nil {
		t.Fatal(err)
	}
	return s, bundle
}

func TestAChangedByteIsRefused(t *testing.T) {
	s, bundle := bundled(t)
	step := max(len(bundle)/4000, 1)
	for at := 0; at < len(bundle); at += 1 + rand.IntN(2*step-1) {
		altered := bytes.Clone(bundle)
		altered[at] ^= 1 << rand.IntN(8)
		if _, err := read(altered, s.key.Verifier); !fault.Is(err, fault.Invalid) {
			t.Errorf("byte %d of %d was changed: %v", at, len(bundle), err)
		}
	}
}

// The manifest with its signature is what all else hangs on: each byte of it, every bit.
func TestAChangedBitOfTheManifestIsRefused(t *testing.T) {
	s, bundle := bundled(t)
	for at := range 3 << 10 {
		for bit := range 8 {
			altered := bytes.Clone(bundle)
			altered[at] ^= 1 << bit
			if _, err := read(altered, s.key.Verifier); !fault.Is(err, fault.Invalid) {
				t.Fatalf("bit %d of byte %d was changed: %v", bit, at, err)
			}
		}
	}
}

func TestMissingAndAddedBytesAreRefused(t *testing.T) {
	s, bundle := bundled(t)
	for at := 0; at < len(bundle); at += 1 + rand.IntN(len(bundle)/500) {
		for what, altered := range map[string][]byte{
			"is the end":   bundle[:at],
			"is missing":   append(bytes.Clone(bundle[:at]), bundle[at+1:]...),
			"comes before": append(append(bytes.Clone(bundle[:at]), 0), bundle[at:]...),
		} {
			if _, err := read(altered, s.key.Verifier); !fault.Is(err, fault.Invalid) {
				t.Errorf("byte %d of %d %s: %v", at, len(bundle), what, err)
			}
		}
	}
	for _, more := range []int{1, 511, 512, 1024} {
		if _, err := read(append(bytes.Clone(bundle), make([]byte, more)...), s.key.Verifier); !fault.Is(err, fault.Invalid) {
			t.Errorf("%d bytes behind its end: %v", more, err)
		}
	}
}

func TestARefusedBundleChangesNothing(t *testing.T) {
	eachWay(t, func(t *testing.T, inside, public *side) {
		a := inside.publishes("bài", inside.withPicture())
		bundle, before := inside.exports(exchange.News), public.reads()
		for _, at := range []int{700, len(bundle) / 2, len(bundle) - 1} {
			altered := bytes.Clone(bundle)
			altered[at]++
			_, err := public.imports(exchange.News, altered, inside.key.Public)
			refused(t, "altered", err, fault.Invalid, "exchange.altered")
		}
		if got := public.reads(); got != before {
			t.Errorf("the public reads\n%s\nwant\n%s", got, before)
		}
		files, err := filepath.Glob(filepath.Join(public.files, "files", "*"))
		if err != nil || len(files) > 0 {
			t.Errorf("the folder has %q (%v)", files, err)
		}
		public.taken(exchange.News, bundle, inside.key.Public)
		other := newSide(t, filepath.Join(t.TempDir(), "giaoban.db"))
		other.publishes("bài", morning)
		_, err = public.imports(exchange.News, other.exports(exchange.News), "")
		refused(t, "of another inside", err, fault.Invalid, "exchange.other-key")
		if got, want := public.reads(), inside.reads(); got != want {
			t.Errorf("the public reads of article %d\n%s\nwant\n%s", a.ID, got, want)
		}
	})
}

// FuzzRead finds no bundle that is taken and is not, to the byte, one that was signed.
func FuzzRead(f *testing.F) {
	s, bundle := bundled(f)
	opinions := []byte("manifest")
	f.Add(bundle)
	f.Add(bundle[:2048])
	f.Add(opinions)
	f.Fuzz(func(t *testing.T, content []byte) {
		_, err := read(content, s.key.Verifier)
		if err == nil && !bytes.Equal(content, bundle) {
			t.Errorf("%d bytes were taken that nobody signed", len(content))
		}
		if err != nil && len(fault.All(err)) == 0 {
			t.Errorf("refused without words: %v", err)
		}
	})
}
