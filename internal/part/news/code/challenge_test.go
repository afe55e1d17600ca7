package code_test

import (
	"crypto/pbkdf2"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"giaoban/internal/part/news/code"
)

// asked is a challenge as a browser sees it, with all that is in it.
type asked struct {
	Parameters map[string]any `json:"parameters"`
	Signature  string         `json:"signature"`
}

func challenged(t testing.TB, form string) asked {
	t.Helper()
	text, err := guard.Challenge(form, now)
	if err != nil {
		t.Fatal(err)
	}
	var got asked
	if err := json.Unmarshal(text, &got); err != nil {
		t.Fatal(err)
	}
	return got
}

// sent is what altcha's widget sends for a solution.
func sent(t testing.TB, challenge any, key []byte) string {
	t.Helper()
	text, err := json.Marshal(map[string]any{
		"challenge": challenge, "solution": map[string]any{"counter": 3, "derivedKey": hex.EncodeToString(key), "time": 12.3},
	})
	if err != nil {
		t.Fatal(err)
	}
	return base64.StdEncoding.EncodeToString(text)
}

// solve finds the key by counting up, and says how far it counted.
func solve(t testing.TB, challenge asked) (key []byte, counted uint32) {
	t.Helper()
	part := func(name string) []byte {
		value, err := hex.DecodeString(challenge.Parameters[name].(string))
		if err != nil {
			t.Fatal(err)
		}
		return value
	}
	nonce, salt, prefix := part("nonce"), part("salt"), challenge.Parameters["keyPrefix"].(string)
	for counter := range uint32(1 << 16) {
		password := binary.BigEndian.AppendUint32(nonce[:len(nonce):len(nonce)], counter)
		key, err := pbkdf2.Key(sha256.New, string(password), salt, int(challenge.Parameters["cost"].(float64)), 32)
		if err != nil {
			t.Fatal(err)
		}
		if strings.HasPrefix(hex.EncodeToString(key), prefix) {
			return key, counter
		}
	}
	t.Fatal("the challenge has no solution")
	return nil, 0
}

func TestASolvedChallengeIsTaken(t *testing.T) {
	challenge := challenged(t, `article "7" <é>`)
	key, counted := solve(t, challenge)
	nonce, err := guard.Solved(sent(t, challenge, key), `article "7" <é>`, now)
	if err != nil || string(nonce) != challenge.Parameters["nonce"] {
		t.Errorf("a solution gives nonce %q, %v, want %v", nonce, err, challenge.Parameters["nonce"])
	}
	if counted < 1000 {
		t.Errorf("the solution took %d derivations, want work", counted)
	}
}

func TestWhatIsWrongWithASolutionIsSaid(t *testing.T) {
	challenge := challenged(t, "a")
	key, _ := solve(t, challenge)
	changed := func(name string, value any) asked {
		copied := asked{Parameters: map[string]any{}, Signature: challenge.Signature}
		for key, value := range challenge.Parameters {
			copied.Parameters[key] = value
		}
		copied.Parameters[name] = value
		return copied
	}
	right := sent(t, challenge, key)
	if _, err := guard.Solved(right, "a", now.Add(code.Lasts)); !errors.Is(err, code.ErrLate) {
		t.Errorf("a solution that comes late gives %v", err)
	}
	if _, err := guard.Solved(right, "b", now); !errors.Is(err, code.ErrOther) {
		t.Errorf("a solution for another form gives %v", err)
	}
	if nonce, err := guard.Solved(sent(t, challenge, key[:16]), "a", now); !errors.Is(err, code.ErrWrong) || nonce == "" {
		t.Errorf("half a key gives nonce %q, %v", nonce, err)
	}
	for name, text := range map[string]string{
		"nothing": "", "no base64": "!", "no JSON": base64.StdEncoding.EncodeToString([]byte("{")),
		"easier":       sent(t, changed("keyPrefix", "00"), key),
		"longer":       sent(t, changed("expiresAt", now.Unix()*2), key),
		"another form": sent(t, changed("data", map[string]string{"form": "b"}), key),
		"another key":  sent(t, changed("keySignature", strings.Repeat("0", 64)), key),
	} {
		if _, err := guard.Solved(text, "a", now); !errors.Is(err, code.ErrUnreadable) {
			t.Errorf("%s gives %v, want %v", name, err, code.ErrUnreadable)
		}
	}
}

// Nothing is taken that was not worked for.
func FuzzSolved(f *testing.F) {
	challenge := challenged(f, "a")
	f.Add(sent(f, challenge, make([]byte, 32)), "a")
	f.Add(sent(f, asked{}, nil), "")
	f.Add("e30=", "")
	f.Fuzz(func(t *testing.T, text, form string) {
		nonce, err := guard.Solved(text, form, now)
		if err == nil || (nonce != "") != errors.Is(err, code.ErrWrong) {
			t.Errorf("%q for %q gives nonce %q, %v", text, form, nonce, err)
		}
	})
}

func BenchmarkChallenge(b *testing.B) {
	for b.Loop() {
		if _, err := guard.Challenge("article-7", now); err != nil {
			b.Fatal(err)
		}
	}
}
