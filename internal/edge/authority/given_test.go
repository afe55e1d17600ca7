package authority_test

import (
	"crypto/tls"
	"os"
	"path/filepath"
	"testing"
	"time"

	"giaoban/internal/base/clock"
	"giaoban/internal/edge/authority"
)

func TestAGivenCertificateIsReadAgainWhenItsFilesChange(t *testing.T) {
	dir := t.TempDir()
	certificate, key := filepath.Join(dir, "office.crt"), filepath.Join(dir, "office.key")
	first, second := issued(t), issued(t)
	put(t, certificate, first, 1)
	put(t, key, first, 1)
	config, err := authority.FromFiles(certificate, key)
	if err != nil {
		t.Fatal(err)
	}
	one := shown(t, config)

	put(t, certificate, second, 2)
	if got := shown(t, config); got != one {
		t.Error("with the new certificate and the old key, not the old pair is shown")
	}
	put(t, key, second, 2)
	two := shown(t, config)
	if two == one {
		t.Error("after both files changed, the old certificate is still shown")
	}
	if err := os.Remove(certificate); err != nil {
		t.Fatal(err)
	}
	if got := shown(t, config); got != two {
		t.Error("without the file, not the pair read before is shown")
	}
}

func TestFilesThatAreNoCertificateAreRefusedByName(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "office.crt")
	if _, err := authority.FromFiles(file, file); err == nil {
		t.Error("files that are not there are taken")
	}
	if err := os.WriteFile(file, []byte("no certificate"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := authority.FromFiles(file, file); err == nil {
		t.Error("a text that is no certificate is taken")
	}
}

// issued is a file with a certificate and its key.
func issued(t *testing.T) []byte {
	t.Helper()
	dir := t.TempDir()
	load(t, dir, "giaoban.example", clock.NewManual(morning))
	text, err := os.ReadFile(filepath.Join(dir, "server.pem"))
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// put writes a file and gives it a time of change of its own.
func put(t *testing.T, file string, text []byte, hour int) {
	t.Helper()
	if err := os.WriteFile(file, text, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Chtimes(file, time.Time{}, morning.Add(time.Duration(hour)*time.Hour)); err != nil {
		t.Fatal(err)
	}
}

// shown is the certificate that a server shows now, as bytes.
func shown(t *testing.T, config *tls.Config) string {
	t.Helper()
	state, err := handshake(config, &tls.Config{InsecureSkipVerify: true})
	if err != nil {
		t.Fatal(err)
	}
	return string(state.PeerCertificates[0].Raw)
}
