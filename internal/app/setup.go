package app

import (
	"context"

	"giaoban/internal/base/account"
)

// SetUpCode is the code that whoever sets the program up must type; "" once
// there is an administrator.
func (a *App) SetUpCode(ctx context.Context) (string, error) {
	needed, err := account.NeedsSetUp(ctx, a.DB.Reader())
	if err != nil || !needed {
		return "", err
	}
	code, err := account.SetupCode(a.config.Data)
	return string(code), err
}
