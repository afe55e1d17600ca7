package prose

import (
	"bytes"
	"strings"
)

// looksLike says whether two runs are read as one.
func (r Run) looksLike(other Run) bool {
	return !r.Break && !other.Break && r.Figure == nil && other.Figure == nil &&
		r.Bold == other.Bold && r.Italic == other.Italic && r.Link == other.Link
}

// normal is the line in its normal form: runs that look the same are one, none is
// empty, white space is single and not at an end, two breaks do not follow each other.
// An empty line is nil.
func (l Line) normal() Line {
	var s setter
	for _, run := range l {
		switch {
		case run.Break:
			s.end()
		case run.Figure != nil:
			s.figure(run)
		default:
			s.add(run)
		}
	}
	s.trim()
	s.close()
	return s.line
}

// setter sets runs into a line. The text of the last one may still grow: a paste has
// thousands of spans in one look, and each is copied once.
type setter struct {
	line Line
	text []byte // of the last run, while it is open
	open bool
}

// add sets a run of text behind the others.
func (s *setter) add(run Run) {
	said := collapsed(shown(run.Text))
	spaced := s.spaced()
	if s.open && s.line[len(s.line)-1].looksLike(run) {
		if spaced {
			said = strings.TrimPrefix(said, " ")
		}
		s.text = append(s.text, said...)
		return
	}
	if said = begun(said, spaced); said == "" {
		return
	}
	s.close()
	run.Text = ""
	s.line, s.text, s.open = append(s.line, run), append(s.text[:0], said...), true
}

// spaced says whether a space would be one too many.
func (s *setter) spaced() bool {
	if s.open {
		return s.text[len(s.text)-1] == ' '
	}
	return len(s.line) == 0 || s.line[len(s.line)-1].Break
}

// figure sets a figure.
func (s *setter) figure(run Run) {
	if run.Text = words(run.Text); run.Text == "" {
		return
	}
	s.close()
	bound := *run.Figure
	bound.Moment = moment(bound.Moment)
	run.Figure = &bound
	s.line = append(s.line, run)
}

// end sets a break, unless there is nothing before it or another one.
func (s *setter) end() {
	s.trim()
	s.close()
	if len(s.line) > 0 {
		s.line = append(s.line, Run{Break: true})
	}
}

// close ends the text of the last run.
func (s *setter) close() {
	if s.open {
		s.line[len(s.line)-1].Text = composed(string(s.text))
		s.open = false
	}
}

// trim takes a space from the end of the line, and a break.
func (s *setter) trim() {
	if s.open {
		s.text = bytes.TrimSuffix(s.text, []byte(" "))
		if len(s.text) > 0 {
			return
		}
		s.line, s.open = s.line[:len(s.line)-1], false
	}
	last := len(s.line) - 1
	if last < 0 {
		s.line = nil
		return
	}
	if s.line[last].Break {
		s.line = s.line[:last]
		return
	}
	s.line[last].Text = strings.TrimSuffix(s.line[last].Text, " ")
}

// plain is the line in runs that are not bold: what is bold by its place.
func (l Line) plain() Line {
	light := make(Line, len(l))
	for i, run := range l {
		run.Bold = false
		light[i] = run
	}
	return light.normal()
}

// text is the line as plain text, a break as a line's end.
func (l Line) text() string {
	var b strings.Builder
	for _, run := range l {
		if run.Break {
			b.WriteByte('\n')
		}
		b.WriteString(run.Text)
	}
	return b.String()
}
