package web

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"mime/multipart"
	"net/http"
	"net/url"
	"strings"
	"time"

	"giaoban/internal/base/clock"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/fold"
	"giaoban/internal/base/text"
)

// KeyField is the hidden field with the form's idempotency key.
const KeyField = "key"

// Form is what stands in a form and what is wrong with it. What a person typed
// is kept as typed; the reading methods below collect errors at their fields,
// so that one answer names them all.
type Form struct {
	// ID names the form on its page; the browser keeps an unsent form under it.
	ID string
	// Key is the same for one filling of the form, however often it is sent.
	Key string
	// Values are the fields as typed.
	Values url.Values
	// Errors are what is wrong, in the order in which it was found.
	Errors fault.List

	lang  text.Lang
	zone  *time.Location
	t     func(string, ...any) string
	files map[string][]*multipart.FileHeader
}

// NewForm is an empty form with a fresh idempotency key.
func (r *Request) NewForm(id string) *Form {
	form := &Form{ID: id, Key: rand.Text(), Values: url.Values{}, lang: r.Lang, zone: r.Zone(), t: r.T}
	r.forms = append(r.forms, form)
	return form
}

// Posted is the form as it was sent. Errors: a body that is too large or cannot
// be read.
func (r *Request) Posted(id string) (*Form, error) {
	posted, err := parsePosted(r)
	if err != nil {
		return nil, err
	}
	form := r.NewForm(id)
	form.Values = posted.values
	if key := posted.values.Get(KeyField); key != "" {
		form.Key, r.sent = key, key
	}
	if r.MultipartForm != nil {
		form.files = r.MultipartForm.File
	}
	return form, nil
}

// Set fills a field before the form is shown first. Numbers and dates are
// written as the person's language does.
func (f *Form) Set(name string, value any) *Form {
	f.Values.Set(name, text.Value(f.lang, value))
	return f
}

// Text is a field's words, in NFC and with spaces trimmed and single.
func (f *Form) Text(name string) string { return fold.Name(f.Values.Get(name)) }

// Lines is a field of several lines, in NFC, with its line breaks kept.
func (f *Form) Lines(name string) string {
	lines := strings.Split(strings.ReplaceAll(f.Values.Get(name), "\r\n", "\n"), "\n")
	for i, line := range lines {
		lines[i] = fold.Name(line)
	}
	return strings.TrimSpace(strings.Join(lines, "\n"))
}

// Raw is a field exactly as sent: a password.
func (f *Form) Raw(name string) string { return f.Values.Get(name) }

// All are the values of a field that may be chosen several times.
func (f *Form) All(name string) []string { return f.Values[name] }

// Has says whether something stands in the field.
func (f *Form) Has(name string) bool { return f.Text(name) != "" }

// Checked says whether the box was ticked.
func (f *Form) Checked(name string) bool { return f.Values.Get(name) != "" }

// Need is the field's words; an error stands at the field, and names it by its
// label, when there are none.
func (f *Form) Need(name, label string) string {
	value := f.Text(name)
	if value == "" {
		f.Wrong(fault.New(fault.Invalid, "web.needed", "label", label).At(name))
	}
	return value
}

// Number reads a number as the person's language writes it. ok is false when
// nothing was typed, and when it is none: then an error stands at the field.
func (f *Form) Number(name string) (number text.Decimal, ok bool) {
	if !f.Has(name) {
		return 0, false
	}
	number, err := text.ParseDecimal(f.lang, f.Text(name))
	return number, f.read(name, err)
}

// Whole reads a whole number, as Number does.
func (f *Form) Whole(name string) (number int64, ok bool) {
	decimal, ok := f.Number(name)
	if !ok {
		return 0, false
	}
	if decimal.Decimals() > 0 {
		f.Wrong(fault.New(fault.Invalid, "web.not-whole", "typed", f.Text(name)).At(name))
		return 0, false
	}
	return int64(decimal / text.Whole(1)), true
}

// Date reads a day as people type it; "" when nothing was typed, and when it is
// none: then an error stands at the field.
func (f *Form) Date(name string) clock.Date {
	date, err := text.ParseDate(f.lang, f.Text(name))
	f.read(name, err)
	return date
}

// Moment reads a moment as people type it, in the installation's zone: the first
// that is meant and the first that is not any more. They are zero when nothing was
// typed, and when it is none: then an error stands at the field.
func (f *Form) Moment(name string) (from, to time.Time) {
	from, to, err := text.ParseMoment(f.lang, f.Text(name), f.zone)
	f.read(name, err)
	return from, to
}

// File is a file that was sent; an error that wraps [fs.ErrNotExist] when none
// was. One without content is one: whoever takes it says so.
func (f *Form) File(name string) (*multipart.FileHeader, error) {
	if list := f.files[name]; len(list) > 0 && list[0].Filename != "" {
		return list[0], nil
	}
	return nil, fmt.Errorf("field %q: %w", name, fs.ErrNotExist)
}

// Files are all files that were sent in a field; none when none was.
func (f *Form) Files(name string) (list []*multipart.FileHeader) {
	for _, sent := range f.files[name] {
		if sent.Filename != "" {
			list = append(list, sent)
		}
	}
	return list
}

// read puts the error of reading a field to that field.
func (f *Form) read(name string, err error) bool {
	if err == nil {
		return true
	}
	for _, one := range fault.All(err) {
		f.Wrong(one.At(name))
	}
	return false
}

// Wrong adds an error.
func (f *Form) Wrong(one *fault.Error) { f.Errors = append(f.Errors, one) }

// Refused takes the errors of a use case into the form and says nil, so that the
// handler shows the form again, with what was typed. An error that the person can
// neither mend nor wait for comes back as it is.
func (f *Form) Refused(err error) error {
	for _, kind := range []fault.Kind{fault.Invalid, fault.Conflict, fault.TooLate, fault.Unavailable} {
		if fault.Is(err, kind) {
			f.Errors = append(f.Errors, fault.All(err)...)
			return nil
		}
	}
	return err
}

// OK says whether nothing is wrong so far.
func (f *Form) OK() bool { return len(f.Errors) == 0 }

// Status is what a page with this form answers: 200, with errors 422, or 503 when
// it can only be sent later.
func (f *Form) Status() int {
	switch {
	case f.OK():
		return http.StatusOK
	case f.Errors[0].Kind == fault.Unavailable:
		return http.StatusServiceUnavailable
	}
	return http.StatusUnprocessableEntity
}

// Wrongs are the errors for the list above the form, each with its field's id.
func (f *Form) Wrongs() []Wrong {
	list := make([]Wrong, len(f.Errors))
	for i, one := range f.Errors {
		list[i] = Wrong{Message: f.t(one.Key, one.Args...)}
		if one.Field != "" {
			list[i].ID = f.fieldID(one.Field)
		}
	}
	return list
}

// Wrong is one line of the list of errors.
type Wrong struct {
	Message string
	ID      string // of the field; "" when it is about the whole form
}

// wrongAt are the messages at one field.
func (f *Form) wrongAt(name string) []string {
	var list []string
	for _, one := range f.Errors {
		if one.Field == name {
			list = append(list, f.t(one.Key, one.Args...))
		}
	}
	return list
}

func (f *Form) fieldID(name string) string { return f.ID + "-" + name }

// errNoForm is the mistake of a template that calls field without a form.
var errNoForm = errors.New("field needs a form")
