package signtest

import (
	"bytes"
	"crypto"
	"crypto/rand"
	"crypto/sha1"
	"encoding/hex"
	"io"
	"regexp"
	"strconv"
	"testing"

	"github.com/smallstep/pkcs7"
)

// SignAgain puts a signature in the place of a signed PDF's first one. It names SHA-256 for
// the file; the key signs over the digest that is asked: SHA-256, or SHA-1 as old tokens do.
func (s Signer) SignAgain(t testing.TB, signed []byte, over crypto.Hash) []byte {
	t.Helper()
	signed = bytes.Clone(signed)
	found := regexp.MustCompile(`/ByteRange \[0 (\d+) (\d+) (\d+)`).FindSubmatch(signed)
	if found == nil {
		t.Fatal("the signed PDF has no range")
	}
	var sides [3]int
	for i := range sides {
		sides[i], _ = strconv.Atoi(string(found[i+1])) // digits
	}
	content := append(bytes.Clone(signed[:sides[0]]), signed[sides[1]:sides[1]+sides[2]]...)
	place := signed[sides[0]+1 : sides[1]-1]
	copy(place, bytes.Repeat([]byte("0"), len(place)))
	copy(place, hex.EncodeToString(s.message(t, content, over)))
	return signed
}

// message is the signature of a file's content without anything beside it.
func (s Signer) message(t testing.TB, content []byte, over crypto.Hash) []byte {
	t.Helper()
	message, err := pkcs7.NewSignedData(content)
	if err != nil {
		t.Fatal(err)
	}
	key := s.key
	message.SetDigestAlgorithm(pkcs7.OIDDigestAlgorithmSHA256)
	message.SetEncryptionAlgorithm(pkcs7.OIDDigestAlgorithmECDSASHA256)
	if over == crypto.SHA1 {
		key = oldToken{s.key, content}
		message.SetEncryptionAlgorithm(pkcs7.OIDDigestAlgorithmECDSASHA1)
	}
	if err := message.SignWithoutAttr(s.Certificate, key, pkcs7.SignerInfoConfig{}); err != nil {
		t.Fatal(err)
	}
	message.Detach()
	made, err := message.Finish()
	if err != nil {
		t.Fatal(err)
	}
	return made
}

// oldToken signs over SHA-1 whatever digest it is given.
type oldToken struct {
	crypto.Signer
	content []byte
}

func (o oldToken) Sign(_ io.Reader, _ []byte, _ crypto.SignerOpts) ([]byte, error) {
	sum := sha1.Sum(o.content)
	return o.Signer.Sign(rand.Reader, sum[:], crypto.SHA1)
}
