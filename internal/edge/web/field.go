package web

import (
	"fmt"
	"slices"
)

// Field is one field of a form as the template "field" draws it.
type Field struct {
	Kind     string // text, number, date, moment, area, select, choice, yesno, check, checks, file, password, search, hidden
	Name, ID string
	Label    string
	Hint     string
	Unit     string // stands behind the value: "%", "người"
	Value    string
	Wrong    []string // messages
	Optional bool     // says so beside the label
	Short    bool     // for a number or a date
	Options  []Option

	Autocomplete string
	List         string // id of a datalist with what is suggested
	Accept       string // of a file: ".xlsx,.csv"
	Most         int    // megabytes of a file at most, refused before it is sent; 0 for no bound
	Rows         int    // of an area
	Max          int    // letters at most; 0 for no bound
	Multiple     bool
	Focus        bool // takes the focus when the page opens
	Disabled     bool
}

// Option is one answer to choose.
type Option struct {
	Value, Label, Hint string
	Chosen             bool
}

// DescribedBy is the ids of the hint and the error, for those who listen.
func (f Field) DescribedBy() string {
	ids := ""
	if f.Hint != "" {
		ids = f.ID + "-hint"
	}
	if len(f.Wrong) > 0 {
		if ids != "" {
			ids += " "
		}
		ids += f.ID + "-wrong"
	}
	return ids
}

// field is the template function that makes a field of a form: its kind, name
// and label, and then pairs of the names in set.
func field(form *Form, kind, name, label string, pairs ...any) (Field, error) {
	if form == nil {
		return Field{}, errNoForm
	}
	f := Field{
		Kind: kind, Name: name, Label: label, ID: form.fieldID(name),
		Value: form.Values.Get(name), Wrong: form.wrongAt(name), Rows: 4,
		Short: kind == "number" || kind == "date",
	}
	if len(pairs)%2 != 0 {
		return Field{}, fmt.Errorf("field %q: pairs of name and value, please", name)
	}
	for i := 0; i < len(pairs); i += 2 {
		if err := f.set(pairs[i], pairs[i+1]); err != nil {
			return Field{}, fmt.Errorf("field %q: %w", name, err)
		}
	}
	switch kind {
	case "yesno":
		f.Options = []Option{{Value: "yes", Label: form.t("web.yes")}, {Value: "no", Label: form.t("web.no")}}
	case "password":
		f.Value = "" // a password is never written into a page
	}
	chosen := form.Values[name]
	for i, option := range f.Options {
		f.Options[i].Chosen = option.Chosen && chosen == nil || slices.Contains(chosen, option.Value)
	}
	return f, nil
}

// set takes one named property.
func (f *Field) set(name, value any) error {
	var ok bool
	switch name {
	case "hint":
		f.Hint, ok = value.(string)
	case "unit":
		f.Unit, ok = value.(string)
	case "autocomplete":
		f.Autocomplete, ok = value.(string)
	case "list":
		f.List, ok = value.(string)
	case "accept":
		f.Accept, ok = value.(string)
	case "value": // what stands there when nothing was typed
		var standing string
		if standing, ok = value.(string); f.Value == "" {
			f.Value = standing
		}
	case "options":
		var options []Option
		options, ok = value.([]Option)
		f.Options = slices.Clone(options)
	case "most":
		f.Most, ok = value.(int)
	case "rows":
		f.Rows, ok = value.(int)
	case "max":
		f.Max, ok = value.(int)
	case "optional":
		f.Optional, ok = value.(bool)
	case "short":
		f.Short, ok = value.(bool)
	case "multiple":
		f.Multiple, ok = value.(bool)
	case "focus":
		f.Focus, ok = value.(bool)
	case "disabled":
		f.Disabled, ok = value.(bool)
	default:
		return fmt.Errorf("there is no property %q", name)
	}
	if !ok {
		return fmt.Errorf("property %q cannot be %v", name, value)
	}
	return nil
}
