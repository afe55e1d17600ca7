package browser

import (
	"fmt"
	"io"
	"net"
	"strconv"
	"sync"
	"testing"
)

// cable carries all connections of one profile, as a SOCKS 5 proxy (RFC 1928),
// and can be pulled. Chromium's own emulation of a lost network leaves open
// streams alone, and those are what a live page has to survive.
type cable struct {
	listener net.Listener

	mu     sync.Mutex
	pulled bool
	ends   map[net.Conn]bool // both ends of every open connection
}

func newCable(t testing.TB) *cable {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatalf("laying the browser's cable: %v", err)
	}
	c := &cable{listener: listener, ends: map[net.Conn]bool{}}
	go func() {
		for {
			near, err := listener.Accept()
			if err != nil {
				return // the test has ended
			}
			go c.carry(near)
		}
	}()
	t.Cleanup(func() {
		listener.Close()
		c.pull(true)
	})
	return c
}

// pull breaks all connections and lets no new ones through, or ends that.
func (c *cable) pull(out bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.pulled = out
	if out {
		for end := range c.ends {
			end.Close()
		}
	}
}

// hold remembers an end of a connection; false when the cable is out.
func (c *cable) hold(end net.Conn) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if !c.pulled {
		c.ends[end] = true
	}
	return !c.pulled
}

func (c *cable) release(end net.Conn) {
	end.Close()
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.ends, end)
}

// carry serves one connection of the browser to its end.
func (c *cable) carry(near net.Conn) {
	defer c.release(near)
	if !c.hold(near) {
		return
	}
	address, err := greet(near)
	if err != nil {
		return // the browser thought better of it
	}
	far, err := net.Dial("tcp", address)
	if err != nil {
		return // nobody is there: the browser sees a closed connection
	}
	defer c.release(far)
	if !c.hold(far) {
		return
	}
	go func() {
		// How a connection ends is the affair of its two ends.
		_, _ = io.Copy(far, near)
		far.Close()
	}()
	_, _ = io.Copy(near, far)
}

// greet reads what the browser asks for, says yes, and returns its address.
func greet(near net.Conn) (string, error) {
	head := make([]byte, 2)
	if _, err := io.ReadFull(near, head); err != nil {
		return "", err
	}
	if _, err := io.ReadFull(near, make([]byte, head[1])); err != nil { // its ways to sign in
		return "", err
	}
	if _, err := near.Write([]byte{5, 0}); err != nil { // none is needed
		return "", err
	}
	request := make([]byte, 4) // version, command, 0, kind of address
	if _, err := io.ReadFull(near, request); err != nil {
		return "", err
	}
	length := map[byte]int{1: net.IPv4len, 4: net.IPv6len}[request[3]]
	if request[3] == 3 {
		if _, err := io.ReadFull(near, head[:1]); err != nil {
			return "", err
		}
		length = int(head[0])
	}
	host, port := make([]byte, length), make([]byte, 2)
	if _, err := io.ReadFull(near, host); err != nil {
		return "", err
	}
	if _, err := io.ReadFull(near, port); err != nil {
		return "", err
	}
	name := string(host)
	if request[3] != 3 {
		name = net.IP(host).String()
	}
	if _, err := near.Write([]byte{5, 0, 0, 1, 0, 0, 0, 0, 0, 0}); err != nil {
		return "", fmt.Errorf("answering the browser: %w", err)
	}
	return net.JoinHostPort(name, strconv.Itoa(int(port[0])<<8|int(port[1]))), nil
}
