package server

import (
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"giaoban/internal/edge/media"
)

// keysFile has key and secret, for the owner alone. They outlive the process, so that
// passes are good after it was started again.
const keysFile = "media.key"

// keysOf are the keys of the environment, else those kept in the directory, made at
// first need.
func keysOf(dir string) (media.Keys, error) {
	keys, err := media.KeysFromEnvironment()
	if err != nil || keys.Key != "" {
		return keys, err
	}
	path := filepath.Join(dir, keysFile)
	text, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return makeKeys(path)
	}
	if err != nil {
		return media.Keys{}, fmt.Errorf("reading the keys of media: %w", err)
	}
	if err := json.Unmarshal(text, &keys); err != nil || keys.Key == "" || keys.Secret == "" {
		return media.Keys{}, fmt.Errorf("%s is damaged; remove it, and new keys are made", path)
	}
	return keys, nil
}

// makeKeys makes keys and writes them whole or not at all.
func makeKeys(path string) (media.Keys, error) {
	keys := media.Keys{Key: "giaoban" + rand.Text()[:8], Secret: rand.Text() + rand.Text()}
	text, err := json.Marshal(keys)
	if err != nil {
		return media.Keys{}, err
	}
	if err := os.WriteFile(path+".new", text, 0o600); err != nil {
		return media.Keys{}, fmt.Errorf("writing the keys of media: %w", err)
	}
	if err := os.Rename(path+".new", path); err != nil {
		return media.Keys{}, fmt.Errorf("writing the keys of media: %w", err)
	}
	return keys, nil
}
