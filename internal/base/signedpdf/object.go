package signedpdf

import (
	"errors"
	"fmt"
	"reflect"
	"regexp"
	"strconv"
	"strings"
)

// Objects of a PDF are nil, bool, float64, text, name, ref, []any, dict and stream.
type (
	text string
	name string
	dict map[name]any
	ref  struct{ number, generation int }
	// stream is the dictionary of a stream; its bytes are never read.
	stream struct{ head dict }
	// word is what is no object by itself: obj, endobj, R, xref.
	word string
	// mark opens or ends an array or a dictionary.
	mark string
)

// deepest is how far arrays and dictionaries may lie in one another.
const deepest = 40

var errForm = errors.New("not the form of a PDF")

// reader reads objects from a place of a file on.
type reader struct {
	file []byte
	at   int
}

// object reads the object that stands here.
func (r *reader) object(depth int) (any, error) {
	token, err := r.token()
	if err != nil {
		return nil, err
	}
	switch token {
	case mark("<<"):
		return r.dict(depth)
	case mark("["):
		return r.array(depth)
	case word("null"):
		return nil, nil
	case word("true"), word("false"):
		return token == word("true"), nil
	}
	switch token := token.(type) {
	case float64:
		return r.reference(token), nil
	case text, name:
		return token, nil
	}
	return nil, fmt.Errorf("%w: %v at %d", errForm, token, r.at)
}

// reference is the reference that a number begins, or the number.
func (r *reader) reference(first float64) any {
	ahead := *r
	second, _ := ahead.token()
	third, _ := ahead.token()
	generation, isNumber := second.(float64)
	if !isNumber || third != word("R") {
		return first
	}
	*r = ahead
	return ref{int(first), int(generation)}
}

func (r *reader) array(depth int) (any, error) {
	list := []any{}
	for {
		if r.skip("]") {
			return list, nil
		}
		if depth == deepest {
			return nil, fmt.Errorf("%w: too deep at %d", errForm, r.at)
		}
		one, err := r.object(depth + 1)
		if err != nil {
			return nil, err
		}
		list = append(list, one)
	}
}

func (r *reader) dict(depth int) (any, error) {
	d := dict{}
	for {
		if r.skip(">>") {
			return d, nil
		}
		key, err := r.token()
		if err != nil {
			return nil, err
		}
		k, isName := key.(name)
		if !isName || depth == deepest {
			return nil, fmt.Errorf("%w: %v is no key at %d", errForm, key, r.at)
		}
		value, err := r.object(depth + 1)
		if err != nil {
			return nil, err
		}
		if before, twice := d[k]; twice && !reflect.DeepEqual(before, value) { // readers differ in which one holds
			return nil, fmt.Errorf("%w: %s twice at %d", errForm, k, r.at)
		}
		d[k] = value
	}
}

// skip goes past a mark if it stands here.
func (r *reader) skip(want mark) bool {
	ahead := *r
	if token, err := ahead.token(); err != nil || token != want {
		return false
	}
	*r = ahead
	return true
}

// expect goes past a word.
func (r *reader) expect(want word) error {
	if token, err := r.token(); err != nil || token != want {
		return fmt.Errorf("%w: no %s at %d", errForm, want, r.at)
	}
	return nil
}

// match goes past what stands here if it is of a form, and gives its parts; nil where not.
func (r *reader) match(form *regexp.Regexp) []string {
	at := form.FindSubmatchIndex(r.file[r.at:])
	if at == nil {
		return nil
	}
	var parts []string
	for i := 0; i < len(at); i += 2 {
		parts = append(parts, string(r.file[r.at+at[i]:r.at+at[i+1]]))
	}
	r.at += at[1]
	return parts
}

// whole reads a number that counts something.
func (r *reader) whole() (int, error) {
	token, err := r.token()
	if err != nil {
		return 0, err
	}
	return whole(token)
}

func whole(object any) (int, error) {
	n, isNumber := object.(float64)
	if !isNumber || n < 0 || n != float64(int32(n)) {
		return 0, fmt.Errorf("%w: %v is no count", errForm, object)
	}
	return int(n), nil
}

