package app

import (
	"context"
	"fmt"
	"strings"

	"giaoban/internal/base/store"
	"giaoban/internal/part/briefing"
	"giaoban/internal/part/conclusion"
	"giaoban/internal/part/register/registerui"
)

// papersPlace is where what a paper of the register says is read.
func papersPlace(ctx context.Context, q store.Querier, subject string) (registerui.Place, error) {
	if id, ok := briefing.MinutesNamed(subject); ok {
		page := fmt.Sprintf("/briefings/%d/minutes", id)
		return registerui.Place{Page: page, Word: page + ".docx", PDF: page + ".pdf"}, nil
	}
	if !strings.HasPrefix(subject, "notice:") {
		return registerui.Place{}, nil
	}
	n, err := conclusion.NoticeNamed(ctx, q, subject)
	if err != nil {
		return registerui.Place{}, err
	}
	page := fmt.Sprintf("/briefings/%d/notices/%d", n.Briefing, n.ID)
	return registerui.Place{Page: page, Word: page + "/notice.docx", PDF: page + "/notice.pdf"}, nil
}
