package livekittest

import (
	"strconv"
	"testing"

	"giaoban/internal/edge/media/server"
)

// Relayed is as Supervised, with TURN over TLS at a free port, reached by host, with the
// certificate and key of a file.
func Relayed(t testing.TB, host, certificate string) *Server {
	t.Helper()
	dir, port := newDir(t), free(t).Port
	s := supervise(t, dir, append(Arguments(dir), host, strconv.Itoa(port), certificate))
	s.Relay = port
	return s
}

// relayOf is the relay of arguments as Relayed gives them; none of none.
func relayOf(arguments []string) server.Relay {
	if len(arguments) != 3 {
		return server.Relay{}
	}
	port, err := strconv.Atoi(arguments[1])
	if err != nil {
		panic(err) // Relayed wrote it
	}
	return server.Relay{Host: arguments[0], Port: port, Certificate: arguments[2], Key: arguments[2]}
}
