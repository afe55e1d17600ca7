package report_test

import (
	"testing"

	"giaoban/internal/base/account"
	"giaoban/internal/base/testing/texttest"
	"giaoban/internal/part/report"
)

func TestEveryTextIsUsedAndEveryKeyHasOne(t *testing.T) {
	texttest.Check(t, ".", report.Texts, account.Texts)
}
