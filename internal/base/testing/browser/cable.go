package browser

import (
	"bytes"
	"fmt"
	"io"
	"net"
	"strconv"
	"sync"
	"testing"
	"time"
)

// cable carries all connections of one profile, as a SOCKS 5 proxy (RFC 1928),
// and can be pulled. Chromium's own emulation of a lost network leaves open
// streams alone, and those are what a live page has to survive.
type cable struct {
	listener net.Listener

	mu     sync.Mutex
	pulled bool
	ends   map[net.Conn]bool // both ends of every open connection
	rate   int               // bytes a second that go either way, of all connections; 0 is no bound
	delay  time.Duration     // each way
	free   [2]time.Time      // when each way has sent what it took up
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
		c.pass(far, near, 0)
		far.Close()
	}()
	c.pass(near, far, 1)
}

// pass carries one way. How a connection ends is the affair of its two ends.
//
// What is taken up and what is written are two goroutines: bytes that are under way do not
// keep those after them from setting out, so delay makes a line late and not thin.
func (c *cable) pass(to, from net.Conn, way int) {
	underWay := make(chan parcel, 1024)
	written := make(chan struct{})
	go func() {
		defer close(written)
		for p := range underWay {
			time.Sleep(time.Until(p.there))
			if _, err := to.Write(p.bytes); err != nil {
				from.Close() // whoever sends learns that nobody takes it
				for range underWay {
				}
				return
			}
		}
	}()
	buffer := make([]byte, 16<<10)
	for {
		n, err := from.Read(buffer[:c.most(len(buffer))])
		sent, there := c.through(way, n)
		underWay <- parcel{bytes.Clone(buffer[:n]), there}
		if err != nil {
			close(underWay)
			<-written
			return
		}
		time.Sleep(time.Until(sent))
	}
}

// parcel is bytes under way, and when they are there.
type parcel struct {
	bytes []byte
	there time.Time
}

// most is how many bytes are taken up at once: on a thin line little, so that what comes
// later waits for what is before it and no longer.
func (c *cable) most(wide int) int {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.rate == 0 {
		return wide
	}
	return max(1, min(wide, c.rate/50))
}

// through is when bytes that are taken up now have all set out, and when they are there;
// the zero time is at once.
func (c *cable) through(way, n int) (sent, there time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	now := time.Now()
	switch {
	case c.rate == 0 && c.delay == 0:
		return time.Time{}, time.Time{}
	case c.rate == 0:
		return now, now.Add(c.delay)
	case c.free[way].Before(now):
		c.free[way] = now
	}
	c.free[way] = c.free[way].Add(time.Duration(n) * time.Second / time.Duration(c.rate))
	return c.free[way], c.free[way].Add(c.delay)
}

func (c *cable) thin(rate int, delay time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.rate, c.delay = rate, delay
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
