package app

import (
	"context"
	"strconv"
	"strings"

	"giaoban/internal/base/account"
	"giaoban/internal/base/clock"
	"giaoban/internal/base/ledger"
	"giaoban/internal/part/board/boardui"
	"giaoban/internal/part/directive"
	"giaoban/internal/part/org"
)

// cut closes the streams of people who may listen no longer: they lost a role,
// their account, their password or their second factor, or the units that they watch stand elsewhere
// now. Their browsers open them again where they still may.
func (a *App) cut(events []ledger.Event) error {
	for _, e := range events {
		switch e.Kind {
		case account.RoleEnded, account.Disabled, account.PasswordChanged:
			if err := a.cutWithDelegates(e); err != nil {
				return err
			}
		case account.FactorAsked:
			if err := a.cutAsked(); err != nil {
				return err
			}
		case account.TakenBack, account.FactorAdded, account.FactorReset:
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

// cutAsked closes the streams of all whose role needs a second factor now: whoever
// has one opens them again.
func (a *App) cutAsked() error {
	people, err := account.Asked(context.Background(), a.DB.Reader())
	if err != nil {
		return err
	}
	for _, person := range people {
		if err := a.Hub.Cut(strconv.FormatInt(person, 10)); err != nil {
			return err
		}
	}
	return nil
}

// cutWithDelegates closes the streams of whoever an event is about, and of those
// to whom that person handed something over: it ends with the leader's own role.
func (a *App) cutWithDelegates(e ledger.Event) error {
	own := strings.TrimPrefix(e.Subject, "person:")
	if err := a.Hub.Cut(own); err != nil {
		return err
	}
	leader, err := strconv.ParseInt(own, 10, 64)
	if err != nil {
		return nil // it is about nobody who could hand anything over
	}
	return a.cutDelegates(leader, "", "")
}

// cutDelegates closes the streams of a leader's delegates, and of those whose
// last day was before today, and not before since.
func (a *App) cutDelegates(leader int64, since, today clock.Date) error {
	people, err := account.Delegates(context.Background(), a.DB.Reader(), leader, since, today)
	if err != nil {
		return err
	}
	for _, person := range people {
		if err := a.Hub.Cut(strconv.FormatInt(person, 10)); err != nil {
			return err
		}
	}
	return nil
}

// Midnight ends what ends with a day: the streams of delegates whose last day
// was over since the day before.
func (a *App) Midnight(before, today clock.Date) error {
	if before == today {
		return nil
	}
	return a.cutDelegates(0, before, today)
}

// cutPerson closes a person's streams after one of the sessions ended.
func (a *App) cutPerson(person int64) {
	if err := a.Hub.Cut(strconv.FormatInt(person, 10)); err != nil {
		a.config.Log.Error("closing the streams of a session that ended", "person", person, "error", err)
	}
}
