package word_test

import (
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"golang.org/x/text/unicode/norm"

	"giaoban/internal/base/word"
)

// Whatever is written or looked for: its words lie in it, they are the same in both normal
// forms, and a text whose words are marked says what it said.
func FuzzWords(f *testing.F) {
	f.Add("Đại hội đảng bộ", "dai hoi")
	f.Add("đa\u0323i ho\u0323\u0302i", "ĐẠI")
	f.Add("\u0301a\xff가\u11a8 <script>", "' OR 1=1 --")
	f.Fuzz(func(t *testing.T, text, asked string) {
		words := word.Split(text)
		last := 0
		for _, one := range words {
			if one.Exact == "" || one.Folded == "" || one.From < last || one.To <= one.From || one.To > len(text) {
				t.Fatalf("%q has %+v after %d", text, one, last)
			}
			last = one.To
		}
		if utf8.ValidString(text) {
			composed, decomposed := word.Split(norm.NFC.String(text)), word.Split(norm.NFD.String(text))
			if diff := cmp.Diff(composed, decomposed, cmpopts.IgnoreFields(word.Word{}, "From", "To")); diff != "" {
				t.Errorf("%q in its two normal forms (-composed +decomposed):\n%s", text, diff)
			}
		}
		for _, fits := range []word.Fits{word.Whole(word.Split(asked)), word.Beginning(word.Split(asked))} {
			if marked := word.Plain(word.Mark(text, fits)); marked != text {
				t.Errorf("%q with %q marked says %q", text, asked, marked)
			}
		}
	})
}
