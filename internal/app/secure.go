package app

import (
	"crypto/tls"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"giaoban/internal/base/access"
	"giaoban/internal/base/clock"
	"giaoban/internal/base/fault"
	"giaoban/internal/edge/authority"
	"giaoban/internal/edge/web"
)

// hostFile keeps the host name that was given when HTTPS was set up.
const hostFile = "host"

// authorityFolder holds the installation's own authority.
const authorityFolder = "authority"

// obtainedFolder holds what ACME gave: account, certificate and key.
const obtainedFolder = "acme"

// KeptHost is the host name that was given before; "" for none.
func KeptHost(data string) (string, error) {
	content, err := os.ReadFile(filepath.Join(data, hostFile))
	if errors.Is(err, fs.ErrNotExist) {
		return "", nil
	}
	if err != nil {
		return "", fmt.Errorf("reading the host's name: %w", err)
	}
	return strings.TrimSpace(string(content)), nil
}

// OwnAuthority opens the installation's own certificate authority for a host,
// makes it when it is new, and keeps the host's name for the next start. The page
// on trust explains it from then on.
func (a *App) OwnAuthority(host string) (*authority.Authority, error) {
	own, err := authority.Load(a.path(authorityFolder), host, clock.Machine)
	if err != nil {
		return nil, err
	}
	if err := os.WriteFile(a.path(hostFile), []byte(own.Host()+"\n"), 0o600); err != nil {
		return nil, refusedDirectory(a.config.Data, err)
	}
	a.authority = own
	return own, authority.Forget(a.path(obtainedFolder), own.Host())
}

// ObtainCertificate opens the certificate for a host that an ACME authority gives, and
// keeps the host's name for the next start. The directory is that authority's address, "" for Let's
// Encrypt.
func (a *App) ObtainCertificate(host, directory string) (*authority.Obtained, error) {
	obtained, err := authority.Obtain(a.path(obtainedFolder), host, directory, a.config.Log)
	if err != nil {
		return nil, err
	}
	if err := os.WriteFile(a.path(hostFile), []byte(host+"\n"), 0o600); err != nil {
		return nil, refusedDirectory(a.config.Data, err)
	}
	return obtained, nil
}

// CertificateFile is where the certificate for a host stands with its key: the obtained one, or
// that of the installation's own authority.
func CertificateFile(data, host string, obtained bool) string {
	if obtained {
		return filepath.Join(data, obtainedFolder, host)
	}
	return filepath.Join(data, authorityFolder, authority.ServerFile)
}

// GivenCertificate serves the certificate in two PEM files, read again when they
// change.
func GivenCertificate(certificate, key string) (*tls.Config, error) {
	return authority.FromFiles(certificate, key)
}

// trustRoutes are the page on how to trust the installation's own authority and
// the file that a device takes. Both are for everybody: whoever cannot trust the
// page yet cannot sign in either.
func (a *App) trustRoutes(frame *web.Frame) []web.Route {
	screen := frame.Screen(pages, "page/trust.html")
	return []web.Route{
		{Pattern: "GET /trust", Action: access.Public, Handle: func(r *web.Request) error {
			if a.authority == nil {
				return fault.New(fault.NotFound, "web.not-found")
			}
			r.Layout().Title = r.T("app.trust")
			return r.Render(screen, map[string]any{
				"Host": a.authority.Host(), "Fingerprint": a.authority.Fingerprint(),
				"File": authority.FileName, "Guides": authority.Guides,
			})
		}},
		{Pattern: "GET /trust/" + authority.FileName, Action: access.Public, Handle: func(r *web.Request) error {
			if a.authority == nil {
				return fault.New(fault.NotFound, "web.not-found")
			}
			r.Writer.Header().Set("Content-Type", "application/x-x509-ca-cert")
			r.Writer.Header().Set("Content-Disposition", `attachment; filename="`+authority.FileName+`"`)
			_, err := r.Writer.Write(a.authority.DER())
			return err
		}},
	}
}
