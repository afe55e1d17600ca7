package code

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Alphabet is the letters and digits that codes are made of.
//
// None looks like another when it leans and a line goes through it (no 0 O D Q C G,
// 1 I L J, Z 2 beside 7, S beside 5, 8 B, E F beside T, P beside R, X Y beside K), and
// none sounds like another when spoken (no A beside K, M beside N, P beside T). Nor does what
// people have for typing Vietnamese make another character of them: Telex turns
// "dd", "w" and marks after vowels into đ, ư and tones, VNI "d9" and digits after
// vowels, so there is no D, no W and no vowel.
const Alphabet = "HKNRT345679"

// length is how many characters a code has.
const length = 5

// alike are characters that are in no code, with those that they were read for.
var alike = strings.NewReplacer("S", "5", "Z", "7", "2", "7", "G", "6", "F", "T", "P", "R")

// folded is what somebody typed, as a code is written: capitals of plain width
// without spaces, whichever normal form they came in.
func folded(typed string) string {
	plain := strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return unicode.ToUpper(r)
	}, norm.NFKC.String(typed))
	return alike.Replace(plain)
}

// spell makes a code of a number; numbers that are drawn evenly give codes that
// are.
func spell(number uint64) string {
	code := make([]byte, length)
	for i := range code {
		code[i] = Alphabet[number%uint64(len(Alphabet))]
		number /= uint64(len(Alphabet))
	}
	return string(code)
}
