package fault

import (
	"errors"
	"fmt"
	"strings"
)

// Kind says what sort of refusal an error is.
type Kind uint8

// The kinds, each with the answer that a browser gets.
const (
	Unknown     Kind = iota // not an error of this vocabulary
	Invalid                 // what was entered breaks a rule (422)
	NotFound                // there is no such thing, or not for this person (404)
	Forbidden               // the person may not do this here (403)
	Conflict                // it changed meanwhile, or was done before (409)
	TooLate                 // the time for it has passed (410)
	Unavailable             // not now; later it may work (503)
)

var names = [...]string{"unknown", "invalid", "not found", "forbidden", "conflict", "too late", "unavailable"}

// String is the kind's name in lower case English, for logs.
func (k Kind) String() string { return names[k] }

// Error is a refusal that the person can understand and act on.
type Error struct {
	Kind  Kind
	Key   string // of the text shown
	Args  []any  // name, value pairs that fill the text's places
	Field string // of the form it belongs to; "" for the whole
	Cause error  // what lay beneath, for the log; may be nil
}

// New makes an error of a kind with a text key and the name, value pairs that
// fill its places.
func New(kind Kind, key string, args ...any) *Error {
	return &Error{Kind: kind, Key: key, Args: args}
}

// At returns a copy of e that belongs to a form's field.
func (e *Error) At(field string) *Error {
	at := *e
	at.Field = field
	return &at
}

// Because returns a copy of e with its cause.
func (e *Error) Because(cause error) *Error {
	with := *e
	with.Cause = cause
	return &with
}

// Error is the text for logs: kind, key, arguments, field and cause.
func (e *Error) Error() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s: %s", e.Kind, e.Key)
	for i := 0; i+1 < len(e.Args); i += 2 {
		fmt.Fprintf(&b, " %v=%v", e.Args[i], e.Args[i+1])
	}
	if e.Field != "" {
		fmt.Fprintf(&b, " (field %s)", e.Field)
	}
	if e.Cause != nil {
		fmt.Fprintf(&b, ": %v", e.Cause)
	}
	return b.String()
}

// Unwrap gives the cause.
func (e *Error) Unwrap() error { return e.Cause }

// List is several errors of one form, in the order of its fields.
type List []*Error

// Error joins the texts for the log.
func (l List) Error() string {
	parts := make([]string, len(l))
	for i, e := range l {
		parts[i] = e.Error()
	}
	return strings.Join(parts, "; ")
}

// Err is the list as an error, nil when it is empty.
func (l List) Err() error {
	if len(l) == 0 {
		return nil
	}
	return l
}

// Is says whether err is of this vocabulary and of the kind.
func Is(err error, kind Kind) bool { return Of(err) == kind }

// Of is the kind of err: Unknown for errors outside the vocabulary, the first
// error's kind for a List.
func Of(err error) Kind {
	if all := All(err); len(all) > 0 {
		return all[0].Kind
	}
	return Unknown
}

// All gives the errors of this vocabulary in err: one, several of a List, or
// none. An Error hides what its cause was.
func All(err error) List {
	var one *Error
	if errors.As(err, &one) {
		return List{one}
	}
	var list List
	if errors.As(err, &list) {
		return list
	}
	return nil
}
