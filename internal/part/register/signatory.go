package register

import (
	"context"
	"fmt"

	"giaoban/internal/base/access"
	"giaoban/internal/base/account"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/store"
	"giaoban/internal/base/text"
	"giaoban/internal/base/tree"
	"giaoban/internal/part/org"
)

// Signatory is somebody who can sign a unit's papers outside the program, and in whose
// name: holders of the profile's posts, who need no account, and whoever leads the unit.
type Signatory struct {
	Key       string // names it in a form: "by-order/12" by a post, "own/3" by a person
	Authority string // "T/L BAN THƯỜNG VỤ"; "" for the own name
	Name      string
	Post      string // "" for none
	Person    int64  // 0 for somebody without an account
}

// String is the name and post, as a paper has them.
func (s Signatory) String() string {
	return account.Capacity{Post: s.Post}.Named(s.Name)
}

// Signatories are those of a unit today, by authority in the profile's order, leaders in
// their own name last.
func Signatories(ctx context.Context, q store.Querier, unit tree.UnitID, lang text.Lang) (list []Signatory, err error) {
	rules, err := org.Profile(ctx, q)
	if err != nil {
		return nil, err
	}
	held, err := org.Posts(ctx, q, unit)
	if err != nil {
		return nil, err
	}
	for _, a := range rules.Papers.Authorities {
		for _, post := range held {
			if post.To != "" || !a.For(post.Body, post.Kind) {
				continue
			}
			kind, _ := rules.Post(post.Body, post.Kind)
			list = append(list, Signatory{
				Key: fmt.Sprintf("%s/%d", a.Key, post.ID), Authority: a.Name.In(lang), Name: post.Name, Post: text.Capital(kind.Name.In(lang)), Person: post.Person,
			})
		}
	}
	leaders, err := account.Holders(ctx, q, []tree.UnitID{unit}, access.Leader)
	if err != nil {
		return nil, err
	}
	for _, leader := range leaders {
		s := Signatory{Key: fmt.Sprintf("own/%d", leader.ID), Name: leader.Name, Person: leader.ID}
		if s.Post, err = org.PostTitle(ctx, q, leader.ID, unit); err != nil {
			return nil, err
		}
		list = append(list, s)
	}
	return list, nil
}

// Signatories are those who can sign what is said: whom its part names, or those of the
// unit.
func (s Said) Signatories(ctx context.Context, q store.Querier, unit tree.UnitID, lang text.Lang) ([]Signatory, error) {
	if s.By != nil {
		return []Signatory{*s.By}, nil
	}
	return Signatories(ctx, q, unit, lang)
}

// Signatory finds one of them by its key. Invalid at "signatory": there is none.
func (s Said) Signatory(ctx context.Context, q store.Querier, unit tree.UnitID, lang text.Lang, key string) (Signatory, error) {
	list, err := s.Signatories(ctx, q, unit, lang)
	if err != nil {
		return Signatory{}, err
	}
	for _, by := range list {
		if by.Key == key {
			return by, nil
		}
	}
	return Signatory{}, fault.New(fault.Invalid, "register.signatory").At("signatory")
}
