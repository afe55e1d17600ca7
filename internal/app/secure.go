package app

import (
	"crypto/tls"
	"errors"
)

// KeptHost is the host name that was given before; "" for none.
func KeptHost(string) (string, error) { return "", nil }

// Secure gives the TLS configuration and the name by which browsers come.
func Secure(_, host, cert, key string) (*tls.Config, string, error) {
	if cert == "" {
		return nil, "", errors.New("no certificate")
	}
	pair, err := tls.LoadX509KeyPair(cert, key)
	return &tls.Config{Certificates: []tls.Certificate{pair}}, host, err
}
