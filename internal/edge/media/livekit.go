package media

import (
	"embed"
	"errors"
	"fmt"
	"net/url"
	"os"
	"strings"

	"giaoban/internal/base/fault"
)

// Texts is what people read of this package.
//
//go:embed texts.yaml
var Texts embed.FS

// The variables that have key and secret. There are no flags for them, since others on
// the machine can read command lines.
const (
	KeyVariable    = "GIAOBAN_LIVEKIT_KEY"
	SecretVariable = "GIAOBAN_LIVEKIT_SECRET"
)

// Keys open a LiveKit: whoever has them may join any room as anybody.
type Keys struct {
	Key    string `json:"key"`
	Secret string `json:"secret"` // at least 32 characters
}

// KeysFromEnvironment are the keys that the environment names; none are no error.
func KeysFromEnvironment() (Keys, error) {
	k := Keys{os.Getenv(KeyVariable), os.Getenv(SecretVariable)}
	if k == (Keys{}) {
		return k, nil
	}
	return k, k.check()
}

// KeysFromFile are the keys of a file with one line, "key: secret", as LiveKit's own
// key_file has it.
func KeysFromFile(path string) (Keys, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return Keys{}, fmt.Errorf("reading the keys of LiveKit: %w", err)
	}
	key, secret, _ := strings.Cut(strings.TrimSpace(string(text)), ":")
	k := Keys{key, strings.Trim(strings.TrimSpace(secret), `"`)}
	if err := k.check(); err != nil {
		return Keys{}, fmt.Errorf("reading the keys of LiveKit in %s, one line \"key: secret\": %w", path, err)
	}
	return k, nil
}

// shortestSecret is what LiveKit asks of secrets.
const shortestSecret = 32

func (k Keys) check() error {
	if k.Key == "" || k.Secret == "" {
		return errors.New("key and secret of LiveKit go together")
	}
	if len(k.Secret) < shortestSecret {
		return fmt.Errorf("the secret of LiveKit is shorter than %d characters", shortestSecret)
	}
	return nil
}

// LiveKit is where rooms are, and what opens it.
type LiveKit struct {
	URL string `json:"url"` // as http://127.0.0.1:7880
	Keys
	Process int `json:"-"` // that it runs in on this machine; 0 where it is elsewhere
}

// Finder finds the LiveKit that answers now. While there is none, the error is a
// fault that says so to people.
type Finder func() (LiveKit, error)

// Outside finds a LiveKit that runs elsewhere, as https://media.example.vn, which the
// keys open.
func Outside(address string, keys Keys) (Finder, error) {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" || (u.Scheme != "http" && u.Scheme != "https") {
		return nil, fmt.Errorf("%q is no address of a LiveKit, as https://media.example.vn", address)
	}
	if err := keys.check(); err != nil {
		return nil, err
	}
	return func() (LiveKit, error) { return LiveKit{URL: address, Keys: keys}, nil }, nil
}

// Away is the fault that says to people that there is no picture and sound now.
func Away(because error) error { return fault.New(fault.Unavailable, "media.away").Because(because) }
