package newsui_test

import (
	"testing"

	"giaoban/internal/base/access"
	"giaoban/internal/base/file"
	"giaoban/internal/base/testing/texttest"
	"giaoban/internal/base/text"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/news"
	"giaoban/internal/part/news/newsui"
	"giaoban/internal/part/news/picture"
	"giaoban/internal/part/news/prose"
)

func TestEveryTextIsUsed(t *testing.T) {
	texttest.Check(t, ".", newsui.Texts, news.Texts, picture.Texts, prose.Texts, file.Texts, access.Texts, web.Texts, text.Texts)
}
