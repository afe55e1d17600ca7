package authority

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"net"
	"slices"
	"time"
)

// loopback are the other names of a machine for itself.
var loopback = []net.IP{net.IPv4(127, 0, 0, 1).To4(), net.IPv6loopback}

// found makes an authority that can vouch for host and this machine only
// (RFC 5280, 4.2.1.10).
func found(host string, now time.Time) (identity, error) {
	template := &x509.Certificate{
		Subject:                     pkix.Name{Organization: []string{"giaoban"}, CommonName: short("giaoban " + host)},
		BasicConstraintsValid:       true,
		IsCA:                        true,
		MaxPathLenZero:              true, // it vouches for servers, not for other authorities
		KeyUsage:                    x509.KeyUsageCertSign,
		ExtKeyUsage:                 []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
		PermittedDNSDomainsCritical: true,
	}
	template.NotBefore, template.NotAfter = span(now, authorityDays)
	names, addresses := subjects(host)
	template.PermittedDNSDomains = names
	for _, ip := range addresses {
		bits := 8 * len(ip)
		template.PermittedIPRanges = append(template.PermittedIPRanges, &net.IPNet{IP: ip, Mask: net.CIDRMask(bits, bits)})
	}
	return sign(template, identity{})
}

// vouch makes a certificate for host, which ends no later than its authority.
func (root identity) vouch(host string, now time.Time) (identity, error) {
	template := &x509.Certificate{
		Subject:     pkix.Name{Organization: []string{"giaoban"}, CommonName: short(host)},
		KeyUsage:    x509.KeyUsageDigitalSignature,
		ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
	}
	template.NotBefore, template.NotAfter = span(now, serverDays)
	if template.NotAfter.After(root.certificate.NotAfter) {
		template.NotAfter = root.certificate.NotAfter
	}
	template.DNSNames, template.IPAddresses = subjects(host)
	return sign(template, root)
}

// sign makes a key and a certificate for it, signed by the authority; by itself
// when there is none.
func sign(template *x509.Certificate, by identity) (identity, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return identity{}, err
	}
	if by.key == nil {
		by = identity{certificate: template, key: key}
	}
	raw, err := x509.CreateCertificate(rand.Reader, template, by.certificate, key.Public(), by.key)
	if err != nil {
		return identity{}, err
	}
	certificate, err := x509.ParseCertificate(raw)
	return identity{certificate: certificate, key: key}, err
}

// span is a certificate's time. It begins a day early: the clocks of an office's
// computers are not all right.
func span(now time.Time, days int) (from, to time.Time) {
	from = now.AddDate(0, 0, -1)
	return from, from.AddDate(0, 0, days)
}

// subjects are the names and addresses of a server that is reached as host, and
// from its own machine.
func subjects(host string) (names []string, addresses []net.IP) {
	names, addresses = []string{"localhost"}, slices.Clone(loopback)
	ip := net.ParseIP(host)
	if four := ip.To4(); four != nil {
		ip = four
	}
	switch {
	case ip == nil && host != "localhost":
		names = append(names, host)
	case ip != nil && !slices.ContainsFunc(loopback, ip.Equal):
		addresses = append(addresses, ip)
	}
	return names, addresses
}

// permits says whether an authority was made for host.
func permits(root *x509.Certificate, host string) bool {
	names, addresses := subjects(host)
	if !slices.Equal(root.PermittedDNSDomains, names) {
		return false
	}
	return slices.EqualFunc(root.PermittedIPRanges, addresses, func(r *net.IPNet, ip net.IP) bool { return r.IP.Equal(ip) })
}

// short cuts a name to the 64 characters that a common name may have
// (RFC 5280, appendix A). Hosts are ASCII.
func short(name string) string { return name[:min(len(name), 64)] }
