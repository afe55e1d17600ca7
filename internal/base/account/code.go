package account

import (
	"crypto/rand"
	"crypto/sha256"
	"fmt"
	"strings"
)

// Code is a code for people to read and type, in groups of four. One that opens
// something once has 80 random bits, as "7KQ2-M0XD-9RTA-VB4C"; it is shown once, and the
// database keeps its hash. A short one of 40 bits, as "7KQ2-M0XD", only names a thing on
// paper: whoever uses it needs the right to.
type Code string

// codeLetters are digits and capitals without I, L, O and U: nothing on paper is
// taken for something else (the alphabet of Crockford's base 32).
const codeLetters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

const (
	codeLength  = 16
	shortLength = 8
	codeGroup   = 4
)

// NewCode makes a code that opens something.
func NewCode() (Code, error) { return newCode(codeLength) }

// NewShortCode makes a code that names a thing.
func NewShortCode() (Code, error) { return newCode(shortLength) }

func newCode(length int) (Code, error) {
	b := make([]byte, length)
	if _, err := rand.Read(b); err != nil {
		return "", fmt.Errorf("making a code: %w", err)
	}
	for i := range b {
		b[i] = codeLetters[b[i]%32] // 256 is a multiple of 32: each letter is as likely
	}
	return grouped(string(b)), nil
}

// ParseCode reads a code as people type it: small letters, any spaces and
// dashes, O for 0, I and L for 1. It reports false for what cannot be a code.
func ParseCode(typed string) (Code, bool) { return parseCode(typed, codeLength) }

// ParseShortCode reads a short code in the same way.
func ParseShortCode(typed string) (Code, bool) { return parseCode(typed, shortLength) }

func parseCode(typed string, length int) (Code, bool) {
	var b strings.Builder
	for _, r := range strings.ToUpper(typed) {
		switch {
		case r == ' ' || r == '-' || r == '–' || r == '.' || r == '\t' || r == '\u00a0':
			continue
		case r == 'O':
			r = '0'
		case r == 'I' || r == 'L':
			r = '1'
		case !strings.ContainsRune(codeLetters, r):
			return "", false
		}
		b.WriteRune(r)
	}
	if b.Len() != length {
		return "", false
	}
	return grouped(b.String()), true
}

func grouped(letters string) Code {
	groups := make([]string, 0, len(letters)/codeGroup)
	for ; letters != ""; letters = letters[codeGroup:] {
		groups = append(groups, letters[:codeGroup])
	}
	return Code(strings.Join(groups, "-"))
}

// hash is what is stored: a plain hash will do, since 80 random bits cannot be
// guessed through.
func (c Code) hash() []byte {
	sum := sha256.Sum256([]byte(c))
	return sum[:]
}
