package report

import (
	"slices"
	"strconv"
	"strings"

	"giaoban/internal/base/fault"
	"giaoban/internal/base/fold"
	"giaoban/internal/base/profile"
	"giaoban/internal/base/sheet"
	"giaoban/internal/base/text"
)

// The columns of a list of what units told, beside one for each indicator. A
// column of codes or one of names must be there.
const (
	columnCode   = "code"
	columnName   = "name"
	columnDone   = "done" // yes or no, or the day
	columnSource = "source"
	columnSaid   = "said"
	columnAt     = "told-at"

	columnValue = "value." // and the key of an indicator
)

// listHeadings are the headings by which offices name the columns, in Vietnamese
// and English; capitals, marks and punctuation do not count. The first stands in
// a form to be filled in.
var listHeadings = map[string][]string{
	columnCode: {
		"Mã đơn vị", "Mã", "Mã số", "Mã số đơn vị", "Mã tổ chức", "Mã tổ chức đảng", "Mã TCĐ", "Mã đảng bộ", "Mã ĐV", "Mã định danh",
		"Unit code", "Code", "ID", "Unit ID",
	},
	columnName: {
		"Tên đơn vị", "Tên", "Đơn vị", "Tên tổ chức", "Tên tổ chức đảng", "Tên đảng bộ", "Tổ chức đảng", "Đảng bộ", "Cơ quan, đơn vị",
		"Unit name", "Unit", "Name",
	},
	columnDone: {
		"Đã xong", "Xong", "Hoàn thành", "Đã hoàn thành", "Kết quả", "Tình trạng", "Đã tổ chức", "Ngày hoàn thành", "Ngày xong",
		"Done", "Finished", "Completed", "Done on",
	},
	columnSource: {"Báo bằng", "Cách báo", "Nguồn", "Nguồn tin", "Hình thức báo", "Told by", "Source", "Told how"},
	columnSaid:   {"Người báo", "Họ tên người báo", "Người báo cáo", "Người cung cấp", "Who said it", "Said by", "Told by whom", "Informant"},
	columnAt:     {"Ngày báo", "Báo ngày", "Thời điểm báo", "Báo lúc", "Told on", "Day told", "Told at"},
}

// List is a list of what units told, as an office sent or pasted it.
type List struct {
	Sheets []sheet.Sheet
	// Untyped says that the list cannot tell a number from a text (.csv, pasted):
	// a code of digits may have lost its zeros in it.
	Untyped bool
}

// mostPasted is how many bytes a pasted list may have: what a spreadsheet of a
// province's communes has, many times over.
const mostPasted = 1 << 20

// ReadList reads a list from a file's content. What cannot be read at all is one
// error of kind Invalid.
func ReadList(name string, content []byte) (List, error) {
	sheets, err := sheet.Read(name, content, sheet.Limits{})
	if err != nil {
		return List{}, err
	}
	return List{Sheets: sheets, Untyped: !strings.HasPrefix(string(content[:min(len(content), 2)]), "PK")}, nil
}

// ReadPasted reads a table that was pasted as text: cells between tabs, as a
// spreadsheet gives them, or between semicolons or commas. Name is what its
// errors call it.
func ReadPasted(name, pasted string) (List, error) {
	if strings.TrimSpace(pasted) == "" {
		return List{}, fault.New(fault.Invalid, "sheet.empty")
	}
	read, err := sheet.Read(name+".csv", []byte(pasted), sheet.Limits{Bytes: mostPasted})
	return List{Sheets: read, Untyped: true}, err
}

// table is a sheet whose columns are known.
type table struct {
	*sheet.Sheet
	header  int // row of headings counted from 0
	columns map[string]int
	lang    text.Lang // in which its numbers are typed; "" where its headings do not tell
}

// languageOf is the language in which a table's units are headed: 1.250 is a
// thousand and more under "Đơn vị", and a little more than one under "Unit".
func languageOf(heading string) text.Lang {
	switch fold.Key(heading) {
	case "id":
		return ""
	case "unit code", "code", "unit id", "unit name", "unit", "name":
		return text.EN
	}
	return text.VI
}

