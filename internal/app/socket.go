package app

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"net/http"
	"os"
	"path/filepath"

	"giaoban/internal/base/fault"
)

// The socket in the data directory lets commands work on an installation that
// is being served. Only the owner of the directory can open it (mode 0600), so
// whoever speaks through it is the command line. An answer is lines of JSON:
// progress, then a result or a refusal.
const socketName = "giaoban.sock"

// line is one line of an answer.
type line struct {
	Done   int             `json:"done,omitempty"`
	Total  int             `json:"total,omitempty"`
	Result json.RawMessage `json:"result,omitempty"`
	Faults []wireFault     `json:"faults,omitempty"`
	Error  string          `json:"error,omitempty"`
}

// wireFault is a fault on its way through the socket.
type wireFault struct {
	Kind  fault.Kind `json:"kind"`
	Key   string     `json:"key"`
	Args  []any      `json:"args"`
	Field string     `json:"field"`
}

// Reach opens an installation for a command, through the process that serves it
// when there is one.
func Reach(ctx context.Context, config Config) (Commands, error) {
	a, err := Open(ctx, config)
	if !errors.Is(err, ErrServed) {
		return a, err
	}
	return &remote{path: filepath.Join(config.Data, socketName)}, nil
}

// listenSocket opens the socket. The lock on the directory is held, so a socket
// that is there was left behind.
func (a *App) listenSocket() (net.Listener, error) {
	path := filepath.Join(a.config.Data, socketName)
	if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("removing the old socket: %w", err)
	}
	listener, err := net.Listen("unix", path)
	if err != nil {
		return nil, fmt.Errorf("opening the socket for commands: %w", err)
	}
	if err := os.Chmod(path, 0o600); err != nil {
		return nil, errors.Join(fmt.Errorf("closing the socket to others: %w", err), listener.Close())
	}
	return listener, nil
}

// commandHandler answers what comes through the socket.
func (a *App) commandHandler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("POST /import-units", answer(func(r *http.Request, request ImportRequest, progress func(done, total int)) (ImportResult, error) {
		return a.ImportUnits(r.Context(), request, progress)
	}))
	mux.HandleFunc("POST /export-units", answer(func(r *http.Request, request ExportRequest, _ func(done, total int)) ([]byte, error) {
		return a.ExportUnits(r.Context(), request)
	}))
	mux.HandleFunc("POST /verify", answer(func(r *http.Request, _ struct{}, _ func(done, total int)) (Verification, error) {
		return a.Verify(r.Context())
	}))
	return mux
}

// answer makes a handler of a command.
func answer[In, Out any](do func(*http.Request, In, func(done, total int)) (Out, error)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		var request In
		if err := json.NewDecoder(r.Body).Decode(&request); err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		write := func(l line) {
			// A command that went away reads no more; the work goes on or is undone
			// by its own rules.
			_ = json.NewEncoder(w).Encode(l)
			_ = http.NewResponseController(w).Flush()
		}
		result, err := do(r, request, func(done, total int) { write(line{Done: done, Total: total}) })
		if err != nil {
			write(refusal(err))
			return
		}
		encoded, err := json.Marshal(result)
		if err != nil {
			write(refusal(err))
			return
		}
		write(line{Result: encoded})
	}
}

func refusal(err error) line {
	var l line
	for _, f := range fault.All(err) {
		l.Faults = append(l.Faults, wireFault{f.Kind, f.Key, f.Args, f.Field})
	}
	if len(l.Faults) == 0 {
		l.Error = err.Error()
	}
	return l
}

// remote is an installation that another process serves.
type remote struct{ path string }

// ImportUnits has the serving process import a list.
func (c *remote) ImportUnits(ctx context.Context, r ImportRequest, progress func(done, total int)) (result ImportResult, err error) {
	return result, c.call(ctx, "/import-units", r, progress, &result)
}

// ExportUnits has the serving process export the units.
func (c *remote) ExportUnits(ctx context.Context, r ExportRequest) (content []byte, err error) {
	return content, c.call(ctx, "/export-units", r, nil, &content)
}

// Verify has the serving process verify the log.
func (c *remote) Verify(ctx context.Context) (v Verification, err error) {
	return v, c.call(ctx, "/verify", struct{}{}, nil, &v)
}

// Close lets go of the socket.
func (c *remote) Close() error { return nil }

func (c *remote) call(ctx context.Context, path string, request any, progress func(done, total int), result any) error {
	body, err := json.Marshal(request)
	if err != nil {
		return fmt.Errorf("encoding the command: %w", err)
	}
	client := http.Client{Transport: &http.Transport{
		DisableKeepAlives: true,
		DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
			return new(net.Dialer).DialContext(ctx, "unix", c.path)
		},
	}}
	asked, err := http.NewRequestWithContext(ctx, http.MethodPost, "http://giaoban"+path, bytes.NewReader(body))
	if err != nil {
		return err
	}
	response, err := client.Do(asked)
	if err != nil {
		return fmt.Errorf("reaching the giaoban that serves this directory: %w", err)
	}
	defer response.Body.Close()
	lines := json.NewDecoder(response.Body)
	for {
		var l line
		switch err := lines.Decode(&l); {
		case errors.Is(err, io.EOF):
			return errors.New("the giaoban that serves this directory gave no answer")
		case err != nil:
			return fmt.Errorf("reading the answer: %w", err)
		}
		if l.Result != nil {
			return json.Unmarshal(l.Result, result)
		}
		if err := l.err(); err != nil {
			return err
		}
		if progress != nil {
			progress(l.Done, l.Total)
		}
	}
}

func (l line) err() error {
	if l.Error != "" {
		return errors.New(l.Error)
	}
	var list fault.List
	for _, f := range l.Faults {
		list = append(list, &fault.Error{Kind: f.Kind, Key: f.Key, Args: f.Args, Field: f.Field})
	}
	return list.Err()
}
