package remindui_test

import (
	"testing"

	"giaoban/internal/base/access"
	"giaoban/internal/base/testing/texttest"
	"giaoban/internal/base/text"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/board/boardui"
	"giaoban/internal/part/directive"
	"giaoban/internal/part/remind"
	"giaoban/internal/part/remind/remindui"
)

func TestEveryTextIsUsed(t *testing.T) {
	texttest.Check(t, ".", remindui.Texts, remind.Texts, boardui.Texts, directive.Texts, access.Texts, web.Texts, text.Texts)
}