// token reads a number, text, name, mark or word.
func (r *reader) token() (any, error) {
	r.space()
	if r.at >= len(r.file) {
		return nil, fmt.Errorf("%w: it ends", errForm)
	}
	switch c := r.file[r.at]; c {
	case '[', ']':
		r.at++
		return mark(c), nil
	case '/':
		r.at++
		return r.name()
	case '(':
		r.at++
		return r.literal()
	case '<', '>':
		if r.at+1 < len(r.file) && r.file[r.at+1] == c {
			r.at += 2
			return mark([]byte{c, c}), nil
		}
		if c == '<' {
			r.at++
			return r.hex()
		}
	}
	said := r.run()
	if said == "" {
		return nil, fmt.Errorf("%w: %q at %d", errForm, r.file[r.at], r.at)
	}
	if numeric(said) {
		if n, err := strconv.ParseFloat(said, 64); err == nil {
			return n, nil
		}
	}
	return word(said), nil
}

// numeric says whether a run of characters is taken for a number by any reader.
func numeric(said string) bool { return strings.Trim(said, "+-.0123456789") == "" }

// space goes past blanks and comments.
func (r *reader) space() {
	for ; r.at < len(r.file); r.at++ {
		switch {
		case blank(r.file[r.at]):
		case r.file[r.at] == '%':
			for r.at < len(r.file) && r.file[r.at] != '\n' && r.file[r.at] != '\r' {
				r.at++
			}
		default:
			return
		}
	}
}

// run is the plain characters that stand here.
func (r *reader) run() string {
	from := r.at
	for r.at < len(r.file) && !blank(r.file[r.at]) && !delimits(r.file[r.at]) {
		r.at++
	}
	return string(r.file[from:r.at])
}

func (r *reader) name() (any, error) {
	said := []byte(r.run())
	plain := said[:0]
	for i := 0; i < len(said); i++ {
		c := said[i]
		if c == '#' {
			if i+2 >= len(said) || digit(said[i+1]) < 0 || digit(said[i+2]) < 0 {
				return nil, fmt.Errorf("%w: name %q", errForm, said)
			}
			c, i = byte(digit(said[i+1])<<4|digit(said[i+2])), i+2
		}
		plain = append(plain, c)
	}
	return name(plain), nil
}

// hex reads a text of hexadecimal digits.
func (r *reader) hex() (any, error) {
	var said []byte
	half := -1
	for ; r.at < len(r.file); r.at++ {
		c := r.file[r.at]
		switch d := digit(c); {
		case c == '>':
			r.at++
			if half >= 0 {
				said = append(said, byte(half<<4))
			}
			return text(said), nil
		case blank(c):
		case d < 0:
			return nil, fmt.Errorf("%w: %q among digits at %d", errForm, c, r.at)
		case half < 0:
			half = d
		default:
			said, half = append(said, byte(half<<4|d)), -1
		}
	}
	return nil, fmt.Errorf("%w: it ends", errForm)
}

// literal reads a text in parentheses as it stands: what an escape means is of no matter
// here, where it ends is.
func (r *reader) literal() (any, error) {
	from, open := r.at, 1
	for ; r.at < len(r.file); r.at++ {
		switch r.file[r.at] {
		case '\\':
			r.at++
		case '(':
			open++
		case ')':
			if open--; open == 0 {
				r.at++
				return text(r.file[from : r.at-1]), nil
			}
		}
	}
	return nil, fmt.Errorf("%w: it ends", errForm)
}

func digit(c byte) int {
	switch {
	case '0' <= c && c <= '9':
		return int(c - '0')
	case 'a' <= c && c <= 'f':
		return int(c-'a') + 10
	case 'A' <= c && c <= 'F':
		return int(c-'A') + 10
	}
	return -1
}

func blank(c byte) bool {
	return c == 0 || c == '\t' || c == '\n' || c == '\f' || c == '\r' || c == ' '
}

func delimits(c byte) bool {
	switch c {
	case '(', ')', '<', '>', '[', ']', '{', '}', '/', '%':
		return true
	}
	return false
}
