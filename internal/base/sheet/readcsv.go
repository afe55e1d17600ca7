package sheet

import (
	"bytes"
	"encoding/binary"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// The marks at the beginning of a text that tell how it is encoded.
const (
	bomUTF8  = "\xEF\xBB\xBF"
	bomSmall = "\xFF\xFE" // UTF-16, the smaller byte first
	bomLarge = "\xFE\xFF"
)

// readCSV reads a text of separated values as the one sheet of its file.
func readCSV(name string, content []byte, limits Limits) (Sheet, error) {
	s := Sheet{Name: name}
	text, err := decodeText(content)
	if err != nil {
		return s, err
	}
	separator, text := separatorOf(text)
	g := newGrid(limits)
	g.begin(&s)
	fields := fieldReader{text: text, separator: separator}
	row, column := 0, 0
	for fields.more() {
		value, last, closed := fields.next()
		if !closed {
			return s, Address{name, row, column}.refuse("sheet.quote")
		}
		if value = unguard(value); value != "" {
			if err := g.put(row, column, Text(value)); err != nil {
				return s, err
			}
		}
		if column++; last {
			row, column = row+1, 0
		}
	}
	return s, g.end()
}

// decodeText gives the text of a file: UTF-8, or UTF-16 with its mark. Old
// encodings of Vietnamese are refused, since they cannot be told apart with
// certainty and a wrong guess would spoil names silently.
func decodeText(content []byte) (string, error) {
	var text string
	switch {
	case bytes.HasPrefix(content, []byte(bomSmall)):
		text = decodeUTF16(content[len(bomSmall):], binary.LittleEndian)
	case bytes.HasPrefix(content, []byte(bomLarge)):
		text = decodeUTF16(content[len(bomLarge):], binary.BigEndian)
	default:
		text = string(bytes.TrimPrefix(content, []byte(bomUTF8)))
	}
	switch {
	case strings.IndexByte(text, 0) >= 0:
		return "", refuse("sheet.notSpreadsheet")
	case !utf8.ValidString(text):
		return "", refuse("sheet.encoding")
	case text == "":
		return "", refuse("sheet.empty")
	}
	return text, nil
}

// decodeUTF16 is not valid UTF-8 if the content is not valid UTF-16.
func decodeUTF16(content []byte, order binary.ByteOrder) string {
	const broken = "\xFF"
	if len(content)%2 != 0 {
		return broken
	}
	text := make([]byte, 0, len(content))
	for ; len(content) > 0; content = content[2:] {
		r := rune(order.Uint16(content))
		if utf16.IsSurrogate(r) {
			if len(content) < 4 {
				return broken
			}
			if r = utf16.DecodeRune(r, rune(order.Uint16(content[2:]))); r == utf8.RuneError {
				return broken
			}
			content = content[2:]
		}
		text = utf8.AppendRune(text, r)
	}
	return string(text)
}

// separators are those that are looked for, the rarest in names first.
const separators = "\t;,"

// separatorOf finds the separator of a text: what its first line sep=; says,
// and the rest of the text is given; else the one that cuts most of the first
// rows, which are the headings and the rows like them, into equally many
// fields. Of equals the one that makes more fields counts, then the one that is
// rarer in names.
func separatorOf(text string) (separator byte, rest string) {
	if separator, rest, ok := declaredSeparator(text); ok {
		return separator, rest
	}
	separator = ','
	mostRows, mostFields := 0, 0
	for i, counts := range countSeparators(text) {
		rows, fields := usual(counts)
		if rows > mostRows || rows == mostRows && fields > mostFields {
			separator, mostRows, mostFields = separators[i], rows, fields
		}
	}
	return separator, text
}

// declaredSeparator reads the line by which Excel is told the separator. It
// belongs to no row.
func declaredSeparator(text string) (separator byte, rest string, ok bool) {
	after, found := strings.CutPrefix(text, "sep=")
	if !found || after == "" || after[0] >= utf8.RuneSelf || strings.IndexByte("\"\r\n", after[0]) >= 0 {
		return 0, "", false
	}
	for _, end := range []string{"\r\n", "\n", "\r"} {
		if rest, ok := strings.CutPrefix(after[1:], end); ok {
			return after[0], rest, true
		}
	}
	return 0, "", false
}

// countSeparators counts, for each of the separators, how many of the first
// rows contain it how many times outside quotes. A quote opens after any of
// them, so that the count does not hang on which one is right.
func countSeparators(text string) (counts [len(separators)]map[int]int) {
	const look, far = 30, 64 << 10 // rows, bytes
	for i := range counts {
		counts[i] = map[int]int{}
	}
	var inRow [len(separators)]int
	quoted, fieldBegins, left := false, true, look
	for _, letter := range []byte(text[:min(len(text), far)] + "\n") {
		at := strings.IndexByte(separators, letter)
		switch {
		case letter == '"' && (quoted || fieldBegins):
			quoted = !quoted
			fieldBegins = !quoted // a second quote just behind belongs to the field and opens it again
			continue
		case quoted:
			continue
		case at >= 0:
			inRow[at]++
		case letter == '\r', letter == '\n':
			if inRow == [len(separators)]int{} {
				break // an empty row, or the second half of CRLF
			}
			for i, n := range inRow {
				counts[i][n]++
			}
			inRow = [len(separators)]int{}
			if left--; left == 0 {
				return counts
			}
		}
		fieldBegins = at >= 0 || letter == '\r' || letter == '\n'
	}
	return counts
}

// usual is the most usual number of fields above one among the rows, and how
// many rows have it.
func usual(counts map[int]int) (rows, fields int) {
	for separators, n := range counts {
		if separators > 0 && (n > rows || n == rows && separators >= fields) {
			rows, fields = n, separators+1
		}
	}
	return rows, fields
}

// fieldReader cuts a text into fields. It is lenient as Excel is: a quote
// inside a field that does not begin with one is part of it, and what follows a
// closing quote is added to the field.
type fieldReader struct {
	text      string // what is left
	separator byte
	after     bool // a separator was the last thing read, so a field follows, even an empty one
}

func (f *fieldReader) more() bool { return f.text != "" || f.after }

// next is the next field, whether it ends its row, and whether its quote was
// closed.
func (f *fieldReader) next() (value string, last, closed bool) {
	f.after = false
	if !strings.HasPrefix(f.text, `"`) {
		value, last = f.upToEnd()
		return value, last, true
	}
	f.text = f.text[1:]
	for end := 0; ; end += len(`""`) {
		quote := strings.IndexByte(f.text[end:], '"')
		if quote < 0 {
			f.text = ""
			return "", true, false
		}
		if end += quote; strings.HasPrefix(f.text[end:], `""`) {
			continue
		}
		value = strings.ReplaceAll(f.text[:end], `""`, `"`)
		f.text = f.text[end+1:]
		rest, last := f.upToEnd()
		return value + rest, last, true
	}
}

// upToEnd takes the text up to the next separator or end of row.
func (f *fieldReader) upToEnd() (value string, last bool) {
	for i := 0; i < len(f.text); i++ {
		switch f.text[i] {
		case f.separator:
			value, f.text, f.after = f.text[:i], f.text[i+1:], true
			return value, false
		case '\r', '\n':
			end := i + 1
			if strings.HasPrefix(f.text[i:], "\r\n") {
				end++
			}
			value, f.text = f.text[:i], f.text[end:]
			return value, true
		}
	}
	value, f.text = f.text, ""
	return value, true
}
