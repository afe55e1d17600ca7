package code

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"time"
)

// Lasts is how long a code or a challenge can be answered.
const Lasts = 10 * time.Minute

// What can be wrong with an answer.
var (
	// ErrUnreadable is a token or a payload that this guard did not make.
	ErrUnreadable = errors.New("not a token of this program")
	// ErrLate is one that was answered after its ten minutes.
	ErrLate = errors.New("the time to answer is over")
	// ErrOther is one that was made for another form.
	ErrOther = errors.New("made for another form")
	// ErrWrong is an answer that is not the code, or no solution.
	ErrWrong = errors.New("not the right answer")
)

// Token is what a form carries for one code, in letters that fit an address:
// which form it is for, when it ends, and a nonce. The code itself is not in it:
// only the guard's key makes a code of a nonce.
type Token string

// Nonce names one token or challenge for ever, in 32 hexadecimal digits. Whoever
// takes an answer keeps it until the token ends and takes no second one.
type Nonce string

// Guard makes codes and challenges and judges what comes back. It keeps nothing
// but its key; guards with one key take each other's tokens. It may be used by
// many goroutines.
type Guard struct{ key [32]byte }

// New is a guard with a secret key of the installation's.
func New(key [32]byte) Guard { return Guard{key} }

// A token's bytes: when it ends, the nonce, the proof of all, and the form's name.
const (
	nonceAt = 8
	proofAt = nonceAt + 16
	formAt  = proofAt + sha256.Size
)

// Issue makes a token for a form, as of now; a form is named by any text, such as
// an article's identifier.
func (g Guard) Issue(form string, now time.Time) Token {
	body := make([]byte, formAt, formAt+len(form))
	binary.BigEndian.PutUint64(body, uint64(now.Add(Lasts).Unix()))
	rand.Read(body[nonceAt:proofAt]) // never fails
	body = append(body, form...)
	copy(body[proofAt:], g.proof(body))
	return Token(base64.RawURLEncoding.EncodeToString(body))
}

// Code is the code of a token, and the seed by which it is drawn and spoken: always
// the same, so that nobody gets another view of one code. Errors: ErrUnreadable,
// ErrLate.
func (g Guard) Code(token Token, now time.Time) (code string, seed uint64, err error) {
	body, err := g.open(token, now)
	if err != nil {
		return "", 0, err
	}
	code, seed = g.code(body)
	return code, seed, nil
}

// Check judges what somebody typed for a token into a form and gives the token's
// nonce, which the caller must find unused, and must keep. It gives the nonce also
// with ErrWrong: a code that was once guessed wrongly should be used up, or it can
// be guessed in a loop. Capitals, spaces, full width and normal forms do not
// matter. Errors: ErrUnreadable, ErrLate, ErrOther, ErrWrong.
func (g Guard) Check(token Token, form, typed string, now time.Time) (Nonce, error) {
	body, err := g.open(token, now)
	if err != nil {
		return "", err
	}
	if string(body[formAt:]) != form {
		return "", ErrOther
	}
	nonce := Nonce(hex.EncodeToString(body[nonceAt:proofAt]))
	code, _ := g.code(body)
	if subtle.ConstantTimeCompare([]byte(folded(typed)), []byte(code)) == 0 {
		return nonce, ErrWrong
	}
	return nonce, nil
}

// open is a token's bytes, proved to be this guard's and not over.
func (g Guard) open(token Token, now time.Time) ([]byte, error) {
	body, err := base64.RawURLEncoding.Strict().DecodeString(string(token))
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrUnreadable, err)
	}
	if len(body) < formAt || !hmac.Equal(body[proofAt:formAt], g.proof(body)) {
		return nil, ErrUnreadable
	}
	if now.Unix() >= int64(binary.BigEndian.Uint64(body)) {
		return nil, ErrLate
	}
	return body, nil
}

// proof is what only the key's owner can write over a token's bytes.
func (g Guard) proof(body []byte) []byte {
	return g.sum("token", body[:proofAt], body[formAt:])
}

// code is drawn by the key from a token's nonce.
func (g Guard) code(body []byte) (code string, seed uint64) {
	drawn := g.sum("code", body[nonceAt:proofAt])
	return spell(binary.BigEndian.Uint64(drawn)), binary.BigEndian.Uint64(drawn[8:])
}

// sum is a keyed hash for one purpose; only the last part may vary in length.
func (g Guard) sum(purpose string, parts ...[]byte) []byte {
	hash := hmac.New(sha256.New, g.key[:])
	hash.Write([]byte("giaoban " + purpose + "\x00"))
	for _, part := range parts {
		hash.Write(part)
	}
	return hash.Sum(nil)
}
