package app

import (
	"giaoban/internal/base/ledger"
	"giaoban/internal/part/news/newsui"
)

// turnPages has the answers that are given to everybody alike made anew when what they
// show has changed, on whichever node it did.
func (a *App) turnPages(events []ledger.Event) error {
	frame := a.frame.Load()
	if frame == nil {
		return nil // there are none
	}
	for _, e := range events {
		if names := newsui.Changed(e); names != nil {
			frame.Changed(names...)
		}
	}
	return nil
}
