package sheet

import (
	"strconv"
	"strings"

	"giaoban/internal/base/fault"
)

// The size of the largest table that Excel can hold.
const (
	excelRows    = 1_048_576
	excelColumns = 16_384
)

// Address says where a cell stands: the sheet, and row and column counted
// from 0.
type Address struct {
	Sheet  string
	Row    int
	Column int
}

// Ref is the address inside its sheet as spreadsheets write it: B7.
func (a Address) Ref() string { return ColumnName(a.Column) + strconv.Itoa(a.Row+1) }

// String is the address with its sheet: Danh sách!B7. It is the field of every
// error at a cell.
func (a Address) String() string { return a.Sheet + "!" + a.Ref() }

// ParseAddress reads what String wrote, such as the field of an error.
func ParseAddress(s string) (Address, bool) {
	cut := strings.LastIndexByte(s, '!')
	if cut < 0 {
		return Address{}, false
	}
	row, column, ok := parseRef(s[cut+1:])
	return Address{Sheet: s[:cut], Row: row, Column: column}, ok
}

func (a Address) refuse(key string, args ...any) *fault.Error {
	all := append([]any{"sheet", a.Sheet, "cell", a.Ref()}, args...)
	return fault.New(fault.Invalid, key, all...).At(a.String())
}

// Range is a rectangle of cells; all four are inside it and count from 0.
type Range struct{ Top, Left, Bottom, Right int }

// String is the range as spreadsheets write it: A1:D1.
func (r Range) String() string {
	return Address{Row: r.Top, Column: r.Left}.Ref() + ":" + Address{Row: r.Bottom, Column: r.Right}.Ref()
}

func parseRange(s string) (Range, bool) {
	from, to, two := strings.Cut(s, ":")
	top, left, ok := parseRef(from)
	if !two || !ok {
		return Range{}, false
	}
	bottom, right, ok := parseRef(to)
	return Range{top, left, bottom, right}, ok && top <= bottom && left <= right
}

// ColumnName is the name of a column counted from 0: A, B, ... Z, AA, AB.
func ColumnName(column int) string {
	var name [8]byte
	at := len(name)
	for n := column + 1; n > 0 && at > 0; n = (n - 1) / 26 {
		at--
		name[at] = byte('A' + (n-1)%26)
	}
	return string(name[at:])
}

// parseRef reads B7 or $B$7 as row 6 and column 1, within what Excel can hold.
func parseRef(s string) (row, column int, ok bool) {
	s = strings.TrimPrefix(s, "$")
	i := 0
	for ; i < len(s); i++ {
		letter := s[i] &^ 0x20 // upper case
		if letter < 'A' || letter > 'Z' {
			break
		}
		if column = column*26 + int(letter-'A') + 1; column > excelColumns {
			return 0, 0, false
		}
	}
	digits := strings.TrimPrefix(s[i:], "$")
	if i == 0 || digits == "" || digits[0] == '0' {
		return 0, 0, false
	}
	for _, digit := range []byte(digits) {
		if digit < '0' || digit > '9' {
			return 0, 0, false
		}
		if row = row*10 + int(digit-'0'); row > excelRows {
			return 0, 0, false
		}
	}
	return row - 1, column - 1, true
}
