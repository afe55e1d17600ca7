package passkeytest

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"testing"

	"giaoban/internal/base/account"
)

// Authenticator holds one passkey.
type Authenticator struct {
	// Site is the page that asks; a test may change it.
	Site account.Site
	// Unverified leaves out that the holder was verified by finger or PIN.
	Unverified bool

	t     testing.TB
	id    []byte
	key   *ecdsa.PrivateKey
	count uint32
}

// New makes an authenticator at a site.
func New(t testing.TB, site account.Site) *Authenticator {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return &Authenticator{Site: site, t: t, id: []byte(rand.Text()), key: key}
}

// Flags of the authenticator's data.
const (
	present  = 0x01
	verified = 0x04
	attested = 0x40
)

func (a *Authenticator) flags() byte {
	if a.Unverified {
		return present
	}
	return present | verified
}

// Create answers the options of a new passkey.
func (a *Authenticator) Create(options []byte) []byte {
	a.t.Helper()
	data := a.data(a.flags() | attested)
	data = append(data, make([]byte, 16)...) // of no model
	data = binary.BigEndian.AppendUint16(data, uint16(len(a.id)))
	data = append(data, a.id...)
	data = append(data, a.cose()...)
	object := append([]byte("\xa3\x63fmt\x64none\x67attStmt\xa0\x68authData\x59"), byte(len(data)>>8), byte(len(data)))
	return a.answer(map[string]any{
		"clientDataJSON": letters(a.client("webauthn.create", options)), "attestationObject": letters(append(object, data...)),
	})
}

// Get answers the options of a signature.
func (a *Authenticator) Get(options []byte) []byte {
	a.t.Helper()
	a.count++
	data, client := a.data(a.flags()), a.client("webauthn.get", options)
	sum := sha256.Sum256(client)
	signed := sha256.Sum256(append(append([]byte{}, data...), sum[:]...))
	signature, err := ecdsa.SignASN1(rand.Reader, a.key, signed[:])
	if err != nil {
		a.t.Fatal(err)
	}
	return a.answer(map[string]any{"clientDataJSON": letters(client), "authenticatorData": letters(data), "signature": letters(signature)})
}

// Back winds the count of uses back, as in a copy of the key.
func (a *Authenticator) Back() { a.count = 0 }

func (a *Authenticator) data(flags byte) []byte {
	host := sha256.Sum256([]byte(a.Site.Host))
	return binary.BigEndian.AppendUint32(append(host[:], flags), a.count)
}

func (a *Authenticator) client(ceremony string, options []byte) []byte {
	a.t.Helper()
	var asked struct {
		Challenge string `json:"challenge"`
	}
	if err := json.Unmarshal(options, &asked); err != nil || asked.Challenge == "" {
		a.t.Fatalf("no challenge in %s: %v", options, err)
	}
	return a.json(map[string]any{"type": ceremony, "challenge": asked.Challenge, "origin": a.Site.Origin, "crossOrigin": false})
}

func (a *Authenticator) answer(response map[string]any) []byte {
	return a.json(map[string]any{
		"id": letters(a.id), "rawId": letters(a.id), "type": "public-key", "clientExtensionResults": map[string]any{}, "response": response,
	})
}

func (a *Authenticator) json(v any) []byte {
	a.t.Helper()
	encoded, err := json.Marshal(v)
	if err != nil {
		a.t.Fatal(err)
	}
	return encoded
}

// cose is the public key: EC2, ES256, P-256.
func (a *Authenticator) cose() []byte {
	a.t.Helper()
	public, err := a.key.PublicKey.Bytes() // 4, x, y
	if err != nil {
		a.t.Fatal(err)
	}
	key := append([]byte{0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 0x20}, public[1:33]...)
	return append(append(key, 0x22, 0x58, 0x20), public[33:]...)
}

func letters(b []byte) string { return base64.RawURLEncoding.EncodeToString(b) }
