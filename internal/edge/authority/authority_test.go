package authority_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"fmt"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"giaoban/internal/base/clock"
	"giaoban/internal/base/fault"
	"giaoban/internal/edge/authority"
)

var morning = time.Date(2020, 7, 10, 1, 0, 0, 0, time.UTC)

func TestAClientThatTrustsTheAuthorityConnects(t *testing.T) {
	for host, names := range map[string][]string{
		"giaoban.tinhuy.example": {"giaoban.tinhuy.example", "localhost", "127.0.0.1", "::1"},
		"GiaoBan":                {"giaoban", "localhost"},
		"192.168.1.20":           {"192.168.1.20", "127.0.0.1"},
		"localhost":              {"localhost", "::1"},
	} {
		a := load(t, t.TempDir(), host, clock.NewManual(morning))
		for _, name := range names {
			state, err := connect(a, name, morning)
			if err != nil {
				t.Errorf("made for %s, connecting to %s: %v", host, name, err)
				continue
			}
			if state.NegotiatedProtocol != "h2" {
				t.Errorf("the connection to %s speaks %q, want h2", name, state.NegotiatedProtocol)
			}
		}
		if _, err := connect(a, "other.example", morning); err == nil {
			t.Errorf("made for %s, the server is believed to be other.example", host)
		}
	}
}

func TestTheAuthorityCannotVouchForAnyOtherHost(t *testing.T) {
	dir := t.TempDir()
	a := load(t, dir, "giaoban.tinhuy.example", clock.NewManual(morning))
	root, key := stolen(t, dir)
	for name, want := range map[string]bool{
		"giaoban.tinhuy.example": true, "127.0.0.1": true,
		"bank.example": false, "tinhuy.example": false, "192.168.1.20": false,
	} {
		forged := forge(t, root, key, name)
		_, err := forged.Verify(x509.VerifyOptions{DNSName: name, Roots: trust(a), CurrentTime: morning})
		if believed := err == nil; believed != want {
			t.Errorf("a certificate forged with the authority's key for %s is believed: %v (%v), want %v", name, believed, err, want)
		}
	}
}

func TestTheCertificateIsRenewedAMonthBeforeItsEnd(t *testing.T) {
	dir, machine := t.TempDir(), clock.NewManual(morning)
	a := load(t, dir, "giaoban.example", machine)
	first := serial(t, a, machine)

	machine.Set(morning.AddDate(0, 0, 365))
	if got := serial(t, a, machine); got != first {
		t.Errorf("after 365 days the certificate is %s, want still %s", got, first)
	}
	machine.Set(morning.AddDate(0, 0, 367))
	second := serial(t, a, machine)
	if second == first {
		t.Error("after 367 days of 397 the certificate is still the first")
	}

	again := load(t, dir, "giaoban.example", machine)
	if got := serial(t, again, machine); got != second {
		t.Errorf("after a restart the certificate is %s, want the renewed %s", got, second)
	}
	if a.Fingerprint() != again.Fingerprint() {
		t.Error("the authority changed with the server's certificate: devices would have to trust it anew")
	}
}

func TestTheOldCertificateServesOnWhileRenewalFails(t *testing.T) {
	dir, machine := filepath.Join(t.TempDir(), "authority"), clock.NewManual(morning)
	a := load(t, dir, "giaoban.example", machine)
	first := serial(t, a, machine)
	if err := os.RemoveAll(dir); err != nil {
		t.Fatal(err)
	}
	machine.Set(morning.AddDate(0, 0, 390))
	if got := serial(t, a, machine); got != first {
		t.Errorf("with no place to keep a new one the certificate is %s, want the old %s", got, first)
	}
}

func TestNoCertificateIsLongerThanBrowsersTake(t *testing.T) {
	machine := clock.NewManual(morning)
	a := load(t, t.TempDir(), "giaoban.example", machine)
	state, err := connect(a, "giaoban.example", morning)
	if err != nil {
		t.Fatal(err)
	}
	leaf := state.PeerCertificates[0]
	if got := leaf.NotAfter.Sub(leaf.NotBefore); got > 398*24*time.Hour {
		t.Errorf("the certificate lasts %v, more than 398 days", got)
	}
	if years := a.Ends().Year() - morning.Year(); years != 10 {
		t.Errorf("the authority lasts %d years, want 10", years)
	}
}

func TestTheAuthorityStaysUntilItsHostChangesOrItsTimeEnds(t *testing.T) {
	dir, machine := t.TempDir(), clock.NewManual(morning)
	first := load(t, dir, "giaoban.example", machine).Fingerprint()
	if got := load(t, dir, "giaoban.example", machine).Fingerprint(); got != first {
		t.Errorf("opened again the fingerprint is\n%s, want\n%s", got, first)
	}
	moved := load(t, dir, "hop.example", machine)
	if moved.Fingerprint() == first {
		t.Error("the authority for another host has the same fingerprint")
	}
	if _, err := connect(moved, "hop.example", morning); err != nil {
		t.Errorf("after the host changed: %v", err)
	}
	machine.Set(moved.Ends().AddDate(0, 0, -20))
	late := load(t, dir, "hop.example", machine)
	if !late.Ends().After(moved.Ends()) {
		t.Errorf("20 days before its end on %v the authority was not replaced", moved.Ends())
	}
	if _, err := connect(late, "hop.example", machine.Now()); err != nil {
		t.Errorf("with the new authority: %v", err)
	}
}

