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

	"giaoban/internal/base/fault"
	"giaoban/internal/base/text"
	"giaoban/internal/part/org"
	"giaoban/internal/part/report"
)

// The socket in the data directory lets commands work on an installation that
// is being served. Only the owner of the directory can open it (mode 0600), so
// whoever speaks through it is the command line. An answer is lines of JSON:
// progress, then a result or a refusal in the language that the command speaks.
const (
	socketFile = "giaoban.sock"

	languageHeader = "Accept-Language"
	// databaseHeader names the database that the command was given: a command
	// that means another one than is served here must not work on this one.
	databaseHeader = "Giaoban-Database"
)

// line is one line of an answer.
type line struct {
	Starting bool            `json:"starting,omitempty"` // the answer comes once the program has started
	Done     int             `json:"done,omitempty"`
	Total    int             `json:"total,omitempty"`
	Data     []byte          `json:"data,omitempty"` // the next bytes of a file
	Result   json.RawMessage `json:"result,omitempty"`
	Refused  []refusal       `json:"refused,omitempty"`
	Error    string          `json:"error,omitempty"`
}

// refusal is a fault on its way through the socket: what it says is put into
// words here, where the types of its values are known.
type refusal struct {
	Kind    fault.Kind `json:"kind"`
	Message string     `json:"message"`
	Field   string     `json:"field"`
}

// longestSocket is how many bytes the path of a socket may have: what Linux
// leaves room for, less the final zero, and a little less for other systems.
const longestSocket = 103

// listenSocket opens the socket. The lock on the directory is held, so a socket
// that is there was left behind.
func (a *App) listenSocket() (net.Listener, error) {
	path := a.path(socketFile)
	if len(path) > longestSocket {
		return nil, fault.New(fault.Invalid, "app.directory.long", "dir", a.config.Data, "n", longestSocket-len(socketFile)-1)
	}
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
	mux.HandleFunc("POST /import-units", answer(a, func(r *http.Request, request ImportRequest, progress func(done, total int)) (org.Result, error) {
		return a.ImportUnits(r.Context(), request, progress)
	}))
	mux.HandleFunc("POST /adopt-profile", answer(a, func(r *http.Request, request AdoptRequest, _ func(done, total int)) (Adopted, error) {
		return a.AdoptProfile(r.Context(), request)
	}))
	mux.HandleFunc("POST /set-holidays", answer(a, func(r *http.Request, request HolidaysRequest, _ func(done, total int)) (struct{}, error) {
		return struct{}{}, a.SetHolidays(r.Context(), request)
	}))
	mux.HandleFunc("POST /export-units", answer(a, func(r *http.Request, request ExportRequest, _ func(done, total int)) ([]byte, error) {
		return a.ExportUnits(r.Context(), request)
	}))
	mux.HandleFunc("POST /backup", answerFile(a, func(r *http.Request, _ struct{}, say *speaker) (Backup, error) {
		return a.Backup(r.Context(), say, say.progress)
	}))
	mux.HandleFunc("POST /import-reports", answer(a, func(r *http.Request, request ToldRequest, progress func(done, total int)) (report.ListResult, error) {
		return a.ImportReports(r.Context(), request, progress)
	}))
	mux.HandleFunc("POST /report-form", answer(a, func(r *http.Request, request ToldRequest, _ func(done, total int)) ([]byte, error) {
		return a.ReportForm(r.Context(), request)
	}))
	mux.HandleFunc("POST /verify", answer(a, func(r *http.Request, outside []string, _ func(done, total int)) (Verification, error) {
		return a.Verify(r.Context(), outside...)
	}))
	mux.HandleFunc("POST /checkpoint", answer(a, func(r *http.Request, _ struct{}, _ func(done, total int)) (string, error) {
		return a.Checkpoint(r.Context())
	}))
	mux.HandleFunc("POST /export-proof", answerFile(a, func(r *http.Request, request ProofRequest, say *speaker) (struct{}, error) {
		return struct{}{}, a.ExportProof(r.Context(), request, say, say.progress)
	}))
	a.handleBundles(mux)
	now := http.NewServeMux()
	now.Handle("/", a.afterStart(mux))
	// The doctor waits for nobody: why a start takes long is what he may be asked.
	now.HandleFunc("POST /doctor", answer(a, func(r *http.Request, request DoctorRequest, _ func(done, total int)) ([]Said, error) {
		return a.Doctor(r.Context(), request)
	}))
	return now
}