// cell is what a row has in a column, a blank cell where the unit stands when
// the table has no such column.
func (t table) cell(row int, column string) sheet.Cell {
	if at, ok := t.columns[column]; ok {
		return t.Cell(row, at)
	}
	return sheet.Cell{At: t.unitCell(row).At}
}

// unitCell is the cell by which a row names its unit.
func (t table) unitCell(row int) sheet.Cell {
	if at, ok := t.columns[columnCode]; ok && strings.TrimSpace(t.Cell(row, at).Text) != "" {
		return t.Cell(row, at)
	}
	if at, ok := t.columns[columnName]; ok {
		return t.Cell(row, at)
	}
	return t.Cell(row, t.columns[columnCode])
}

// wantedOf is the headings by which the columns are found. An indicator's own
// name goes before a general word: "Kết quả" may be either.
func wantedOf(m profile.Milestone) map[string][]string {
	wanted := map[string][]string{}
	for column, names := range listHeadings {
		wanted[column] = slices.DeleteFunc(slices.Clone(names), func(name string) bool {
			return column != columnCode && column != columnName && slices.ContainsFunc(m.Indicators, func(i profile.Indicator) bool {
				return fold.Key(name) == fold.Key(i.Name.VI) || fold.Key(name) == fold.Key(i.Name.EN)
			})
		})
	}
	for _, i := range m.Indicators {
		wanted[columnValue+i.Key] = []string{i.Name.VI, i.Name.EN, i.Key}
	}
	return wanted
}

// tells says whether a table has a column in which something can be told.
func (t table) tells() bool {
	for column := range t.columns {
		if column == columnDone || strings.HasPrefix(column, columnValue) {
			return true
		}
	}
	return false
}

// tables finds the tables of a list: sheets that the office can see, with a
// column of units. When there is none, the complaints say what is missing where.
func (l List) tables(m profile.Milestone) (found []table, wrong []*fault.Error) {
	wanted := wantedOf(m)
	var missing []*fault.Error
	for n := range l.Sheets {
		s := &l.Sheets[n]
		if s.Hidden && len(l.Sheets) > 1 || len(s.Rows) == 0 {
			continue
		}
		header, err := sheet.FindHeader(s, wanted)
		_, codes := header.Columns[columnCode]
		_, names := header.Columns[columnName]
		switch {
		case len(header.Columns) == 0:
			missing = append(missing, fault.All(err)...)
		case !codes && !names:
			missing = append(missing, s.Cell(header.Row, 0).Refuse("report.list.no-units", "code", listHeadings[columnCode][0], "name", listHeadings[columnName][0]))
		default:
			t := table{Sheet: s, header: header.Row, columns: header.Columns}
			t.lang = languageOf(t.unitCell(t.header).Text)
			found, wrong = append(found, t), append(wrong, fault.All(err)...)
		}
	}
	if len(found) > 0 {
		return found, wrong
	}
	if len(missing) == 0 {
		missing = append(missing, fault.New(fault.Invalid, "sheet.empty"))
	}
	return nil, missing
}

// rows are the numbers of the rows that name a unit, without the row that only
// numbers the columns, as forms have it under their headings.
func (t table) rows() []int {
	var list []int
	for row := t.header + 1; row < len(t.Rows); row++ {
		c := t.unitCell(row)
		if strings.TrimSpace(c.Text) == "" && c.Problem == nil && !t.filled(row) {
			continue
		}
		if row == t.header+1 && t.numbersColumns(row) {
			continue
		}
		list = append(list, row)
	}
	return list
}

// filled says whether something is told in a row, whoever it is about.
func (t table) filled(row int) bool {
	for _, at := range t.columns {
		if c := t.Cell(row, at); strings.TrimSpace(c.Text) != "" || c.Problem != nil {
			return true
		}
	}
	return false
}

// numbersColumns says whether a row only counts the columns: (1), (2), (3) or
// A, B, 1, 2. Its numbers are 1, 2, 3 and so on: figures of a unit are not.
func (t table) numbersColumns(row int) bool {
	next := 1
	for _, c := range t.Rows[row] {
		short := strings.Trim(strings.TrimSpace(c.Text), "()[]")
		switch {
		case short == strconv.Itoa(next):
			next++
		case next == 1 && len(short) == 1 && short[0] >= 'A' && short[0] <= 'H':
		default:
			return false
		}
	}
	return next > 2
}
