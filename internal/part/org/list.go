package org

import (
	"bytes"
	"slices"
	"strings"

	"giaoban/internal/base/fault"
	"giaoban/internal/base/sheet"
)

// Column names what a column of a list of units tells.
type Column string

// The columns of a list. The first two must be there; without a parent's code
// every unit stands directly below the one that the list speaks for.
const (
	ColumnCode   Column = "code"
	ColumnName   Column = "name"
	ColumnParent Column = "parent"
	ColumnKind   Column = "kind"
	ColumnLevel  Column = "level"
	ColumnLines  Column = "lines" // of reporting, beside the unit above; see [Lined]
	ColumnFrom   Column = "from"  // the day from which the row holds; none is the list's own
)

// Columns are all columns, in the order in which an export writes them.
var Columns = [...]Column{ColumnCode, ColumnName, ColumnKind, ColumnParent, ColumnLevel, ColumnLines, ColumnFrom}

// headings are the headings by which offices name the columns, in Vietnamese
// and English; capitals, marks and punctuation do not count.
var headings = map[string][]string{
	string(ColumnCode): {
		"Mã đơn vị", "Mã", "Mã số", "Mã số đơn vị", "Mã tổ chức", "Mã tổ chức đảng", "Mã TCĐ", "Mã đảng bộ", "Mã ĐV",
		"Mã định danh", "Ký hiệu", "Code", "Unit code", "ID", "Unit ID",
	},
	string(ColumnName): {
		"Tên đơn vị", "Tên", "Tên tổ chức", "Tên tổ chức đảng", "Tên đảng bộ", "Tên gọi", "Tên cơ quan", "Tên đầy đủ",
		"Tên cơ quan, đơn vị", "Cơ quan, đơn vị", "Đơn vị", "Tổ chức đảng", "Đảng bộ", "Name", "Unit name", "Unit", "Full name",
	},
	string(ColumnParent): {
		"Mã đơn vị cấp trên", "Mã cấp trên", "Mã cấp trên trực tiếp", "Mã đơn vị cấp trên trực tiếp", "Mã tổ chức cấp trên",
		"Mã đơn vị cha", "Mã cha", "Mã trực thuộc", "Mã đơn vị quản lý", "Mã đơn vị chủ quản", "Trực thuộc", "Thuộc", "Cấp trên",
		"Đơn vị cấp trên", "Parent code", "Parent", "Parent ID", "Parent unit", "Parent unit code", "Superior", "Superior code",
	},
	string(ColumnKind): {
		"Loại", "Loại đơn vị", "Loại hình", "Loại hình đơn vị", "Loại hình tổ chức", "Loại tổ chức", "Loại tổ chức đảng", "Phân loại",
		"Kind", "Unit kind", "Type", "Unit type",
	},
	string(ColumnLevel): {"Cấp", "Cấp đơn vị", "Cấp tổ chức", "Cấp tổ chức đảng", "Cấp đảng bộ", "Level", "Unit level"},
	string(ColumnLines): {"Hệ ngành dọc", "Ngành dọc", "Báo cáo theo ngành dọc", "Lines", "Reporting lines", "Lines of reporting"},
	string(ColumnFrom): {
		"Từ ngày", "Ngày hiệu lực", "Hiệu lực từ", "Hiệu lực từ ngày", "Có hiệu lực từ", "Áp dụng từ", "From", "From date", "Since",
		"Valid from", "Effective from",
	},
}

// List is a list of units as an office sent it.
type List struct {
	Sheets []sheet.Sheet
	// Untyped says that the file cannot tell a number from a text (.csv): a code
	// of digits may have lost its zeros in it.
	Untyped bool
}

// ReadList reads a list from a file's content. What cannot be read at all is
// one error of kind Invalid.
func ReadList(name string, content []byte) (List, error) {
	sheets, err := sheet.Read(name, content, sheet.Limits{})
	if err != nil {
		return List{}, err
	}
	return List{Sheets: sheets, Untyped: !bytes.HasPrefix(content, []byte("PK"))}, nil
}

