package taskui_test

import (
	"testing"

	"giaoban/internal/base/access"
	"giaoban/internal/base/testing/texttest"
	"giaoban/internal/base/text"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/task"
	"giaoban/internal/part/task/taskui"
)

func TestEveryTextIsUsed(t *testing.T) {
	texttest.Check(t, ".", taskui.Texts, task.Texts, access.Texts, web.Texts, text.Texts)
}
