package document

import (
	"fmt"

	"rsc.io/qr"
)

// Scan draws a code to be scanned, size millimetres wide with the quiet zone
// that readers need.
func (s *Sheet) Scan(x, y, size float64, content string) error {
	code, err := qr.Encode(content, qr.M)
	if err != nil {
		return fmt.Errorf("drawing a code to scan: %w", err)
	}
	const quiet = 4 // squares
	square := size / float64(code.Size+2*quiet)
	s.pdf.SetFillColor(0, 0, 0)
	for row := range code.Size {
		for column := 0; column < code.Size; column++ {
			if !code.Black(column, row) {
				continue
			}
			from := column
			for column+1 < code.Size && code.Black(column+1, row) {
				column++
			}
			s.pdf.Rect(x+square*float64(from+quiet), y+square*float64(row+quiet), square*float64(column+1-from), square, "F")
		}
	}
	return nil
}
