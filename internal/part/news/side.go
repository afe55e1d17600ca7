package news

import (
	"context"
	"fmt"
	"time"

	"giaoban/internal/base/access"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/store"
)

// Role is what another installation is to this one.
type Role string

// The roles.
const (
	Inside  Role = "inside" // whose news the public reads here: this one has no desk
	Outside Role = "public" // whose readers' opinions the desks here are brought
)

// Side is another installation that bundles are carried from.
type Side struct {
	Role     Role
	Key      string // its public key; "" where none was given
	Sequence int64  // of the bundle that was taken last; 0 before the first
	Manifest string // SHA-256 of what that one says it holds, hex
	TakenAt  time.Time
}

// SideOf gives the other installation in a role; one without a key where none was given.
func SideOf(ctx context.Context, q store.Querier, role Role) (Side, error) {
	s := Side{Role: role}
	var at int64
	err := q.QueryRowContext(ctx, `SELECT key, sequence, manifest, taken_at FROM news_side WHERE role = $1`, role).Scan(&s.Key, &s.Sequence, &s.Manifest, &at)
	if store.Missing(err) {
		return s, nil
	}
	if err != nil {
		return Side{}, fmt.Errorf("reading which installation the bundles come from: %w", err)
	}
	s.TakenAt = store.Moment(at)
	return s, nil
}

// ownDesk refuses what a desk does where the news come from another installation: two
// would give articles the same numbers.
func ownDesk(ctx context.Context, q store.Querier) error {
	s, err := SideOf(ctx, q, Inside)
	if err == nil && s.Key != "" {
		err = fault.New(fault.Conflict, "news.no-desk")
	}
	return err
}

// MayCarry refuses whoever may not give bundles away and take them: who does runs the
// system. Faults: Forbidden.
func MayCarry(actor access.Actor) error {
	root, _ := actor.Tree.Root() // none in an installation that its first bundle begins
	return actor.May(access.SystemRun, root.ID)
}

// Took notes that a bundle of the side was taken, by whoever may run the system. Faults:
// Forbidden.
func (s Side) Took(ctx context.Context, tx *ledger.Tx, actor access.Actor, taken SideTaken) error {
	if err := MayCarry(actor); err != nil {
		return err
	}
	_, err := tx.ExecContext(ctx, `INSERT INTO news_side (role, key, sequence, manifest, taken_at) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (role) DO UPDATE SET key = excluded.key, sequence = excluded.sequence, manifest = excluded.manifest, taken_at = excluded.taken_at`,
		s.Role, s.Key, s.Sequence, s.Manifest, store.Micro(tx.Now()))
	if err != nil {
		return fmt.Errorf("noting that bundle %d of the %s was taken: %w", s.Sequence, s.Role, err)
	}
	taken.Key, taken.Sequence, taken.Manifest, taken.Name = s.Key, s.Sequence, s.Manifest, actor.Name
	return tx.Append(ledger.New{Kind: SideWasTaken, Subject: "news-side:" + string(s.Role), Payload: taken})
}

// HasArticles says whether there are articles or public boards.
func HasArticles(ctx context.Context, q store.Querier) (bool, error) {
	var articles, boards int
	err := q.QueryRowContext(ctx, `SELECT (SELECT COUNT(*) FROM article), (SELECT COUNT(*) FROM public_board)`).Scan(&articles, &boards)
	if err != nil {
		return false, fmt.Errorf("looking for articles: %w", err)
	}
	return articles+boards > 0, nil
}
