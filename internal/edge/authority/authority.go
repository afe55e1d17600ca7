package authority

import (
	"crypto/ecdsa"
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"giaoban/internal/base/clock"
)

const (
	authorityDays = 3652 // ten years: devices are told once to trust it
	serverDays    = 397  // browsers refuse more than 398
	renewDays     = 30   // before the end, as is usual

	authorityFile = "authority.pem" // certificate and key, so that one rename replaces both
)

// ServerFile is what holds the server's certificate and key in an authority's folder.
const ServerFile = "server.pem"

// Authority is the installation's own certificate authority and the
// certificate that it gave to the server. It may be used from many goroutines.
type Authority struct {
	dir   string
	host  string
	clock clock.Clock
	root  identity

	mu     sync.Mutex // guards server and its file
	server identity
}

// identity is a certificate with its key.
type identity struct {
	certificate *x509.Certificate
	key         *ecdsa.PrivateKey
}

// Load opens the authority kept in dir, and makes it when there is none, when it
// is for another host, or when it is about to end: devices have to be told to trust the new
// one. The host is a DNS name or an IP address, see [CheckHost]. The clock is the
// machine's. A file that cannot be read is an error and stays as it is.
func Load(dir, host string, machine clock.Clock) (*Authority, error) {
	if err := CheckHost(host); err != nil {
		return nil, err
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("making the authority's folder: %w", err)
	}
	a := &Authority{dir: dir, host: strings.ToLower(host), clock: machine}
	root, err := read(filepath.Join(dir, authorityFile))
	fresh := errors.Is(err, fs.ErrNotExist)
	if err != nil && !fresh {
		return nil, err
	}
	if fresh || a.ending(root) || !permits(root.certificate, a.host) {
		if root, err = found(a.host, machine.Now()); err != nil {
			return nil, fmt.Errorf("making an authority for %s: %w", a.host, err)
		}
		if err := root.write(filepath.Join(dir, authorityFile)); err != nil {
			return nil, err
		}
	}
	a.root = root
	server, err := read(filepath.Join(dir, ServerFile))
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return a, a.renew()
	case err != nil:
		return nil, err
	case a.ending(server) || server.certificate.CheckSignatureFrom(root.certificate) != nil ||
		server.certificate.VerifyHostname(a.host) != nil:
		return a, a.renew()
	}
	a.server = server
	return a, nil
}

// TLS is the configuration of a server that shows the certificate. The
// certificate is renewed 30 days before its end, by the first connection after
// that; while that fails, the old one is shown and the failure is logged.
func (a *Authority) TLS() *tls.Config {
	return &tls.Config{
		MinVersion: tls.VersionTLS12,
		NextProtos: []string{"h2", "http/1.1"},
		GetCertificate: func(*tls.ClientHelloInfo) (*tls.Certificate, error) {
			a.mu.Lock()
			defer a.mu.Unlock()
			if a.ending(a.server) {
				if err := a.renew(); err != nil {
					slog.Error("the server's certificate was not renewed", "ends", a.server.certificate.NotAfter, "error", err)
				}
			}
			// The authority goes with it: a browser that does not trust it
			// yet can then show its fingerprint.
			return &tls.Certificate{
				Certificate: [][]byte{a.server.certificate.Raw, a.root.certificate.Raw},
				PrivateKey:  a.server.key,
				Leaf:        a.server.certificate,
			}, nil
		},
	}
}

// Host is the name or address that the authority vouches for.
func (a *Authority) Host() string { return a.host }

// DER is the authority's certificate in the form that devices open, for the
// file [FileName]. The SHA-256 sum of this file is the fingerprint.
func (a *Authority) DER() []byte { return a.root.certificate.Raw }

// PEM is the authority's certificate as text, for programs such as curl.
func (a *Authority) PEM() []byte {
	return pem.EncodeToMemory(&pem.Block{Type: certificateBlock, Bytes: a.root.certificate.Raw})
}

// Fingerprint is the SHA-256 sum of the authority's certificate in sixteen
// groups of four hexadecimal digits, to be read aloud and compared.
func (a *Authority) Fingerprint() string {
	digits := fmt.Sprintf("%X", sha256.Sum256(a.root.certificate.Raw))
	var groups []string
	for i := 0; i < len(digits); i += 4 {
		groups = append(groups, digits[i:i+4])
	}
	return strings.Join(groups, " ")
}

// Ends is the moment after which the authority vouches for nothing.
func (a *Authority) Ends() time.Time { return a.root.certificate.NotAfter }

// ending says that it is time to replace an identity.
func (a *Authority) ending(i identity) bool {
	return a.clock.Now().AddDate(0, 0, renewDays).After(i.certificate.NotAfter)
}

// renew gives the server a new certificate and key. The caller holds mu or is
// alone.
func (a *Authority) renew() error {
	server, err := a.root.vouch(a.host, a.clock.Now())
	if err != nil {
		return fmt.Errorf("making a certificate for %s: %w", a.host, err)
	}
	if err := server.write(filepath.Join(a.dir, ServerFile)); err != nil {
		return err
	}
	a.server = server
	return nil
}
