package sheet

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"
)

// mostSheets is more than any office's workbook has.
const mostSheets = 500

// workbook is an .xlsx file being read.
type workbook struct {
	parts    *archive
	grid     *grid
	shared   []string  // texts that cells name by number
	formats  []*format // of numbers, by the number of the cell's style; nil: plain
	from1904 bool      // days count from 1904, as on old Macintosh computers
}

// readWorkbook reads an .xlsx file, or says what else the zip file is.
func readWorkbook(content []byte, limits Limits) ([]Sheet, error) {
	parts, err := openArchive(content, limits)
	if err != nil {
		return nil, asDamaged(err)
	}
	w := &workbook{parts: parts, grid: newGrid(limits)}
	sheets, err := w.read()
	if err != nil {
		return nil, asDamaged(err)
	}
	return sheets, nil
}

// The kinds of relations between parts; the address before the last slash
// differs between the two editions of the standard (ECMA-376, transitional and strict).
const (
	relationWorkbook = "officeDocument"
	relationSheet    = "worksheet"
	relationStyles   = "styles"
	relationTexts    = "sharedStrings"
)

func (w *workbook) read() ([]Sheet, error) {
	main, err := w.mainPart()
	if err != nil {
		return nil, err
	}
	index, err := w.index(main)
	if err != nil {
		return nil, err
	}
	relations, err := w.relations(main)
	if err != nil {
		return nil, err
	}
	w.from1904 = isTrue(index.Properties.From1904)
	for _, r := range relations {
		switch r.kind() {
		case relationStyles:
			err = w.readFormats(r.Target)
		case relationTexts:
			err = w.readShared(r.Target)
		}
		if err != nil {
			return nil, err
		}
	}
	return w.sheets(index, relations)
}

func (w *workbook) sheets(index *workbookIndex, relations []relation) ([]Sheet, error) {
	if len(index.Sheets) > mostSheets {
		return nil, refuse("sheet.tooManySheets", "limit", mostSheets)
	}
	var sheets []Sheet
	for _, entry := range index.Sheets {
		at := slices.IndexFunc(relations, func(r relation) bool { return r.ID == entry.Relation })
		if at < 0 || relations[at].kind() != relationSheet {
			continue // a sheet that is only a chart, or of macros
		}
		s := Sheet{Name: entry.Name, Hidden: entry.State != "" && entry.State != "visible"}
		if err := w.readSheet(relations[at].Target, &s); err != nil {
			return nil, fmt.Errorf("reading sheet %q: %w", s.Name, err)
		}
		sheets = append(sheets, s)
	}
	if len(sheets) == 0 {
		return nil, refuse("sheet.notSpreadsheet")
	}
	return sheets, nil
}

// mainPart finds the part that lists the sheets, and tells other files that
// are packed in zip form too.
func (w *workbook) mainPart() (string, error) {
	if w.parts.has("mimetype") {
		return "", w.openDocument()
	}
	if !w.parts.has("_rels/.rels") {
		return "", refuse("sheet.notSpreadsheet")
	}
	relations, err := w.relations("")
	if err != nil {
		return "", err
	}
	for _, r := range relations {
		if r.kind() != relationWorkbook {
			continue
		}
		if strings.HasSuffix(r.Target, ".bin") {
			return "", refuse("sheet.binaryWorkbook")
		}
		return r.Target, nil
	}
	return "", refuse("sheet.notSpreadsheet")
}

// openDocument tells a spreadsheet of LibreOffice from its other documents.
func (w *workbook) openDocument() error {
	key := "sheet.notSpreadsheet"
	err := w.parts.read("mimetype", func(r io.Reader) error {
		kind, err := io.ReadAll(io.LimitReader(r, 256))
		if strings.Contains(string(kind), "opendocument.spreadsheet") {
			key = "sheet.openDocument"
		}
		return err
	})
	if err != nil {
		return err
	}
	return refuse(key)
}

// workbookIndex is what is used of the main part.
type workbookIndex struct {
	XMLName    xml.Name
	Properties struct {
		From1904 string `xml:"date1904,attr"`
	} `xml:"workbookPr"`
	Sheets []struct {
		Name     string `xml:"name,attr"`
		Relation string `xml:"id,attr"`
		State    string `xml:"state,attr"`
	} `xml:"sheets>sheet"`
}

func (w *workbook) index(main string) (*workbookIndex, error) {
	var index workbookIndex
	if err := w.parts.read(main, func(r io.Reader) error { return decodeXML(r, &index) }); err != nil {
		return nil, err
	}
	if index.XMLName.Local != "workbook" {
		return nil, refuse("sheet.notSpreadsheet")
	}
	return &index, nil
}

// relation is how one part names another.
type relation struct {
	ID     string `xml:"Id,attr"`
	Type   string `xml:"Type,attr"`
	Target string `xml:"Target,attr"` // made a name of a part by relations
	Mode   string `xml:"TargetMode,attr"`
}

func (r relation) kind() string { return path.Base(r.Type) }

// relations are those of a part; of the whole file for "". What
// lies outside the file is left out: nothing is ever fetched.
func (w *workbook) relations(of string) ([]relation, error) {
	folder, name := path.Split(of)
	list := folder + "_rels/" + name + ".rels"
	var written struct {
		Relations []relation `xml:"Relationship"`
	}
	if err := w.parts.read(list, func(r io.Reader) error { return decodeXML(r, &written) }); err != nil {
		return nil, err
	}
	var relations []relation
	for _, r := range written.Relations {
		if r.Mode == "External" {
			continue
		}
		if !strings.HasPrefix(r.Target, "/") {
			r.Target = path.Join(folder, r.Target)
		}
		relations = append(relations, r)
	}
	return relations, nil
}

// readShared reads the texts that cells name by number.
func (w *workbook) readShared(part string) error {
	return w.parts.read(part, func(r io.Reader) error {
		m := newMarkup(r)
		text := texts{markup: m, depth: 2}
		for {
			token, err := m.Token()
			if errors.Is(err, io.EOF) {
				return nil
			}
			if err != nil {
				return err
			}
			text.take(token)
			if end, ok := token.(xml.EndElement); !ok || end.Name.Local != "si" || m.depth() != 1 {
				continue
			}
			if len(w.shared) >= w.grid.limits.Cells {
				return refuse("sheet.tooManyCells", "limit", w.grid.limits.Cells)
			}
			w.shared = append(w.shared, text.end())
		}
	})
}

func isTrue(s string) bool { return s == "1" || s == "true" }
