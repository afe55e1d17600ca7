package code

import (
	"crypto/hmac"
	"crypto/pbkdf2"
	"crypto/rand"
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"math/big"
	"time"
)

// Worker is the script that solves challenges in a browser, altcha's own: a page
// runs it as a Worker from its own address, posts it
// {type: "work", challenge, counterStart: 0, counterStep: 1} and gets the solution.
//
//go:embed altcha/pbkdf2.js
var Worker []byte

// How much work a challenge is: as many derivations as the counter says, each of so
// many rounds. Set by measuring (docs/decisions/0095): a second or two on a
// telephone, always some and never very many.
const (
	rounds = 1000
	least  = 2000
	most   = 4000
)

// challenge is what altcha 3 calls one. Its members stand in the order of their
// names, as altcha signs them.
type challenge struct {
	Parameters parameters `json:"parameters"`
	Signature  string     `json:"signature"`
}

type parameters struct {
	Algorithm    string `json:"algorithm"`
	Cost         int    `json:"cost"`
	Data         data   `json:"data"`
	ExpiresAt    int64  `json:"expiresAt"` // in seconds since 1970
	KeyLength    int    `json:"keyLength"`
	KeyPrefix    string `json:"keyPrefix"`
	KeySignature string `json:"keySignature"`
	Nonce        string `json:"nonce"`
	Salt         string `json:"salt"`
}

type data struct {
	Form string `json:"form"`
}

type payload struct {
	Challenge challenge `json:"challenge"`
	Solution  struct {
		DerivedKey string `json:"derivedKey"`
	} `json:"solution"`
}

// Challenge is the proof of work that a form asks for instead of a code, as JSON
// that altcha 3 solves: find the counter whose derived key begins as told. Making
// one costs a single derivation, a fraction of a millisecond.
func (g Guard) Challenge(form string, now time.Time) ([]byte, error) {
	extra, err := rand.Int(rand.Reader, big.NewInt(most-least))
	if err != nil {
		return nil, fmt.Errorf("a challenge's counter: %w", err)
	}
	nonce, salt := make([]byte, 16), make([]byte, 16)
	rand.Read(nonce) // never fails
	rand.Read(salt)
	password := binary.BigEndian.AppendUint32(nonce[:16:16], uint32(least+extra.Int64()))
	key, err := pbkdf2.Key(sha256.New, string(password), salt, rounds, sha256.Size)
	if err != nil {
		return nil, fmt.Errorf("a challenge's key: %w", err)
	}
	made := challenge{Parameters: parameters{
		Algorithm: "PBKDF2/SHA-256", Cost: rounds, Data: data{form}, ExpiresAt: now.Add(Lasts).Unix(),
		KeyLength: len(key), KeyPrefix: hex.EncodeToString(key[:len(key)/2]),
		KeySignature: hex.EncodeToString(g.sum("key", key)),
		Nonce:        hex.EncodeToString(nonce), Salt: hex.EncodeToString(salt),
	}}
	if made.Signature, err = g.signature(made.Parameters); err != nil {
		return nil, err
	}
	text, err := json.Marshal(made)
	if err != nil {
		return nil, fmt.Errorf("a challenge: %w", err)
	}
	return text, nil
}

// Solved judges the payload that a browser sends for a challenge: base64 of
// {challenge, solution}, as altcha's widget puts it into its form. It gives a nonce
// that the caller must find unused and must keep, like [Guard.Check]. Errors:
// ErrUnreadable, ErrLate, ErrOther, ErrWrong.
func (g Guard) Solved(sent, form string, now time.Time) (Nonce, error) {
	text, err := base64.StdEncoding.DecodeString(sent)
	if err != nil {
		return "", fmt.Errorf("%w: %w", ErrUnreadable, err)
	}
	var answer payload
	if err := json.Unmarshal(text, &answer); err != nil {
		return "", fmt.Errorf("%w: %w", ErrUnreadable, err)
	}
	asked := answer.Challenge.Parameters
	signature, err := g.signature(asked)
	if err != nil {
		return "", err
	}
	if !hmac.Equal([]byte(signature), []byte(answer.Challenge.Signature)) {
		return "", ErrUnreadable
	}
	if now.Unix() >= asked.ExpiresAt {
		return "", ErrLate
	}
	if asked.Data.Form != form {
		return "", ErrOther
	}
	key, err := hex.DecodeString(answer.Solution.DerivedKey)
	if err != nil || !hmac.Equal([]byte(hex.EncodeToString(g.sum("key", key))), []byte(asked.KeySignature)) {
		return Nonce(asked.Nonce), ErrWrong
	}
	return Nonce(asked.Nonce), nil
}

// signature is what only the key's owner can write over a challenge.
func (g Guard) signature(asked parameters) (string, error) {
	text, err := json.Marshal(asked)
	if err != nil {
		return "", fmt.Errorf("a challenge's parameters: %w", err)
	}
	return hex.EncodeToString(g.sum("challenge", text)), nil
}
