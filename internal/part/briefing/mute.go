package briefing

import (
	"context"

	"giaoban/internal/base/access"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/tree"
)

// Mute closes the microphone of the site that has the floor, or of the host's own room,
// or opens it again. The turn goes on, and its clock; the next one begins with an open
// microphone. Doing it again changes nothing. Conflict: the site does not speak.
func Mute(ctx context.Context, tx *ledger.Tx, actor access.Actor, id int64, unit tree.UnitID, muted bool) (Site, error) {
	b, byWord, err := preside(ctx, tx, actor, id)
	if err != nil {
		return Site{}, err
	}
	s, err := SiteOf(ctx, tx, id, unit)
	if err != nil || s.Muted == muted {
		return s, err
	}
	speaker, err := b.speaker(ctx, tx)
	if err != nil {
		return Site{}, err
	}
	if s.Unit != b.Unit && s.ID != speaker.ID {
		return Site{}, fault.New(fault.Conflict, "briefing.not-speaking")
	}
	s.Muted = muted
	if err := s.save(ctx, tx); err != nil {
		return Site{}, err
	}
	kind := MicrophoneOpened
	if muted {
		kind = MicrophoneClosed
	}
	return s, b.tell(tx, kind, s.Unit, AtSite{Briefing: b.ID, Unit: s.Unit, ByWord: byWord})
}
