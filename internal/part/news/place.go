package news

import (
	"context"

	"giaoban/internal/base/access"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/part/news/prose"
)

// PlacePictureCommand puts a picture of the desk into an article.
type PlacePictureCommand struct {
	Article int64
	Picture prose.Picture
	Lead    bool // it leads the article; else it stands at the end of the body
}

// PlacePicture puts a picture into an article's text as it was saved last; one that is
// there already stays where it is. Faults: those of [Save].
func PlacePicture(ctx context.Context, tx *ledger.Tx, actor access.Actor, cmd PlacePictureCommand) (Article, error) {
	a, err := lock(ctx, tx, cmd.Article)
	if err != nil {
		return Article{}, err
	}
	for one := range a.Text.Pictures() {
		if one.File == cmd.Picture.File {
			return a, actor.May(access.NewsWrite, a.Unit)
		}
	}
	text := a.Text
	if cmd.Lead {
		text.Picture = &cmd.Picture
	} else if text.Body, err = withBlocks(text, func(blocks []prose.Block) []prose.Block {
		return append(blocks, prose.Block{Picture: &cmd.Picture})
	}); err != nil {
		return Article{}, err
	}
	return Save(ctx, tx, actor, SaveCommand{Article: a.ID, Revision: a.Revision, Text: text})
}

// ReplacePictureCommand changes what an article says of a picture, or which one it is.
type ReplacePictureCommand struct {
	Article int64
	Old     string         // the picture that stands there
	New     *prose.Picture // nil takes it out
	Lead    bool           // the new one leads the article
}

// ReplacePicture changes a picture in an article's text as it was saved last. Faults:
// those of [Save]; NotFound where the text does not show the old one.
func ReplacePicture(ctx context.Context, tx *ledger.Tx, actor access.Actor, cmd ReplacePictureCommand) (Article, error) {
	a, err := lock(ctx, tx, cmd.Article)
	if err != nil {
		return Article{}, err
	}
	text := a.Text
	led := text.Picture != nil && text.Picture.File == cmd.Old
	if led {
		text.Picture = nil
	}
	there := led
	text.Body, err = withBlocks(text, func(blocks []prose.Block) (kept []prose.Block) {
		for _, block := range blocks {
			if block.Picture == nil || block.Picture.File != cmd.Old {
				kept = append(kept, block)
				continue
			}
			if there = true; cmd.New != nil && !cmd.Lead {
				kept = append(kept, prose.Block{Picture: cmd.New})
			}
		}
		if led && cmd.New != nil && !cmd.Lead { // it goes down into the text
			kept = append([]prose.Block{{Picture: cmd.New}}, kept...)
		}
		return kept
	})
	switch {
	case err != nil:
		return Article{}, err
	case !there:
		return Article{}, fault.New(fault.NotFound, "news.picture.not-found")
	case cmd.Lead:
		text.Picture = cmd.New
	}
	return Save(ctx, tx, actor, SaveCommand{Article: a.ID, Revision: a.Revision, Text: text})
}

// withBlocks is a text's body with its blocks changed.
func withBlocks(t Text, change func([]prose.Block) []prose.Block) (body string, err error) {
	document, err := t.Document()
	if err != nil {
		return "", err
	}
	document.Blocks = change(document.Blocks)
	body, _, err = document.Field()
	return body, err
}
