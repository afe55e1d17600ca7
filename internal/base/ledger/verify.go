package ledger

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math"
	"runtime"
	"slices"
	"sync"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// Finding is something that verification found wrong.
type Finding struct {
	Position int64  // of the first event it concerns
	What     string // text key; n in it is the position
}

// Result is what verification found.
type Result struct {
	Events   int64 // that were read
	Covered  int64 // events from the first on that a signed checkpoint vouches for
	Outside  int   // checkpoints kept elsewhere that were compared
	Erased   []ErasedEvent
	Findings []Finding // empty when all is in order; the earliest of each kind, by position
}

// Verify reads the whole log and proves that it is as it was written: positions
// without gaps, time that never goes back, each event's bytes against its leaf,
// the leaves against the Merkle tree, the tree against every signed checkpoint.
// What nothing covers yet can be proven only against itself.
//
// each, when it is not nil, sees every event that has a payload, altered ones
// too, in order; an event that it cannot take is a finding.
//
// outside are signed checkpoints that were kept elsewhere: with one of them also
// a log is found out that was made anew by whoever holds the key. A payload that
// an event erased is no finding.
//
// The transaction must see one state: give it that of store.DB.View. It takes
// little memory: of the tree only the hashes are kept that later ones are
// computed from.
func Verify(ctx context.Context, tx *sql.Tx, key note.Verifier, each func(Event) error, outside ...string) (Result, error) {
	v := verification{tx: tx, each: each, erasures: erasures{gone: map[int64]bool{}}}
	for _, text := range outside {
		v.takeOutside(text, key)
	}
	if err := v.readCheckpoints(ctx, key); err != nil {
		return v.result, fmt.Errorf("reading checkpoints: %w", err)
	}
	if err := v.readEvents(ctx); err != nil {
		return v.result, err
	}
	if err := v.ends(ctx); err != nil {
		return v.result, err
	}
	return v.finish(), nil
}

type verification struct {
	tx     *sql.Tx
	each   func(Event) error
	result Result

	reading  sync.Mutex // one reads of tx at a time
	erasures erasures
	outside  []tlog.Tree // what checkpoints say that were kept elsewhere

	signed []tlog.Tree // what checkpoints with a good signature say, by size
	size   int64       // of the tree as the table of checkpoints has it, signed well or not
	good   int64       // size of the largest checkpoint whose root is right

	last     Event    // that was read
	gap      int64    // the first position missing; the tree is not compared from there on
	leaves   int64    // of the tree as it was computed anew from the events' own bytes
	frontier frontier // of that tree
	suspect  int64    // the first event whose leaf is not the stored tree's
	torn     bool     // a hash inside the stored tree does not fit the leaves under it
}

// find keeps the earliest finding of each kind: the others mostly follow from
// it.
func (v *verification) find(position int64, what string) {
	for i, f := range v.result.Findings {
		if f.What == what {
			v.result.Findings[i].Position = min(f.Position, position)
			return
		}
	}
	v.result.Findings = append(v.result.Findings, Finding{position, what})
}

// readCheckpoints reads what the signed checkpoints say.
func (v *verification) readCheckpoints(ctx context.Context, key note.Verifier) error {
	rows, err := v.tx.QueryContext(ctx, `SELECT size, note FROM ledger_checkpoint ORDER BY size`)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var text string
		if err := rows.Scan(&v.size, &text); err != nil {
			return err
		}
		signed, err := note.Open([]byte(text), note.VerifierList(key))
		if err != nil {
			v.find(v.size, "verify.signature")
			continue
		}
		tree, err := parseCheckpoint(signed.Text)
		if err != nil || tree.N != v.size {
			v.find(v.size, "verify.checkpoint")
			continue
		}
		v.signed = append(v.signed, tree)
	}
	return rows.Err()
}

func (v *verification) readEvents(ctx context.Context) error {
	for rows, err := range batches(ctx, v.tx, &v.reading, math.MinInt64, math.MaxInt64) {
		if err != nil {
			return err
		}
		if err := v.batch(ctx, rows); err != nil {
			return err
		}
	}
	return nil
}

// batch verifies the next events by themselves and the tree that they make.
func (v *verification) batch(ctx context.Context, rows []row) error {
	before := v.leaves
	tree := growing{before: v.frontier, start: tlog.StoredHashCount(before)}
	leaves := leavesOf(rows)
	for i, r := range rows {
		leaf := v.event(r, leaves[i])
		if v.gap != 0 || r.event.Position != v.leaves+1 {
			continue
		}
		if err := tree.add(v.leaves, leaf); err != nil {
			return err
		}
		v.leaves++
	}
	if err := v.compareTree(ctx, &tree); err != nil {
		return fmt.Errorf("reading the tree: %w", err)
	}
	if err := errors.Join(v.compareCheckpoints(&tree, before), v.compareOutside(&tree, before)); err != nil {
		return err
	}
	return v.keepFrontier(&tree)
}

// leavesOf computes the leaves that events' own bytes make, on all processors.
// Of an event whose payload is gone without a trace it is the stored one.
func leavesOf(rows []row) []tlog.Hash {
	leaves := make([]tlog.Hash, len(rows))
	workers := runtime.GOMAXPROCS(0)
	part := (len(rows) + workers - 1) / workers
	var all sync.WaitGroup
	for from := 0; from < len(rows); from += part {
		all.Go(func() {
			for i := from; i < min(from+part, len(rows)); i++ {
				_, leaves[i], _ = rows[i].proven()
			}
		})
	}
	all.Wait()
	return leaves
}

