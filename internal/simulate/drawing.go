package simulate

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"math"

	"golang.org/x/image/vector"

	"giaoban/internal/base/access"
	"giaoban/internal/base/ledger"
	"giaoban/internal/part/news"
	"giaoban/internal/part/news/prose"
)

// pictured draws the picture of the demonstration's article and makes it the desk's.
func (d Demo) pictured(ctx context.Context, tx *ledger.Tx, leader access.Actor) (*prose.Picture, error) {
	var content bytes.Buffer
	if err := png.Encode(&content, drawn()); err != nil {
		return nil, fmt.Errorf("writing a drawing: %w", err)
	}
	cut, err := news.TakePicture(d.Files, "Các điểm cầu.png", &content)
	if err != nil {
		return nil, err
	}
	p, err := news.AddPicture(ctx, tx, leader, news.AddPictureCommand{Key: "demo", Unit: leader.Home(), Cut: cut})
	return &prose.Picture{
		File:    p.ID,
		Alt:     "Hình vẽ: một điểm cầu ở giữa nối với các điểm cầu xếp thành nửa vòng tròn, phần lớn đã tô đỏ",
		Caption: "Các điểm cầu cùng xem một bảng: ô đỏ là nơi đã xong đại hội.", Credit: "Hình: VPTW",
	}, err
}

// The drawing's size and its colours: those of the pages.
const drawnWide, drawnHigh = 1200, 675

var (
	paper = color.RGBA{0xfb, 0xf8, 0xf1, 0xff}
	red   = color.RGBA{0xa3, 0x1d, 0x1d, 0xff}
	gold  = color.RGBA{0xc9, 0x9a, 0x2e, 0xff}
	faint = color.RGBA{0xe4, 0xd9, 0xc3, 0xff}
)

// drawn is half a ring of sites around the one in the middle: rows of seats as in a
// hall, of which most are filled.
func drawn() *image.RGBA {
	page := image.NewRGBA(image.Rect(0, 0, drawnWide, drawnHigh))
	draw.Draw(page, page.Rect, image.NewUniform(paper), image.Point{}, draw.Src)
	const x, y = drawnWide / 2, drawnHigh - 90
	seat := 0
	for row := range 5 {
		radius, seats := 195+float64(row)*80, 9+row*4
		for i := range seats {
			angle := math.Pi * (0.04 + 0.92*float64(i)/float64(seats-1))
			at, up := x-radius*math.Cos(angle), y-radius*math.Sin(angle)
			fill := red
			if seat++; seat%7 == 3 || seat%11 == 5 {
				fill = faint
			}
			disc(page, at, up, 21, fill)
		}
	}
	disc(page, x, y-45, 72, gold)
	disc(page, x, y-45, 60, paper)
	disc(page, x, y-45, 46, red)
	return page
}

// disc fills a circle.
func disc(page *image.RGBA, x, y, radius float64, fill color.Color) {
	const sides = 96
	side := int(2*radius) + 2
	corner := image.Pt(int(x-radius), int(y-radius))
	shape := vector.NewRasterizer(side, side)
	for i := range sides {
		angle := 2 * math.Pi * float64(i) / sides
		at, up := float32(x+radius*math.Cos(angle)-float64(corner.X)), float32(y+radius*math.Sin(angle)-float64(corner.Y))
		if i == 0 {
			shape.MoveTo(at, up)
			continue
		}
		shape.LineTo(at, up)
	}
	shape.ClosePath()
	shape.Draw(page, image.Rect(0, 0, side, side).Add(corner), image.NewUniform(fill), image.Point{})
}
