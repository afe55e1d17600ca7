package simulate

import (
	"giaoban/internal/base/clock"
	"giaoban/internal/base/profile"
	"giaoban/internal/base/text"
	"giaoban/internal/part/directive"
)

// The milestones of a simulated country. The first two are the template's.
const (
	preparation = "preparation"
	congress    = "congress-held"
	confirmed   = "result-confirmed"
)

// asDocument is the directive as the profile's template words it.
func asDocument(t profile.Template) directive.Document {
	return directive.Document{
		Number: t.Number, Date: t.Date, Title: t.Title.In(text.VI), Text: t.Text.In(text.VI),
		Term: t.Term, Acknowledge: t.Acknowledge, Milestones: t.Milestones,
	}
}

// nationDocument is the template's directive for all levels down to the cells:
// more indicators, and the confirmation of the result as a third milestone.
func nationDocument(t profile.Template) directive.Document {
	d := asDocument(t)
	d.Acknowledge = []string{"provincial", "above-grassroots", "grassroots"}
	d.Milestones = nil
	for _, m := range t.Milestones {
		switch m.Key {
		case preparation:
			m.Deadlines = deadlines("2020-04-30", "2020-05-31", "2020-07-31", "2020-09-30")
		case congress:
			m.Deadlines = deadlines("2020-05-31", "2020-06-30", "2020-08-31", "2020-10-31")
			m.Indicators = append(append([]profile.Indicator{}, m.Indicators...),
				number("votes-valid", "Số phiếu hợp lệ", "Valid ballot papers", "phiếu", "papers", "delegates-present"),
				number("women-elected", "Số cấp ủy viên nữ", "Women elected", "đồng chí", "members", "members-elected"),
				number("under-forty", "Số cấp ủy viên dưới 40 tuổi", "Members under 40", "đồng chí", "members", "members-elected"),
				number("renewed", "Số cấp ủy viên mới", "Members elected for the first time", "đồng chí", "members", "members-elected"),
				number("delegates-elected", "Số đại biểu dự đại hội cấp trên", "Delegates to the congress above", "đại biểu", "delegates", ""),
			)
		}
		d.Milestones = append(d.Milestones, m)
	}
	d.Milestones = append(d.Milestones, profile.Milestone{
		Key:       confirmed,
		Name:      text.Words{VI: "Kết quả bầu cử được chuẩn y", EN: "Result of the election confirmed"},
		Deadlines: deadlines("2020-06-30", "2020-07-31", "2020-09-30", "2020-11-30"),
		Indicators: []profile.Indicator{
			{Key: "confirmed-on", Name: text.Words{VI: "Ngày chuẩn y", EN: "Day of the confirmation"}, Kind: profile.Date, Required: true},
			number("members-confirmed", "Số cấp ủy viên được chuẩn y", "Members confirmed", "đồng chí", "members", ""),
			number("secretary-votes", "Số phiếu bầu bí thư", "Votes for the secretary", "phiếu", "papers", ""),
		},
	})
	return d
}

// deadlines are the last days of the four levels, from the cells up.
func deadlines(cell, grassroots, above, provincial clock.Date) []profile.Deadline {
	return []profile.Deadline{
		{Level: "cell", Date: cell},
		{Level: "grassroots", Date: grassroots},
		{Level: "above-grassroots", Date: above},
		{Level: "provincial", Date: provincial},
	}
}

// number is an indicator of a whole number that must be given.
func number(key, vi, en, unitVI, unitEN, notOver string) profile.Indicator {
	var least text.Decimal
	return profile.Indicator{
		Key: key, Name: text.Words{VI: vi, EN: en}, Kind: profile.Number, Required: true,
		Unit: text.Words{VI: unitVI, EN: unitEN}, Min: &least, NotOver: notOver,
	}
}
