package difficulty

import (
	"context"

	"giaoban/internal/base/access"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/profile"
	"giaoban/internal/base/store"
	"giaoban/internal/part/org"
)

// mostAtOnce is how many difficulties one transaction moves up.
const mostAtOnce = 200

// Escalate gives the difficulties on which an office has been silent for too long to
// the office above it, the longest silent first, and says how many; more may be left
// when that is a full batch. Where nobody is above, it stays. By the program alone.
func Escalate(ctx context.Context, tx *ledger.Tx, program access.Actor) (moved int, err error) {
	if err := program.May(access.SystemRun, 0); err != nil {
		return 0, err
	}
	list, err := read(ctx, tx, `WHERE d.state = $1 AND d.head_id = 0 AND d.silent_at > 0 AND d.silent_at <= $2 ORDER BY d.silent_at, d.id LIMIT $3`,
		Open, store.Micro(tx.Now()), mostAtOnce)
	if err != nil || len(list) == 0 {
		return 0, err
	}
	p, err := org.Profile(ctx, tx)
	if err != nil {
		return 0, err
	}
	for _, one := range list {
		n, err := goUp(ctx, tx, program, p, one.ID)
		if err != nil {
			return moved, err
		}
		moved += n
	}
	return moved, nil
}

// goUp gives a difficulty, with what is answered with it, to the office above.
func goUp(ctx context.Context, tx *ledger.Tx, program access.Actor, p *profile.Profile, id int64) (moved int, err error) {
	head, err := lock(ctx, tx, id)
	if err != nil {
		return 0, err
	}
	from, above := head.At, Above(program.Tree, head.At)
	if len(above) == 0 { // its unit is the highest by now
		head.Silent = head.hushed(p, program.Tree, tx.Now())
		return 0, head.save(ctx, tx)
	}
	with, err := joined(ctx, tx, head)
	if err != nil {
		return 0, err
	}
	for _, d := range append([]*Difficulty{&head}, with...) {
		if err := d.move(ctx, tx, program, above[0].ID); err != nil {
			return moved, err
		}
		if err := d.save(ctx, tx); err != nil {
			return moved, err
		}
		if err := d.tell(tx, WentUp, d.Unit, Act{Difficulty: d.ID, Unit: d.Unit, By: from, To: d.At}); err != nil {
			return moved, err
		}
		moved++
	}
	return moved, nil
}
