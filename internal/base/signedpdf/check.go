package signedpdf

import (
	"bytes"
	"crypto/sha256"
	"crypto/x509"
	"embed"
	"encoding/asn1"
	"encoding/hex"
	"errors"
	"reflect"
	"slices"
	"time"

	"github.com/smallstep/pkcs7"

	"giaoban/internal/base/clock"
	"giaoban/internal/base/fault"
)

// Texts are what this package says to people.
//
//go:embed texts.yaml
var Texts embed.FS

// Signature is a valid signature of a PDF, by its certificate.
type Signature struct {
	Subject     string    `json:"subject"` // who signed
	Issuer      string    `json:"issuer"`  // the authority that says so
	Serial      string    `json:"serial"`  // of the certificate, in hexadecimal
	Fingerprint string    `json:"fingerprint"`
	At          time.Time `json:"at"` // as the signing machine had it; the moment of the check where it says none
}

// clocksApart is how far an office's clock may run ahead of ours.
const clocksApart = 10 * time.Minute

// largestSignature bounds one signature with its certificates, in bytes.
const largestSignature = 1 << 18

// Check gives the signatures of a PDF that came back, in the order of its form. Given is
// the very file that was given out, now the machine's time. Invalid at "file": it is no
// such file, is not signed, says something else, or a signature does not stand.
func Check(given, back []byte, trusted Trusted, now time.Time) ([]Signature, error) {
	switch {
	case !bytes.HasPrefix(back, given):
		return nil, refuse("signedpdf.other")
	case len(back) == len(given):
		return nil, refuse("signedpdf.unsigned")
	}
	found, err := signaturesIn(given, back)
	if err != nil {
		return nil, err
	}
	var list []Signature
	ends := map[int]bool{} // of what was signed
	for _, one := range found {
		r, err := rangeOf(one, back)
		if err != nil || r.begins < len(given) {
			return nil, refuse("signedpdf.broken").Because(err)
		}
		signature, err := r.check(one, trusted, now)
		if err != nil {
			return nil, err
		}
		if err := r.held(given, back, one); err != nil {
			return nil, err
		}
		if ends[r.ends] {
			return nil, changed("a signature stands twice")
		}
		list, ends[r.ends] = append(list, signature), true
	}
	if !ends[len(back)] {
		return nil, changed("behind the last signature")
	}
	return list, nil
}

// signaturesIn gives the signatures of a PDF that came back, or of what it was when one of
// them was made, as yet unchecked.
func signaturesIn(given, back []byte) ([]dict, error) {
	u, err := read(given, back)
	var found []dict
	if err == nil {
		found, err = u.signatures()
	}
	switch {
	case errors.Is(err, errForm):
		return nil, refuse("signedpdf.form").Because(err)
	case err != nil:
		return nil, err
	case len(found) == 0:
		return nil, refuse("signedpdf.unsigned")
	}
	return found, nil
}

func refuse(key string, args ...any) *fault.Error {
	return fault.New(fault.Invalid, key, args...).At("file")
}

func read(given, back []byte) (u update, err error) {
	if u.given, err = open(given); err != nil {
		return update{}, err
	}
	if u.now, err = open(back); err != nil {
		return update{}, err
	}
	if u.now.tables[0] < len(given) || !slices.Contains(u.now.tables, u.given.tables[0]) {
		return update{}, errors.Join(errForm, errors.New("what was appended has no table that goes on with the file's"))
	}
	return u, nil
}

// span is what a signature signs, and the signature.
type span struct {
	begins, ends int // of the signature's place; of what is signed
	content      []byte
	signature    []byte
}

var errRange = errors.New("what is signed is not the whole file but the signature")

// rangeOf reads what a signature signs: all up to an end, but for its own place.
func rangeOf(signature dict, file []byte) (span, error) {
	sides, _ := signature["ByteRange"].([]any)
	var at [4]int
	if len(sides) != len(at) {
		return span{}, errRange
	}
	for i, side := range sides {
		var err error
		if at[i], err = whole(side); err != nil {
			return span{}, err
		}
	}
	begins, goesOn, ends := at[1], at[2], at[2]+at[3]
	if at[0] != 0 || begins+2 > goesOn || ends > len(file) || goesOn-begins > 2*largestSignature {
		return span{}, errRange
	}
	place := &reader{file: file[begins:goesOn]}
	said, err := place.token()
	signed, isText := said.(text)
	if err != nil || !isText || file[begins] != '<' || place.at != len(place.file) || signature["Contents"] != signed {
		return span{}, errRange
	}
	return span{begins, ends, slices.Concat(file[:begins], file[goesOn:ends]), []byte(signed)}, nil
}

