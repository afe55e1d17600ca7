package authority

import (
	"crypto/tls"
	"fmt"
	"log/slog"
	"os"
	"sync"
	"time"
)

// FromFiles is the configuration of a server that shows a certificate which the
// office got elsewhere: a PEM file with the certificate and those between it
// and its authority, and a PEM file with the key. The files are read
// again when they have changed; while they do not fit together, as in the
// middle of being replaced, the pair read before is shown.
func FromFiles(certificate, key string) (*tls.Config, error) {
	g := &given{certificate: certificate, key: key}
	if err := g.read(); err != nil {
		return nil, err
	}
	return &tls.Config{
		MinVersion:     tls.VersionTLS12,
		NextProtos:     []string{"h2", "http/1.1"},
		GetCertificate: func(*tls.ClientHelloInfo) (*tls.Certificate, error) { return g.current(), nil },
	}, nil
}

// given is a certificate in files of the office's.
type given struct {
	certificate, key string

	mu   sync.Mutex
	pair tls.Certificate
	seen [2]mark // of the two files, when they were last read
}

// mark tells one content of a file from another, cheaply.
type mark struct {
	changed time.Time
	size    int64
}

// current is the pair to show now.
func (g *given) current() *tls.Certificate {
	g.mu.Lock()
	defer g.mu.Unlock()
	if seen, err := g.look(); err != nil || seen != g.seen {
		if err := g.read(); err != nil {
			slog.Error("the server's certificate was not read again", "error", err)
		}
	}
	pair := g.pair
	return &pair
}

// read takes the pair from the files. The marks are kept also when it does not
// fit, so that the files are read once for each change.
func (g *given) read() error {
	seen, err := g.look()
	if err != nil {
		return fmt.Errorf("reading the server's certificate: %w", err)
	}
	g.seen = seen
	pair, err := tls.LoadX509KeyPair(g.certificate, g.key)
	if err != nil {
		return fmt.Errorf("reading the server's certificate %s with key %s: %w", g.certificate, g.key, err)
	}
	g.pair = pair
	return nil
}

func (g *given) look() (seen [2]mark, err error) {
	for i, file := range []string{g.certificate, g.key} {
		about, err := os.Stat(file)
		if err != nil {
			return seen, err
		}
		seen[i] = mark{changed: about.ModTime(), size: about.Size()}
	}
	return seen, nil
}
