package bench

import (
	"io"
	"net"
	"time"
)

// slow is a listener on loopback that leads to a server's socket and makes every
// way there take longer.
type slow struct {
	net.Listener
	to    string
	delay time.Duration
}

// listenSlow leads to a unix socket.
func listenSlow(to string, delay time.Duration) (*slow, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	s := &slow{listener, to, delay}
	go s.accept()
	return s, nil
}

func (s *slow) accept() {
	for {
		from, err := s.Accept()
		if err != nil {
			return // closed
		}
		go s.join(from)
	}
}

// join joins a connection with the server; what is asked comes late, what is
// answered does not: a round trip is longer by the delay.
func (s *slow) join(from net.Conn) {
	defer from.Close()
	to, err := net.Dial("unix", s.to)
	if err != nil {
		return // whoever asks sees the connection closed
	}
	defer to.Close()
	go func() {
		defer from.Close()
		_, _ = io.Copy(from, to) // ends when either side goes
	}()
	s.later(from, to)
}

// chunk is what came at once.
type chunk struct {
	due  time.Time
	data []byte
}

// later copies with the delay, without holding back what comes behind.
func (s *slow) later(from io.Reader, to io.Writer) {
	waiting := make(chan chunk, 1024)
	go func() {
		defer close(waiting)
		for {
			data := make([]byte, 32<<10)
			n, err := from.Read(data)
			if err != nil {
				return
			}
			waiting <- chunk{time.Now().Add(s.delay), data[:n]}
		}
	}()
	for c := range waiting {
		time.Sleep(time.Until(c.due))
		if _, err := to.Write(c.data); err != nil {
			return
		}
	}
}
