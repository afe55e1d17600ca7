package web

import (
	"errors"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"net/url"

	"giaoban/internal/base/fault"
)

// Bounds of a form that [Request.Receive] reads.
const (
	// swallowed is how much of a file that is refused is read and thrown away, so
	// that the browser gets to read why: one that is cut off shows an error of its
	// own and nothing of what was typed.
	swallowed   = 1 << 30
	longestForm = 1 << 20 // bytes of all fields that are no files
	mostParts   = 200
)

// Receive is as [Request.Posted], for a form with a large file: each file goes to
// take while it arrives, under its field and name, and what take refuses stands in
// the form beside all that was typed. It never lies on disk as a whole unless take
// puts it there. An error that the person cannot mend is given back.
func (r *Request) Receive(id string, take func(field, name string, content io.Reader) error) (*Form, error) {
	form := r.NewForm(id)
	if r.whole != nil { // who asks is known by now, and may be listened to for longer
		r.Body = http.MaxBytesReader(r.Writer, r.whole, swallowed)
	}
	parts, err := r.MultipartReader()
	if err != nil {
		return nil, fault.New(fault.Invalid, "web.unreadable").Because(fmt.Errorf("reading the form: %w", err))
	}
	left := int64(longestForm)
	for range mostParts {
		part, err := parts.NextPart()
		if errors.Is(err, io.EOF) {
			if key := form.Values.Get(KeyField); key != "" {
				form.Key, r.sent = key, key
			}
			return form, nil
		}
		if err != nil {
			return nil, received(err)
		}
		if err := form.receive(part, &left, take); err != nil {
			return nil, err
		}
	}
	return nil, fault.New(fault.Invalid, "web.unreadable")
}

// receive takes one part of a form.
func (f *Form) receive(part *multipart.Part, left *int64, take func(field, name string, content io.Reader) error) error {
	if part.FileName() != "" {
		return f.Refused(take(part.FormName(), part.FileName(), part))
	}
	value, err := io.ReadAll(io.LimitReader(part, *left+1))
	if err != nil {
		return received(err)
	}
	if *left -= int64(len(value)); *left < 0 {
		return fault.New(fault.Invalid, "web.too-large", "limit", longestForm>>20)
	}
	if f.Values == nil {
		f.Values = url.Values{}
	}
	f.Values.Add(part.FormName(), string(value))
	return nil
}

// received says of an error in the middle of a form what the person can mend.
func received(err error) error {
	var large *http.MaxBytesError
	if errors.As(err, &large) {
		return err
	}
	return fault.New(fault.Invalid, "web.unreadable").Because(fmt.Errorf("reading the form: %w", err))
}
