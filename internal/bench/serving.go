package bench

import (
	"context"
	"database/sql"
	"net"
	"time"

	"giaoban/internal/app"
	"giaoban/internal/base/access"
	"giaoban/internal/base/account"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/tree"
	"giaoban/internal/edge/media"
)

// serving is a copy that this process serves on loopback.
type serving struct {
	*app.App
	host  string // and port
	data  string // the directory
	root  tree.UnitID
	stop  func()
	ended chan error
	made  int // people
}

// served opens the copy, the first time, and serves it.
func (b *bench) served(ctx context.Context) (*serving, error) {
	if b.opened != nil {
		return b.opened, nil
	}
	config := b.copy.config
	config.Media = b.find
	opened, err := serve(ctx, config)
	b.opened = opened
	return opened, err
}

// find finds the LiveKit of the hall that is open.
func (b *bench) find() (media.LiveKit, error) {
	if carrier := b.carrier.Load(); carrier != nil {
		return carrier.Find()
	}
	return media.LiveKit{}, media.Away(nil)
}

func serve(ctx context.Context, config app.Config) (*serving, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	s := &serving{host: listener.Addr().String(), data: config.Data, ended: make(chan error, 1)}
	ready := make(chan struct{})
	config.Address = "http://" + s.host
	config.Serving = func() { close(ready) }
	if s.App, err = app.Open(ctx, config); err != nil {
		return nil, err
	}
	root, _ := s.Tree.Root()
	s.root = root.ID
	serving, stop := context.WithCancel(ctx)
	s.stop = stop
	go func() { s.ended <- s.Serve(serving, listener, nil) }()
	select {
	case <-ready:
		return s, nil
	case err := <-s.ended:
		stop()
		return nil, err
	}
}

func (s *serving) close() error {
	s.stop()
	err := <-s.ended
	if closed := s.Close(); err == nil {
		err = closed
	}
	return err
}

// visitor is somebody who is signed in.
type visitor struct {
	unit   tree.UnitID
	person int64
	cookie string
}

// visitors makes people who may read a unit's boards, one for each unit, and
// signs them in.
func (s *serving) visitors(ctx context.Context, units []tree.UnitID) ([]visitor, error) {
	return s.people(ctx, units, access.Viewer)
}

// people makes one who has a role for each unit, and signs them in.
func (s *serving) people(ctx context.Context, units []tree.UnitID, role access.Role) ([]visitor, error) {
	password, err := account.HashPassword(ctx, secret)
	if err != nil {
		return nil, err
	}
	list := make([]visitor, len(units))
	people := make([]int64, len(units))
	_, err = s.Ledger.Update(ctx, "program", func(tx *ledger.Tx) error {
		for i, unit := range units {
			s.made++
			made, err := account.CreatePerson(ctx, tx, access.Program(s.Tree), account.CreateCommand{
				Name: "Người đọc", Login: login(s.made), Password: password, Grants: []access.Grant{{Unit: unit, Role: role}},
			})
			if err != nil {
				return err
			}
			people[i] = made.ID
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return list, s.DB.Update(ctx, func(tx *sql.Tx) error {
		for i, person := range people {
			_, token, err := account.Enter(ctx, tx, person, account.SignInCommand{Agent: "bench", Address: "127.0.0.1", Now: time.Now()})
			if err != nil {
				return err
			}
			list[i] = visitor{units[i], person, "giaoban=" + string(token)}
		}
		return nil
	})
}

// provinces are the units directly below the root.
func (s *serving) provinces() []tree.UnitID {
	var list []tree.UnitID
	for _, u := range s.Tree.Children(s.root) {
		list = append(list, u.ID)
	}
	return list
}
