package folder

import (
	"time"

	"giaoban/internal/base/text"
)

// WritePaper writes a folder with slips as they are given.
func WritePaper(texts *text.Catalog, f Folder, slips []Slip) ([]byte, error) {
	p := paper{folder: f, texts: texts, zone: time.UTC, address: "https://giaoban.example.vn", motto: "Đảng Cộng sản Việt Nam", unit: "Huyện ủy Quế Võ"}
	return p.write(slips)
}

// FootAt and ProofAt are where the feet of the summary and of a slip begin, in
// millimetres from the top.
const (
	FootAt  = footAt
	ProofAt = proofAt
)
