package bench

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"time"
)

// client is a browser that asks for pages over one connection, and leaves them
// packed: what it does itself must not cost much beside what is measured.
type client struct {
	conn   net.Conn
	reader *bufio.Reader
	events *bufio.Reader // of a stream
	host   string
	cookie string
}

func dial(ctx context.Context, host, cookie string) (*client, error) {
	conn, err := new(net.Dialer).DialContext(ctx, "tcp", host)
	if err != nil {
		return nil, err
	}
	return &client{conn: conn, reader: bufio.NewReader(conn), host: host, cookie: cookie}, nil
}

// get asks for a page and gives how many bytes came and how long it took.
func (c *client) get(path string) (size int64, took time.Duration, err error) {
	began := time.Now()
	_, err = fmt.Fprintf(c.conn, "GET %s HTTP/1.1\r\nHost: %s\r\nCookie: %s\r\nAccept-Encoding: gzip\r\n\r\n", path, c.host, c.cookie)
	if err != nil {
		return 0, 0, err
	}
	response, err := http.ReadResponse(c.reader, nil)
	if err != nil {
		return 0, 0, err
	}
	defer response.Body.Close()
	size, err = io.Copy(io.Discard, response.Body)
	if err == nil && response.StatusCode != http.StatusOK {
		err = fmt.Errorf("%s answers %s", path, response.Status)
	}
	return size, time.Since(began), err
}

// stream opens a stream of server-sent events and returns once the greeting has
// come: from then on nothing is missed. Its lines are read from events.
func (c *client) stream(path string) error {
	_, err := fmt.Fprintf(c.conn, "GET %s HTTP/1.1\r\nHost: %s\r\nCookie: %s\r\nAccept: text/event-stream\r\n\r\n", path, c.host, c.cookie)
	if err != nil {
		return err
	}
	response, err := http.ReadResponse(c.reader, nil)
	if err != nil {
		return err
	}
	if response.StatusCode != http.StatusOK {
		return errors.Join(fmt.Errorf("%s answers %s", path, response.Status), response.Body.Close())
	}
	c.events = bufio.NewReaderSize(response.Body, 16<<10) // the body ends with the connection
	for {
		line, err := c.events.ReadString('\n')
		if err != nil {
			return err
		}
		if strings.HasPrefix(line, "data: ") {
			return nil
		}
	}
}
