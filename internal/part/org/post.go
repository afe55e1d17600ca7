package org

import (
	"context"
	"fmt"
	"slices"

	"giaoban/internal/base/access"
	"giaoban/internal/base/clock"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/profile"
	"giaoban/internal/base/store"
	"giaoban/internal/base/text"
	"giaoban/internal/base/tree"
)

// Post is what a person is, or was, in a body of a unit.
type Post struct {
	ID     int64
	Unit   tree.UnitID
	Body   string     // key of a body of the profile
	Kind   string     // key of a post of that body
	Person int64      // 0 when the person has no account
	Name   string     // of the person
	From   clock.Date // included
	To     clock.Date // excluded; "" while it lasts
}

// Body is a part of a unit in which people hold posts, from the day on which
// it was first needed.
type Body struct {
	ID   int64
	Unit tree.UnitID
	Kind string // key of a body of the profile
	Name string
	From clock.Date
	To   clock.Date
}

// AppointCommand gives a person a post.
type AppointCommand struct {
	Unit   tree.UnitID
	Body   string // key of a body of the profile
	Post   string // key of a post of that body
	Person int64  // 0 when the person has no account
	Name   string // of the person
	From   clock.Date
}

// Appoint gives a person a post in a body of a unit from a day on; the unit gets
// the body with its first post. A post that one person holds at a time must be
// free.
func Appoint(ctx context.Context, tx *ledger.Tx, actor access.Actor, cmd AppointCommand) (Post, error) {
	if err := actor.May(access.PostChange, cmd.Unit); err != nil {
		return Post{}, err
	}
	c, err := begin(ctx, tx, actor, cmd.From)
	if err != nil {
		return Post{}, err
	}
	_, unit, err := c.unit(ctx, cmd.Unit, "from")
	if err != nil {
		return Post{}, err
	}
	var wrong fault.List
	name, refusal := CleanName(cmd.Name)
	wrong = at(wrong, refusal, "name")
	body, kind, refusal := c.postOf(unit.Level, cmd.Body, cmd.Post)
	if wrong = at(wrong, refusal, "post"); len(wrong) > 0 {
		return Post{}, wrong
	}
	post := Post{Unit: cmd.Unit, Body: cmd.Body, Kind: cmd.Post, Person: cmd.Person, Name: name, From: c.day}
	if err := c.freePost(ctx, post, kind); err != nil {
		return Post{}, err
	}
	if err := c.needBody(ctx, cmd.Unit, body); err != nil {
		return Post{}, err
	}
	err = tx.QueryRowContext(ctx, `INSERT INTO post (unit_id, body, kind, person_id, name, from_date, to_date)
		VALUES ($1, $2, $3, $4, $5, $6, '') RETURNING id`,
		post.Unit, post.Body, post.Kind, post.Person, post.Name, string(post.From)).Scan(&post.ID)
	if err != nil {
		return Post{}, fmt.Errorf("storing a post: %w", err)
	}
	return post, tx.Append(post.event(Appointed))
}

// postOf finds a post that a unit of a level has.
func (c *change) postOf(level, body, post string) (profile.Body, profile.Post, *fault.Error) {
	bodies := c.profile.BodiesOf(level)
	i := slices.IndexFunc(bodies, func(b profile.Body) bool { return b.Key == body })
	kind, ok := c.profile.Post(body, post)
	if i < 0 || !ok {
		return profile.Body{}, profile.Post{}, fault.New(fault.Invalid, "org.post-unknown")
	}
	return bodies[i], kind, nil
}

// freePost refuses a post that somebody else holds already and one person holds
// at a time, and one that the same person holds already.
func (c *change) freePost(ctx context.Context, post Post, kind profile.Post) error {
	held, err := readPosts(ctx, c.tx, `WHERE unit_id = $1 AND body = $2 AND kind = $3 AND (to_date = '' OR to_date > $4)`,
		post.Unit, post.Body, post.Kind, string(post.From))
	if err != nil {
		return err
	}
	for _, other := range held {
		twice := other.Name == post.Name && other.Person == post.Person
		if kind.Single || twice {
			return fault.New(fault.Invalid, "org.post-held", "post", kind.Name, "person", other.Name, "from", other.From).At("post")
		}
	}
	return nil
}

// needBody gives the unit a body when it does not have it yet.
func (c *change) needBody(ctx context.Context, unit tree.UnitID, body profile.Body) error {
	var id int64
	var from clock.Date
	err := c.tx.QueryRowContext(ctx, `SELECT id, from_date FROM body WHERE unit_id = $1 AND kind = $2 AND to_date = ''`,
		unit, body.Key).Scan(&id, &from)
	if err == nil && from > c.day {
		_, err = c.tx.ExecContext(ctx, `UPDATE body SET from_date = $1 WHERE id = $2`, string(c.day), id)
	}
	if store.Missing(err) {
		_, err = c.tx.ExecContext(ctx, `INSERT INTO body (unit_id, kind, name, from_date, to_date) VALUES ($1, $2, $3, $4, '')`,
			unit, body.Key, body.Name.In(text.VI), string(c.day))
	}
	if err != nil {
		return fmt.Errorf("giving the unit its body: %w", err)
	}
	return nil
}

// EndPostCommand ends a post.
type EndPostCommand struct {
	Post int64
	To   clock.Date // the first day without it; "" for today
}

