package sheet

import (
	"maps"
	"slices"
	"strings"
	"unicode"

	"giaoban/internal/base/fault"
	"giaoban/internal/base/fold"
)

// headingRows is how many rows are searched for the headings.
const headingRows = 30

// Header says where the headings of a table stand.
type Header struct {
	Row     int            // the row of headings; the table begins below it
	Columns map[string]int // the columns found, by their key
}

// FindHeader finds the row of headings: of the first 30 rows the first one that
// has most of the wanted columns. So title rows above are skipped. The synonyms
// are the headings that a column may have, in any language, by the column's
// key; headings compare without capitals, marks, punctuation and repeated
// spaces, and also without what stands in brackets. A heading wanted by two
// keys goes to the first of them in alphabetical order.
//
// Columns that are missing are for the caller to judge. It is a fault.Invalid
// that no row has any, and, at its cell, that two columns have one heading; the
// header is then given with the first.
func FindHeader(s *Sheet, synonyms map[string][]string) (Header, error) {
	wanted := map[string]string{}
	for _, key := range slices.Sorted(maps.Keys(synonyms)) {
		for _, synonym := range synonyms[key] {
			if heading := headingKey(synonym); wanted[heading] == "" {
				wanted[heading] = key
			}
		}
	}
	var best Header
	var problems fault.List
	for row := range s.Rows[:min(len(s.Rows), headingRows)] {
		columns, twice := matchRow(s.Rows[row], wanted)
		if len(columns) > len(best.Columns) {
			best, problems = Header{Row: row, Columns: columns}, twice
		}
	}
	if len(best.Columns) == 0 {
		return best, refuse("sheet.header.missing", "sheet", s.Name, "wanted", firstSynonyms(synonyms))
	}
	return best, problems.Err()
}

// matchRow finds the wanted columns of one row.
func matchRow(cells []Cell, wanted map[string]string) (columns map[string]int, twice fault.List) {
	columns = map[string]int{}
	for column, cell := range cells {
		key := wanted[headingKey(cell.Text)]
		if key == "" {
			key = wanted[headingKey(withoutBrackets(cell.Text))]
		}
		if key == "" {
			continue
		}
		if first, found := columns[key]; found {
			twice = append(twice, cell.Refuse("sheet.header.twice", "heading", strings.TrimSpace(cell.Text), "first", cells[first].At.Ref()))
			continue
		}
		columns[key] = column
	}
	return columns, twice
}

// headingKey is the form in which headings compare: the letters and digits of
// the folded text, one space between words.
func headingKey(text string) string {
	return strings.Join(strings.FieldsFunc(fold.Key(text), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r)
	}), " ")
}

// withoutBrackets is the text without remarks such as "(bắt buộc)".
func withoutBrackets(text string) string {
	var b strings.Builder
	depth := 0
	for _, r := range text {
		switch r {
		case '(', '[':
			depth++
		case ')', ']':
			depth = max(0, depth-1)
		default:
			if depth == 0 {
				b.WriteRune(r)
			}
		}
	}
	return b.String()
}

// firstSynonyms names the wanted columns for a complaint.
func firstSynonyms(synonyms map[string][]string) string {
	var names []string
	for _, key := range slices.Sorted(maps.Keys(synonyms)) {
		if len(synonyms[key]) > 0 {
			names = append(names, synonyms[key][0])
		}
	}
	return strings.Join(names, ", ")
}
