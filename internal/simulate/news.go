package simulate

import (
	"context"
	"fmt"

	"giaoban/internal/base/ledger"
	"giaoban/internal/part/news"
)

// announced is what the centre's desk tells the public on the morning of the briefing.
var announced = news.Text{
	Source: "VPTW", Category: "Xây dựng Đảng", Authors: []string{"P.V."}, Tags: []string{"Đại hội đảng bộ các cấp", "Giao ban"},
	Headline: "Giao ban trực tuyến về đại hội đảng bộ các cấp",
	Lead:     "Sáng 10/7, văn phòng các cấp ủy trực thuộc Trung ương dự giao ban trực tuyến về tiến độ đại hội đảng bộ các cấp.",
	Body: "Các điểm cầu cùng xem một bảng tiến độ: cấp cơ sở đã cơ bản xong đại hội, cấp trên trực tiếp cơ sở đang tiến hành.\n\n" +
		"Kết luận của hội nghị sẽ được đăng tại đây khi ban hành.",
}

// opinions are what readers said of it; the desk has read the first.
var opinions = []struct{ name, text string }{
	{"Minh An", "Mong trang công bố thêm tiến độ của từng huyện."},
	{"Bạn đọc ở Lục Nam", "Nên có đường dây nóng để chi bộ vùng sâu báo khi mạng yếu."},
}

// tellsThePublic has the centre's desk publish, and readers answer.
func (d Demo) tellsThePublic(ctx context.Context, tx *ledger.Tx) error {
	leader, _, err := d.leader(ctx, tx, "trunguong")
	if err != nil {
		return err
	}
	text := announced
	if text.Picture, err = d.pictured(ctx, tx, leader); err != nil {
		return fmt.Errorf("drawing for the public: %w", err)
	}
	a, err := news.Begin(ctx, tx, leader, news.BeginCommand{Key: "demo", Unit: leader.Home(), Text: text})
	if err != nil {
		return fmt.Errorf("writing for the public: %w", err)
	}
	if _, err := news.Publish(ctx, tx, leader, news.PublishCommand{Article: a.ID, Revision: a.Revision}); err != nil {
		return fmt.Errorf("publishing: %w", err)
	}
	for i, one := range opinions {
		c, err := news.Send(ctx, tx, news.SendCommand{Article: a.ID, Check: fmt.Sprintf("demo-%d", i), Name: one.name, Text: one.text})
		if err == nil && i == 0 {
			_, err = news.Decide(ctx, tx, leader, news.DecideCommand{Comment: c.ID, To: news.Shown, Reply: "Cảm ơn bạn. Bảng của các huyện sẽ được công bố sau khi có kết luận."})
		}
		if err != nil {
			return fmt.Errorf("readers' comments: %w", err)
		}
	}
	return nil
}
