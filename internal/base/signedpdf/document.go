package signedpdf

import (
	"bytes"
	"fmt"
	"math"
	"strconv"
)

// document is a PDF as its newest cross-reference table has it.
type document struct {
	file    []byte
	newest  int // where the newest table stands
	trailer dict
	places  map[int]int // of objects by their number; 0 for one that was taken out
}

const (
	objectNumbers = 1 << 20 // far more than any paper has
	largestObject = 1 << 20 // bytes, without a stream's; the largest that is read is a signature
)

// open reads the tables of a PDF, from the newest one to the first. Only plain tables are
// known, as they stand in what is given out: a program that appends keeps to them.
func open(file []byte) (document, error) {
	d := document{file: file, places: map[int]int{}}
	var err error
	if d.newest, err = newest(file); err != nil {
		return document{}, err
	}
	for at, last := d.newest, math.MaxInt; ; {
		if at >= last { // each table stands behind the one before it
			return document{}, fmt.Errorf("%w: tables in a circle", errForm)
		}
		trailer, err := d.table(at)
		if err != nil {
			return document{}, err
		}
		if d.trailer == nil {
			d.trailer = trailer
		}
		previous, more := trailer["Prev"]
		if !more {
			return d, nil
		}
		last = at
		if at, err = whole(previous); err != nil {
			return document{}, err
		}
	}
}

// newest is where the newest table stands, by the last line of the file.
func newest(file []byte) (int, error) {
	end := bytes.TrimRight(file, "\r\n")
	end, found := bytes.CutSuffix(end, []byte("%%EOF"))
	at := bytes.LastIndex(end, []byte("startxref"))
	if !found || at < 0 {
		return 0, fmt.Errorf("%w: no last line", errForm)
	}
	place, err := strconv.Atoi(string(bytes.TrimSpace(end[at+len("startxref"):])))
	if err != nil || place < 0 || place >= at {
		return 0, fmt.Errorf("%w: no table is named last", errForm)
	}
	return place, nil
}

// table takes a table up, and gives the dictionary behind it.
func (d document) table(at int) (dict, error) {
	r := &reader{d.file, at}
	if err := r.expect("xref"); err != nil {
		return nil, err
	}
	for {
		token, err := r.token()
		if err != nil {
			return nil, err
		}
		if token == word("trailer") {
			break
		}
		first, err := whole(token)
		if err != nil {
			return nil, err
		}
		if err := d.section(r, first); err != nil {
			return nil, err
		}
	}
	object, err := r.object(0)
	if err != nil {
		return nil, err
	}
	trailer, isDict := object.(dict)
	if !isDict || trailer["XRefStm"] != nil || trailer["Encrypt"] != nil {
		return nil, fmt.Errorf("%w: trailer %v", errForm, object)
	}
	return trailer, nil
}

// section takes up the places of objects whose numbers follow one another.
func (d document) section(r *reader, first int) error {
	count, err := r.whole()
	if err != nil {
		return err
	}
	if first+count > objectNumbers {
		return fmt.Errorf("%w: objects up to %d", errForm, first+count)
	}
	for number := first; number < first+count; number++ {
		place, err := r.whole()
		if err != nil {
			return err
		}
		if _, err := r.whole(); err != nil { // the generation stands at the object, too
			return err
		}
		kind, err := r.token()
		if err != nil || kind != word("n") && kind != word("f") {
			return fmt.Errorf("%w: object %d is %v", errForm, number, kind)
		}
		if _, newer := d.places[number]; newer {
			continue
		}
		if kind == word("f") {
			place = 0
		}
		d.places[number] = place
	}
	return nil
}

// get reads an object by its number; nil for one that is not there.
func (d document) get(number int) (any, error) {
	place := d.places[number]
	if place == 0 {
		return nil, nil
	}
	r := &reader{d.file[:min(len(d.file), place+largestObject)], place}
	stands, err := r.whole()
	if err != nil || stands != number {
		return nil, fmt.Errorf("%w: object %d is not at %d", errForm, number, place)
	}
	if _, err := r.whole(); err != nil {
		return nil, err
	}
	if err := r.expect("obj"); err != nil {
		return nil, err
	}
	object, err := r.object(0)
	if err != nil {
		return nil, err
	}
	switch end, _ := r.token(); end {
	case word("endobj"):
		return object, nil
	case word("stream"):
		if head, isDict := object.(dict); isDict {
			return stream{head}, nil
		}
	}
	return nil, fmt.Errorf("%w: object %d does not end", errForm, number)
}

// follow gives what a reference names, or the object itself. A name of a name is followed
// no further: no program writes one.
func (d document) follow(object any) (any, error) {
	if to, isRef := object.(ref); isRef {
		return d.get(to.number)
	}
	return object, nil
}

// dictAt is the dictionary that an object is, or names; an empty one for none.
func (d document) dictAt(object any) (dict, error) {
	object, err := d.follow(object)
	if err != nil || object == nil {
		return dict{}, err
	}
	found, isDict := object.(dict)
	if !isDict {
		return nil, fmt.Errorf("%w: %v is no dictionary", errForm, object)
	}
	return found, nil
}

// listAt is the array that an object is, or names; none for nothing.
func (d document) listAt(object any) ([]any, error) {
	object, err := d.follow(object)
	if err != nil || object == nil {
		return nil, err
	}
	found, isList := object.([]any)
	if !isList {
		return nil, fmt.Errorf("%w: %v is no array", errForm, object)
	}
	return found, nil
}
