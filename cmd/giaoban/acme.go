package main

import (
	"context"
	"crypto/tls"

	"giaoban/internal/app"
)

// obtaining says how a certificate is obtained from an authority elsewhere.
type obtaining struct {
	ACME          string `help:"Obtain the certificate for this name by ACME, and agree to the authority's terms. It asks at port 443 of the name, which has to lead here." name:"acme" placeholder:"NAME"`
	ACMEDirectory string `help:"The authority's address; Let's Encrypt when left out." name:"acme-directory" placeholder:"https://…"`
}

// obtain is what HTTPS shows of a certificate that is obtained, and renewed until ctx
// ends.
func (o obtaining) obtain(ctx context.Context, a *app.App) (*tls.Config, error) {
	obtained, err := a.ObtainCertificate(o.ACME, o.ACMEDirectory)
	if err != nil {
		return nil, err
	}
	go obtained.Keep(ctx)
	return obtained.TLS(), nil
}

// shown is where what HTTPS shows for a host stands.
func (s serve) shown(data, host string) shown {
	switch {
	case host == "":
		return shown{}
	case s.TLSCert != "":
		return shown{host, s.TLSCert, s.TLSKey}
	}
	file := app.CertificateFile(data, host, s.ACME != "")
	return shown{host, file, file}
}