// afterStart has commands wait until the program has started, and tells them so.
func (a *App) afterStart(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodPost && !a.start.over() {
			_ = (&speaker{w}).line(line{Starting: true}) // whoever went away waits no longer
			select {
			case <-a.start.done:
			case <-r.Context().Done():
				return
			}
		}
		// One that did not start says nothing more: its commands are cut off.
		if r.Method != http.MethodPost || a.start.succeeded() {
			next.ServeHTTP(w, r)
		}
	})
}

// answer makes a handler of a command.
func answer[In, Out any](a *App, do func(*http.Request, In, func(done, total int)) (Out, error)) http.HandlerFunc {
	return answerFile(a, func(r *http.Request, request In, say *speaker) (Out, error) { return do(r, request, say.progress) })
}

// answerFile makes a handler of a command that gives a file on the way.
func answerFile[In, Out any](a *App, do func(*http.Request, In, *speaker) (Out, error)) http.HandlerFunc {
	return answerTaking(a, func(r *http.Request, request In, _ io.Reader, say *speaker) (Out, error) { return do(r, request, say) })
}

// answerTaking makes a handler of a command that brings a file behind its request.
func answerTaking[In, Out any](a *App, do func(*http.Request, In, io.Reader, *speaker) (Out, error)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		say := &speaker{w}
		encoded, err := func() ([]byte, error) {
			if meant := r.Header.Get(databaseHeader); meant != "" && meant != a.config.Database {
				return nil, fault.New(fault.Conflict, "app.database.other", "dir", a.config.Data)
			}
			var request In
			body := json.NewDecoder(r.Body)
			if err := body.Decode(&request); err != nil {
				return nil, fmt.Errorf("reading the command: %w", err)
			}
			result, err := do(r, request, io.MultiReader(body.Buffered(), r.Body), say)
			if err != nil {
				return nil, err
			}
			return json.Marshal(result)
		}()
		last := line{Result: encoded}
		if err != nil {
			last = refused(err, text.Lang(r.Header.Get(languageHeader)))
		}
		// A command that went away reads no more; its work is undone, since its
		// context ends.
		_ = say.line(last)
	}
}

// speaker says lines to a command.
type speaker struct{ to http.ResponseWriter }

func (s *speaker) line(l line) error {
	if err := json.NewEncoder(s.to).Encode(l); err != nil {
		return err
	}
	return http.NewResponseController(s.to).Flush()
}

// progress says how far a command is; to whoever went away, nothing.
func (s *speaker) progress(done, total int) { _ = s.line(line{Done: done, Total: total}) }

// Write sends the next bytes of a file.
func (s *speaker) Write(b []byte) (int, error) { return len(b), s.line(line{Data: b}) }

// refused puts an error into a line.
func refused(err error, lang text.Lang) line {
	faults := fault.All(err)
	texts, missing := Texts()
	if len(faults) == 0 || missing != nil {
		return line{Error: err.Error()}
	}
	var l line
	for _, f := range faults {
		l.Refused = append(l.Refused, refusal{f.Kind, texts.T(lang, f.Key, f.Args...), f.Field})
	}
	return l
}

// remote is an installation that another process serves.
type remote struct {
	config Config
	client *http.Client
}

func newRemote(config Config) *remote {
	path := (&Records{config: config}).path(socketFile)
	return &remote{config: config, client: &http.Client{Transport: &http.Transport{
		DisableKeepAlives: true,
		DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
			return new(net.Dialer).DialContext(ctx, "unix", path)
		},
	}}}
}

// answers says whether the socket is open: a process that does not serve has
// none.
func (c *remote) answers(ctx context.Context) bool {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://giaoban/", nil)
	if err != nil {
		return false
	}
	response, err := c.client.Do(request)
	if err != nil {
		return false
	}
	return response.Body.Close() == nil
}

// ImportUnits has the serving process take a list up.
func (c *remote) ImportUnits(ctx context.Context, r ImportRequest, progress func(done, total int)) (result org.Result, err error) {
	return result, c.call(ctx, "/import-units", r, progress, &result)
}

