package register

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"
	"time"

	"giaoban/internal/base/access"
	"giaoban/internal/base/account"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/profile"
	"giaoban/internal/base/store"
	"giaoban/internal/base/text"
	"giaoban/internal/base/tree"
	"giaoban/internal/part/org"
)

// Hash is how a paper holds what it says: the SHA-256 of its bytes, in hexadecimal.
func Hash(content []byte) string {
	sum := sha256.Sum256(content)
	return hex.EncodeToString(sum[:])
}

// Authorities are in whose name the actor may sign the papers of a unit, by the posts that
// the actor holds in it and by what a leader handed over; "" is the actor's own name, for
// whoever leads the unit.
func Authorities(ctx context.Context, q store.Querier, actor access.Actor, unit tree.UnitID, lang text.Lang) ([]string, error) {
	if actor.May(access.PaperSign, unit) != nil {
		return nil, nil
	}
	if as := account.As(actor, access.PaperSign, unit, ""); as.Delegation != 0 {
		return []string{as.Authority}, nil
	}
	p, err := org.Profile(ctx, q)
	if err != nil {
		return nil, err
	}
	held, err := org.Posts(ctx, q, unit)
	if err != nil {
		return nil, err
	}
	list := []string{}
	for _, a := range p.Papers.Authorities {
		if slices.ContainsFunc(held, func(post org.Post) bool {
			return post.Person == actor.Person && post.To == "" && a.For(post.Body, post.Kind)
		}) {
			list = append(list, a.Name.In(lang))
		}
	}
	return append(list, ""), nil
}

// SignCommand signs a paper whose content the signer has read.
type SignCommand struct {
	Paper     int64
	Content   []byte // what it says, as the part that drafted it writes it
	Authority string // one of [Authorities]
	Signature account.Signature
}

// Initial says that somebody of the unit's office has gone over a draft before it is
// signed (ký nháy). Faults: Forbidden; Conflict where it is no draft any more.
func Initial(ctx context.Context, tx *ledger.Tx, actor access.Actor, id int64, content []byte) (Paper, error) {
	p, err := lock(ctx, tx, id)
	if err != nil {
		return Paper{}, err
	}
	if err := actor.May(access.PaperDraft, p.Unit); err != nil {
		return Paper{}, err
	}
	if p.State != Drafted {
		return Paper{}, fault.New(fault.Conflict, "register.not-draft")
	}
	p.Initialler, p.Content = actor.Name, Hash(content)
	if err := p.save(ctx, tx); err != nil {
		return Paper{}, err
	}
	return p, p.tell(tx, WasInitialled, Act{Name: actor.Name})
}

// Sign signs a paper in the program. Signing the same again changes nothing. Who asks
// what there is to sign gets an *account.Unsigned. Faults: Forbidden; Conflict where it
// is no draft, or may not be signed so; Invalid at "authority".
func Sign(ctx context.Context, tx *ledger.Tx, actor access.Actor, cmd SignCommand) (Paper, error) {
	p, err := lock(ctx, tx, cmd.Paper)
	if err != nil {
		return Paper{}, err
	}
	if err := actor.May(access.PaperSign, p.Unit); err != nil {
		return Paper{}, err
	}
	hash := Hash(cmd.Content)
	if p.State != Drafted {
		if p.Content == hash && p.State != Cancelled {
			return p, nil
		}
		return Paper{}, fault.New(fault.Conflict, "register.not-draft")
	}
	if err := p.may(ctx, tx, profile.InProgram); err != nil {
		return Paper{}, err
	}
	if cmd.Signature.Method == "" || cmd.Signature.Person != actor.Person {
		return Paper{}, fault.New(fault.Forbidden, "register.signature-none")
	}
	if err := authorised(ctx, tx, actor, p.Unit, cmd.Authority); err != nil {
		return Paper{}, err
	}
	own := cmd.Signature
	own.Authority = "" // it stands on the paper by itself
	p.Content, p.Authority, p.Signer, p.Method, p.SignedAt = hash, cmd.Authority, own.String(), own.Method, tx.Now()
	p.State = Signed
	if err := cmd.Signature.Covers(p.statement()); err != nil {
		return Paper{}, err
	}
	if err := p.save(ctx, tx); err != nil {
		return Paper{}, err
	}
	if err := cmd.Signature.Use(ctx, tx, actor, access.PaperSign, p.Unit, Subject(p.ID)); err != nil {
		return Paper{}, err
	}
	return p, p.tell(tx, WasSigned, Act{Name: actor.Name, Passkey: own.Passkey, Delegation: own.Delegation})
}