// event verifies an event by itself, given the leaf that its bytes make, and
// gives the leaf that stands in the tree computed anew.
func (v *verification) event(r row, leaf tlog.Hash) tlog.Hash {
	e := r.event
	v.result.Events++
	if e.Position < 1 {
		v.find(e.Position, "verify.added")
		return r.leaf
	}
	if e.Position != v.last.Position+1 {
		if v.gap == 0 {
			v.gap = v.last.Position + 1
		}
		v.find(v.last.Position+1, "verify.missing")
	}
	altered := r.erased && r.hash == tlog.Hash{} || leaf != r.leaf
	if r.erased && !altered {
		v.erasures.gone[e.Position] = true
	}
	if altered {
		v.find(e.Position, "verify.altered")
	}
	if e.Time.Before(v.last.Time) {
		v.find(e.Position, "verify.time")
	}
	if e.Kind == Erased && !r.erased && v.erasures.take(e) != nil && !altered {
		v.find(e.Position, "verify.unreadable")
	}
	if v.each != nil && !r.erased {
		if err := v.each(e); err != nil && !altered {
			v.find(e.Position, "verify.unreadable")
		}
	}
	v.last = e
	return leaf
}

// compareTree holds the stored tree against what was added to the one computed
// anew.
func (v *verification) compareTree(ctx context.Context, tree *growing) error {
	v.reading.Lock()
	defer v.reading.Unlock()
	end := tree.start + int64(len(tree.added))
	rows, err := v.tx.QueryContext(ctx, `SELECT id, hash FROM ledger_hash WHERE id >= $1 AND id < $2 ORDER BY id`, tree.start, end)
	if err != nil {
		return err
	}
	defer rows.Close()
	next := tree.start
	for rows.Next() {
		var id int64
		var hash []byte
		if err := rows.Scan(&id, &hash); err != nil {
			return err
		}
		if id != next {
			v.find(firstUnder(next), "verify.tree")
		}
		next = id + 1
		if hashOf(hash) != tree.added[id-tree.start] {
			v.differs(id)
		}
	}
	if next < min(end, tlog.StoredHashCount(v.size)) {
		v.find(firstUnder(next), "verify.tree")
	}
	return rows.Err()
}

// differs takes note of a stored hash that is not the computed one. The first
// leaf that differs is the only one that says something: what stands on it
// differs too.
func (v *verification) differs(id int64) {
	if v.suspect != 0 {
		return
	}
	level, n := tlog.SplitStoredHashIndex(id)
	switch {
	case level == 0:
		v.suspect = n + 1
	case !v.torn: // the first is the lowest of those that stand on each other
		v.torn = true
		v.find(firstUnder(id), "verify.tree")
	}
}

// firstUnder is the first event under a hash of the tree.
func firstUnder(id int64) int64 {
	level, n := tlog.SplitStoredHashIndex(id)
	return n<<level + 1
}

// compareCheckpoints holds the computed tree against the checkpoints over more
// than before events.
func (v *verification) compareCheckpoints(tree *growing, before int64) error {
	for _, signed := range v.signed {
		if signed.N <= before || signed.N > v.leaves {
			continue
		}
		root, err := tlog.TreeHash(signed.N, tree)
		if err != nil {
			return fmt.Errorf("computing the root over %d events: %w", signed.N, err)
		}
		switch {
		case root == signed.Hash:
			v.good = signed.N
		case v.suspect == 0 || v.suspect > signed.N: // no event is known that explains it
			v.find(signed.N, "verify.checkpoint")
		}
	}
	return nil
}

// ends verifies that nothing is cut off or put on behind.
func (v *verification) ends(ctx context.Context) error {
	head, at, err := Head(ctx, v.tx)
	if err != nil {
		return err
	}
	last := v.last.Position
	for _, tree := range v.signed {
		head = max(head, tree.N)
	}
	switch {
	case last < head:
		v.find(last+1, "verify.missing")
	case last > head:
		v.find(head+1, "verify.added")
	case !at.Equal(v.last.Time):
		v.find(last, "verify.time")
	}
	var surplus int64
	err = v.tx.QueryRowContext(ctx, `SELECT COUNT(*) FROM ledger_hash WHERE id < 0 OR id >= $1`, tlog.StoredHashCount(v.size)).Scan(&surplus)
	if err != nil {
		return fmt.Errorf("reading the end of the tree: %w", err)
	}
	if surplus > 0 {
		v.find(v.size+1, "verify.tree")
	}
	return nil
}

func (v *verification) finish() Result {
	v.erased()
	v.shorter()
	switch {
	case v.suspect == 0:
	case v.suspect <= v.good: // the event is as it was signed, so the tree is not
		v.find(v.suspect, "verify.tree")
	default:
		v.find(v.suspect, "verify.altered")
	}
	slices.SortStableFunc(v.result.Findings, func(a, b Finding) int { return cmp.Compare(a.Position, b.Position) })
	v.result.Covered = v.good
	return v.result
}