func TestOnlyTheOwnerReadsTheKeys(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "authority")
	load(t, dir, "giaoban.example", clock.NewManual(morning))
	about, err := os.Stat(dir)
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]string{".": about.Mode().Perm().String()}
	files, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		about, err := file.Info()
		if err != nil {
			t.Fatal(err)
		}
		got[file.Name()] = about.Mode().Perm().String()
	}
	want := map[string]string{".": "-rwx------", "authority.pem": "-rw-------", "server.pem": "-rw-------"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("modes (-want +got):\n%s", diff)
	}
}

func TestABrokenFileIsNamedAndLeftAlone(t *testing.T) {
	for _, name := range []string{"authority.pem", "server.pem"} {
		dir, machine := t.TempDir(), clock.NewManual(morning)
		load(t, dir, "giaoban.example", machine)
		file := filepath.Join(dir, name)
		whole, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		half := whole[:len(whole)/2]
		if err := os.WriteFile(file, half, 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := authority.Load(dir, "giaoban.example", machine); err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("loading half of %s: %v, want an error with its name", name, err)
		}
		left, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if string(left) != string(half) {
			t.Errorf("%s was replaced", name)
		}
	}
}

func TestAHostIsANameOrAnAddress(t *testing.T) {
	for _, host := range []string{"giaoban.tinhuy.vn", "Giaoban", "localhost", "10.0.0.5", "fd00::1", "a-1.example"} {
		if err := authority.CheckHost(host); err != nil {
			t.Errorf("%q is refused: %v", host, err)
		}
	}
	for _, host := range []string{
		"", "https://giaoban.vn", "giaoban.vn:443", "giao ban", "tỉnh.vn", "-a.vn", "a..vn", "*.vn", "10.0.0.256",
		strings.Repeat("a", 64) + ".vn", strings.Repeat("a.", 127) + "vn",
	} {
		if err := authority.CheckHost(host); !fault.Is(err, fault.Invalid) {
			t.Errorf("%q gives %v, want invalid", host, err)
		}
		if _, err := authority.Load(t.TempDir(), host, clock.Machine); err == nil {
			t.Errorf("an authority was made for %q", host)
		}
	}
}

func TestTheFingerprintIsTheSumOfTheFileThatDevicesGet(t *testing.T) {
	a := load(t, t.TempDir(), "giaoban.example", clock.NewManual(morning))
	groups := strings.Fields(a.Fingerprint())
	if len(groups) != 16 || len(groups[0]) != 4 {
		t.Errorf("the fingerprint is %q, want 16 groups of 4", a.Fingerprint())
	}
	certificate, err := x509.ParseCertificate(a.DER())
	if err != nil {
		t.Fatal(err)
	}
	if block, _ := pem.Decode(a.PEM()); block == nil || string(block.Bytes) != string(certificate.Raw) {
		t.Error("the PEM and the DER form are not the same certificate")
	}
}

func load(t *testing.T, dir, host string, machine clock.Clock) *authority.Authority {
	t.Helper()
	a, err := authority.Load(dir, host, machine)
	if err != nil {
		t.Fatalf("loading the authority for %s: %v", host, err)
	}
	return a
}

// connect makes a TLS connection to a server of the authority by a client that
// trusts it, knows it as name and has the time now.
func connect(a *authority.Authority, name string, now time.Time) (tls.ConnectionState, error) {
	return handshake(a.TLS(), &tls.Config{
		RootCAs: trust(a), ServerName: name, NextProtos: []string{"h2"}, Time: func() time.Time { return now },
	})
}

// handshake lets a server and a client meet over loopback.
func handshake(server, client *tls.Config) (tls.ConnectionState, error) {
	listener, err := tls.Listen("tcp", "127.0.0.1:0", server)
	if err != nil {
		return tls.ConnectionState{}, err
	}
	defer listener.Close()
	go func() {
		near, err := listener.Accept()
		if err != nil {
			return // the client did not come
		}
		defer near.Close()
		// The client's side reports what went wrong.
		_ = near.(*tls.Conn).Handshake()
	}()
	far, err := tls.Dial("tcp", listener.Addr().String(), client)
	if err != nil {
		return tls.ConnectionState{}, err
	}
	defer far.Close()
	return far.ConnectionState(), nil
}

func trust(a *authority.Authority) *x509.CertPool {
	pool := x509.NewCertPool()
	pool.AppendCertsFromPEM(a.PEM())
	return pool
}

// serial is the number of the certificate that the server shows now.
func serial(t *testing.T, a *authority.Authority, machine clock.Clock) string {
	t.Helper()
	state, err := connect(a, a.Host(), machine.Now())
	if err != nil {
		t.Fatalf("connecting on %v: %v", machine.Now(), err)
	}
	return fmt.Sprint(state.PeerCertificates[0].SerialNumber)
}

// stolen reads the authority's own key, as a thief would.
func stolen(t *testing.T, dir string) (*x509.Certificate, *ecdsa.PrivateKey) {
	t.Helper()
	file := filepath.Join(dir, "authority.pem")
	pair, err := tls.LoadX509KeyPair(file, file)
	if err != nil {
		t.Fatal(err)
	}
	return pair.Leaf, pair.PrivateKey.(*ecdsa.PrivateKey)
}

// forge signs a certificate for any name.
func forge(t *testing.T, root *x509.Certificate, by *ecdsa.PrivateKey, name string) *x509.Certificate {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), NotBefore: morning, NotAfter: morning.AddDate(0, 1, 0),
		ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
	}
	if ip := net.ParseIP(name); ip != nil {
		template.IPAddresses = []net.IP{ip}
	} else {
		template.DNSNames = []string{name}
	}
	raw, err := x509.CreateCertificate(rand.Reader, template, root, key.Public(), by)
	if err != nil {
		t.Fatal(err)
	}
	certificate, err := x509.ParseCertificate(raw)
	if err != nil {
		t.Fatal(err)
	}
	return certificate
}
