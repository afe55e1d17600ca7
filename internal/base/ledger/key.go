package ledger

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/mod/sumdb/note"
)

// Key signs checkpoints and checks their signatures.
type Key struct {
	Signer   note.Signer
	Verifier note.Verifier
	Public   string // the verifier's key as text, for others
}

// keyName stands in front of each checkpoint.
const keyName = "giaoban"

// LoadKey reads the key that signs checkpoints from the data directory and
// makes it there, readable by its owner alone, when there is none.
func LoadKey(dir string) (Key, error) {
	path := filepath.Join(dir, "ledger.key")
	content, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		content, err = makeKey(path)
	}
	if err != nil {
		return Key{}, fmt.Errorf("loading the ledger's key: %w", err)
	}
	secret, public, ok := strings.Cut(strings.TrimSpace(string(content)), "\n")
	if !ok {
		return Key{}, fmt.Errorf("%s holds two lines: the secret key and the public key", path)
	}
	signer, err := note.NewSigner(secret)
	if err != nil {
		return Key{}, fmt.Errorf("reading %s: %w", path, err)
	}
	verifier, err := note.NewVerifier(public)
	if err != nil {
		return Key{}, fmt.Errorf("reading %s: %w", path, err)
	}
	return Key{Signer: signer, Verifier: verifier, Public: public}, nil
}

// makeKey puts a new key in its place in one step: what is cut off halfway
// must not be taken for a key.
func makeKey(path string) ([]byte, error) {
	secret, public, err := note.GenerateKey(rand.Reader, keyName)
	if err != nil {
		return nil, err
	}
	content := []byte(secret + "\n" + public + "\n")
	file, err := os.OpenFile(path+".new", os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return nil, err
	}
	_, err = file.Write(content)
	if err := errors.Join(err, file.Sync(), file.Close()); err != nil {
		return nil, err
	}
	return content, os.Rename(path+".new", path)
}
