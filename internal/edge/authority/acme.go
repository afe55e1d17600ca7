package authority

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"golang.org/x/crypto/acme"
	"golang.org/x/crypto/acme/autocert"
)

// Obtained is a certificate that an authority elsewhere gives and renews by itself, as
// Let's Encrypt does (ACME, RFC 8555). That authority asks at port 443 of the host
// whether it is ours (TLS-ALPN-01, RFC 8737), so the host's name and port lead here.
type Obtained struct {
	dir, host string
	manager   *autocert.Manager
	log       *slog.Logger
}

// problemFile says why the last certificate was not obtained; there is none while all
// is well.
const problemFile = "problem"

// Obtain is the certificate for a host, kept in dir with its key, in a file of the host's name, and the account. The
// directory is the authority's address, "" for Let's Encrypt; whoever calls has agreed to its terms.
// Nothing is asked before [Obtained.Keep] or the first connection.
func Obtain(dir, host, directory string, log *slog.Logger) (*Obtained, error) {
	if err := CheckHost(host); err != nil {
		return nil, err
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("making the folder of the certificate: %w", err)
	}
	if directory == "" {
		directory = acme.LetsEncryptURL
	}
	manager := &autocert.Manager{
		Prompt: autocert.AcceptTOS, HostPolicy: autocert.HostWhitelist(host), Cache: autocert.DirCache(dir),
		Client: &acme.Client{DirectoryURL: directory, UserAgent: "giaoban"},
	}
	return &Obtained{dir, host, manager, log}, nil
}

// TLS is the configuration of a server that shows the certificate and answers the
// authority's questions.
func (o *Obtained) TLS() *tls.Config {
	secure := o.manager.TLSConfig()
	secure.MinVersion = tls.VersionTLS12
	return secure
}

// How often the certificate is looked at, while there is one and while there is none.
// Authorities count those who ask too often.
const (
	lookEvery  = time.Hour
	retryEvery = time.Minute
)

// Keep obtains the certificate before the first browser asks, and says in the log and for
// the doctor when that fails, until ctx ends. It is renewed 30 days before its end.
func (o *Obtained) Keep(ctx context.Context) {
	// A browser of today; the certificate for older ones would be another.
	hello := &tls.ClientHelloInfo{ServerName: o.host, CipherSuites: []uint16{tls.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256}}
	for {
		pause := lookEvery
		_, err := o.manager.GetCertificate(hello)
		if ctx.Err() != nil {
			return
		}
		if err != nil {
			pause = retryEvery
			o.log.ErrorContext(ctx, "no certificate was obtained", "host", o.host, "authority", o.manager.Client.DirectoryURL, "again-in", pause, "error", err)
		}
		if err := o.note(err); err != nil {
			o.log.ErrorContext(ctx, "noting how the certificate stands", "error", err)
		}
		select {
		case <-time.After(pause):
		case <-ctx.Done():
			return
		}
	}
}

// note keeps why there is no certificate for the doctor, or that there is one.
func (o *Obtained) note(problem error) error {
	path := filepath.Join(o.dir, problemFile)
	if problem != nil {
		return os.WriteFile(path, []byte(problem.Error()+"\n"), 0o600)
	}
	if err := os.Remove(path); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

// Forget removes what was obtained for a host, and why it was not, where another
// certificate is shown instead. The account stays.
func Forget(dir, host string) error {
	for _, name := range []string{host, problemFile} {
		if err := os.Remove(filepath.Join(dir, name)); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("removing a certificate that is not shown any more: %w", err)
		}
	}
	return nil
}
