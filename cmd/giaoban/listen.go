package main

import (
	"errors"
	"net"
	"os"
	"strings"
	"syscall"

	"giaoban/internal/base/fault"
)

// listening says where to serve.
type listening struct {
	Listen string `help:"Where to listen. On loopback plain HTTP, elsewhere HTTPS. Port 0 takes any free one." default:"127.0.0.1:8420" placeholder:"HOST:PORT"`
}

// open opens the port, or says in words why it cannot be.
func (l listening) open() (net.Listener, error) {
	if _, _, err := net.SplitHostPort(l.Listen); err != nil {
		return nil, errUsage("--listen: " + err.Error() + "; it is HOST:PORT, as 127.0.0.1:8420")
	}
	listener, err := net.Listen("tcp", l.Listen)
	if errors.Is(err, syscall.EADDRINUSE) {
		return nil, fault.New(fault.Unavailable, "cli.listen.taken", "address", l.Listen).Because(err)
	}
	if err != nil {
		return nil, fault.New(fault.Unavailable, "cli.listen.refused", "address", l.Listen, "why", listenReason(err)).Because(err)
	}
	return listener, nil
}

// listenReason is the system's word alone, without the calls it came from.
func listenReason(err error) string {
	var call *os.SyscallError
	if errors.As(err, &call) {
		return call.Err.Error()
	}
	var operation *net.OpError
	if errors.As(err, &operation) {
		return operation.Err.Error()
	}
	return err.Error()
}

// loopback says whether only this machine can reach a listener.
func loopback(listener net.Listener) bool {
	address, ok := listener.Addr().(*net.TCPAddr)
	return ok && address.IP.IsLoopback()
}

// wildcard says whether an address is every address of the machine.
func wildcard(listen string) bool {
	host, _, err := net.SplitHostPort(listen)
	return err == nil && (host == "" || strings.Trim(host, "0.:[]") == "")
}
