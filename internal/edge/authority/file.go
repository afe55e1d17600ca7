package authority

import (
	"crypto/ecdsa"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"os"
	"path/filepath"
)

const (
	certificateBlock = "CERTIFICATE"
	keyBlock         = "PRIVATE KEY"
)

// read reads a file that write wrote.
func read(file string) (identity, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return identity{}, fmt.Errorf("reading a certificate: %w", err)
	}
	i, err := parse(text)
	if err != nil {
		return identity{}, fmt.Errorf("reading the certificate and key in %s: %w", file, err)
	}
	return i, nil
}

func parse(text []byte) (i identity, err error) {
	for block, rest := pem.Decode(text); block != nil; block, rest = pem.Decode(rest) {
		switch block.Type {
		case certificateBlock:
			if i.certificate, err = x509.ParseCertificate(block.Bytes); err != nil {
				return identity{}, err
			}
		case keyBlock:
			key, err := x509.ParsePKCS8PrivateKey(block.Bytes)
			if err != nil {
				return identity{}, err
			}
			i.key, _ = key.(*ecdsa.PrivateKey)
		}
	}
	if i.certificate == nil || i.key == nil {
		return identity{}, errors.New("it lacks a certificate or its ECDSA key")
	}
	if !i.key.PublicKey.Equal(i.certificate.PublicKey) {
		return identity{}, errors.New("the key is not the certificate's")
	}
	return i, nil
}

// write puts certificate and key into a file that only its owner may read,
// whole or not at all.
func (i identity) write(file string) error {
	key, err := x509.MarshalPKCS8PrivateKey(i.key)
	if err != nil {
		return fmt.Errorf("writing the key of %s: %w", file, err)
	}
	text := pem.EncodeToMemory(&pem.Block{Type: certificateBlock, Bytes: i.certificate.Raw})
	text = append(text, pem.EncodeToMemory(&pem.Block{Type: keyBlock, Bytes: key})...)
	if err := replace(file, text); err != nil {
		return fmt.Errorf("writing %s: %w", file, err)
	}
	return nil
}

// replace writes a file beside the old one, to the disk, and then gives it the
// name.
func replace(file string, text []byte) error {
	next, err := os.CreateTemp(filepath.Dir(file), filepath.Base(file)+".*") // mode 0600
	if err != nil {
		return err
	}
	_, err = next.Write(text)
	err = errors.Join(err, next.Sync(), next.Close())
	if err == nil {
		err = os.Rename(next.Name(), file)
	}
	if err != nil {
		return errors.Join(err, os.Remove(next.Name()))
	}
	return nil
}
