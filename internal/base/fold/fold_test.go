package fold_test

import (
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/collate"
	"golang.org/x/text/language"
	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"

	"giaoban/internal/base/fold"
)

func TestKeyIsWhatSomeoneTypesWithoutMarks(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"empty", "", ""},
		{"only spaces", " \t\u00a0 ", ""},
		{"plain key", "bac ninh", "bac ninh"},
		{"capitals", "BAC NINH", "bac ninh"},
		{"marks and tones", "Đảng bộ tỉnh Bắc Ninh", "dang bo tinh bac ninh"},
		{"every vowel", "ăằắẳẵặ âầấẩẫậ êềếểễệ ôồốổỗộ ơờớởỡợ ưừứửữự ỳýỷỹỵ ìíỉĩị", "aaaaaa aaaaaa eeeeee oooooo oooooo uuuuuu yyyyy iiiii"},
		{"d with stroke, both cases", "Đắk Đoa đỏ", "dak doa do"},
		{"d with stroke, capital from another script", "Ðắk Lắk", "dak lak"},
		{"decomposed", norm.NFD.String("Thừa Thiên Huế"), "thua thien hue"},
		{"spaces of all kinds", "  Chi\u00a0bộ \n số\t 2 ", "chi bo so 2"},
		{"plain text with many spaces", "  Chi   bo\t2 ", "chi bo 2"},
		{"zero-width space and byte-order mark", "\ufeffHà\u200b Nội", "ha noi"},
		{"control character", "Ha\x00Noi", "ha noi"},
		{"punctuation stays", "Khối CCQ-TW (A)", "khoi ccq-tw (a)"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := fold.Key(c.text); got != c.want {
				t.Errorf("Key(%q) = %q, want %q", c.text, got, c.want)
			}
		})
	}
}

func TestNameKeepsLettersAndMendsSpaces(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"already right", "Bac Ninh 2", "Bac Ninh 2"},
		{"decomposed", norm.NFD.String("Bắc Ninh"), "Bắc Ninh"},
		{"trimmed and collapsed", " Bắc \u00a0 Ninh\r\n", "Bắc Ninh"},
		{"plain, double space", "Bac  Ninh", "Bac Ninh"},
		{"plain, trailing space", "Bac Ninh ", "Bac Ninh"},
		{"direction marks", "\u202aBắc Ninh\u202c", "Bắc Ninh"},
		{"not UTF-8", "B\xffc", "B\ufffdc"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := fold.Name(c.text); got != c.want {
				t.Errorf("Name(%q) = %q, want %q", c.text, got, c.want)
			}
		})
	}
}

func vietnamese() *rapid.Generator[string] {
	letters := []rune("aAbBdDđĐeêẾềớỢưỨỷỴãạ ĂẰ \t\u00a0019-.\u0301\u0323\u200b각İẞ")
	return rapid.OneOf(rapid.String(), rapid.StringOfN(rapid.SampledFrom(letters), 0, 30, -1))
}

func TestKeyOfAKeyIsItself(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := vietnamese().Draw(t, "text")
		key := fold.Key(text)
		if again := fold.Key(key); again != key {
			t.Fatalf("Key(%q) = %q, and its key is %q", text, key, again)
		}
		if !utf8.ValidString(key) || strings.Contains(key, "  ") || strings.TrimSpace(key) != key {
			t.Fatalf("Key(%q) = %q is not in order", text, key)
		}
	})
}

func TestSpellingsOfOneTextHaveOneKeyAndOneName(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := vietnamese().Draw(t, "text")
		composed, decomposed := norm.NFC.String(text), norm.NFD.String(text)
		if a, b := fold.Key(composed), fold.Key(decomposed); a != b {
			t.Fatalf("composed has the key %q, decomposed %q", a, b)
		}
		if a, b := fold.Name(composed), fold.Name(decomposed); a != b {
			t.Fatalf("composed has the name %q, decomposed %q", a, b)
		}
		name := fold.Name(text)
		if again := fold.Name(name); again != name {
			t.Fatalf("Name(%q) = %q, and its name is %q", text, name, again)
		}
		if a, b := fold.Key(name), fold.Key(text); a != b {
			t.Fatalf("the key of a name is %q, of the text %q", a, b)
		}
	})
}

func TestEveryLatinLetterIsFoldedAsItsDecompositionIs(t *testing.T) {
	for r := rune(0x80); r < 0x2000; r++ {
		letter := string(r)
		// A Greek letter beside it keeps the text from being taken as Latin.
		if a, b := fold.Key("x"+letter+"x α"), fold.Key("x"+letter+"x")+" α"; a != b {
			t.Errorf("Key of %q (%U) is %q in a mixed text, %q alone", letter, r, a, b)
		}
	}
}

func TestNamesStandInDictionaryOrder(t *testing.T) {
	want := []string{
		"An Giang", "Ăn", "Ân Thi", "Bắc Giang", "Bắc Ninh",
		"Chi bộ 2", "Chi bộ 2a", "Chi bộ 3", "Chi bộ 10", "Chi bộ 011", "Chi bộ 100",
		"Dân", "Đà Nẵng", "Đắk Lắk", "Ea Súp", "Hà", "Hả", "Hạ", "Ô Môn", "Ơn", "Uông Bí", "Ứng Hòa",
	}
	got := slices.Clone(want)
	shuffle := rand.New(rand.NewPCG(1, 2))
	shuffle.Shuffle(len(got), func(i, j int) { got[i], got[j] = got[j], got[i] })
	slices.SortFunc(got, fold.Compare)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("order (-want +got):\n%s", diff)
	}
}

func TestCompareIsAnOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := vietnamese().Draw(t, "a"), vietnamese().Draw(t, "b")
		if x, y := fold.Compare(a, b), fold.Compare(b, a); x != -y {
			t.Fatalf("Compare(a, b) = %d, Compare(b, a) = %d", x, y)
		}
		if (fold.Compare(a, b) == 0) != (a == b) {
			t.Fatalf("Compare(%q, %q) = %d", a, b, fold.Compare(a, b))
		}
	})
}

// Letters that differ decide without the collator, and must decide as it does.
func TestTheOrderIsTheCollators(t *testing.T) {
	collator := collate.New(language.Vietnamese, collate.Numeric)
	rapid.Check(t, func(t *rapid.T) {
		begin := vietnamese().Draw(t, "begin")
		a, b := begin+vietnamese().Draw(t, "a"), begin+vietnamese().Draw(t, "b")
		want := collator.CompareString(a, b)
		if got := fold.Compare(a, b); want != 0 && got != want {
			t.Fatalf("Compare(%q, %q) = %d, the collator says %d", a, b, got, want)
		}
	})
}

func TestManyMayCompareAtOnce(t *testing.T) {
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			for range 500 {
				if got := fold.Compare("Đắk Lắk 10", "Đắk Lắk 9"); got != 1 {
					t.Errorf("Compare = %d, want 1", got)
					return
				}
			}
		})
	}
	all.Wait()
}

func BenchmarkKey(b *testing.B) {
	for name, text := range map[string]string{
		"ready":      "dang bo tinh bac ninh",
		"plain":      "Dang bo tinh Bac Ninh",
		"vietnamese": "Đảng bộ tỉnh Bắc Ninh",
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				fold.Key(text)
			}
		})
	}
}

func BenchmarkName(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		fold.Name("Đảng bộ tỉnh Bắc Ninh")
	}
}

func BenchmarkCompare(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		fold.Compare("Đảng bộ xã Đại Đồng 10", "Đảng bộ xã Đại Đồng 9")
	}
}
