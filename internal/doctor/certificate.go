package doctor

import (
	"context"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"
)

const (
	// soonEnding is when a certificate of the installation's own should have been
	// renewed for days: see package authority.
	soonEnding = 25 * 24 * time.Hour

	serverFile, authorityFile = "server.pem", "authority.pem"

	problemFile = "problem" // why ACME gave no certificate
)

// certificate looks at what HTTPS shows: whether it holds now, for how long, and
// for the host's name.
func certificate(_ context.Context, p Patient) ([]Finding, error) {
	host := p.Host
	if host == "" {
		kept, err := os.ReadFile(filepath.Join(p.Dir, p.Names.Host))
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return nil, err
		}
		host = strings.TrimSpace(string(kept))
	}
	if p.Certificate != "" {
		return show(p, p.Certificate, host)
	}
	if host == "" {
		return nil, nil // served on loopback, without HTTPS
	}
	if found, is, err := obtained(p, host); is || err != nil {
		return found, err
	}
	found, err := show(p, filepath.Join(p.Dir, p.Names.Authority, serverFile), host)
	if err != nil {
		return found, err
	}
	root, err := show(p, filepath.Join(p.Dir, p.Names.Authority, authorityFile), "")
	return append(found, root...), err
}

// obtained looks at a certificate that ACME gives, and at why it did not the last time;
// is says whether the installation has one that way.
func obtained(p Patient, host string) (found []Finding, is bool, err error) {
	folder := filepath.Join(p.Dir, p.Names.Obtained)
	why, err := os.ReadFile(filepath.Join(folder, problemFile))
	if err == nil {
		found = append(found, wrong("doctor.certificate.acme", "host", host, "why", strings.TrimSpace(string(why))))
	}
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, true, err
	}
	file := filepath.Join(folder, host)
	if _, err := os.Stat(file); err != nil {
		return found, len(found) > 0, nil
	}
	shown, err := show(p, file, host)
	return append(found, shown...), true, err
}

// show looks at the first certificate in a file; host is "" for an authority's.
func show(p Patient, path, host string) ([]Finding, error) {
	content, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return []Finding{wrong("doctor.certificate.missing", "path", path)}, nil
	}
	if err != nil {
		return nil, err
	}
	block, _ := pem.Decode(content)
	for rest := content; block != nil && block.Type != "CERTIFICATE"; {
		block, rest = pem.Decode(rest)
	}
	if block == nil {
		return []Finding{wrong("doctor.certificate.unreadable", "path", path)}, nil
	}
	read, err := x509.ParseCertificate(block.Bytes)
	now := p.Machine.Now()
	switch {
	case err != nil:
		return []Finding{wrong("doctor.certificate.unreadable", "path", path)}, nil // that is what was found
	case now.Before(read.NotBefore):
		return []Finding{wrong("doctor.certificate.early", "path", path)}, nil
	case now.After(read.NotAfter):
		return []Finding{wrong("doctor.certificate.ended", "path", path)}, nil
	case host != "" && read.VerifyHostname(host) != nil:
		return []Finding{wrong("doctor.certificate.host", "path", path, "host", host)}, nil
	case read.NotAfter.Sub(now) < soonEnding:
		return []Finding{advice("doctor.certificate.ending", "path", path, "n", int(read.NotAfter.Sub(now)/(24*time.Hour)))}, nil
	}
	return nil, nil
}
