package server

import (
	"crypto/hmac"
	"crypto/sha256"
	"crypto/tls"
	"encoding/hex"
	"errors"
	"fmt"
	"net"
	"strconv"
	"sync"

	"github.com/livekit/livekit-server/pkg/config"
	"github.com/livekit/protocol/logger"
	"github.com/livekit/protocol/logger/pionlogger"
	"github.com/pion/turn/v4"

	"giaoban/internal/edge/authority"
	"giaoban/internal/edge/media"
)

// Relay is TURN over TLS (RFC 8656) at a TCP port: the way of picture and sound for sites
// whose firewall lets HTTPS out and nothing else. It is ours and not LiveKit's own, which
// reads its certificate once and names port 443 to browsers whatever it listens on.
type Relay struct {
	Host             string // by which browsers reach it, as giaoban.example.vn; "" for no relay
	Port             int    // 0 for any
	Certificate, Key string // PEM files, read again when they change; one that holds both may be both
}

// realm is what TURN calls those who share a secret.
const realm = "giaoban"

// open opens the relay to LiveKit at ip, and to nobody else. The secret is what
// LiveKit signs the names of those with whom it sends there.
func (r Relay) open(ip net.IP, secret string) (*turn.Server, error) {
	listener, err := tls.Listen("tcp", net.JoinHostPort("", strconv.Itoa(r.Port)), r.shown())
	if err != nil {
		return nil, fmt.Errorf("opening the port of TURN over TLS: %w", err)
	}
	logs := pionlogger.NewLoggerFactory(logger.GetLogger())
	server, err := turn.NewServer(turn.ServerConfig{
		Realm: realm, LoggerFactory: logs,
		AuthHandler: turn.LongTermTURNRESTAuthHandler(secret, logs.NewLogger("turn")),
		ListenerConfigs: []turn.ListenerConfig{{
			Listener:              listener,
			RelayAddressGenerator: &turn.RelayAddressGeneratorStatic{RelayAddress: ip, Address: "0.0.0.0"},
			PermissionHandler:     func(_ net.Addr, peer net.IP) bool { return peer.Equal(ip) },
		}},
	})
	if err != nil {
		return nil, errors.Join(fmt.Errorf("starting TURN over TLS: %w", err), listener.Close())
	}
	return server, nil
}

// shown is the certificate as it is when somebody comes. It may be made after the
// media process has started.
func (r Relay) shown() *tls.Config {
	var mu sync.Mutex
	var given *tls.Config
	return &tls.Config{MinVersion: tls.VersionTLS12, GetConfigForClient: func(*tls.ClientHelloInfo) (*tls.Config, error) {
		mu.Lock()
		defer mu.Unlock()
		if given != nil {
			return given, nil
		}
		files, err := authority.FromFiles(r.Certificate, r.Key)
		if err != nil {
			return nil, err
		}
		files.NextProtos = nil // it speaks no HTTP
		given = files
		return given, nil
	}}
}

// told has LiveKit send browsers to the relay.
func (r Relay) told(secret string) config.TURNServer {
	return config.TURNServer{Host: r.Host, Port: r.Port, Protocol: "tls", Secret: secret}
}

// relaySecret is that of the relay, which follows from LiveKit's own.
func relaySecret(keys media.Keys) string {
	sum := hmac.New(sha256.New, []byte(keys.Secret))
	sum.Write([]byte("turn")) // a hash never fails
	return hex.EncodeToString(sum.Sum(nil))
}
