package news

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"giaoban/internal/base/access"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/part/news/prose"
)

// Passage is a part of a comment's text, in bytes.
type Passage struct {
	From int `json:"from"`
	To   int `json:"to"` // behind its last
}

// Omission stands where the desk cut a passage.
const Omission = "[…]"

// Public is what readers are shown of the comment: its text with [Omission] in the place of
// each passage that the desk cut.
func (c Comment) Public() prose.Remark {
	var shown strings.Builder
	from := 0
	for _, cut := range c.Cuts {
		shown.WriteString(string(c.Text[from:cut.From]))
		shown.WriteString(Omission)
		from = cut.To
	}
	shown.WriteString(string(c.Text[from:]))
	return prose.Remark(shown.String())
}

// CutCommand takes a passage of a comment from readers.
type CutCommand struct {
	Comment int64
	Passage string // as the comment has it; white space may differ
}

// Cut takes a passage from what readers are shown of a comment, for the desk, which keeps
// the whole. Where the passage stands more than once the first is cut that was not.
// Cutting the same again changes nothing. Faults: Forbidden; NotFound; Conflict
// where the news come from another installation; Invalid at "passage".
func Cut(ctx context.Context, tx *ledger.Tx, actor access.Actor, cmd CutCommand) (Comment, error) {
	c, err := lockComment(ctx, tx, cmd.Comment)
	if err != nil {
		return Comment{}, err
	}
	if err := actor.May(access.NewsModerate, c.Unit); err != nil {
		return Comment{}, err
	}
	if err := ownDesk(ctx, tx); err != nil {
		return Comment{}, err
	}
	found := c.find(cmd.Passage)
	if len(found) == 0 {
		return Comment{}, fault.New(fault.Invalid, "news.comment.passage").At("passage")
	}
	free := slices.IndexFunc(found, func(p Passage) bool { return !c.wasCut(p) })
	if free < 0 {
		return c, nil
	}
	c.Cuts = joined(append(slices.Clone(c.Cuts), found[free]))
	if err := c.save(ctx, tx); err != nil {
		return Comment{}, err
	}
	return c, c.tell(tx, CommentCut, Decided{Comment: c.ID, Article: c.Article, Cuts: c.Cuts, Name: actor.Name})
}

// find gives where a passage stands in the comment, whatever the white space between its words.
func (c Comment) find(passage string) (found []Passage) {
	typed, err := prose.Comment(passage, MostOpinion)
	if err != nil {
		return nil
	}
	words := strings.Fields(string(typed))
	for from := range c.Text {
		if to, ok := matches(string(c.Text), from, words); ok && (len(found) == 0 || from >= found[len(found)-1].To) {
			found = append(found, Passage{from, to})
		}
	}
	return found
}

// matches says whether words follow each other in a text from a place on, and up to where.
func matches(text string, from int, words []string) (to int, ok bool) {
	rest := text[from:]
	for i, word := range words {
		if i > 0 {
			trimmed := strings.TrimLeft(rest, " \n")
			if trimmed == rest {
				return 0, false
			}
			rest = trimmed
		}
		if rest, ok = strings.CutPrefix(rest, word); !ok {
			return 0, false
		}
	}
	return len(text) - len(rest), true
}

// wasCut says whether readers are shown nothing of a passage.
func (c Comment) wasCut(p Passage) bool {
	return slices.ContainsFunc(c.Cuts, func(cut Passage) bool { return cut.From <= p.From && p.To <= cut.To })
}

// joined are passages in their order, those that touch as one.
func joined(cuts []Passage) (list []Passage) {
	slices.SortFunc(cuts, func(a, b Passage) int { return a.From - b.From })
	for _, cut := range cuts {
		if last := len(list) - 1; last >= 0 && cut.From <= list[last].To {
			list[last].To = max(list[last].To, cut.To)
			continue
		}
		list = append(list, cut)
	}
	return list
}

// kept is cuts as a row keeps them: "" for none.
func kept(cuts []Passage) (string, error) {
	if len(cuts) == 0 {
		return "", nil
	}
	row, err := json.Marshal(cuts)
	if err != nil {
		return "", fmt.Errorf("encoding what was cut: %w", err)
	}
	return string(row), nil
}

// Reopen has a comment wait again as it was sent, for the desk: nobody is shown it, and
// nothing is cut. One that waits stays as it is. Faults: Forbidden; NotFound; Conflict
// where the news come from another installation.
func Reopen(ctx context.Context, tx *ledger.Tx, actor access.Actor, id int64) (Comment, error) {
	c, err := lockComment(ctx, tx, id)
	if err != nil {
		return Comment{}, err
	}
	if err := actor.May(access.NewsModerate, c.Unit); err != nil {
		return Comment{}, err
	}
	if err := ownDesk(ctx, tx); err != nil {
		return Comment{}, err
	}
	if c.State == Waiting && len(c.Cuts) == 0 {
		return c, nil
	}
	c.State, c.Reason, c.Cuts, c.DecidedBy, c.DecidedAt = Waiting, "", nil, actor.Name, tx.Now()
	if err := c.save(ctx, tx); err != nil {
		return Comment{}, err
	}
	return c, c.tell(tx, CommentReopened, Decided{Comment: c.ID, Article: c.Article, Name: actor.Name})
}
