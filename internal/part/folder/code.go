package folder

import (
	"strings"

	"giaoban/internal/base/account"
)

// ParseCode reads the code of a slip as people type it, or as a telephone reads it: the
// address of the slip's page. It reports false for what cannot be a code.
func ParseCode(typed string) (account.Code, bool) {
	return account.ParseShortCode(typed[strings.LastIndex(typed, "/")+1:])
}