// EndPost ends a post from a day on, which is not before it began. A post that
// ended already is a Conflict.
func EndPost(ctx context.Context, tx *ledger.Tx, actor access.Actor, cmd EndPostCommand) (Post, error) {
	held, err := readPosts(ctx, tx, `WHERE id = $1`, cmd.Post)
	if err != nil {
		return Post{}, err
	}
	if len(held) == 0 {
		return Post{}, fault.New(fault.NotFound, "org.no-post")
	}
	post := held[0]
	if err := actor.May(access.PostChange, post.Unit); err != nil {
		return Post{}, err
	}
	c, err := begin(ctx, tx, actor, cmd.To)
	if refusal := fault.All(err); len(refusal) == 1 && refusal[0].Field == "from" {
		return Post{}, refusal[0].At("to")
	}
	if err != nil {
		return Post{}, err
	}
	if c.day < post.From {
		return Post{}, fault.New(fault.Invalid, "org.post-before", "from", post.From).At("to")
	}
	post.To = c.day
	done, err := tx.ExecContext(ctx, `UPDATE post SET to_date = $1 WHERE id = $2 AND to_date = ''`, string(post.To), post.ID)
	if err != nil {
		return Post{}, fmt.Errorf("ending a post: %w", err)
	}
	if n, err := done.RowsAffected(); err != nil || n == 0 {
		return Post{}, fault.New(fault.Conflict, "org.post-ended").Because(err)
	}
	return post, tx.Append(post.event(PostEnded))
}

func (p Post) event(kind ledger.Kind) ledger.New {
	return ledger.New{Unit: int64(p.Unit), Kind: kind, Subject: Subject(p.Unit), Payload: PostChanged{
		Post: p.ID, Unit: p.Unit, Body: p.Body, Kind: p.Kind, Person: p.Person, Name: p.Name, From: p.From, To: p.To,
	}}
}

// Posts gives the posts that were ever held in a unit, those that last first and
// then the latest ended.
func Posts(ctx context.Context, q store.Querier, unit tree.UnitID) ([]Post, error) {
	list, err := readPosts(ctx, q, `WHERE unit_id = $1`, unit)
	slices.SortStableFunc(list, func(a, b Post) int {
		switch {
		case (a.To == "") != (b.To == ""):
			return map[bool]int{true: -1, false: 1}[a.To == ""]
		case a.To != b.To:
			return map[bool]int{true: -1, false: 1}[a.To > b.To]
		}
		return 0
	})
	return list, err
}

// PostOf gives a post. One that does not exist is NotFound.
func PostOf(ctx context.Context, q store.Querier, id int64) (Post, error) {
	list, err := readPosts(ctx, q, `WHERE id = $1`, id)
	if err != nil {
		return Post{}, err
	}
	if len(list) == 0 {
		return Post{}, fault.New(fault.NotFound, "org.no-post")
	}
	return list[0], nil
}

func readPosts(ctx context.Context, q store.Querier, where string, args ...any) ([]Post, error) {
	rows, err := q.QueryContext(ctx, `SELECT id, unit_id, body, kind, person_id, name, from_date, to_date FROM post `+where+` ORDER BY id`, args...)
	if err != nil {
		return nil, fmt.Errorf("reading posts: %w", err)
	}
	defer rows.Close()
	var list []Post
	for rows.Next() {
		var p Post
		if err := rows.Scan(&p.ID, &p.Unit, &p.Body, &p.Kind, &p.Person, &p.Name, &p.From, &p.To); err != nil {
			return nil, fmt.Errorf("reading a post: %w", err)
		}
		list = append(list, p)
	}
	return list, rows.Err()
}

// Bodies gives the bodies of a unit in the order in which they were needed.
func Bodies(ctx context.Context, q store.Querier, unit tree.UnitID) ([]Body, error) {
	rows, err := q.QueryContext(ctx, `SELECT id, unit_id, kind, name, from_date, to_date FROM body WHERE unit_id = $1 ORDER BY id`, unit)
	if err != nil {
		return nil, fmt.Errorf("reading bodies: %w", err)
	}
	defer rows.Close()
	var list []Body
	for rows.Next() {
		var b Body
		if err := rows.Scan(&b.ID, &b.Unit, &b.Kind, &b.Name, &b.From, &b.To); err != nil {
			return nil, fmt.Errorf("reading a body: %w", err)
		}
		list = append(list, b)
	}
	return list, rows.Err()
}

// PostTitle is what stands above a person's name in a signature, in Vietnamese:
// the post that the person holds in the unit, the first of the profile's order
// when there are several. It is "" when the person holds none.
func PostTitle(ctx context.Context, q store.Querier, person int64, unit tree.UnitID) (string, error) {
	if person == 0 {
		return "", nil
	}
	p, err := Profile(ctx, q)
	if err != nil {
		return "", err
	}
	held, err := readPosts(ctx, q, `WHERE person_id = $1 AND unit_id = $2 AND to_date = ''`, person, unit)
	if err != nil {
		return "", err
	}
	for _, body := range p.Bodies {
		for _, kind := range body.Posts {
			for _, post := range held {
				if post.Body == body.Key && post.Kind == kind.Key {
					return text.Capital(kind.Name.In(text.VI)), nil
				}
			}
		}
	}
	return "", nil
}
