package web

import (
	"errors"
	"fmt"
	"mime"
	"net/http"
	"net/url"
	"sort"
	"strings"

	"giaoban/internal/base/fault"
)

// Kept is what a person had typed into a form when the session ended. It
// travels in hidden fields over the sign-in, and is then offered to be sent.
// It never holds a password, and cannot hold a file.
type Kept struct {
	Next   string      // where the person wanted to go, or where the form goes
	Fields []KeptField // nil when nothing was sent
	Files  bool        // files were sent with it, and have to be chosen again
}

// KeptField is one field of a form and one of its values.
type KeptField struct{ Name, Value string }

// keptPrefix marks the fields of another form inside the sign-in form.
const keptPrefix = "kept."

// keep takes a copy of the form that r sends.
func keep(r *Request) (*Kept, error) {
	kept := &Kept{Next: r.URL.RequestURI()}
	posted, err := parsePosted(r)
	if err != nil {
		return nil, err
	}
	kept.Files = posted.files
	kept.Fields = keptFields(posted.values)
	return kept, nil
}

// keptFields lists the values that may travel, in a steady order.
func keptFields(values url.Values) []KeptField {
	var list []KeptField
	for name, all := range values {
		if secret(name) {
			continue
		}
		for _, value := range all {
			list = append(list, KeptField{name, value})
		}
	}
	sort.SliceStable(list, func(i, j int) bool { return list[i].Name < list[j].Name })
	return list
}

// secret says whether a field's value must not be written into a page.
func secret(name string) bool {
	name = strings.ToLower(name)
	return strings.Contains(name, "password") || strings.Contains(name, "secret") || name == "passkey"
}

// Kept is what the sign-in page has to carry through: the address to go on to,
// and the form that was kept.
func (r *Request) Kept() *Kept {
	if r.kept != nil {
		return r.kept
	}
	r.kept = &Kept{Next: local(r.Query("next"))}
	if r.Method != http.MethodPost {
		return r.kept
	}
	posted, err := parsePosted(r)
	if err != nil {
		return r.kept // the handler meets the same error when it reads its form
	}
	if next := posted.values.Get("next"); next != "" {
		r.kept.Next = local(next)
	}
	r.kept.Files = posted.values.Get("kept-files") != ""
	inner := url.Values{}
	for name, all := range posted.values {
		if field, ok := strings.CutPrefix(name, keptPrefix); ok {
			inner[field] = all
		}
	}
	r.kept.Fields = keptFields(inner)
	return r.kept
}

// Proceed goes on after somebody signed in: to the page they wanted, or to
// their form with all they had typed, to be sent once more by their own hand.
func (r *Request) Proceed() error {
	kept := r.Kept()
	if len(kept.Fields) == 0 {
		return r.See(kept.Next)
	}
	r.layout.Narrow = true
	r.layout.Title = r.T("web.resume.title")
	return r.Render(r.frame.resume, kept)
}

// posted is a parsed body.
type posted struct {
	values url.Values
	files  bool
}

// multipartMemory is how much of a form with files is kept in memory; the rest
// lies in temporary files.
const multipartMemory = 4 << 20

// parsePosted reads the body of a form, with or without files.
func parsePosted(r *Request) (posted, error) {
	kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil {
		kind = "" // a body of no kind is read as a form, and is then empty
	}
	if kind == "multipart/form-data" {
		err = r.ParseMultipartForm(multipartMemory)
	} else {
		err = r.ParseForm()
	}
	var large *http.MaxBytesError
	if errors.As(err, &large) {
		return posted{}, err
	}
	if err != nil {
		return posted{}, fault.New(fault.Invalid, "web.unreadable").Because(fmt.Errorf("reading the form: %w", err))
	}
	return posted{values: r.PostForm, files: r.MultipartForm != nil && len(r.MultipartForm.File) > 0}, nil
}
