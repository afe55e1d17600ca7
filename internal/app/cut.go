package app

import (
	"context"
	"strconv"
	"strings"

	"giaoban/internal/base/account"
	"giaoban/internal/base/ledger"
	"giaoban/internal/part/board/boardui"
	"giaoban/internal/part/directive"
	"giaoban/internal/part/org"
)

// cut closes the streams of people who may listen no longer: they lost a role,
// their account or their password, or the units that they watch stand elsewhere
// now. Their browsers open them again where they still may.
func (a *App) cut(events []ledger.Event) error {
	for _, e := range events {
		switch e.Kind {
		case account.RoleEnded, account.Disabled, account.PasswordChanged:
			if err := a.Hub.Cut(strings.TrimPrefix(e.Subject, "person:")); err != nil {
				return err
			}
		case org.Moved, org.Dissolved, directive.Revised:
			// Tree and boards judge who opens a stream again: they go first.
			if err := a.Wait(context.Background(), e.Position); err != nil {
				return err
			}
			if err := boardui.Cut(a.Hub, a.Tree, e); err != nil {
				return err
			}
		}
	}
	return nil
}

// cutPerson closes a person's streams after one of the sessions ended.
func (a *App) cutPerson(person int64) {
	if err := a.Hub.Cut(strconv.FormatInt(person, 10)); err != nil {
		a.config.Log.Error("closing the streams of a session that ended", "person", person, "error", err)
	}
}
