package prose

import (
	"reflect"
	"strings"
)

// Typed reads what a form's field holds: the structure in JSON where the editor was
// there, else plain text. It fails as [Decode] does.
func Typed(field string) (Document, error) {
	if strings.HasPrefix(field, `{"version":`) {
		return Decode([]byte(field))
	}
	return FromText(field)
}

// Field is the document as a form's field holds it: as plain text where that says it
// all, so that it can be changed without the editor; else as JSON, and plain is false.
// Typed of it is the document.
func (d Document) Field() (field string, plain bool, err error) {
	text := d.Text()
	again, err := Typed(text)
	if err == nil && reflect.DeepEqual(d, again) {
		return text, true, nil
	}
	stored, err := d.Encode()
	return string(stored), false, err
}