// EnterCommand enters a paper that was signed by the rules of the part that wrote it, as
// minutes are by their chair.
type EnterCommand struct {
	DraftCommand
	Content  []byte // that was signed
	Signer   string // name and post
	Method   string // account.ByPasskey or account.ByPassword
	SignedAt time.Time
}

// Enter enters a paper that is signed already, to be numbered and issued, also one that was
// drafted to be signed outside the program. The part by whose rules it was signed has
// decided who may, and its own event proves the signature. Entering it again changes nothing. Invalid at "kind", "title" and those of the marks.
func Enter(ctx context.Context, tx *ledger.Tx, actor access.Actor, cmd EnterCommand) (Paper, error) {
	p, _, err := enter(ctx, tx, actor, cmd.DraftCommand)
	if err == nil {
		p, err = lock(ctx, tx, p.ID)
	}
	if err != nil || p.State != Drafted {
		return p, err
	}
	p.State, p.Content, p.Signer, p.Method, p.SignedAt = Signed, Hash(cmd.Content), cmd.Signer, cmd.Method, cmd.SignedAt
	if err := p.save(ctx, tx); err != nil {
		return Paper{}, err
	}
	return p, p.tell(tx, WasEntered, Act{Name: actor.Name})
}

// may refuses ways of signing of which the profile has none for the paper's kind.
func (p Paper) may(ctx context.Context, q store.Querier, ways ...profile.Signing) error {
	rules, err := org.Profile(ctx, q)
	if err != nil {
		return err
	}
	if kind, known := rules.PaperKind(p.Kind); !known || !slices.ContainsFunc(ways, kind.Signs) {
		return fault.New(fault.Conflict, "register.not-so")
	}
	return nil
}

func authorised(ctx context.Context, q store.Querier, actor access.Actor, unit tree.UnitID, authority string) error {
	for _, lang := range text.Langs {
		list, err := Authorities(ctx, q, actor, unit, lang)
		if err != nil {
			return err
		}
		if slices.Contains(list, authority) {
			return nil
		}
	}
	return fault.New(fault.Invalid, "register.authority").At("authority")
}

// statement is what is signed of a paper.
func (p Paper) statement() account.Statement {
	return account.NewStatement("paper", "paper", p.ID, "unit", p.Unit, "kind", p.Kind, "title", p.Title, "content", p.Content,
		"authority", p.Authority, "signer", p.Signer)
}

// Return makes a draft of a signed paper again that has no number yet, with a reason, for
// the unit's office. Faults: Forbidden; Conflict where it is not signed or has a number;
// Invalid at "reason".
func Return(ctx context.Context, tx *ledger.Tx, actor access.Actor, id int64, reason string) (Paper, error) {
	p, err := lock(ctx, tx, id)
	if err != nil {
		return Paper{}, err
	}
	if err := actor.May(access.PaperSign, p.Unit); err != nil {
		return Paper{}, err
	}
	if p.State != Signed {
		return Paper{}, fault.New(fault.Conflict, "register.not-signed")
	}
	if reason, err = said(reason); err != nil {
		return Paper{}, err
	}
	return p.backToDraft(ctx, tx, actor, reason)
}

// backToDraft takes the signature off a paper.
func (p Paper) backToDraft(ctx context.Context, tx *ledger.Tx, actor access.Actor, reason string) (Paper, error) {
	was := p
	p.State, p.Content, p.Authority, p.Signer, p.Method, p.Initialler = Drafted, "", "", "", "", ""
	p.SignedAt = time.Time{}
	if err := p.save(ctx, tx); err != nil {
		return Paper{}, err
	}
	if err := p.voidCopies(ctx, tx); err != nil {
		return Paper{}, err
	}
	return p, was.tell(tx, WasReturned, Act{Reason: reason, Name: actor.Name})
}

// said is a reason, without its margins.
func said(reason string) (string, error) {
	reason = strings.TrimSpace(reason)
	if n := len([]rune(reason)); n == 0 || n > MostTitle {
		return "", fault.New(fault.Invalid, "register.reason", "most", MostTitle).At("reason")
	}
	return reason, nil
}
