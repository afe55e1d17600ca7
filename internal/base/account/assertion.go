package account

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"net/url"
	"strings"

	"github.com/go-webauthn/webauthn/protocol"
	"github.com/go-webauthn/webauthn/protocol/webauthncose"
)

// Assertion is what an authenticator answered to a challenge, whole, so that
// anybody can check it again without this program: WebAuthn level 2, 7.2.
type Assertion struct {
	Credential []byte `json:"credential"`        // id of the passkey
	Key        []byte `json:"publicKey"`         // COSE
	Host       string `json:"host"`              // the relying party's id
	Data       []byte `json:"authenticatorData"` // as it was signed
	Client     []byte `json:"clientDataJSON"`    // as it was signed, by its hash
	Signature  []byte `json:"signature"`
}

// clientData is what the browser says it asked the authenticator for.
type clientData struct {
	Type      string `json:"type"`
	Challenge string `json:"challenge"`
	Origin    string `json:"origin"`
}

func (a Assertion) client() (clientData, []byte, error) {
	var c clientData
	if err := json.Unmarshal(a.Client, &c); err != nil {
		return c, nil, err
	}
	challenge, err := base64.RawURLEncoding.DecodeString(c.Challenge)
	return c, challenge, err
}

// Check verifies that the passkey's holder, present and verified by the
// authenticator, answered this challenge at a page of the host.
func (a Assertion) Check(challenge []byte) error {
	client, answered, err := a.client()
	switch {
	case err != nil:
		return err
	case client.Type != string(protocol.AssertCeremony):
		return errors.New("it is no assertion")
	case !bytes.Equal(answered, challenge):
		return errors.New("it answers another challenge")
	case !a.isFrom(client.Origin):
		return errors.New("it comes from another host")
	}
	var data protocol.AuthenticatorData
	if err := data.Unmarshal(a.Data); err != nil {
		return err
	}
	host := sha256.Sum256([]byte(a.Host))
	if err := data.Verify(host[:], nil, true, true); err != nil {
		return err
	}
	key, err := webauthncose.ParsePublicKey(a.Key)
	if err != nil {
		return err
	}
	sum := sha256.Sum256(a.Client)
	right, err := webauthncose.VerifySignature(key, append(bytes.Clone(a.Data), sum[:]...), a.Signature)
	if err == nil && !right {
		err = errors.New("the signature is wrong")
	}
	return err
}

// isFrom says whether an origin is the host or stands beneath it.
func (a Assertion) isFrom(origin string) bool {
	u, err := url.Parse(origin)
	return err == nil && a.Host != "" && (u.Hostname() == a.Host || strings.HasSuffix(u.Hostname(), "."+a.Host))
}

// count is how often the authenticator says that it was used.
func (a Assertion) count() int64 {
	var data protocol.AuthenticatorData
	if data.Unmarshal(a.Data) != nil {
		return 0
	}
	return int64(data.Counter)
}
