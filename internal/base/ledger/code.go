package ledger

import (
	"crypto/sha256"
	"crypto/subtle"
	"encoding/binary"
	"strconv"
	"strings"
)

// Code is what a receipt is found by: the position of its event and ten letters
// that only whoever holds the receipt can know, as "1284-7KQM2-XJ9RT". The
// letters come from the event's salt, so that neither the leaf nor a path in
// somebody else's receipt gives them away.
type Code string

// codeLetters are digits and capitals without I, L, O and U (Crockford's base
// 32): nothing on paper is taken for something else.
const codeLetters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

const (
	codeTail  = 10 // letters: 50 bits, guessed at a page that counts guesses
	codeGroup = 5
)

func codeOf(position int64, salt []byte) Code {
	number := strconv.FormatInt(position, 10)
	sum := sha256.Sum256(append([]byte(receiptVersion+"\n"+number+"\n"), salt...))
	bits := binary.BigEndian.Uint64(sum[:8])
	tail := make([]byte, codeTail)
	for i := range tail {
		tail[i] = codeLetters[bits>>59]
		bits <<= 5
	}
	return Code(number + "-" + string(tail[:codeGroup]) + "-" + string(tail[codeGroup:]))
}

// ParseCode reads a code as people type it: small letters, any spaces and
// dashes, O for 0, I and L for 1. It reports false for what cannot be a code.
func ParseCode(typed string) (Code, bool) {
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
	at := b.Len() - codeTail
	if at < 1 {
		return "", false
	}
	position, err := strconv.ParseInt(b.String()[:at], 10, 64)
	if err != nil || position < 1 {
		return "", false
	}
	tail := b.String()[at:]
	return Code(strconv.FormatInt(position, 10) + "-" + tail[:codeGroup] + "-" + tail[codeGroup:]), true
}

// Position is that of the event the code names; 0 for what is no code.
func (c Code) Position() int64 {
	number, _, _ := strings.Cut(string(c), "-")
	position, err := strconv.ParseInt(number, 10, 64)
	if err != nil {
		return 0
	}
	return position
}

// is compares in the same time whatever differs.
func (c Code) is(other Code) bool {
	return subtle.ConstantTimeCompare([]byte(c), []byte(other)) == 1
}
