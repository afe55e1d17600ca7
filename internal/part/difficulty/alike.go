package difficulty

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"giaoban/internal/base/access"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/fold"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/store"
)

// wordsOf are the words of texts, folded and without their punctuation, each once and in
// order.
func wordsOf(texts ...string) string {
	words := strings.FieldsFunc(fold.Key(strings.Join(texts, " ")), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	slices.Sort(words)
	return strings.Join(slices.Compact(words), " ")
}

// alikeFrom is the share of words that two difficulties have in common, of all words in
// either, from which they are called alike.
const alikeFrom = 0.4

// Alike is a difficulty that says much the same as another.
type Alike struct {
	Difficulty
	Share float64 // of the words, from 0 to 1
}

// AlikeTo finds what an office could answer together with a difficulty: open ones that
// it has, of the same kind and milestone, that share words with it or nothing but
// their writing apart; the most alike first.
func AlikeTo(ctx context.Context, q store.Querier, d Difficulty) (list []Alike, err error) {
	rows, err := q.QueryContext(ctx, `SELECT `+columns+`, d.words FROM difficulty d
		WHERE d.at_id = $1 AND d.state = $2 AND d.kind = $3 AND d.directive_id = $4 AND d.milestone = $5 AND d.head_id = 0 AND d.id <> $6
		ORDER BY d.raised_at, d.id`, d.At, Open, d.Kind, d.Directive, d.Milestone, d.ID)
	if err != nil {
		return nil, fmt.Errorf("finding difficulties alike to %d: %w", d.ID, err)
	}
	defer rows.Close()
	own := wordsOf(d.Title, d.Obstacle)
	for rows.Next() {
		var one Alike
		var words string
		err := one.scan(func(into ...any) error { return rows.Scan(append(into, &words)...) })
		if err != nil {
			return nil, fmt.Errorf("reading an alike difficulty: %w", err)
		}
		if one.Share = shared(own, words); one.Share >= alikeFrom {
			list = append(list, one)
		}
	}
	slices.SortStableFunc(list, func(a, b Alike) int {
		switch {
		case a.Share > b.Share:
			return -1
		case a.Share < b.Share:
			return 1
		}
		return 0
	})
	return list, rows.Err()
}

// shared is the share of words in both, of all words in either.
func shared(a, b string) float64 {
	in := map[string]bool{}
	for _, word := range strings.Fields(a) {
		in[word] = true
	}
	both, all := 0, len(in)
	for _, word := range strings.Fields(b) {
		if in[word] {
			both++
		} else {
			all++
		}
	}
	if all == 0 {
		return 0
	}
	return float64(both) / float64(all)
}

// Join has open difficulties that the same office has answered with another: whatever
// it says and does about that one it says and does about them. Faults: Forbidden;
// Conflict where one is not open or is with another office.
func Join(ctx context.Context, tx *ledger.Tx, actor access.Actor, head int64, ids []int64) (Difficulty, error) {
	d, err := lock(ctx, tx, head)
	if err != nil {
		return Difficulty{}, err
	}
	if err := actor.May(access.DifficultyAnswer, d.At); err != nil {
		return Difficulty{}, err
	}
	if d.State != Open || d.Head != 0 {
		return Difficulty{}, fault.New(fault.Conflict, "difficulty.not-open")
	}
	for _, id := range ids {
		one, err := lock(ctx, tx, id)
		if err != nil {
			return Difficulty{}, err
		}
		heads, err := joined(ctx, tx, one)
		if err != nil {
			return Difficulty{}, err
		}
		switch {
		case one.Head == head:
			continue
		case one.ID == head || one.At != d.At || one.State != Open || one.Head != 0 || len(heads) > 0:
			return Difficulty{}, fault.New(fault.Conflict, "difficulty.not-alike", "title", one.Title)
		}
		one.Head = head
		if err := one.save(ctx, tx); err != nil {
			return Difficulty{}, err
		}
		if err := one.tell(tx, WasJoined, d.At, Act{Difficulty: one.ID, Unit: one.Unit, By: d.At, With: head, Name: actor.Name}); err != nil {
			return Difficulty{}, err
		}
		// Whoever read the other one alone has not read what is answered with it now.
		if err := d.tell(tx, WasGathered, d.At, Act{Difficulty: d.ID, Unit: d.Unit, By: d.At, With: one.ID, Name: actor.Name}); err != nil {
			return Difficulty{}, err
		}
	}
	return d, nil
}

// Part has a difficulty answered by itself again. Faults: Forbidden; Conflict where it
// is with no other.
func Part(ctx context.Context, tx *ledger.Tx, actor access.Actor, id int64) (Difficulty, error) {
	d, err := lock(ctx, tx, id)
	if err != nil {
		return Difficulty{}, err
	}
	if err := actor.May(access.DifficultyAnswer, d.At); err != nil {
		return Difficulty{}, err
	}
	if d.Head == 0 || d.State != Open {
		return Difficulty{}, fault.New(fault.Conflict, "difficulty.not-open")
	}
	head, err := Get(ctx, tx, d.Head)
	if err != nil {
		return Difficulty{}, err
	}
	if err := d.part(ctx, tx, actor); err != nil {
		return Difficulty{}, err
	}
	return d, head.tell(tx, WasReleased, d.At, Act{Difficulty: head.ID, Unit: head.Unit, By: d.At, With: d.ID, Name: actor.Name})
}

func (d *Difficulty) part(ctx context.Context, tx *ledger.Tx, actor access.Actor) error {
	d.Head = 0
	if err := d.save(ctx, tx); err != nil {
		return err
	}
	return d.tell(tx, WasParted, d.At, Act{Difficulty: d.ID, Unit: d.Unit, By: d.At, Name: actor.Name})
}

// disband has what is answered with a difficulty answered by itself again.
func (d Difficulty) disband(ctx context.Context, tx *ledger.Tx, actor access.Actor) error {
	with, err := joined(ctx, tx, d)
	if err != nil {
		return err
	}
	for _, one := range with {
		if err := one.part(ctx, tx, actor); err != nil {
			return err
		}
	}
	return nil
}

// joined are the open difficulties that are answered with one, in order.
func joined(ctx context.Context, q store.Querier, d Difficulty) (list []*Difficulty, err error) {
	all, err := With(ctx, q, d.ID)
	for _, one := range all {
		if one.State == Open {
			list = append(list, &one)
		}
	}
	return list, err
}

// With gives all that was or is answered with a difficulty, in order.
func With(ctx context.Context, q store.Querier, head int64) ([]Difficulty, error) {
	return read(ctx, q, `WHERE d.head_id = $1 ORDER BY d.id`, head)
}
