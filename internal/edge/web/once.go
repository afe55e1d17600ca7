package web

import (
	"crypto/sha256"
	"fmt"
	"slices"
	"sync"
	"time"

	"giaoban/internal/base/clock"
)

// sentLife is how long a form that was sent is known for one sent before: a
// double click, a retry over a bad line, the back button.
const sentLife = 10 * time.Minute

// once remembers the forms of routes that are done once, with the answer that
// each led to. That nothing is done twice, the use cases see to by themselves;
// here the second sending gets the answer of the first, and not a refusal of
// what the person has just done.
type once struct {
	clock clock.Clock

	mu    sync.Mutex
	forms map[[sha256.Size]byte]*sentForm
}

// sentForm is a form that somebody sent. Whoever holds mu is answering it.
type sentForm struct {
	mu      sync.Mutex
	at      time.Time
	path    string // where its answer led; "" while it was not taken
	notices []string
}

func newOnce(machine clock.Clock) *once {
	return &once{clock: machine, forms: map[[sha256.Size]byte]*sentForm{}}
}

// handle runs a route's handler for a form, or repeats what it answered to the
// very same form of the same person. A form without a key is always handled.
func (o *once) handle(r *Request) error {
	posted, err := parsePosted(r)
	if err != nil || posted.values.Get(KeyField) == "" {
		return r.route.Handle(r) // which meets the same error
	}
	form := o.form(sha256.Sum256(fmt.Appendf(nil, "%d %s %s", r.Actor.Person, r.URL.RequestURI(), posted.values.Encode())))
	form.mu.Lock()
	defer form.mu.Unlock()
	if form.path != "" {
		r.sent, r.notices = posted.values.Get(KeyField), slices.Clone(form.notices)
		return r.See(form.path)
	}
	err = r.route.Handle(r)
	form.path, form.notices = r.went, slices.Clone(r.notices)
	return err
}

// form gives what is known of a form, and forgets the old ones.
func (o *once) form(sum [sha256.Size]byte) *sentForm {
	o.mu.Lock()
	defer o.mu.Unlock()
	now := o.clock.Now()
	for other, form := range o.forms {
		if now.Sub(form.at) > sentLife {
			delete(o.forms, other)
		}
	}
	form := o.forms[sum]
	if form == nil {
		form = &sentForm{at: now}
		o.forms[sum] = form
	}
	return form
}
