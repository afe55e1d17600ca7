package server_test

import (
	"crypto/tls"
	"crypto/x509"
	"net"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"github.com/pion/turn/v4"

	"giaoban/internal/base/clock"
	"giaoban/internal/base/testing/livekittest"
	"giaoban/internal/edge/authority"
	"giaoban/internal/edge/media/server"
)

func TestMain(m *testing.M) { livekittest.Main(m) }

// relayed is a LiveKit with a relay, and how somebody comes to that with a password.
func relayed(t *testing.T) (*livekittest.Server, func(user, password string) *turn.Client) {
	t.Helper()
	dir := t.TempDir()
	own, err := authority.Load(dir, "localhost", clock.Machine)
	if err != nil {
		t.Fatal(err)
	}
	s := livekittest.Relayed(t, "localhost", filepath.Join(dir, "server.pem"))
	trusted := x509.NewCertPool()
	trusted.AppendCertsFromPEM(own.PEM())
	return s, func(user, password string) *turn.Client {
		address := net.JoinHostPort("localhost", strconv.Itoa(s.Relay))
		conn, err := tls.Dial("tcp", address, &tls.Config{RootCAs: trusted, MinVersion: tls.VersionTLS12})
		if err != nil {
			t.Fatal(err)
		}
		client, err := turn.NewClient(&turn.ClientConfig{
			TURNServerAddr: address, Conn: turn.NewSTUNConn(conn), Username: user, Password: password, Realm: "giaoban",
		})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { client.Close(); conn.Close() })
		if err := client.Listen(); err != nil {
			t.Fatal(err)
		}
		return client
	}
}

func TestTheRelayIsForThoseWhomLiveKitKnowsAndForTheirTime(t *testing.T) {
	s, come := relayed(t)
	there, err := s.Find()
	if err != nil {
		t.Fatal(err)
	}
	for who, want := range map[string]struct {
		secret string
		lasts  time.Duration
		in     bool
	}{
		"one whom LiveKit sent":            {server.RelaySecret(there.Keys), time.Hour, true},
		"one whom it sent long ago":        {server.RelaySecret(there.Keys), -time.Minute, false},
		"one who guesses":                  {"guessed", time.Hour, false},
		"one who has LiveKit's own secret": {there.Secret, time.Hour, false},
	} {
		user, password, err := turn.GenerateLongTermTURNRESTCredentials(want.secret, "PA_x", want.lasts)
		if err != nil {
			t.Fatal(err)
		}
		_, err = come(user, password).Allocate()
		if in := err == nil; in != want.in {
			t.Errorf("%s is let in: %v (%v), want %v", who, in, err, want.in)
		}
	}
}

// Whoever is let in reaches LiveKit by it and no other machine of the network.
func TestTheRelayLeadsToLiveKitAlone(t *testing.T) {
	s, come := relayed(t)
	there, err := s.Find()
	if err != nil {
		t.Fatal(err)
	}
	user, password, err := turn.GenerateLongTermTURNRESTCredentials(server.RelaySecret(there.Keys), "PA_x", time.Hour)
	if err != nil {
		t.Fatal(err)
	}
	client := come(user, password)
	line, err := client.Allocate()
	if err != nil {
		t.Fatal(err)
	}
	own := line.LocalAddr().(*net.UDPAddr).IP // the relay is where LiveKit is
	if err := client.CreatePermission(&net.UDPAddr{IP: own, Port: 7882}); err != nil {
		t.Errorf("sending to LiveKit at %v is refused: %v", own, err)
	}
	for _, other := range []string{"127.0.0.53", "10.255.0.1", "192.0.2.7"} {
		if err := client.CreatePermission(&net.UDPAddr{IP: net.ParseIP(other), Port: 53}); err == nil {
			t.Errorf("the relay leads to %s, want refused", other)
		}
	}
}
