package signedpdf

import (
	"bytes"
	"fmt"
	"math"
	"regexp"
	"strconv"
)

// document is a PDF as its newest cross-reference table has it.
type document struct {
	file    []byte
	tables  []int       // where they stand, from the newest on
	trailer dict        // of the newest
	places  map[int]int // of objects by their number; 0 for one that was taken out
}

const (
	objectNumbers = 1 << 20        // far more than any paper has
	mostTables    = 4 * mostSigned // each may be read by the way of all others
	largestObject = 1 << 20        // bytes, without a stream's; the largest that is read is a signature
	entryLength   = 20             // of a line of a table, in bytes
)

// What stands in a table is taken only as it has to be written (ISO 32000-1, 7.5.4): readers
// differ in what they make of anything else.
var (
	tableForm   = regexp.MustCompile(`^xref *(?:\r\n|\n|\r)`)
	sectionForm = regexp.MustCompile(`^[\x00\t\n\f\r ]*(\d{1,7}) +(\d{1,7}) *(?:\r\n|\n|\r)`)
	entryForm   = regexp.MustCompile(`^(\d{10}) (\d{5}) ([nf])(?: \n| \r|\r\n)$`)
	trailerForm = regexp.MustCompile(`^[\x00\t\n\f\r ]*trailer`)
)

// open reads the tables of a PDF, from the newest one to the first. Only plain tables are
// known, as they stand in what is given out: a program that appends keeps to them.
func open(file []byte) (document, error) {
	d := document{file: file, places: map[int]int{}}
	at, err := newest(file)
	if err != nil {
		return document{}, err
	}
	for last := math.MaxInt; ; {
		if at >= last || len(d.tables) == mostTables { // each table stands behind the one before it
			return document{}, fmt.Errorf("%w: tables in a circle, or too many", errForm)
		}
		trailer, err := d.table(at)
		if err != nil {
			return document{}, err
		}
		if d.tables = append(d.tables, at); d.trailer == nil {
			d.trailer = trailer
		}
		previous, more := trailer["Prev"]
		if !more {
			return d, d.complete()
		}
		last = at
		if at, err = whole(previous); err != nil {
			return document{}, err
		}
	}
}

// complete refuses objects beyond the size that the newest trailer names: some readers drop them.
func (d document) complete() error {
	size, err := whole(d.trailer["Size"])
	if err != nil {
		return err
	}
	for number := range d.places {
		if number >= size {
			return fmt.Errorf("%w: object %d of %d", errForm, number, size)
		}
	}
	return nil
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
	if r.match(tableForm) == nil {
		return nil, fmt.Errorf("%w: no table at %d", errForm, at)
	}
	listed := map[int]bool{}
	for head := r.match(sectionForm); head != nil; head = r.match(sectionForm) {
		first, _ := strconv.Atoi(head[1]) // of seven digits
		count, _ := strconv.Atoi(head[2])
		if err := d.section(r, first, count, listed); err != nil {
			return nil, err
		}
	}
	if r.match(trailerForm) == nil {
		return nil, fmt.Errorf("%w: no trailer at %d", errForm, r.at)
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

// section takes up the places of objects whose numbers follow one another. Listed are those
// that stand in the table: readers differ in which place holds of an object that stands twice.
func (d document) section(r *reader, first, count int, listed map[int]bool) error {
	if first+count > objectNumbers {
		return fmt.Errorf("%w: objects up to %d", errForm, first+count)
	}
	for number := first; number < first+count; number++ {
		entry := entryForm.FindSubmatch(r.file[r.at:min(r.at+entryLength, len(r.file))])
		if entry == nil || listed[number] {
			return fmt.Errorf("%w: the place of object %d", errForm, number)
		}
		r.at += entryLength
		listed[number] = true
		place, _ := strconv.Atoi(string(entry[1])) // of ten digits
		switch free := entry[3][0] == 'f'; {
		case free && number == 1 && first == 1: // taken for the place of object 0 by some
			return fmt.Errorf("%w: a table that begins with no object", errForm)
		case free:
			place = 0
		case string(entry[2]) != "00000":
			return fmt.Errorf("%w: object %d of generation %s", errForm, number, entry[2])
		}
		if _, newer := d.places[number]; !newer {
			d.places[number] = place
		}
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
	if err != nil || stands != number || digit(d.file[place]) < 0 {
		return nil, fmt.Errorf("%w: object %d is not at %d", errForm, number, place)
	}
	if generation, err := r.whole(); err != nil || generation != 0 {
		return nil, fmt.Errorf("%w: object %d of another generation", errForm, number)
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
	to, isRef := object.(ref)
	if !isRef {
		return object, nil
	}
	if to.generation != 0 {
		return nil, fmt.Errorf("%w: object %d of generation %d", errForm, to.number, to.generation)
	}
	return d.get(to.number)
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