// Mapping says by hand what the columns of a list are. What it leaves out is
// found by the headings.
type Mapping struct {
	// Headings are headings as they stand in the list.
	Headings map[Column]string
	// Positions are columns counted from 0. When there are any, nothing is found
	// by headings, and the table begins below the row Below.
	Positions map[Column]int
	// Below is the row of headings counted from 1; 0 when there is none.
	Below int
}

// table is a sheet whose columns are known.
type table struct {
	*sheet.Sheet
	header  int // row of headings counted from 0, -1 for none
	columns map[Column]int
}

// cell is what a row has in a column, a blank cell when the table has no such
// column.
func (t table) cell(row int, column Column) sheet.Cell {
	at, ok := t.columns[column]
	if !ok {
		at = t.columns[ColumnCode]
		return sheet.Cell{At: t.Cell(row, at).At}
	}
	return t.Cell(row, at)
}

// tables finds the tables of a list: sheets that the office can see, with at
// least a column of codes and one of names. When there is none, the complaints
// say what is missing where.
func (l List) tables(by Mapping) (found []table, wrong []*fault.Error) {
	var missing []*fault.Error
	for i := range l.Sheets {
		s := &l.Sheets[i]
		if s.Hidden && len(l.Sheets) > 1 || len(s.Rows) == 0 {
			continue
		}
		t, twice, refusal := findTable(s, by)
		if refusal != nil {
			missing = append(missing, refusal)
			continue
		}
		found, wrong = append(found, t), append(wrong, twice...)
	}
	if len(found) > 0 {
		return found, wrong
	}
	if len(missing) == 0 {
		missing = append(missing, fault.New(fault.Invalid, "sheet.empty"))
	}
	return nil, missing
}

// findTable finds the columns of a sheet. twice tells of headings that stand
// there two times.
func findTable(s *sheet.Sheet, by Mapping) (t table, twice []*fault.Error, refusal *fault.Error) {
	t = table{Sheet: s, header: by.Below - 1, columns: by.Positions}
	if len(by.Positions) == 0 {
		wanted := map[string][]string{}
		for key, list := range headings {
			wanted[key] = list
		}
		for column, heading := range by.Headings {
			wanted[string(column)] = []string{heading}
		}
		header, err := sheet.FindHeader(s, wanted)
		if len(header.Columns) == 0 {
			return t, nil, fault.All(err)[0]
		}
		twice = fault.All(err)
		t.header, t.columns = header.Row, map[Column]int{}
		for key, at := range header.Columns {
			t.columns[Column(key)] = at
		}
	}
	for _, needed := range []Column{ColumnCode, ColumnName} {
		if _, ok := t.columns[needed]; !ok {
			return t, nil, t.Cell(max(t.header, 0), 0).Refuse("org.import.no-column", "heading", headings[string(needed)][0])
		}
	}
	return t, twice, nil
}

// rows are the numbers of the rows that tell of a unit: those in which something
// stands in one of the known columns, without the row that only numbers the
// columns, as forms have it under their headings.
func (t table) rows() []int {
	var list []int
	for row := t.header + 1; row < len(t.Rows); row++ {
		blank := true
		for _, at := range t.columns {
			c := t.Cell(row, at)
			blank = blank && strings.TrimSpace(c.Text) == "" && c.Problem == nil
		}
		if blank || (row == t.header+1 && t.numbersColumns(row)) {
			continue
		}
		list = append(list, row)
	}
	return list
}

// numbersColumns says whether a row only counts the columns: (1), (2), (3) or
// A, B, 1, 2.
func (t table) numbersColumns(row int) bool {
	name := strings.Trim(strings.TrimSpace(t.cell(row, ColumnName).Text), "()[]")
	if t.header < 0 || len(name) == 0 || len(name) > 2 {
		return false
	}
	return !slices.ContainsFunc(t.Rows[row], func(c sheet.Cell) bool {
		text := strings.Trim(strings.TrimSpace(c.Text), "()[]")
		return c.Problem != nil || len(text) > 2 || strings.Trim(text, "0123456789ABCDEFGHIJKLMNOP") != ""
	})
}
