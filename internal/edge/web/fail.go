package web

import (
	"crypto/rand"
	"encoding/json"
	"errors"
	"net/http"
	"strings"

	"giaoban/internal/base/fault"
)

// failure is an error as it is shown, on a page or as JSON.
type failure struct {
	Kind      string            `json:"kind"`
	Message   string            `json:"message"`
	Fields    map[string]string `json:"fields,omitempty"`
	Reference string            `json:"reference,omitempty"`
	Status    int               `json:"-"`
	Messages  []string          `json:"-"` // of all fields, for the page
	Public    bool              `json:"-"` // it stands in the public page
}

// kinds is what each kind of error answers with.
var kinds = map[fault.Kind]struct {
	status int
	name   string
}{
	fault.Invalid:     {http.StatusUnprocessableEntity, "invalid"},
	fault.NotFound:    {http.StatusNotFound, "not-found"},
	fault.Forbidden:   {http.StatusForbidden, "forbidden"},
	fault.Conflict:    {http.StatusConflict, "conflict"},
	fault.TooLate:     {http.StatusGone, "too-late"},
	fault.Unavailable: {http.StatusServiceUnavailable, "unavailable"},
}

// fail turns an error into the answer. An error outside the vocabulary is
// logged under a reference, and only the reference is shown.
func (f *Frame) fail(r *Request, answer *answer, err error) {
	if errors.Is(err, errGone) || r.Context().Err() != nil {
		return
	}
	var large *http.MaxBytesError
	if errors.As(err, &large) {
		err = fault.New(fault.Invalid, "web.too-large", "limit", large.Limit>>20)
	}
	err = f.config.Ledger.DB().Refusal(err)
	list := fault.All(err)
	r.warn(list)
	if len(list) == 0 {
		reference := r.reference()
		f.config.Log.Error("request failed", "id", reference, "method", method(r.Request), "route", r.route.Pattern,
			"person", r.Actor.Person, "error", err)
		f.measures.failed()
		if answer.status == 0 {
			f.show(r, http.StatusInternalServerError,
				failure{Kind: "unknown", Message: r.T("web.unknown"), Reference: reference})
		}
		return
	}
	r.refused = list
	if answer.status != 0 {
		return // the handler has answered already; two answers would be none
	}
	kind := kinds[list[0].Kind]
	shown := failure{Kind: kind.name, Message: r.T(list[0].Key, list[0].Args...)}
	for _, one := range list {
		message := r.T(one.Key, one.Args...)
		shown.Messages = append(shown.Messages, message)
		if one.Field != "" {
			if shown.Fields == nil {
				shown.Fields = map[string]string{}
			}
			shown.Fields[one.Field] = message
		}
	}
	f.show(r, kind.status, shown)
}

// warn tells operators, once a request, of a refusal that lies with the machine: a
// full disk, a database that is away.
func (r *Request) warn(list fault.List) {
	for _, one := range list {
		if one.Kind == fault.Unavailable && one.Cause != nil && !r.warned {
			r.warned = true
			r.frame.config.Log.Warn("request refused for now", "id", r.reference(), "method", method(r.Request), "route", r.route.Pattern, "error", one.Cause)
		}
	}
}

// show answers with a failure as JSON or as a page.
func (f *Frame) show(r *Request, status int, shown failure) {
	if status == http.StatusServiceUnavailable {
		r.Writer.Header().Set("Retry-After", "30")
	}
	if r.WantsJSON() {
		r.failJSON(status, shown)
		return
	}
	shown.Status = status
	r.layout = &Layout{r: r, Narrow: true, Title: r.T("web.failure." + shown.Kind)}
	if f.config.Dress != nil {
		if err := f.config.Dress(r); err != nil {
			f.config.Log.Error("the error page stands alone", "error", err)
		}
	}
	shown.Public = r.layout.Masthead != ""
	if err := r.RenderStatus(status, f.failure, shown); err != nil && !errors.Is(err, errGone) {
		f.config.Log.Error("the error page failed", "error", err)
		http.Error(r.Writer, shown.Message, status)
	}
}

// failJSON answers a script: {"error": {kind, message, fields, reference}}.
func (r *Request) failJSON(status int, shown failure) {
	if err := r.sendJSON(status, map[string]failure{"error": shown}); err != nil && !errors.Is(err, errGone) {
		r.frame.config.Log.Error("answering with JSON", "error", err)
	}
}

// JSON answers with v as JSON (200).
func (r *Request) JSON(v any) error { return r.sendJSON(http.StatusOK, v) }

func (r *Request) sendJSON(status int, v any) error {
	encoded, err := json.Marshal(v)
	if err != nil {
		return err
	}
	header := r.Writer.Header()
	header.Set("Content-Type", "application/json; charset=utf-8")
	if header.Get("Cache-Control") == "" {
		header.Set("Cache-Control", "private, no-store")
	}
	r.Writer.WriteHeader(status)
	_, err = r.Writer.Write(append(encoded, '\n'))
	return ignoreGone(err)
}

// newReference makes a short name for an error, easy to read out on the
// telephone: letters and digits that look like no other.
func newReference() string {
	text := rand.Text()[:8] // base 32: A-Z, 2-7
	return strings.Join([]string{text[:4], text[4:]}, "-")
}
