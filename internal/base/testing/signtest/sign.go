package signtest

import (
	"bytes"
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"math/big"
	"testing"
	"time"

	"github.com/digitorus/pdf"
	"github.com/digitorus/pdfsign/sign"
)

// Authority says whose keys are whose.
type Authority struct {
	Certificate *x509.Certificate
	key         *ecdsa.PrivateKey
}

// NewAuthority makes an authority that stands for the years around a moment.
func NewAuthority(t testing.TB, name string, around time.Time) Authority {
	t.Helper()
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: name}, NotBefore: around.AddDate(-5, 0, 0), NotAfter: around.AddDate(5, 0, 0),
		IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign,
	}
	key := newKey(t)
	return Authority{issue(t, template, template, &key.PublicKey, key), key}
}

// PEM is the authority's certificate as an administrator gets it.
func (a Authority) PEM() []byte {
	return pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: a.Certificate.Raw})
}

// Signer is somebody with a token.
type Signer struct {
	Certificate *x509.Certificate
	Digest      crypto.Hash
	key         crypto.Signer
	authority   *x509.Certificate
}

// Signer gives somebody of an office a token that stands between two moments.
func (a Authority) Signer(t testing.TB, name, office string, from, until time.Time) Signer {
	t.Helper()
	return a.SignerFor(t, name, office, from, until, x509.KeyUsageDigitalSignature|x509.KeyUsageContentCommitment)
}

// SignerFor gives a token for a usage.
func (a Authority) SignerFor(t testing.TB, name, office string, from, until time.Time, usage x509.KeyUsage) Signer {
	t.Helper()
	return a.signer(t, newKey(t), &x509.Certificate{
		SerialNumber: big.NewInt(0x2020), Subject: pkix.Name{CommonName: name, Organization: []string{office}}, NotBefore: from, NotAfter: until, KeyUsage: usage,
	})
}

// WeakSigner gives a token for a year, whose certificate the authority signed over SHA-1.
func (a Authority) WeakSigner(t testing.TB, name string, from time.Time) Signer {
	t.Helper()
	return a.signer(t, newKey(t), &x509.Certificate{
		SerialNumber: big.NewInt(0x2020), Subject: pkix.Name{CommonName: name}, NotBefore: from, NotAfter: from.AddDate(1, 0, 0), SignatureAlgorithm: x509.ECDSAWithSHA1,
	})
}

// RSASigner gives a token with a key of RSA, as most are.
func (a Authority) RSASigner(t testing.TB, name, office string, from, until time.Time) Signer {
	t.Helper()
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	return a.signer(t, key, &x509.Certificate{
		SerialNumber: big.NewInt(0x2020), Subject: pkix.Name{CommonName: name, Organization: []string{office}}, NotBefore: from, NotAfter: until,
		KeyUsage: x509.KeyUsageDigitalSignature,
	})
}

func (a Authority) signer(t testing.TB, key crypto.Signer, template *x509.Certificate) Signer {
	t.Helper()
	return Signer{issue(t, template, a.Certificate, key.Public(), a.key), crypto.SHA256, key, a.Certificate}
}

// Sign appends a signature to a PDF, seen on its first page.
func (s Signer) Sign(t testing.TB, file []byte, at time.Time) []byte {
	t.Helper()
	return s.SignIn(t, file, at, 300, 100, 500, 160)
}

// SignOver appends a signature that is seen over the whole first page.
func (s Signer) SignOver(t testing.TB, file []byte, at time.Time) []byte {
	t.Helper()
	return s.SignIn(t, file, at, 0, 0, 595, 842)
}

// SignIn appends a signature that is seen in a place of the first page, in points from its
// lower left.
func (s Signer) SignIn(t testing.TB, file []byte, at time.Time, left, low, right, high float64) []byte {
	t.Helper()
	return s.sign(t, file, at, sign.Appearance{Visible: true, Page: 1, LowerLeftX: left, LowerLeftY: low, UpperRightX: right, UpperRightY: high})
}

// SignUnseen appends a signature that is seen on no page.
func (s Signer) SignUnseen(t testing.TB, file []byte, at time.Time) []byte {
	t.Helper()
	return s.sign(t, file, at, sign.Appearance{})
}

func (s Signer) sign(t testing.TB, file []byte, at time.Time, seen sign.Appearance) []byte {
	t.Helper()
	read, err := pdf.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatalf("reading the PDF to be signed: %v", err)
	}
	var signed bytes.Buffer
	err = sign.Sign(bytes.NewReader(file), &signed, read, int64(len(file)), sign.SignData{
		Signature: sign.SignDataSignature{
			CertType: sign.ApprovalSignature, Info: sign.SignDataSignatureInfo{Name: s.Certificate.Subject.CommonName, Date: at},
		},
		Signer: s.key, DigestAlgorithm: s.Digest, Certificate: s.Certificate, CertificateChains: [][]*x509.Certificate{{s.Certificate, s.authority}}, Appearance: seen,
	})
	if err != nil {
		t.Fatalf("signing the PDF: %v", err)
	}
	return signed.Bytes()
}

func newKey(t testing.TB) *ecdsa.PrivateKey {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return key
}

func issue(t testing.TB, template, parent *x509.Certificate, public crypto.PublicKey, by *ecdsa.PrivateKey) *x509.Certificate {
	t.Helper()
	raw, err := x509.CreateCertificate(rand.Reader, template, parent, public, by)
	if err != nil {
		t.Fatal(err)
	}
	made, err := x509.ParseCertificate(raw)
	if err != nil {
		t.Fatal(err)
	}
	return made
}
