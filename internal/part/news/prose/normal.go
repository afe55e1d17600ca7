package prose

import (
	"fmt"
	"regexp"
	"time"
	"unicode/utf8"

	"giaoban/internal/base/fault"
)

// Field is the form's field that faults of a document belong to.
const Field = "body"

// refuse is a fault of a document.
func refuse(key string, args ...any) *fault.Error {
	return fault.New(fault.Invalid, key, args...).At(Field)
}

// unreadable is the fault of what no editor of ours makes; why is for the log.
func unreadable(why string, args ...any) error {
	return fault.New(fault.Invalid, "prose.unreadable").At(Field).Because(fmt.Errorf(why, args...))
}

// normal is the document in its normal form. It fails with an Invalid fault at Field
// for what breaks a rule of the structure or its bounds.
func (d Document) normal() (Document, error) {
	var clean Document
	for i, block := range d.Blocks {
		block, some, err := block.normal()
		if err != nil {
			return Document{}, fmt.Errorf("block %d: %w", i+1, err)
		}
		if some {
			clean.Blocks = append(clean.Blocks, block)
		}
	}
	return clean, clean.bounded()
}

// bounded refuses a document that is too long.
func (d Document) bounded() error {
	characters, runs := 0, 0
	for line := range d.lines() {
		runs += len(line)
		for _, run := range line {
			characters += utf8.RuneCountInString(run.Text) + len(run.Link)
		}
	}
	for picture := range d.Pictures() {
		characters += utf8.RuneCountInString(picture.Caption + picture.Credit + picture.Alt)
	}
	if characters > MaxCharacters || runs > MaxRuns || len(d.Blocks) > MaxBlocks {
		return refuse("prose.long", "most", MaxCharacters)
	}
	return nil
}

// normal is the block in its normal form; some is false when there is nothing in it.
func (b Block) normal() (clean Block, some bool, err error) {
	if b.set() != 1 {
		return Block{}, false, unreadable("%d kinds in one block", b.set())
	}
	switch {
	case b.Heading != nil:
		b.Heading, err = b.Heading.normal()
	case b.Paragraph != nil:
		b.Paragraph, err = b.Paragraph.normal()
	case b.List != nil:
		b.List, err = b.List.normal()
	case b.Table != nil:
		b.Table, err = b.Table.normal()
	case b.Quote != nil:
		b.Quote, err = b.Quote.normal()
	case b.Picture != nil:
		b.Picture, err = b.Picture.normal()
	}
	return b, b.set() == 1, err
}

// set counts the kinds that the block has.
func (b Block) set() (count int) {
	for _, there := range []bool{b.Heading != nil, b.Paragraph != nil, b.List != nil, b.Table != nil, b.Quote != nil, b.Picture != nil, b.Rule != nil} {
		if there {
			count++
		}
	}
	return count
}

func (h *Heading) normal() (*Heading, error) {
	if h.Level != 2 && h.Level != 3 {
		return nil, unreadable("a heading of level %d", h.Level)
	}
	line, err := h.Line.checked()
	if line = line.plain(); len(line) == 0 || err != nil {
		return nil, err
	}
	return &Heading{Level: h.Level, Line: line}, nil
}

func (p *Paragraph) normal() (*Paragraph, error) {
	line, err := p.Line.checked()
	if len(line) == 0 || err != nil {
		return nil, err
	}
	return &Paragraph{Line: line}, nil
}

func (q *Quote) normal() (*Quote, error) {
	var lines []Line
	for _, line := range q.Lines {
		line, err := line.checked()
		if err != nil {
			return nil, err
		}
		if len(line) > 0 {
			lines = append(lines, line)
		}
	}
	if len(lines) == 0 {
		return nil, nil
	}
	return &Quote{Lines: lines}, nil
}

// fileID is the form of a stored file's id.
var fileID = regexp.MustCompile(`^[0-9A-Za-z_-]{1,128}$`)

func (p *Picture) normal() (*Picture, error) {
	if !fileID.MatchString(p.File) {
		return nil, unreadable("a picture of the file %q", p.File)
	}
	clean := &Picture{File: p.File, Caption: words(p.Caption), Credit: words(p.Credit), Alt: words(p.Alt), Decorative: p.Decorative}
	if clean.Decorative {
		clean.Alt = ""
	}
	return clean, nil
}

// Clean is a picture that stands alone as it stands in a document. It fails as [Decode]
// does.
func (p *Picture) Clean() (*Picture, error) {
	clean, err := Document{Blocks: []Block{{Picture: p}}}.normal()
	if err != nil {
		return nil, err
	}
	return clean.Blocks[0].Picture, nil
}

// checked is the line in its normal form, its links and figures checked.
func (l Line) checked() (Line, error) {
	safe := make(Line, len(l))
	for i, run := range l {
		if run.Break && run != (Run{Break: true}) {
			return nil, unreadable("a break that is something else too")
		}
		if run.Link != "" {
			link, ok := Link(run.Link)
			if !ok {
				return nil, refuse("prose.link", "link", words(run.Link))
			}
			run.Link = link
		}
		if run.Figure != nil && !run.Figure.sound() {
			return nil, unreadable("a figure bound to %+v", *run.Figure)
		}
		safe[i] = run
	}
	return safe.normal(), nil
}

// key is the form of a milestone's and a level's key.
var key = regexp.MustCompile(`^[0-9A-Za-z][0-9A-Za-z._-]{0,99}$`)

// sound says whether the figure can be looked up on a board.
func (f *Figure) sound() bool {
	year := f.Moment.UTC().Year()
	return f.Directive > 0 && f.Unit > 0 && key.MatchString(f.Milestone) && (f.Level == "" || key.MatchString(f.Level)) &&
		(f.Kind == Done || f.Kind == Total || f.Kind == Percent) && year >= 2000 && year < 3000
}

// moment is a time as figures have it.
func moment(t time.Time) time.Time { return t.UTC().Truncate(time.Microsecond) }
