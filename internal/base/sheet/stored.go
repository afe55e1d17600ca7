package sheet

import (
	"bytes"
	"io"
	"strconv"
	"strings"
	"time"
)

// storedCell is a cell as it is written in the file.
type storedCell struct {
	kind     string // the attribute t
	style    int
	formula  bool
	hasValue bool   // there is a place for a value, even an empty one
	value    []byte // or a number of a shared text
	inline   string // the text of an inline string
}

// cell makes of what is stored what counts.
func (w *workbook) cell(stored storedCell, at Address) Cell {
	cell := Cell{At: at, Formula: stored.formula}
	// A formula that gave an empty text is stored with the kind str and an
	// empty value; without a kind, an empty value was never calculated.
	if stored.formula && (!stored.hasValue || len(stored.value) == 0 && stored.kind == "") {
		cell.Problem = at.refuse("sheet.cell.formula")
		return cell
	}
	value := string(bytes.TrimSpace(stored.value))
	switch stored.kind {
	case "s":
		index, err := strconv.Atoi(value)
		if err != nil || index < 0 || index >= len(w.shared) {
			return cell.damaged(value)
		}
		return cell.withText(w.shared[index])
	case "str":
		return cell.withText(unescape(string(stored.value)))
	case "inlineStr":
		return cell.withText(stored.inline)
	case "b":
		cell.Kind, cell.Text = KindBool, Bool(isTrue(value)).Text
		return cell
	case "e":
		cell.Kind, cell.Text = KindError, value
		cell.Problem = at.refuse("sheet.cell.error", "value", value)
		return cell
	case "d":
		return cell.withISODate(value)
	case "", "n":
		return w.number(cell, value, stored.style)
	default:
		return cell.damaged(value)
	}
}

func (c Cell) withText(text string) Cell {
	if c.Text = text; text != "" {
		c.Kind = KindText
	}
	return c
}

func (c Cell) damaged(value string) Cell {
	c.Kind, c.Text = KindText, value
	c.Problem = c.Refuse("sheet.cell.damaged")
	return c
}

// withISODate takes a date that is stored as text, as the strict edition of
// the format allows.
func (c Cell) withISODate(value string) Cell {
	for _, layout := range []string{isoDay, isoMoment, time.RFC3339Nano} {
		if t, err := time.Parse(layout, value); err == nil {
			c.Kind, c.Text = KindDate, isoText(t)
			return c
		}
	}
	return c.damaged(value)
}

// number takes a stored number, which is a date if its format says so.
func (w *workbook) number(cell Cell, value string, style int) Cell {
	if value == "" {
		return cell
	}
	plain, ok := plainNumber(value)
	if !ok {
		return cell.damaged(value)
	}
	cell.Kind, cell.Text = KindNumber, plain
	if style >= 0 && style < len(w.formats) {
		cell.format = w.formats[style]
	}
	if cell.format == nil || !cell.format.isDate {
		return cell
	}
	days, err := strconv.ParseFloat(plain, 64)
	if err == nil && w.from1904 {
		days += daysTo1904
	}
	moment, ok := momentOf(days)
	if err != nil || !ok {
		cell.Problem = cell.Refuse("sheet.cell.date", "value", plain)
		return cell
	}
	cell.Kind, cell.Text = KindDate, isoText(moment)
	return cell
}

// styleIndex is what is used of the part of styles.
type styleIndex struct {
	Codes []struct {
		ID   int    `xml:"numFmtId,attr"`
		Code string `xml:"formatCode,attr"`
	} `xml:"numFmts>numFmt"`
	Cells []struct {
		Format int `xml:"numFmtId,attr"`
	} `xml:"cellXfs>xf"`
}

// readFormats reads which number format each style of cells has.
func (w *workbook) readFormats(part string) error {
	var index styleIndex
	if err := w.parts.read(part, func(r io.Reader) error { return decodeXML(r, &index) }); err != nil {
		return err
	}
	codes := make(map[int]string, len(index.Codes))
	for _, c := range index.Codes {
		codes[c.ID] = c.Code
	}
	made, painter := map[int]*format{}, &painter{}
	w.formats = make([]*format, len(index.Cells))
	for i, cell := range index.Cells {
		f, known := made[cell.Format]
		if !known {
			f = newFormat(cell.Format, strings.TrimSpace(codes[cell.Format]), painter)
			made[cell.Format] = f
		}
		w.formats[i] = f
	}
	return nil
}
