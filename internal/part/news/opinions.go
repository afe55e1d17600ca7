package news

import (
	"context"

	"giaoban/internal/base/access"
	"giaoban/internal/base/ledger"
)

// SetOpinions says whether readers may send comments on an article, for its desk. Saying
// the same again changes nothing. Faults: Forbidden; NotFound;
// Conflict where the news come from another installation.
func SetOpinions(ctx context.Context, tx *ledger.Tx, actor access.Actor, article int64, taken bool) (Article, error) {
	a, err := lock(ctx, tx, article)
	if err != nil {
		return Article{}, err
	}
	if err := actor.May(access.NewsModerate, a.Unit); err != nil {
		return Article{}, err
	}
	if err := ownDesk(ctx, tx); err != nil {
		return Article{}, err
	}
	if a.Comments == taken {
		return a, nil
	}
	a.Comments = taken
	if err := a.save(ctx, tx); err != nil {
		return Article{}, err
	}
	return a, a.tell(tx, OpinionsSet, Act{Open: taken, Name: actor.Name})
}