// ExportUnits has the serving process export the units.
func (c *remote) ExportUnits(ctx context.Context, r ExportRequest) (content []byte, err error) {
	return content, c.call(ctx, "/export-units", r, nil, &content)
}

// ImportReports has the serving process enter what units told.
func (c *remote) ImportReports(ctx context.Context, r ToldRequest, progress func(done, total int)) (result report.ListResult, err error) {
	return result, c.call(ctx, "/import-reports", r, progress, &result)
}

// ReportForm has the serving process make a form to be filled in.
func (c *remote) ReportForm(ctx context.Context, r ToldRequest) (content []byte, err error) {
	return content, c.call(ctx, "/report-form", r, nil, &content)
}

// Verify has the serving process verify the log.
func (c *remote) Verify(ctx context.Context, outside ...string) (v Verification, err error) {
	return v, c.call(ctx, "/verify", outside, nil, &v)
}

// Checkpoint has the serving process give its newest checkpoint.
func (c *remote) Checkpoint(ctx context.Context) (text string, err error) {
	return text, c.call(ctx, "/checkpoint", struct{}{}, nil, &text)
}

// ExportProof has the serving process export the log.
func (c *remote) ExportProof(ctx context.Context, r ProofRequest, to io.Writer, progress func(done, total int)) error {
	return c.callFile(ctx, "/export-proof", r, to, progress, &struct{}{})
}

// doctor has the serving process look itself over.
func (c *remote) doctor(ctx context.Context, request DoctorRequest) (said []Said, err error) {
	return said, c.call(ctx, "/doctor", request, nil, &said)
}

// Backup has the serving process back up.
func (c *remote) Backup(ctx context.Context, to io.Writer, progress func(done, total int)) (made Backup, err error) {
	return made, c.callFile(ctx, "/backup", struct{}{}, to, progress, &made)
}

// Close lets go of the socket, which no command keeps open.
func (c *remote) Close() error { return nil }

func (c *remote) call(ctx context.Context, path string, request any, progress func(done, total int), result any) error {
	return c.callFile(ctx, path, request, io.Discard, progress, result)
}

// callFile calls a command that gives a file on the way.
func (c *remote) callFile(ctx context.Context, path string, request any, to io.Writer, progress func(done, total int), result any) error {
	return c.callBringing(ctx, path, request, http.NoBody, to, progress, result)
}

// callBringing calls a command that is brought a file, too.
func (c *remote) callBringing(ctx context.Context, path string, request any, file io.Reader, to io.Writer, progress func(done, total int), result any) error {
	body, err := json.Marshal(request)
	if err != nil {
		return fmt.Errorf("encoding the command: %w", err)
	}
	asked, err := http.NewRequestWithContext(ctx, http.MethodPost, "http://giaoban"+path, io.MultiReader(bytes.NewReader(body), file))
	if err != nil {
		return err
	}
	asked.Header.Set(languageHeader, string(c.config.Lang))
	asked.Header.Set(databaseHeader, c.config.Database)
	response, err := c.client.Do(asked)
	if err != nil {
		return fmt.Errorf("reaching the giaoban that serves this directory: %w", err)
	}
	defer response.Body.Close()
	lines := json.NewDecoder(response.Body)
	for {
		var l line
		switch err := lines.Decode(&l); {
		case errors.Is(err, io.EOF):
			return fault.New(fault.Unavailable, "app.cut-off")
		case err != nil:
			return fmt.Errorf("reading the answer: %w", err)
		}
		if l.Starting {
			if c.config.Waiting != nil {
				c.config.Waiting()
			}
			continue
		}
		if l.Result != nil {
			return json.Unmarshal(l.Result, result)
		}
		if err := l.err(); err != nil {
			return err
		}
		if _, err := to.Write(l.Data); err != nil {
			return err
		}
		if progress != nil && l.Data == nil {
			progress(l.Done, l.Total)
		}
	}
}

func (l line) err() error {
	if l.Error != "" {
		return errors.New(l.Error)
	}
	var list fault.List
	for _, r := range l.Refused {
		list = append(list, fault.New(r.Kind, "app.said", "message", r.Message).At(r.Field))
	}
	return list.Err()
}
