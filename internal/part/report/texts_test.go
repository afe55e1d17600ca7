package report_test

import (
	"testing"

	"giaoban/internal/base/access"
	"giaoban/internal/base/account"
	"giaoban/internal/base/file"
	"giaoban/internal/base/sheet"
	"giaoban/internal/base/testing/texttest"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/report"
	"giaoban/internal/part/report/reportui"
)

func TestEveryTextIsUsedAndEveryKeyHasOne(t *testing.T) {
	texttest.Check(t, ".", report.Texts, access.Texts, account.Texts, file.Texts, sheet.Texts, reportui.Texts, web.Texts)
}
