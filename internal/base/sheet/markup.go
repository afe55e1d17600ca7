package sheet

import (
	"bufio"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
)

const (
	deepest      = 64      // levels of elements; spreadsheets have about ten
	longestToken = 1 << 20 // bytes of one tag or one stretch of text
)

// markup reads the tokens of one XML part. It refuses what no spreadsheet
// contains and what attacks a reader: definitions of entities, endless depth,
// endless tags. Names are bare, without the prefix of their namespace, since
// some programs write x:row for row.
type markup struct {
	decoder *xml.Decoder
	source  *meter
	open    []string // the elements around the present place, the outermost first
}

func newMarkup(source io.Reader) *markup {
	counted := &meter{source: source}
	return &markup{decoder: xml.NewDecoder(bufio.NewReaderSize(counted, 32<<10)), source: counted}
}

// Token is the next start, end or text; io.EOF after the last. The text is
// valid until the next call. It makes markup an xml.TokenReader.
func (m *markup) Token() (xml.Token, error) {
	for {
		m.source.sinceToken = 0
		token, err := m.decoder.RawToken()
		if errors.Is(err, io.EOF) && len(m.open) > 0 {
			return nil, fmt.Errorf("reading <%s>: %w", m.open[len(m.open)-1], io.ErrUnexpectedEOF)
		}
		if err != nil {
			return nil, err
		}
		switch t := token.(type) {
		case xml.StartElement:
			if m.open = append(m.open, t.Name.Local); len(m.open) > deepest {
				return nil, fmt.Errorf("elements deeper than %d", deepest)
			}
			return token, nil // not t, which would be copied again
		case xml.EndElement:
			if len(m.open) == 0 || m.open[len(m.open)-1] != t.Name.Local {
				return nil, fmt.Errorf("unexpected </%s>", t.Name.Local)
			}
			m.open = m.open[:len(m.open)-1]
			return token, nil
		case xml.CharData:
			return token, nil
		case xml.Directive:
			return nil, refuse("sheet.definitions")
		}
	}
}

// depth is how many elements are open.
func (m *markup) depth() int { return len(m.open) }

// inside says that the innermost element is called so and stands at a depth.
func (m *markup) inside(name string, depth int) bool {
	return len(m.open) == depth && m.open[depth-1] == name
}

// decodeXML reads a whole part into a structure. A part that is longer than
// any list of sheets or styles seems to break off.
func decodeXML(source io.Reader, into any) error {
	const longest = 32 << 20
	return xml.NewTokenDecoder(newMarkup(io.LimitReader(source, longest))).Decode(into)
}

// meter ends a token that does not end by itself.
type meter struct {
	source     io.Reader
	sinceToken int
}

// Read counts what is read since the last token.
func (m *meter) Read(p []byte) (int, error) {
	if m.sinceToken > longestToken {
		return 0, fmt.Errorf("a tag or text longer than %d bytes", longestToken)
	}
	n, err := m.source.Read(p)
	m.sinceToken += n
	return n, err
}

// attribute is the value of an attribute, "" where there is none.
func attribute(start xml.StartElement, name string) string {
	for _, a := range start.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}
