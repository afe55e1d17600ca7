package search

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"giaoban/internal/base/ledger"
	"giaoban/internal/base/store"
	"giaoban/internal/base/tree"
	"giaoban/internal/part/org"
)

// Follower is the name under which the log is followed. It ends in the version of
// the index: a change of what entries hold needs a new one, and the index is then
// made anew.
const Follower = "search.3"

// Index is what can be found in an installation.
type Index struct {
	engine engine
	names  *names
	tree   *tree.Tree
}

// New gives the index in a database of an engine. The tree must not be behind the
// events that are applied.
func New(of store.Engine, t *tree.Tree) Index {
	return Index{engine: engines[of], names: &names{tree: t}, tree: t}
}

// Begin empties the index for a follower that begins anew, and forgets those of other
// versions.
func (x Index) Begin(ctx context.Context, tx *sql.Tx) (int64, error) {
	if _, err := tx.ExecContext(ctx, `DELETE FROM search_entry`); err != nil {
		return 0, fmt.Errorf("emptying the index: %w", err)
	}
	if _, err := tx.ExecContext(ctx, `DELETE FROM follower WHERE name LIKE 'search.%' AND name <> $1`, Follower); err != nil {
		return 0, fmt.Errorf("forgetting an index of another version: %w", err)
	}
	return 0, nil
}

// Apply brings the index up to date with events, in the transaction in which the
// follower moves past them. It writes what is so now, not what was so then.
func (x Index) Apply(ctx context.Context, tx *sql.Tx, events []ledger.Event) error {
	var owners []string
	var moved []tree.UnitID
	for _, e := range events {
		if e.Kind == org.Moved || e.Kind == org.Dissolved {
			var change org.UnitChanged
			if err := e.Decode(&change); err != nil {
				return err
			}
			moved = append(moved, change.Unit)
			continue
		}
		subject, ok, err := owner(e)
		if err != nil {
			return err
		}
		if ok && !slices.Contains(owners, subject) {
			owners = append(owners, subject)
		}
	}
	// Whoever reads above a unit that moved is somebody else now.
	shifted, err := x.of(ctx, tx, moved)
	if err != nil {
		return err
	}
	for _, owner := range append(owners, shifted...) {
		if err := x.refresh(ctx, tx, owner); err != nil {
			return err
		}
	}
	return nil
}

// refresh reads anew what there is to find about a subject of the log.
func (x Index) refresh(ctx context.Context, tx store.Querier, owner string) error {
	sort, number, _ := strings.Cut(owner, ":")
	id, err := strconv.ParseInt(number, 10, 64)
	if err != nil {
		return fmt.Errorf("reading the subject %q: %w", owner, err)
	}
	if sort == "report" { // a version takes the place of the one before
		if owner, err = firstVersion(ctx, tx, id); err != nil {
			return err
		}
	}
	entries, err := sources[sort].read(ctx, tx, id)
	if err != nil {
		return fmt.Errorf("reading the words of %s: %w", owner, err)
	}
	return keep(ctx, tx, x.tree, owner, entries)
}

// of gives the owners of what is read at the units or below them.
func (x Index) of(ctx context.Context, q store.Querier, units []tree.UnitID) (owners []string, err error) {
	for _, unit := range units {
		rows, err := q.QueryContext(ctx, `SELECT DISTINCT e.owner FROM `+x.engine.matching, x.engine.Whole(unitToken(readAt, unit)))
		if err != nil {
			return nil, fmt.Errorf("looking for what is read at unit %d: %w", unit, err)
		}
		found, err := scanAll(rows)
		if err != nil {
			return nil, fmt.Errorf("looking for what is read at unit %d: %w", unit, err)
		}
		owners = append(owners, found...)
	}
	slices.Sort(owners)
	return slices.Compact(owners), nil
}

func scanAll(rows *sql.Rows) (list []string, err error) {
	defer rows.Close()
	for rows.Next() {
		var one string
		if err := rows.Scan(&one); err != nil {
			return nil, err
		}
		list = append(list, one)
	}
	return list, rows.Err()
}
