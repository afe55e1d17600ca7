package signedpdf

import (
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"giaoban/internal/base/fault"
)

// mostSigned is how many signatures a paper may bear, and places where they are seen.
const mostSigned = 20

// largestPlace is how much of a page signatures may be seen on together, in square points: a
// quarter of A4, so that they do not cover what the paper says.
const largestPlace = 595 * 842 / 4

// update is what was appended to a PDF that was given out.
type update struct{ given, now document }

// signatures are the dictionaries of the signatures that were added, in the form's order.
// Invalid at "file": something else was added or changed.
func (u update) signatures() ([]dict, error) {
	was, err := u.given.dictAt(u.given.trailer["Root"])
	if err != nil {
		return nil, err
	}
	is, err := u.now.dictAt(u.now.trailer["Root"])
	if err != nil {
		return nil, err
	}
	// What the form, proofs for later years and notes on the file itself say is never seen
	// on a page.
	if !u.same(was, is, "AcroForm", "DSS", "Perms", "Extensions", "Version", "Metadata") {
		return nil, changed("the catalog")
	}
	pages, err := u.given.pages(was["Pages"], 0)
	if err != nil {
		return nil, err
	}
	if err := u.untouched(pages, was); err != nil {
		return nil, err
	}
	found, values, err := u.now.signed(is["AcroForm"])
	if err != nil {
		return nil, err
	}
	return found, u.seen(pages, values)
}

func changed(what any) error {
	return fault.New(fault.Invalid, "signedpdf.changed").Because(fmt.Errorf("changed: %v", what)).At("file")
}

// same says whether a dictionary says now what it said, but for some keys.
func (u update) same(was, is dict, but ...name) bool {
	return u.sameKeys(was, is, 0, but...)
}

func (u update) sameKeys(was, is dict, depth int, but ...name) bool {
	for _, d := range []dict{was, is} {
		for key := range d {
			if !slices.Contains(but, key) && !u.alike(was[key], is[key], depth+1) {
				return false
			}
		}
	}
	return true
}

// alike says whether an object says now what it said: programs write in place what was a
// reference before.
func (u update) alike(was, is any, depth int) bool {
	if reflect.DeepEqual(was, is) {
		return true
	}
	before, wasRef := was.(ref)
	after, isRef := is.(ref)
	if depth == deepest || wasRef && isRef {
		return false
	}
	var err error
	switch {
	case wasRef:
		was, err = u.given.follow(before)
	case isRef:
		is, err = u.now.follow(after)
	}
	if err != nil {
		return false
	}
	switch was := was.(type) {
	case dict:
		is, isDict := is.(dict)
		return isDict && u.sameKeys(was, is, depth)
	case []any:
		is, isList := is.([]any)
		return isList && slices.EqualFunc(was, is, func(a, b any) bool { return u.alike(a, b, depth+1) })
	}
	return reflect.DeepEqual(was, is)
}

// untouched refuses an update that replaces objects other than pages, the catalog and notes
// on the file itself. Of pages and the catalog is decided by what they say.
func (u update) untouched(pages []int, catalog dict) error {
	free := map[int]bool{}
	for _, number := range pages {
		free[number] = true
	}
	for _, object := range []any{u.given.trailer["Root"], u.given.trailer["Info"], catalog["Metadata"]} {
		if to, isRef := object.(ref); isRef {
			free[to.number] = true
		}
	}
	for number, place := range u.given.places {
		if place != 0 && u.now.places[number] != place && !free[number] {
			return changed(fmt.Sprintf("object %d", number))
		}
	}
	return u.open(free)
}

// open refuses objects that no table names, or no longer: a reader that mends a file or does
// without its tables finds each object where it stands last.
func (u update) open(free map[int]bool) error {
	last, trailers, err := u.now.standing(len(u.given.file))
	if err != nil {
		return err
	}
	for number, at := range last {
		if u.given.places[number] != 0 && !free[number] || u.now.places[number] != at {
			return changed(fmt.Sprintf("object %d at %d", number, at))
		}
	}
	for _, at := range u.now.tables {
		if at >= len(u.given.file) {
			trailers--
		}
	}
	if trailers != 0 {
		return changed("a trailer without a table")
	}
	return nil
}

// standing is where the last object of each number stands behind a place of the file, by the
// words that it begins with, and how many trailers. What looks so inside of texts and streams
// counts too: readers differ in where these end. Objects inside of streams are refused.
func (d document) standing(behind int) (last map[int]int, trailers int, err error) {
	type number struct {
		at   int
		said string
	}
	var before, now number
	last = map[int]int{}
	for r := (&reader{d.file, behind}); ; {
		if r.space(); r.at >= len(r.file) {
			return last, trailers, nil
		}
		at := r.at
		said := r.run()
		if said != "" && numeric(said) {
			before, now = now, number{at, said}
			continue
		}
		switch {
		case said == "":
			if r.at++; r.file[at] != '/' {
				break
			}
			if kind, err := r.name(); err == nil && (kind == name("ObjStm") || kind == name("XRef")) {
				return nil, 0, changed("objects in a stream")
			}
		case strings.HasPrefix(said, "trailer"):
			trailers++
		case strings.HasPrefix(said, "obj") && before.said != "":
			n, err := strconv.Atoi(before.said)
			if err != nil || strings.Trim(now.said, "0") != "" {
				return nil, 0, changed("object " + before.said + " " + now.said)
			}
			last[n] = before.at
		}
		before, now = number{}, number{}
	}
}