// held refuses a signature of a file that, as it was when it was signed, did not hold the
// signature or said something else: what is signed by one may be hidden by the next.
func (s span) held(given, back []byte, signature dict) error {
	then, err := signaturesIn(given, back[:s.ends])
	if err != nil {
		return err
	}
	if !slices.ContainsFunc(then, func(one dict) bool { return reflect.DeepEqual(one, signature) }) {
		return changed("a signature since it was made")
	}
	return nil
}

// check says whose signature it is, once it stands.
func (s span) check(said dict, trusted Trusted, now time.Time) (Signature, error) {
	if form := said["SubFilter"]; form != name("adbe.pkcs7.detached") && form != name("ETSI.CAdES.detached") {
		return Signature{}, refuse("signedpdf.kind")
	}
	message, err := pkcs7.Parse(s.signature)
	if err != nil || len(message.Signers) != 1 {
		return Signature{}, refuse("signedpdf.broken").Because(err)
	}
	by := message.GetOnlySigner()
	if !strong(message.Signers[0].DigestAlgorithm.Algorithm, message.Signers[0].DigestEncryptionAlgorithm.Algorithm) || by != nil && weak(by) {
		return Signature{}, refuse("signedpdf.weak")
	}
	message.Content = s.content
	if err := message.Verify(); by == nil || err != nil {
		if late := (*pkcs7.SigningTimeNotValidError)(nil); by != nil && errors.As(err, &late) {
			return Signature{}, expired(by)
		}
		return Signature{}, refuse("signedpdf.broken").Because(err)
	}
	at := now
	_ = message.UnmarshalSignedAttribute(pkcs7.OIDAttributeSigningTime, &at) // none is now
	if at.After(now.Add(clocksApart)) {
		return Signature{}, refuse("signedpdf.future")
	}
	// A program that signs names its own time. What is known for sure is when the file came
	// in, so that the certificate has to stand then, too.
	for _, moment := range []time.Time{at, now} {
		if err := trusted.stands(by, message.Certificates, moment); err != nil {
			return Signature{}, err
		}
	}
	sum := sha256.Sum256(by.Raw)
	return Signature{
		Subject: who(by.Subject), Issuer: who(by.Issuer), Serial: by.SerialNumber.Text(16), Fingerprint: hex.EncodeToString(sum[:]), At: at.UTC(),
	}, nil
}

// strong says whether a signature is over a digest of SHA-2, the least that Vietnam's
// authorities allow. It names a digest twice: of the file, and, with the kind of key, of what
// the key signed.
func strong(digest, signs asn1.ObjectIdentifier) bool {
	return slices.ContainsFunc([]asn1.ObjectIdentifier{
		pkcs7.OIDDigestAlgorithmSHA256, pkcs7.OIDDigestAlgorithmSHA384, pkcs7.OIDDigestAlgorithmSHA512,
	}, digest.Equal) && slices.ContainsFunc([]asn1.ObjectIdentifier{
		pkcs7.OIDEncryptionAlgorithmRSA, // with the file's digest, as the curves
		pkcs7.OIDEncryptionAlgorithmRSASHA256, pkcs7.OIDEncryptionAlgorithmRSASHA384, pkcs7.OIDEncryptionAlgorithmRSASHA512,
		pkcs7.OIDEncryptionAlgorithmECDSAP256, pkcs7.OIDEncryptionAlgorithmECDSAP384, pkcs7.OIDEncryptionAlgorithmECDSAP521,
		pkcs7.OIDDigestAlgorithmECDSASHA256, pkcs7.OIDDigestAlgorithmECDSASHA384, pkcs7.OIDDigestAlgorithmECDSASHA512,
	}, signs.Equal)
}

// weak says whether a certificate was signed over SHA-1 or worse. Those between it and the
// trusted authority are refused for it by the standard library.
func weak(by *x509.Certificate) bool {
	return slices.Contains([]x509.SignatureAlgorithm{
		x509.MD5WithRSA, x509.SHA1WithRSA, x509.DSAWithSHA1, x509.ECDSAWithSHA1,
	}, by.SignatureAlgorithm)
}

func expired(by *x509.Certificate) error {
	return refuse("signedpdf.expired", "subject", who(by.Subject), "from", clock.DateOf(by.NotBefore, time.UTC), "until", clock.DateOf(by.NotAfter, time.UTC))
}
