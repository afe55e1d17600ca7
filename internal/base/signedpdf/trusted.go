package signedpdf

import (
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"giaoban/internal/base/fault"
)

// Folder is the folder of the data directory with the certificates of authorities.
const Folder = "signing-authorities"

// Trusted are the authorities whose certificates sign papers; the zero value is none.
type Trusted struct {
	pool *x509.CertPool
}

// Trust is a list of authorities.
func Trust(authorities ...*x509.Certificate) Trusted {
	if len(authorities) == 0 {
		return Trusted{}
	}
	t := Trusted{x509.NewCertPool()}
	for _, one := range authorities {
		t.pool.AddCert(one)
	}
	return t
}

// ReadTrusted reads the authorities of a data directory. Unavailable: a file holds no
// certificate.
func ReadTrusted(data string) (Trusted, error) {
	list, err := Authorities(data)
	return Trust(list...), err
}

// Authorities gives the certificates in the data directory's folder: of files .pem, .crt
// and .cer with one certificate or several. A directory without the folder has none.
// Unavailable: a file holds no certificate.
func Authorities(data string) (list []*x509.Certificate, err error) {
	folder := filepath.Join(data, Folder)
	entries, err := os.ReadDir(folder)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("reading the authorities of signatures: %w", err)
	}
	for _, entry := range entries {
		if !slices.Contains([]string{".pem", ".crt", ".cer"}, strings.ToLower(filepath.Ext(entry.Name()))) {
			continue
		}
		content, err := os.ReadFile(filepath.Join(folder, entry.Name()))
		if err != nil {
			return nil, fmt.Errorf("reading an authority of signatures: %w", err)
		}
		found, err := certificates(content)
		if err != nil {
			return nil, fault.New(fault.Unavailable, "signedpdf.authority", "file", entry.Name()).Because(err)
		}
		list = append(list, found...)
	}
	return list, nil
}

// certificates reads them as PEM, or one as it stands.
func certificates(content []byte) (list []*x509.Certificate, err error) {
	block, rest := pem.Decode(content)
	if block == nil {
		return x509.ParseCertificates(content)
	}
	for ; block != nil; block, rest = pem.Decode(rest) {
		one, err := x509.ParseCertificate(block.Bytes)
		if err != nil {
			return nil, err
		}
		list = append(list, one)
	}
	return list, nil
}

// stands refuses a certificate that did not stand at a moment, or is not for signing.
func (t Trusted) stands(by *x509.Certificate, beside []*x509.Certificate, at time.Time) error {
	if t.pool == nil {
		return refuse("signedpdf.none-trusted")
	}
	const signs = x509.KeyUsageDigitalSignature | x509.KeyUsageContentCommitment
	if by.IsCA || by.KeyUsage != 0 && by.KeyUsage&signs == 0 {
		return refuse("signedpdf.purpose", "subject", who(by.Subject))
	}
	between := x509.NewCertPool()
	for _, one := range beside {
		between.AddCert(one)
	}
	_, err := by.Verify(x509.VerifyOptions{Roots: t.pool, Intermediates: between, CurrentTime: at, KeyUsages: []x509.ExtKeyUsage{x509.ExtKeyUsageAny}})
	if err == nil {
		return nil
	}
	if wrong := (x509.CertificateInvalidError{}); errors.As(err, &wrong) && wrong.Reason == x509.Expired {
		return expired(wrong.Cert)
	}
	return refuse("signedpdf.untrusted", "subject", who(by.Subject), "issuer", who(by.Issuer)).Because(err)
}

// who is the name of somebody in a certificate, with the office where it has one.
func who(n pkix.Name) string {
	words := slices.DeleteFunc(append([]string{n.CommonName}, n.Organization...), func(s string) bool { return s == "" })
	if len(words) == 0 {
		return n.String()
	}
	return strings.Join(slices.Compact(words), ", ")
}
