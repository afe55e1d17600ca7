package news

import (
	"context"
	"fmt"
	"strconv"

	"giaoban/internal/base/access"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/store"
	"giaoban/internal/base/tree"
	"giaoban/internal/part/difficulty"
)

// HandOverCommand makes a difficulty of a comment.
type HandOverCommand struct {
	Comment  int64
	About    tree.UnitID // the unit it is about: the desk's own, or one below it
	Kind     string      // key in the profile
	Title    string
	Obstacle string
	Needs    string // "" for none
}

// HandOver raises what a reader wrote as a difficulty of the unit it is about: of a unit
// below in its stead, before the desk's own office; of the desk's unit before the office
// above. A comment is handed over once, whoever comes second is given what the first made.
// Faults: Forbidden for who does not look after the comment and its unit's difficulties;
// NotFound; Invalid at "unit" and at the fields of [difficulty.Raise].
func HandOver(ctx context.Context, tx *ledger.Tx, actor access.Actor, cmd HandOverCommand) (Comment, error) {
	c, err := lockComment(ctx, tx, cmd.Comment)
	if err != nil {
		return Comment{}, err
	}
	if err := actor.May(access.NewsModerate, c.Unit); err != nil {
		return Comment{}, err
	}
	if c.Handed != 0 {
		return c, nil
	}
	if !actor.Tree.Within(cmd.About, c.Unit) {
		return Comment{}, fault.New(fault.Invalid, "news.handed.unit").At("unit")
	}
	raise := difficulty.RaiseCommand{
		Unit: cmd.About, Key: Subject(c.Article) + ":comment:" + strconv.FormatInt(c.ID, 10), Sort: difficulty.Obstacle, Kind: cmd.Kind,
		Title: cmd.Title, Obstacle: cmd.Obstacle, Needs: cmd.Needs,
	}
	if cmd.About != c.Unit {
		raise.For = c.Unit
	}
	d, err := difficulty.Raise(ctx, tx, actor, raise)
	if err != nil {
		return Comment{}, err
	}
	c.Handed = d.ID
	if _, err := tx.ExecContext(ctx, `UPDATE news_comment SET difficulty_id = $1 WHERE id = $2`, c.Handed, c.ID); err != nil {
		return Comment{}, fmt.Errorf("handing comment %d over: %w", c.ID, err)
	}
	return c, c.tell(tx, CommentHanded, Decided{Comment: c.ID, Article: c.Article, Handed: c.Handed, Name: actor.Name})
}

// HandedAs gives the comment that a difficulty was made of; false where it came otherwise.
func HandedAs(ctx context.Context, q store.Querier, difficulty int64) (Comment, bool, error) {
	list, err := comments(ctx, q, `WHERE c.difficulty_id = $1`, difficulty)
	if err != nil || len(list) == 0 {
		return Comment{}, false, err
	}
	return list[0], true, nil
}

// OneComment gives a comment, for its desk. Faults: Forbidden; NotFound.
func OneComment(ctx context.Context, q store.Querier, actor access.Actor, id int64) (Comment, error) {
	c, err := FindComment(ctx, q, id)
	if err != nil {
		return Comment{}, err
	}
	return c, actor.May(access.NewsModerate, c.Unit)
}