// pages are the numbers of the pages below a node of the tree of pages.
func (d document) pages(node any, depth int) (list []int, err error) {
	to, isRef := node.(ref)
	if !isRef || depth == deepest {
		return nil, fmt.Errorf("%w: page %v", errForm, node)
	}
	said, err := d.dictAt(node)
	if err != nil {
		return nil, err
	}
	if said["Kids"] == nil {
		return []int{to.number}, nil
	}
	kids, err := d.listAt(said["Kids"])
	if err != nil {
		return nil, err
	}
	for _, kid := range kids {
		below, err := d.pages(kid, depth+1)
		if err != nil {
			return nil, err
		}
		list = append(list, below...)
	}
	return list, nil
}

// signed are the signatures of a form, and the references to them.
func (d document) signed(form any) (found []dict, values []any, err error) {
	said, err := d.dictAt(form)
	if err != nil {
		return nil, nil, err
	}
	for key := range said {
		if !slices.Contains([]name{"Fields", "SigFlags", "DR", "DA", "Q", "NeedAppearances"}, key) {
			return nil, nil, changed("the form's " + key)
		}
	}
	fields, err := d.listAt(said["Fields"])
	if err != nil {
		return nil, nil, err
	}
	if len(fields) > mostSigned {
		return nil, nil, changed(fmt.Sprintf("%d fields", len(fields)))
	}
	for _, field := range fields {
		f, err := d.dictAt(field)
		if err != nil {
			return nil, nil, err
		}
		if f["FT"] != name("Sig") || f["V"] == nil {
			return nil, nil, changed("a field that is no signature")
		}
		value, err := d.dictAt(f["V"])
		if err != nil {
			return nil, nil, err
		}
		found, values = append(found, value), append(values, f["V"])
	}
	return found, values, nil
}

// seen refuses pages that changed in more than places where signatures are seen.
func (u update) seen(pages []int, values []any) error {
	left := mostSigned
	for _, number := range pages {
		if u.now.places[number] == u.given.places[number] {
			continue
		}
		was, err := u.given.dictAt(ref{number: number})
		if err != nil {
			return err
		}
		is, err := u.now.dictAt(ref{number: number})
		if err != nil {
			return err
		}
		if !u.same(was, is, "Annots") {
			return changed(fmt.Sprintf("page %d", number))
		}
		before, err := u.given.listAt(was["Annots"])
		if err != nil {
			return err
		}
		notes, err := u.now.listAt(is["Annots"])
		if err != nil {
			return err
		}
		if len(notes) < len(before) || !slices.EqualFunc(notes[:len(before)], before, reflect.DeepEqual) {
			return changed("notes on a page")
		}
		if left -= len(notes) - len(before); left < 0 {
			return changed("many notes on pages")
		}
		covered := 0.0
		for _, note := range notes[len(before):] {
			area, err := u.now.place(note, values)
			if err != nil {
				return err
			}
			if covered += area; covered > largestPlace {
				return changed("signatures over what the paper says")
			}
		}
	}
	return nil
}

// place refuses a note on a page that is not where one of the signatures is seen, and
// says how much of the page it is, in square points.
func (d document) place(note any, values []any) (area float64, err error) {
	said, err := d.dictAt(note)
	if err != nil {
		return 0, err
	}
	field := said
	if said["V"] == nil {
		if field, err = d.dictAt(said["Parent"]); err != nil {
			return 0, err
		}
	}
	if said["Subtype"] != name("Widget") || said["A"] != nil || said["AA"] != nil || !contains(values, field["V"]) {
		return 0, changed("a note on a page")
	}
	sides, err := d.listAt(said["Rect"])
	if err != nil {
		return 0, err
	}
	var at [4]float64
	for i, side := range sides {
		n, isNumber := side.(float64)
		if !isNumber || i == len(at) {
			return 0, changed("where a signature is seen")
		}
		at[i] = n
	}
	wide, high := at[2]-at[0], at[3]-at[1]
	if wide < 0 || high < 0 {
		return 0, changed("where a signature is seen")
	}
	return wide * high, nil
}

func contains(values []any, value any) bool {
	return value != nil && slices.ContainsFunc(values, func(one any) bool { return reflect.DeepEqual(one, value) })
}
