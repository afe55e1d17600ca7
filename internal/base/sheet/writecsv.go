package sheet

import (
	"bufio"
	"fmt"
	"io"
	"strings"
)

// startsFormula are the first characters that make a spreadsheet program take a
// field for a formula, and the wide forms that some take for them.
var startsFormula = []string{"=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"}

// guard puts an apostrophe before a text that a spreadsheet program would
// calculate, and before one that only looks as if guard had been there: so a
// formula that somebody typed into a form does not run on the desk of whoever
// opens the file.
func guard(text string) string {
	if isFormula(strings.TrimLeft(text, "'")) {
		return "'" + text
	}
	return text
}

// unguard takes away what guard put there. A foreign file's field loses an
// apostrophe only where it stands before such a character, which is where
// people put it for the same reason.
func unguard(text string) string {
	if bare, guarded := strings.CutPrefix(text, "'"); guarded && isFormula(strings.TrimLeft(bare, "'")) {
		return bare
	}
	return text
}

func isFormula(text string) bool {
	for _, start := range startsFormula {
		if strings.HasPrefix(text, start) {
			return true
		}
	}
	return false
}

// WriteCSV writes a sheet as UTF-8 with a byte-order mark, which Excel needs to
// read Vietnamese, commas and CRLF. Texts that begin as a formula does get an
// apostrophe in front, which Read takes away again, so that what was written is
// read back exactly; numbers get none. Dates are ISO dates. Merged ranges are not
// kept. What UTF-8 cannot hold, and zero bytes, become U+FFFD.
func WriteCSV(w io.Writer, s Sheet) error {
	out := bufio.NewWriter(w)
	line := []byte(bomUTF8)
	for row, cells := range s.Rows {
		for column, cell := range cells {
			if isLong(cell.Text) {
				return Address{s.Name, row, column}.refuse("sheet.write.long", "limit", longestText)
			}
			if column > 0 {
				line = append(line, ',')
			}
			line = append(line, csvField(cell)...)
		}
		line = append(line, "\r\n"...)
		if _, err := out.Write(line); err != nil {
			return fmt.Errorf("writing row %d of sheet %q: %w", row+1, s.Name, err)
		}
		line = line[:0]
	}
	if _, err := out.Write(line); err != nil { // the mark, where there are no rows
		return fmt.Errorf("writing sheet %q: %w", s.Name, err)
	}
	if err := out.Flush(); err != nil {
		return fmt.Errorf("writing sheet %q: %w", s.Name, err)
	}
	return nil
}

// csvField is a cell as a field, in quotes where any program might cut it or
// trim it, whatever separator it believes in.
func csvField(cell Cell) string {
	text := clean(cell.Text)
	if cell.Kind == KindText || cell.Kind == KindError {
		text = guard(text)
	}
	if !strings.ContainsAny(text, ",;\t|\"\r\n") && strings.TrimSpace(text) == text && !strings.HasPrefix(text, "sep=") {
		return text
	}
	return `"` + strings.ReplaceAll(text, `"`, `""`) + `"`
}

// clean replaces what no text file can hold by U+FFFD.
func clean(text string) string {
	const replacement = "\uFFFD"
	return strings.ReplaceAll(strings.ToValidUTF8(text, replacement), "\x00", replacement)
}
