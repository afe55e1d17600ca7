package media

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"path/filepath"
	"time"
)

// hold is a media process that this program holds.
type hold struct {
	greeting
	conn   net.Conn
	reader *bufio.Reader
}

// take connects with the media process of a directory and sees that its LiveKit answers. Where the
// process answers and its LiveKit does not, hold and error are both there.
func take(ctx context.Context, dir string) (*hold, error) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	conn, err := new(net.Dialer).DialContext(ctx, "unix", filepath.Join(dir, socketFile))
	if err != nil {
		return nil, err
	}
	h := &hold{conn: conn, reader: bufio.NewReader(conn)}
	deadline, _ := ctx.Deadline()
	err = conn.SetReadDeadline(deadline)
	var line []byte
	if err == nil {
		line, err = h.reader.ReadBytes('\n')
	}
	if err == nil {
		err = json.Unmarshal(line, &h.greeting)
	}
	if err == nil {
		err = conn.SetReadDeadline(time.Time{})
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("hearing from the media process: %w", err), conn.Close())
	}
	return h, h.answers(ctx)
}

// answers asks LiveKit whether it is well.
func (h *hold) answers(ctx context.Context) error {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, h.URL, nil)
	if err != nil {
		return err
	}
	response, err := client.Do(request)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		return fmt.Errorf("LiveKit at %s answers %s", h.URL, response.Status)
	}
	return nil
}

// lost returns when the process has gone, or ctx ends; then it is let go.
func (h *hold) lost(ctx context.Context) {
	defer context.AfterFunc(ctx, func() { h.conn.Close() })()
	_, _ = io.Copy(io.Discard, h.reader) // however it ends, the process is not held any more
	h.conn.Close()
}

// stop tells the process to end and returns when it has.
func (h *hold) stop(ctx context.Context) error {
	if _, err := fmt.Fprintln(h.conn, stopWord); err != nil {
		return fmt.Errorf("stopping the media process: %w", err)
	}
	h.lost(ctx)
	return ctx.Err()
}

// Stop ends the media process of a directory for good, whoever started it; where
// there is none, nothing happens.
func Stop(ctx context.Context, dir string) error {
	h, err := take(ctx, dir)
	if h == nil {
		if errors.As(err, new(*net.OpError)) {
			return nil // nobody is there
		}
		return err
	}
	return h.stop(ctx)
}
