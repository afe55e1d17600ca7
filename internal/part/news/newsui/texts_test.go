package newsui_test

import (
	"testing"

	"giaoban/internal/base/access"
	"giaoban/internal/base/testing/texttest"
	"giaoban/internal/base/text"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/news"
	"giaoban/internal/part/news/newsui"
)

func TestEveryTextIsUsed(t *testing.T) {
	texttest.Check(t, ".", newsui.Texts, news.Texts, access.Texts, web.Texts, text.Texts)
}
