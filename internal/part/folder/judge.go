package folder

import (
	"context"
	"fmt"
	"strings"
	"unicode/utf8"

	"giaoban/internal/base/access"
	"giaoban/internal/base/account"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/store"
)

// Judge says, for the leader, whether a decision that was entered in the leader's name
// is the leader's. One that is not stays in force until it is decided anew: the log says
// what the leader said of it. Judging again in the same way changes nothing. Faults:
// NotFound, also for whoever is not the leader; Conflict where it is out or was judged
// otherwise; Invalid at "remark" where a wrong one has none.
func Judge(ctx context.Context, tx *ledger.Tx, actor access.Actor, code account.Code, verdict Verdict, remark string) (Slip, error) {
	s, err := Find(ctx, tx, code)
	if err != nil {
		return Slip{}, err
	}
	remark = strings.TrimSpace(remark)
	switch n := utf8.RuneCountInString(remark); {
	case actor.Person != s.Leader:
		return Slip{}, fault.New(fault.NotFound, "folder.code-unknown")
	case !s.Back():
		return Slip{}, fault.New(fault.Conflict, "folder.out")
	case s.Verdict == verdict && s.Remark == remark:
		return s, nil
	case s.Verdict != Unseen:
		return Slip{}, fault.New(fault.Conflict, "folder.judged")
	case verdict == Wrong && n == 0:
		return Slip{}, fault.New(fault.Invalid, "folder.remark-needed").At("remark")
	case n > MostNote:
		return Slip{}, fault.New(fault.Invalid, "folder.note-long", "most", MostNote).At("remark")
	}
	s.Verdict, s.Remark, s.VerdictAt = verdict, remark, tx.Now()
	_, err = tx.ExecContext(ctx, `UPDATE folder_slip SET verdict = $1, remark = $2, verdict_at = $3 WHERE id = $4`, s.Verdict, s.Remark, store.Micro(s.VerdictAt), s.ID)
	if err != nil {
		return Slip{}, fmt.Errorf("judging slip %s: %w", s.Code, err)
	}
	return s, tx.Append(ledger.New{Unit: int64(s.Unit), Kind: WasJudged, Subject: Subject(s.Folder), Payload: Judged{
		Folder: s.Folder, Code: s.Code, Verdict: s.Verdict, Remark: s.Remark, Name: actor.Name,
	}})
}
