package sheet

import (
	"bytes"
	"path"
	"path/filepath"
	"strings"

	"giaoban/internal/base/fault"
)

// Limits say how much of a file is taken. A zero field means its default.
type Limits struct {
	Bytes    int64 // size of the file; 64 MiB
	Unzipped int64 // size of all that an .xlsx file unpacks to; 256 MiB
	Ratio    int64 // how many bytes one packed byte may unpack to, where it matters; 200
	Entries  int   // files packed in an .xlsx file; 4,096
	Rows     int   // of one sheet; 400,000
	Columns  int   // of one sheet; 200
	Cells    int   // of all sheets together, blank ones between others included; 3,000,000
}

func (l Limits) withDefaults() Limits {
	return Limits{
		Bytes:    orDefault(l.Bytes, 64<<20),
		Unzipped: orDefault(l.Unzipped, 256<<20),
		Ratio:    orDefault(l.Ratio, 200),
		Entries:  orDefault(l.Entries, 4_096),
		Rows:     min(orDefault(l.Rows, 400_000), excelRows),
		Columns:  min(orDefault(l.Columns, 200), excelColumns),
		Cells:    orDefault(l.Cells, 3_000_000),
	}
}

func orDefault[N int | int64](given, otherwise N) N {
	if given <= 0 {
		return otherwise
	}
	return given
}

// The first bytes by which a file is known.
const (
	magicZip = "PK"
	magicOLE = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1" // Excel 97 to 2003, and everything with a password
)

// Read reads every sheet of a file; a .csv file is one. What the file is is
// decided by its content. The name serves for the name of a .csv file's sheet,
// and for noticing that something named .xlsx is not.
//
// A file that cannot be read at all, or is larger than the limits, is one
// error of kind fault.Invalid. A cell that cannot be used has its Problem, and
// the rest of the table is read.
func Read(name string, content []byte, limits Limits) ([]Sheet, error) {
	limits = limits.withDefaults()
	switch {
	case len(content) == 0:
		return nil, refuse("sheet.empty")
	case int64(len(content)) > limits.Bytes:
		return nil, refuse("sheet.tooLarge", "megabytes", (limits.Bytes+1<<20-1)>>20)
	case bytes.HasPrefix(content, []byte(magicOLE)):
		return nil, refuse(oleKind(content))
	case bytes.HasPrefix(content, []byte(magicZip)):
		return readWorkbook(content, limits)
	}
	if key, known := otherKind(content); known {
		return nil, refuse(key)
	}
	ending := path.Ext(baseName(name))
	// What is named .xls may be a text: many programs call their tables so, and Excel opens them.
	if ending := strings.ToLower(ending); strings.HasPrefix(ending, ".xls") && ending != ".xls" {
		return nil, refuse("sheet.damaged")
	}
	table, err := readCSV(strings.TrimSuffix(baseName(name), ending), content, limits)
	if err != nil {
		return nil, err
	}
	return []Sheet{table}, nil
}

func refuse(key string, args ...any) *fault.Error { return fault.New(fault.Invalid, key, args...) }

// baseName is the file's name without folders, also those of another system:
// a browser on Windows may send C:\Users\...
func baseName(name string) string {
	return path.Base(filepath.ToSlash(strings.ReplaceAll(name, `\`, "/")))
}

// oleKind tells a workbook with a password, which is wrapped in the container
// of old Office files, from an old workbook.
func oleKind(content []byte) string {
	const stream = "EncryptedPackage" // names in the container are UTF-16
	wide := make([]byte, 0, 2*len(stream))
	for _, letter := range []byte(stream) {
		wide = append(wide, letter, 0)
	}
	if bytes.Contains(content, wide) {
		return "sheet.encrypted"
	}
	return "sheet.oldExcel"
}

// otherKind knows files by their beginning that would pass for text or are
// often sent in place of a table. Many programs give a web page the ending
// .xls, and Excel opens it.
func otherKind(content []byte) (key string, known bool) {
	start := bytes.TrimPrefix(content[:min(len(content), 512)], []byte(bomUTF8))
	start = bytes.ToLower(bytes.TrimLeft(start, " \t\r\n"))
	for _, mark := range []string{"<html", "<!doctype", "<table", "<?xml", "<head", "<meta"} {
		if bytes.HasPrefix(start, []byte(mark)) {
			return "sheet.webPage", true
		}
	}
	for _, mark := range []string{"%pdf-", "\x89png", "\xff\xd8\xff", "gif8", "{\\rtf", "rar!", "7z\xbc\xaf"} {
		if bytes.HasPrefix(start, []byte(mark)) {
			return "sheet.notSpreadsheet", true
		}
	}
	return "", false
}
